"""One call of something that JavaScript provides, and the small steps such calls are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.values import Builtin, Class, Function, Instance, Object, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver


class BuiltinCall:
    """A call: what it was given, and where its result arrives."""

    def __init__(self, solver: Solver, builtin: Builtin, call: ir.Call, result: Node) -> None:
        self._solver = solver
        self._name = builtin.name
        self._receiver = builtin.receiver
        self._call = call
        self._result = result

    def _arg(self, at: int) -> Node:
        return self._solver.node(self._call.args[at]) if at < len(self._call.args) else Node()

    def _site(self, kind: str) -> Object:
        """The object that this call makes."""
        made = self._solver.members.site(self._call.scope, f"<{self._name}@{self._call.start}>", kind)
        return Object(made, kind)

    def _give(self, value: Value) -> None:
        self._solver.graph.add(self._result, value)

    def _each(self, node: Node, work: Callable[[Value], None]) -> None:
        self._solver.graph.watch(node, work)

    def _run(self, callback: Node, args: list[Node], result: Node | None = None) -> None:
        """Call what arrives at `callback`."""
        into = result if result is not None else Node()
        self._each(callback, lambda value: self._solver.calls.call_with(value, self._call, tuple(args), into))

    def _held(self, owner: Object) -> Node:
        """All that `owner` holds."""
        node = Node()
        self._solver.read_item(owner, None, node)
        return node

    def _hold(self, owner: Object, source: Node, key: str | int | None = None) -> None:
        self._solver.graph.edge(source, self._solver.field(owner.site, key))

    def _unwrapped(self, source: Node) -> Node:
        node = Node()
        self._each(source, lambda value: self._solver.unwrap(value, node))
        return node

    def _pairs_of(self, element: Node) -> None:
        made, pair = (
            self._site("list"),
            Object(self._solver.members.site(self._call.scope, f"<pair@{self._call.start}>", "list"), "list"),
        )
        self._hold(pair, element, 1)
        self._solver.graph.add(self._solver.field(made.site, None), pair)
        self._give(made)

    def _iterate(self, source: Node, into: Node) -> None:
        self._solver.calls.iterate(source, into, self._call.scope, self._call.start)


def flat(value: Value) -> Value:
    """A receiver without its own receiver: chains of them would have no end."""
    return Function(value.scope) if isinstance(value, Function) else value


def owner_of(value: Value) -> object | None:
    """What the fields of a value are kept under."""
    match value:
        case Object(site=site):
            return site
        case Instance(cls=cls, prototype=prototype):
            return ("prototype", cls) if prototype else cls
        case Class(scope=scope):
            return ("class", scope)
        case Function(scope=scope):
            return scope
    return None
