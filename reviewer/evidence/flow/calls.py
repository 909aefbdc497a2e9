"""Links calls to what they may run: results back to the caller, and an edge for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.arguments import Arguments
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.members import bound_late
from reviewer.evidence.flow.semantics import Overloading
from reviewer.evidence.flow.values import (
    Adapter,
    Builtin,
    Class,
    Function,
    Generator,
    Instance,
    Module,
    Object,
    Outside,
    Value,
)

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver


@dataclass(frozen=True, slots=True)
class CallEdge:
    """A call site and what it may run."""

    caller: ir.Scope
    """A function, or a module or class whose own statements call."""
    callee: ir.Scope | str
    """A function or class of the repository, or the name of something outside."""
    start: int
    """Byte of the callee's name in the caller's file."""
    how: str
    """`call`, `make` (an object of the class), `callback` (passed to something that runs it) or `implied`."""


YIELD = "<yield>"
"""The function that a function gets which is iterated over."""
BUILTIN = "<builtin>."
"""What stands before the name of something that the language provides, in an edge."""


class Calls:
    """The calls of one analysis."""

    def __init__(self, solver: Solver) -> None:
        self._solver = solver
        self._graph = solver.graph
        self._arguments = Arguments(solver)
        self.edges: dict[CallEdge, None] = {}

    def make(self, call: ir.Call, result: Node, *, used: bool) -> None:
        """Evaluate a call: what it passes, what it runs, what it gives."""
        more = (part for part in (call.spread, call.block) if part is not None)
        for part in (*call.args, *(value for _, value in call.keywords), *more):
            self._solver.node(part)
        self._graph.watch(
            self._solver.node(call.callee), lambda value: self._called(value, call, result, used=used)
        )

    def run(self, value: Value, result: Node, scope: ir.Scope, start: int, how: str = "implied") -> None:
        """Call `value` without arguments, where the language does so by itself."""
        call = ir.Call(start, scope, ir.Unknown(start))
        self._called(value, call, result, used=True, how=how)

    def call_with(self, value: Value, call: ir.Call, args: tuple[Node, ...], result: Node) -> None:
        """Call `value` at the place of `call`, with what is at `args`: a function passed to a built-in."""
        if isinstance(value, Function):
            if self._takes_receiver(value, len(args), call):
                self._on_first(value, call, list(args), result, how="callback")
            elif self._accepts(value, len(args), call):
                self._edge(call.scope, value.scope, call.start, "callback")
                self._enter(value, call.scope, result, used=True)
                self._solver.when_active(value.scope, lambda: self._arguments.positional(value, list(args)))
        elif isinstance(value, Class):
            self._construct_with(value.scope, call, args, result)

    def pass_on(self, value: Value, call: ir.Call, result: Node) -> None:
        """Call `value` the way `call` says, whatever its callee is: a function that is called through a built-in."""
        self._called(value, call, result, used=True)

    def record(self, scope: ir.Scope, callee: ir.Scope | str, start: int, how: str = "call") -> None:
        """Keep an edge."""
        self._edge(scope, callee, start, how)

    def _called(self, value: Value, call: ir.Call, result: Node, *, used: bool, how: str = "call") -> None:
        match value:
            case Function():
                self._function(value, call, result, used=used, how=how)
            case Class(scope) if "converts" in scope.traits:
                for arg in call.args[:1]:
                    self._solver.see_as(self._solver.node(arg), value, result)
            case Class(scope):
                self._construct(scope, call, result)
            case Instance() if not call.makes:
                self._member(value, self._solver.semantics(call.scope.file).calling, call, result)
            case Outside(name, instance=False):
                self._edge(call.scope, name, call.start, "make" if call.makes else how)
                self._outside(value, call, result)
                self._run_outside(name, call)
                self._run_block(call)
            case Builtin():
                self._builtin(value, call, result, "make" if call.makes else how)
            case _:
                pass

    def _function(self, value: Function, call: ir.Call, result: Node, *, used: bool, how: str) -> None:
        scope = value.scope
        if call.makes and "rebinds" in scope.traits and scope.owner is None:
            self._make_with(scope, call, result)
        elif self._takes_receiver(value, len(call.args), call):
            self._on_first(value, call, [self._solver.node(arg) for arg in call.args], result, how=how)
        elif self._accepts(value, len(call.args), call):
            self._edge(call.scope, scope, call.start, how)
            self._enter(value, call.scope, result, used=used)
            self._solver.when_active(scope, lambda: self._arguments.give(value, call))

    def _builtin(self, value: Builtin, call: ir.Call, result: Node, how: str) -> None:
        if value.name == YIELD:
            self._taken(value, call)
            return
        if not value.name.startswith("<"):
            self._edge(call.scope, f"{BUILTIN}{value.name}", call.start, how)
        self._solver.semantics(call.scope.file).call_builtin(value, call, result, self._solver)

    def _run_outside(self, name: str, call: ir.Call) -> None:
        """Something nobody can look into gets functions: it may run them, with what nobody can tell."""
        semantics = self._solver.semantics(call.scope.file)
        members = semantics.outside_members.get(name, ())
        if not semantics.outside_runs and not members:
            return

        def given(value: Value) -> None:
            if isinstance(value, Function) and semantics.outside_runs:
                self.call_with(value, call, (), Node())
            elif isinstance(value, Instance):
                for member in members:
                    self._graph.watch(
                        self._solver.members.member(value, member, call.scope),
                        lambda got: self.call_with(got, call, (), Node()),
                    )

        for node in self._given(call):
            self._graph.watch(node, given)

    def _given(self, call: ir.Call) -> list[Node]:
        """All that a call passes."""
        values = [value for _, value in call.keywords]
        given = [self._solver.node(arg) for arg in (*call.args, *values)]
        if call.spread is not None:
            given.append(element := Node())
            self.iterate(self._solver.node(call.spread), element, call.scope, call.start)
        return given

    def _run_block(self, call: ir.Call) -> None:
        """Something outside runs the block it is given."""
        if call.block is not None:
            self._graph.watch(
                self._solver.node(call.block), lambda value: self.call_with(value, call, (), Node())
            )

    def _construct(self, cls: ir.Scope, call: ir.Call, result: Node) -> None:
        made = Instance(cls)
        self._graph.add(result, made)
        self._edge(call.scope, cls, call.start, "make")
        *rare, usual = self._solver.semantics(call.scope.file).constructors
        for name in rare:
            self._member(made, name, call, Node(), ours_only=True)
        self._member(made, call.constructor or usual, call, Node())

    def _construct_with(self, cls: ir.Scope, call: ir.Call, args: tuple[Node, ...], result: Node) -> None:
        made = Instance(cls)
        self._graph.add(result, made)
        self._edge(call.scope, cls, call.start, "make")
        for name in self._solver.semantics(call.scope.file).constructors:
            member = self._solver.members.member(made, name, call.scope)
            self._graph.watch(
                member,
                lambda got: self.call_with(got, call, args, Node()) if isinstance(got, Function) else None,
            )

    def _outside(self, value: Outside, call: ir.Call, result: Node) -> None:
        semantics = self._solver.semantics(call.scope.file)
        if isinstance(semantics, Overloading):
            semantics.call_outside(value, call, result, self._solver)
        else:
            self._graph.add(result, Outside(value.name, instance=True, made=True))

    # -- functions reached without what they are called on, in languages with overloads

    def _accepts(self, function: Function, count: int, call: ir.Call) -> bool:
        semantics = self._solver.semantics(call.scope.file)
        return not isinstance(semantics, Overloading) or semantics.accepts(function.scope, count)

    def _takes_receiver(self, function: Function, count: int, call: ir.Call) -> bool:
        """True for a method taken from its class, `A::name`, that is passed the object as its first argument."""
        scope = function.scope
        if function.receiver is not None or scope.owner is None or "static" in scope.traits or not count:
            return False
        semantics = self._solver.semantics(call.scope.file)
        if not isinstance(semantics, Overloading):
            return False
        scope.lowered()
        return count > len(scope.params) and semantics.accepts(scope, count - 1)

    def _on_first(
        self, function: Function, call: ir.Call, args: list[Node], result: Node, *, how: str
    ) -> None:
        owner = function.scope.owner
        receivers = Node()
        self._graph.edge(args[0], receivers)
        name = f"{function.scope.name}({','.join('?' * (len(args) - 1))})"

        def run(got: Value) -> None:
            if isinstance(got, Function):
                self._edge(call.scope, got.scope, call.start, how)
                self._enter(got, call.scope, result, used=True)
                self._solver.when_active(got.scope, lambda: self._arguments.positional(got, args[1:]))

        def found(receiver: Value) -> None:
            if isinstance(receiver, Instance | Adapter):
                self._graph.watch(self._solver.members.member(receiver, name, call.scope), run)
            elif isinstance(receiver, Function):
                self.call_with(receiver, call, tuple(args[1:]), result)

        self._graph.watch(receivers, found)
        if owner is not None:
            self._solver.when_empty(
                receivers, lambda: self._graph.add(receivers, Instance(owner, exact=False))
            )

    def _make_with(self, function: ir.Scope, call: ir.Call, result: Node) -> None:
        """Call a plain function as a constructor: its receiver is a new object."""
        made = Instance(self._solver.classes.class_of(function))
        self._graph.add(result, made)
        self._called(Function(function, made), replace(call, makes=False), result, used=True)

    def _member(
        self, value: Value, name: str | None, call: ir.Call, result: Node, *, ours_only: bool = False
    ) -> None:
        if not name:
            return
        member = self._solver.members.member(value, name, call.scope)

        def found(got: Value) -> None:
            if isinstance(got, Function if ours_only else Function | Outside):
                self._called(got, call, result, used=True, how="call")

        self._graph.watch(member, found)

    def iterate(self, obj: Node, node: Node, scope: ir.Scope, start: int) -> None:
        """Let the elements of `obj` arrive at `node`."""

        def found(value: Value) -> None:
            match value:
                case Object(kind=kind) if kind != "object":
                    self._solver.read_item(value, None, node)
                case Generator(made):
                    self._graph.edge(self._solver.yields(made), node)
                case Outside():
                    self._graph.add(node, value)
                case Function():
                    self._yielded(value, node, scope, start)
                case Instance() | Object():
                    self._chain(value, list(self._solver.semantics(scope.file).iterating), node, scope, start)
                case _:
                    pass

        self._graph.watch(obj, found)

    def _yielded(self, value: Function, node: Node, scope: ir.Scope, start: int) -> None:
        """Iterating over a function calls it with a function that takes the elements."""
        site = self._solver.members.site(scope, f"<each@{start}>", "list")
        taker = Node(values={Builtin(YIELD, Object(site, "list")): None})
        self._edge(scope, value.scope, start, "implied")
        self._enter(value, scope, Node(), used=True)
        self._solver.when_active(value.scope, lambda: self._arguments.positional(value, [taker]))
        self._graph.edge(self._solver.field(site, None), node)

    def _taken(self, value: Builtin, call: ir.Call) -> None:
        if isinstance(value.receiver, Object):
            for arg in call.args:
                self._graph.edge(self._solver.node(arg), self._solver.field(value.receiver.site, None))

    def _chain(self, value: Value, names: list[str], node: Node, scope: ir.Scope, start: int) -> None:
        """Call a member, then a member of its result, and so on; the last result arrives at `node`.

        A name after a dot is read, not called.
        """
        if not names:
            return
        first, *rest = names
        *others, first = first.split()
        for other in others:
            self._graph.watch(
                self._solver.members.member(value, other, scope),
                lambda got: self.run(got, Node(), scope, start) if isinstance(got, Function) else None,
            )
        result = Node() if rest else node
        if first.startswith("."):
            self._solver.members.read(_holding(value), first[1:], result, scope, start)
        else:
            self._graph.watch(
                self._solver.members.member(value, first, scope),
                lambda got: (
                    self.run(bound_late(got, value), result, scope, start)
                    if isinstance(got, Function)
                    else None
                ),
            )
        if rest:
            self._graph.watch(result, lambda got: self._next(got, rest, node, scope, start))

    def _next(self, got: Value, rest: list[str], node: Node, scope: ir.Scope, start: int) -> None:
        if isinstance(got, Generator):
            self._graph.edge(self._solver.yields(got.scope), node)
        elif isinstance(got, Instance) or (isinstance(got, Object) and got.kind == "object"):
            self._chain(got, rest, node, scope, start)
        elif isinstance(got, Object):
            self._solver.read_item(got, None, node)

    def index(
        self, owner: Instance | Function | Module | Class, key: ir.Expr | None, node: Node, expr: ir.Item
    ) -> None:
        """`obj[key]` of an object that defines what that means."""
        scope = _scope_of(expr)
        if scope is None:
            return
        name = self._solver.semantics(scope.file).indexing
        if name is None:
            self._solver.read_by_name(owner, key, node, scope, expr.start)
            return
        args = () if key is None else (key,)
        self._member(owner, name, ir.Call(expr.start, scope, ir.Unknown(expr.start), args), node)

    def _edge(self, scope: ir.Scope, callee: ir.Scope | str, start: int, how: str) -> None:
        if isinstance(callee, str) or "unwritten" not in callee.traits:
            self.edges[CallEdge(scope.function, callee, start, how)] = None

    def _enter(self, function: Function, caller: ir.Scope, result: Node, *, used: bool) -> None:
        scope = function.scope
        if used or self._solver.whole:
            self._solver.follow(scope, caller)
        if "generator" in scope.traits:
            self._graph.add(result, Generator(scope))
        self._graph.edge(self._solver.result(scope), result)


def _holding(value: Value) -> Node:
    return Node(values={value: None})


def _scope_of(expr: ir.Item) -> ir.Scope | None:
    """The scope of the first name in an expression."""
    part: ir.Expr | None = expr
    while part is not None:
        if isinstance(part, ir.Read | ir.Member | ir.Call):
            return part.scope
        part = part.obj if isinstance(part, ir.Item | ir.Rest | ir.Awaited | ir.Each) else None
    return None
