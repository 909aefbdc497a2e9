"""What methods of Java's library do with what they are given: run it, hold it, give it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.java_tables import (
    ABSTRACT,
    BOTH,
    COPIES,
    FLATTENS,
    FLUENT,
    FUNCTIONAL,
    GIVES,
    GIVES_BACK,
    LONGEST_CHAIN,
    MAKES_LIST,
    MAPS,
    RUNS,
    RUNS_ON_ELEMENTS,
    SAME,
    SUPPLIES,
    TAKES,
    TEXTS,
)
from reviewer.evidence.flow.lower.java.types import TEXT
from reviewer.evidence.flow.values import (
    Adapter,
    Builtin,
    Class,
    Function,
    Instance,
    Object,
    Outside,
    Text,
    Value,
)

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver


class Library:
    """Models calls of the library."""

    # -- running what was given

    def run(self, given: Node, call: ir.Call, args: tuple[Node, ...], result: Node, solver: Solver) -> None:
        """Run what arrives at `given` with `args`: lambdas, references, objects of functional types."""

        def found(value: Value) -> None:
            if isinstance(value, Function | Class):
                solver.calls.call_with(value, call, args, result)
            elif isinstance(value, Adapter):
                solver.calls.call_with(value.function, call, args, result)
            elif isinstance(value, Object) and value.kind == "constructor":
                self.run(solver.field(value.site, None), call, args, result, solver)
            elif isinstance(value, Instance):
                self._run_object(value, call, args, result, solver)

        solver.graph.watch(given, found)

    def _run_object(
        self, value: Instance, call: ir.Call, args: tuple[Node, ...], result: Node, solver: Solver
    ) -> None:
        if not solver.classes.outside_bases(value.cls):
            return
        types = ",".join("?" * len(args))
        for name in ABSTRACT:
            member = solver.members.member(value, f"{name}({types})", call.scope)
            solver.graph.watch(
                member,
                lambda got: (
                    solver.calls.call_with(got, call, args, result) if isinstance(got, Function) else None
                ),
            )

    # -- members of containers

    def container(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> None:
        """A method of a list, stream, optional, array or map."""
        if owner.kind == "map":
            self._map(name, owner, call, result, solver)
        else:
            self._list(name, owner, call, result, solver)

    def _list(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> None:
        anything = solver.field(owner.site, None)
        element = Node()
        solver.read_item(owner, None, element)
        if name in TAKES and call.args:
            solver.graph.edge(solver.node(call.args[-1]), anything)
        if name in ("addAll", "concat", "containsAll", "retainAll") and call.args and name == "addAll":
            solver.calls.iterate(solver.node(call.args[-1]), anything, call.scope, call.start)
        if name in GIVES:
            self._give(name, owner, call, result, solver)
        if name in SAME:
            solver.graph.add(result, Object(owner.site, SAME[name] or owner.kind))
        into = self._output(name, owner, call, result, solver)
        args = (
            (element, element) if name in BOTH else () if name in ("orElseGet", "orElseThrow") else (element,)
        )
        for given in call.args if name in RUNS else ():
            self.run(solver.node(given), call, args, into, solver)
            if name == "ifPresentOrElse":
                self.run(solver.node(given), call, (), Node(), solver)

    def _give(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> None:
        key = call.args[0] if name == "get" and call.args else None
        solver.read_item(owner, key.value if isinstance(key, ir.Literal) else None, result)
        for default in call.args if name in ("orElse", "getNow") else ():
            solver.graph.edge(solver.node(default), result)

    def _output(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> Node:
        """Where the results of functions that are run arrive."""
        if name in MAPS:
            made = solver.members.site(call.scope, f"<{name}@{call.start}>", owner.kind)
            solver.graph.add(result, Object(made, owner.kind))
            return solver.field(made, None)
        if name in FLATTENS:
            made = solver.members.site(call.scope, f"<{name}@{call.start}>", owner.kind)
            solver.graph.add(result, Object(made, owner.kind))
            inner = Node()
            solver.calls.iterate(inner, solver.field(made, None), call.scope, call.start)
            return inner
        if name in ("orElseGet", "reduce"):
            return result
        return solver.field(owner.site, None) if name in ("replaceAll", "or", "exceptionally") else Node()

    def _map(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> None:
        keys = solver.field(owner.site, "<key>")
        first = call.args[0] if call.args else None
        literal = first.value if isinstance(first, ir.Literal) else None
        place = solver.field(owner.site, literal)
        into: Node = Node()
        if name in ("put", "putIfAbsent", "replace", "merge") and len(call.args) > 1 and first is not None:
            solver.graph.edge(solver.node(call.args[1]), place)
            solver.graph.edge(solver.node(first), keys)
        if name in (
            "get",
            "getOrDefault",
            "remove",
            "put",
            "computeIfAbsent",
            "compute",
            "computeIfPresent",
            "merge",
        ):
            self.read_value(owner, literal, result, solver)
            into = place if name.startswith(("compute", "merge")) else into
        if name == "getOrDefault" and len(call.args) > 1:
            solver.graph.edge(solver.node(call.args[1]), result)
        if name == "putAll" and first is not None:
            solver.graph.watch(solver.node(first), lambda got: self._merge(got, owner, solver))
        if name in ("keySet", "values", "keys", "elements", "entrySet", "getKey", "getValue", "setValue"):
            self._view(name, owner, call, result, solver)
        any_value = Node()
        self.read_value(owner, None, any_value, solver)
        args = (keys,) if name == "computeIfAbsent" else (keys, any_value)
        if name == "merge":
            args = (any_value, any_value)
        for given in call.args if name in RUNS else ():
            self.run(solver.node(given), call, args, into, solver)

    def read_value(self, owner: Object, key: str | int | None, node: Node, solver: Solver) -> None:
        """The values of a map, without its keys."""
        if key is not None:
            solver.read_item(owner, key, node)
            return
        solver.watch_keys(
            owner.site,
            lambda one: solver.graph.edge(solver.field(owner.site, one), node) if one != "<key>" else None,
        )

    def _merge(self, got: Value, owner: Object, solver: Solver) -> None:
        if isinstance(got, Object):
            solver.watch_keys(
                got.site,
                lambda key: solver.graph.edge(solver.field(got.site, key), solver.field(owner.site, key)),
            )

    def _view(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> None:
        if name == "getKey":
            solver.graph.edge(solver.field(owner.site, "<key>"), result)
        elif name in ("getValue", "setValue"):
            self.read_value(owner, None, result, solver)
        else:
            made = solver.members.site(call.scope, f"<{name}@{call.start}>", "list")
            solver.graph.add(result, Object(made, "list"))
            inside = solver.field(made, None)
            if name == "entrySet":
                solver.graph.add(inside, owner)
            elif name in ("keySet", "keys"):
                solver.graph.edge(solver.field(owner.site, "<key>"), inside)
            else:
                self.read_value(owner, None, inside, solver)

    # -- static methods of the library, and all others outside

    def outside(self, outside: Outside, call: ir.Call, result: Node, solver: Solver) -> None:
        """A call of something outside: what is known of it, else it may run the functions it is given."""
        name = ".".join(outside.name.split(".")[-2:])
        method = name.rsplit(".", 1)[-1]
        made = solver.members.site(call.scope, f"<{name}@{call.start}>", "list")
        inside = solver.field(made, None)
        if name in MAKES_LIST:
            self._list_of(call, made, solver)
            solver.graph.add(result, Object(made, MAKES_LIST[name]))
        elif name in COPIES:
            self._copy(COPIES[name], call, made, result, solver)
        elif name in ("Map.of", "Map.entry"):
            self._map_of(call, made, result, solver)
        elif method in GIVES_BACK and call.args:
            solver.graph.edge(solver.node(call.args[0]), result)
        elif name in SUPPLIES:
            for arg in call.args:
                self.run(solver.node(arg), call, (), inside, solver)
            solver.graph.add(result, Object(made, SUPPLIES[name]))
        else:
            self._unknown(outside, result, solver)
        if name not in SUPPLIES:
            self._run_arguments(name, call, solver)

    def _list_of(self, call: ir.Call, made: ir.Container, solver: Solver) -> None:
        for at, arg in enumerate(call.args):
            solver.graph.edge(solver.node(arg), solver.field(made, at))
        if len(call.args) == 1:
            solver.graph.watch(solver.node(call.args[0]), lambda got: self._spread(got, made, solver))

    def _copy(self, kind: str, call: ir.Call, made: ir.Container, result: Node, solver: Solver) -> None:
        """A container with the elements of others; `*` for one of these elements."""
        into = result if kind == "*" else solver.field(made, None)
        for arg in call.args:
            solver.calls.iterate(solver.node(arg), into, call.scope, call.start)
        if kind != "*":
            solver.graph.add(result, Object(made, kind))

    def _unknown(self, outside: Outside, result: Node, solver: Solver) -> None:
        """What a call outside gives goes by the name of the call, a few calls far: `x = x.next()` would never end."""
        words = outside.name.split(".")
        if words[-2:-1] and words[-2] in FLUENT:
            solver.graph.add(result, Outside(outside.name.rpartition(".")[0], instance=True))
            return
        after = next((len(words) - at for at, word in enumerate(words) if word[:1].isupper()), len(words))
        if after <= LONGEST_CHAIN:
            solver.graph.add(result, Outside(outside.name, instance=True))

    def _spread(self, got: Value, made: ir.Container, solver: Solver) -> None:
        if isinstance(got, Object) and got.kind == "array":
            solver.read_item(got, None, solver.field(made, None))

    def _map_of(self, call: ir.Call, made: ir.Container, result: Node, solver: Solver) -> None:
        for key, value in zip(call.args[::2], call.args[1::2], strict=False):
            literal = key.value if isinstance(key, ir.Literal) else None
            solver.graph.edge(solver.node(value), solver.field(made, literal))
            solver.graph.edge(solver.node(key), solver.field(made, "<key>"))
        solver.graph.add(result, Object(made, "map"))

    def _run_arguments(self, name: str, call: ir.Call, solver: Solver) -> None:
        element = Node()
        count = RUNS_ON_ELEMENTS.get(name, 0)
        if count and call.args:
            solver.calls.iterate(solver.node(call.args[0]), element, call.scope, call.start)
        for arg in call.args:
            solver.graph.watch(solver.node(arg), lambda got: self._run_given(got, call, element, solver))

    def _run_given(self, got: Value, call: ir.Call, element: Node, solver: Solver) -> None:
        """Run a function passed to something outside, with as many arguments as it takes."""
        if isinstance(got, Adapter):
            got = got.function
        if isinstance(got, Function):
            scope = got.scope.lowered()
            unbound = got.receiver is None and scope.owner is not None and "static" not in scope.traits
            solver.calls.call_with(got, call, (element,) * (len(scope.params) + unbound), Node())
        elif isinstance(got, Object) and got.kind == "constructor":
            solver.graph.watch(
                solver.field(got.site, None),
                lambda made: (
                    solver.calls.record(call.scope, made.scope, call.start, "make")
                    if isinstance(made, Class)
                    else None
                ),
            )
        elif isinstance(got, Instance) and self._is_functional(got, solver):
            for count in (0, 1, 2):
                self._run_object(got, call, (element,) * count, Node(), solver)

    def _is_functional(self, value: Instance, solver: Solver) -> bool:
        bases = {name.rsplit(".", 1)[-1] for name in solver.classes.outside_bases(value.cls)}
        return bool(bases & FUNCTIONAL)

    # -- reflection

    def reflected(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> None:
        """`getMethod`, `invoke`, `newInstance` where names are literal."""
        inside = solver.field(owner.site, None)
        if owner.kind == "class" and name in ("getMethod", "getDeclaredMethod"):
            first = call.args[0] if call.args else None
            made = solver.members.site(call.scope, f"<method@{call.start}>", "method")
            solver.graph.add(result, Object(made, "method"))
            if first is not None:
                self._methods(inside, solver.node(first), call, solver.field(made, None), solver)
        elif name in ("getConstructor", "getDeclaredConstructor"):
            solver.graph.add(result, owner)
        elif name == "newInstance":
            args = tuple(solver.node(arg) for arg in call.args)
            self.run(inside, call, args, result, solver)
        elif name == "invoke" and owner.kind == "method":
            nodes = tuple(solver.node(arg) for arg in call.args)
            solver.graph.watch(inside, lambda got: self._invoke(got, call, nodes, result, solver))
        elif name == "cast" and call.args:
            solver.graph.edge(solver.node(call.args[0]), result)

    def _methods(self, classes: Node, names: Node, call: ir.Call, into: Node, solver: Solver) -> None:
        def named_(value: Value) -> None:
            if isinstance(value, Text) and isinstance(value.value, str):
                solver.members.read(classes, f"{value.value}(...)", into, call.scope, call.start)

        solver.graph.watch(names, named_)

    def _invoke(
        self, got: Value, call: ir.Call, nodes: tuple[Node, ...], result: Node, solver: Solver
    ) -> None:
        if isinstance(got, Function):
            args = nodes[1:] if "static" in got.scope.traits else nodes
            solver.calls.call_with(got, call, args, result)

    def text(self, name: str, result: Node, solver: Solver) -> None:
        """A method of a string; many give another one."""
        if name in TEXTS:
            solver.graph.edge(solver.node(TEXT), result)

    def combined(self, builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
        """`f.andThen(g)`: running the result runs both."""
        if builtin.receiver is not None:
            solver.graph.add(result, builtin.receiver)
        for arg in call.args:
            solver.graph.edge(solver.node(arg), result)
