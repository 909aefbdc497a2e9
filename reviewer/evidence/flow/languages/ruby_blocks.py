"""A call of one of Ruby's own methods, and how these run the blocks they are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.values import Class, Function, Instance, Object, Text, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver


@dataclass(frozen=True)
class CoreCall:
    """A call of the method `name` that Ruby provides for `receiver`."""

    name: str
    receiver: Value | None
    call: ir.Call
    result: Node
    solver: Solver

    def argument(self, at: int) -> Node:
        """Where the values of an argument arrive."""
        return self.solver.node(self.call.args[at])

    def watch(self, node: Node, work: Callable[[Value], None]) -> None:
        """Do `work` for each value at `node`."""
        self.solver.graph.watch(node, work)

    def named(self, at: int, work: Callable[[str], None]) -> None:
        """Do `work` for each text that an argument may be."""
        if at < len(self.call.args):
            self.watch(
                self.argument(at),
                lambda value: (
                    work(value.value) if isinstance(value, Text) and isinstance(value.value, str) else None
                ),
            )

    def member(self, value: Value, name: str) -> Node:
        """Where the values of `value.name` arrive."""
        return self.solver.members.member(value, name, self.call.scope)

    def run_member(self, value: Value, name: str) -> None:
        """Let the language call a method of an object by itself."""
        if isinstance(value, Instance):
            self.watch(
                self.member(value, name),
                lambda got: (
                    self.solver.calls.run(got, Node(), self.call.scope, self.call.start)
                    if isinstance(got, Function)
                    else None
                ),
            )

    def run_hook(self, value: Value, name: str, cls: Value) -> None:
        """Let the language call a method of a class, if there is one, with another class."""
        if isinstance(value, Class):
            self.watch(
                self.member(value, name),
                lambda got: (
                    self.solver.calls.call_with(got, self.call, (single(cls),), Node())
                    if isinstance(got, Function)
                    else None
                ),
            )

    def with_block(self, args: tuple[Node, ...] = (), result: Node | None = None) -> None:
        """Run the block, if one is given, with what is at `args`."""
        given = result if result is not None else Node()
        if self.call.block is not None:
            self.watch(self.solver.node(self.call.block), lambda value: self._give(value, args, given))

    def _give(self, value: Value, args: tuple[Node, ...], result: Node) -> None:
        """A list that is given to a block of several parameters is taken apart."""
        if not isinstance(value, Function):
            return
        plain = [param for param in value.scope.lowered().params if param.kind == "plain"]
        if len(args) == 1 and len(plain) > 1:
            args = tuple(self._part(args[0], at) for at in range(len(plain)))
        self.solver.calls.call_with(value, self.call, args, result)

    def _part(self, source: Node, at: int) -> Node:
        node = Node()
        self.watch(
            source,
            lambda value: self.solver.read_item(value, at, node) if isinstance(value, Object) else None,
        )
        return node

    def made(self, kind: str, into: Node | None = None, also: str = "") -> ir.Container:
        """A list or hash that the call makes."""
        site = self.solver.members.site(self.call.scope, f"<{self.name}{also}@{self.call.start}>", kind)
        self.solver.graph.add(into if into is not None else self.result, Object(site, kind))
        return site

    def merge(self, source: Node, into: ir.Container | ir.Rest) -> None:
        """Put the elements of what is at `source` into a list or hash."""

        def merge(value: Value) -> None:
            if isinstance(value, Object):
                keyed = value.kind == "dict"
                self.solver.watch_keys(
                    value.site,
                    lambda key: self.solver.graph.edge(
                        self.solver.field(value.site, key), self.solver.field(into, key if keyed else None)
                    ),
                )

        self.watch(source, merge)


def single(value: Value) -> Node:
    """A node of one value."""
    return Node(values={value: None})
