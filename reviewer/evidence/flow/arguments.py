"""Links what a call passes to the parameters of what it may run: by position, by name, spread, as a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.values import Function, Object, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver


class Arguments:
    """The arguments of one analysis."""

    def __init__(self, solver: Solver) -> None:
        self._solver = solver
        self._graph = solver.graph

    def give(self, function: Function, call: ir.Call) -> None:
        """Everything that `call` passes, to the parameters of `function`."""
        scope = function.scope
        node = self._solver.node
        self.positional(function, [node(arg) for arg in call.args])
        self._named(scope, call)
        if call.spread is not None:
            self._spread(function, call)
        if call.block is not None:
            for param in scope.params:
                if param.kind == "block":
                    self._graph.edge(node(call.block), self._solver.variable(scope, param.name, 0))
            self._graph.edge(node(call.block), self._solver.field(scope, "<block>"))

    def positional(self, function: Function, args: list[Node]) -> None:
        """Arguments by position, and what the function is bound to."""
        scope = function.scope
        params = [param for param in scope.params if param.kind == "plain"][function.given or 0 :]
        rest = next((param for param in scope.params if param.kind == "list"), None)
        if function.receiver is not None and scope.receiver is not None:
            self._graph.add(self._solver.variable(scope, scope.receiver, 0), function.receiver)
            if scope.receiver_is_parameter:
                params = params[1:]
        for at, arg in enumerate(args):
            if at < len(params):
                self._into(arg, params[at], scope)
            elif rest is not None:
                holder = self._solver.parameter_object(scope, rest)
                self._graph.edge(arg, self._solver.field(holder.site, at - len(params)))

    def _into(self, arg: Node, param: ir.Param, scope: ir.Scope) -> None:
        variable = self._solver.variable(scope, param.name, 0)
        if param.strict and param.type is not None:
            self._solver.narrow(arg, param.type, variable)
        else:
            self._graph.edge(arg, variable)

    def _named(self, scope: ir.Scope, call: ir.Call) -> None:
        by_name = {param.name: param for param in scope.params if param.kind in ("plain", "keyword")}
        rest = next((param for param in scope.params if param.kind == "map"), None)
        if call.keywords and rest is None:
            self._as_last_argument(scope, call, frozenset(by_name))
        for name, value in call.keywords:
            source = self._solver.node(value)
            if name == "**":
                self._graph.watch(source, lambda got: self._mapping(got, scope, list(by_name), rest))
            elif name in by_name:
                self._graph.edge(source, self._solver.variable(scope, name, 0))
            elif rest is not None:
                self._graph.edge(
                    source, self._solver.field(self._solver.parameter_object(scope, rest).site, name)
                )

    def _as_last_argument(self, scope: ir.Scope, call: ir.Call, taken: frozenset[str]) -> None:
        """Keywords that no parameter takes arrive as a map in the next one by position."""
        left = [(name, value) for name, value in call.keywords if name != "**" and name not in taken]
        params = [param for param in scope.params if param.kind == "plain"]
        at = len(call.args) + scope.receiver_is_parameter
        if not left or at >= len(params):
            return
        site = self._solver.members.site(call.scope, f"<keywords@{call.start}>", "dict")
        for name, value in left:
            self._graph.edge(self._solver.node(value), self._solver.field(site, name))
        self._graph.add(self._solver.variable(scope, params[at].name, 0), Object(site, "dict"))

    def _mapping(self, got: Value, scope: ir.Scope, names: list[str], rest: ir.Param | None) -> None:
        if not isinstance(got, Object):
            return
        for name in names:
            self._solver.read_item(got, name, self._solver.variable(scope, name, 0))
        if rest is not None:
            into = self._solver.parameter_object(scope, rest).site
            self._solver.watch_keys(
                got.site,
                lambda key: self._graph.edge(
                    self._solver.field(got.site, key), self._solver.field(into, key)
                ),
            )

    def _spread(self, function: Function, call: ir.Call) -> None:
        scope = function.scope
        params = [param for param in scope.params if param.kind == "plain"][function.given or 0 :]
        if function.receiver is not None and scope.receiver_is_parameter:
            params = params[1:]
        rest = next((param for param in scope.params if param.kind == "list"), None)
        assert call.spread is not None  # noqa: S101 - asked by the caller

        def unpack(got: Value) -> None:
            if not isinstance(got, Object):
                return
            for at, param in enumerate(params[len(call.args) :]):
                self._solver.read_item(got, at, self._solver.variable(scope, param.name, 0))
            if rest is not None:
                into = self._solver.parameter_object(scope, rest).site
                taken = len(params) - len(call.args)
                self._solver.watch_keys(got.site, lambda key: self._surplus(got.site, key, into, taken))

        self._graph.watch(self._solver.node(call.spread), unpack)

    def _surplus(self, source: object, key: str | int | None, into: object, taken: int) -> None:
        """Pass on one element of a spread sequence that no parameter of its own takes."""
        if isinstance(key, int) and key < taken:
            return
        place = key - taken if isinstance(key, int) else None
        self._graph.edge(self._solver.field(source, key), self._solver.field(into, place))
