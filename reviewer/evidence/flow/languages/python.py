"""Python's rules: method resolution order, modules, built-in functions and types."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.values import (
    Builtin,
    Class,
    Function,
    Instance,
    Module,
    Object,
    Outside,
    Text,
    Value,
)

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_MAX_LEVELS = 50
"""Classes above one another whose order is told as Python does; where there are more, depth first."""
_NAMES = frozenset(dir(builtins))
_CALLS_ITS_ARGUMENTS = frozenset({"map", "filter", "sorted", "min", "max", "reduce"})
_PASSES_ELEMENTS = frozenset(
    {"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "filter", "enumerate", "zip"}
)
_TAKES_ELEMENT = frozenset({"append", "add", "insert", "appendleft", "setdefault"})
_GIVES_ELEMENT = frozenset({"get", "pop", "popitem", "popleft", "setdefault"})
_GIVES_SAME = frozenset({"copy", "items", "values"})
_MEMBERS = {
    "str": frozenset(dir(str)),
    "list": frozenset(dir(list)) | frozenset(dir(set)),
    "dict": frozenset(dir(dict)),
}


class PythonSemantics:
    """See `Semantics`."""

    family = "python"
    constructors: Sequence[str] = ("__new__", "__init__")
    calling: str | None = "__call__"
    iterating: Sequence[str] = ("__iter__", "__next__")
    indexing: str | None = "__getitem__"
    index_is_member = False
    outside_runs = False
    outside_members: Mapping[str, Sequence[str]] = {}

    def ancestors(self, cls: ir.Scope, solver: Solver) -> list[ir.Scope]:
        """C3 order; where the classes do not allow one, depth first."""
        return _linear(cls, solver, frozenset(), {}) or _depth_first(cls, solver)

    def unbound(self, file: ModuleFile, name: str, solver: Solver) -> Iterable[Node | Value]:
        """Names of star imports, else built-in ones."""
        file.scope.lowered()
        found: list[Node | Value] = []
        for module in file.stars:
            found.extend(self._named(file, module, name, solver, {file.path}))
        if not found and name in _NAMES:
            return [Builtin(name)]
        return found

    def imported(self, expr: ir.Imported, solver: Solver) -> Iterable[Node | Value]:
        """The module's variable, a module below it, or a name outside of the repository."""
        if expr.name is None:
            return self._module(expr.file, expr.module, solver)
        return self._named(expr.file, expr.module, expr.name, solver, set())

    def module_member(self, path: str, name: str, solver: Solver) -> Iterable[Node | Value]:
        """What the file binds, passes on by a star, or holds as a module below its folder."""
        return self._offered(path, name, solver, set())

    def builtin_member(self, value: Value, name: str, solver: Solver) -> Iterable[Node | Value]:  # noqa: ARG002
        """Members of strings, lists and dictionaries."""
        kind = "str" if isinstance(value, Text) else value.kind if isinstance(value, Object) else ""
        return [Builtin(f"{kind}.{name}", value)] if name in _MEMBERS.get(kind, ()) else []

    def call_builtin(self, builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
        """Built-ins that call, pass on, store or look up what they are given."""
        name = builtin.name
        if name in _CALLS_ITS_ARGUMENTS:
            self._call_arguments(name, call, result, solver)
        if name in _PASSES_ELEMENTS and call.args:
            made = solver.members.site(call.scope, f"<{name}@{call.start}>", "list")
            solver.graph.add(result, Object(made, "list"))
            for arg in call.args:
                solver.calls.iterate(solver.node(arg), solver.field(made, None), call.scope, call.start)
        if name in ("getattr", "setattr"):
            self._dynamic(name, call, result, solver)
        elif name == "next" and call.args:
            self._next(call, result, solver)
        elif name == "type" and len(call.args) == 1:
            solver.graph.watch(
                solver.node(call.args[0]),
                lambda value: (
                    solver.graph.add(result, Class(value.cls)) if isinstance(value, Instance) else None
                ),
            )
        elif isinstance(builtin.receiver, Object):
            self._method(name.rpartition(".")[2], builtin.receiver, call, result, solver)

    # -- modules

    def _module(self, file: ModuleFile, module: str, solver: Solver) -> Iterable[Node | Value]:
        found = solver.files.find(file.path, module, "python")
        if found.path is not None:
            return [Module(found.path)]
        if found.outside:
            return [Outside(module)]
        folder = solver.files.folder(file.path, module)
        return [Module(folder)] if folder is not None else [Outside(module)]

    def _named(
        self, file: ModuleFile, module: str, name: str, solver: Solver, seen: set[str]
    ) -> list[Node | Value]:
        found = solver.files.find(file.path, module, "python")
        if found.path is not None:
            offered = self._offered(found.path, name, solver, seen)
            if offered or name == "*":
                return offered
        joined = f"{module}{name}" if module.endswith(".") else f"{module}.{name}"
        below = solver.files.find(file.path, joined, "python")
        if below.path is not None:
            return [Module(below.path)]
        if found.path is None and not module.startswith("."):
            return [Outside(joined)]
        return []

    def _offered(self, path: str, name: str, solver: Solver, seen: set[str]) -> list[Node | Value]:
        """`seen` grows by each file that is asked: stars lead from file to file along exponentially many ways."""
        if path in seen:
            return []
        seen.add(path)
        module = solver.files.module(path)
        if module is not None:
            solver.activate(module.scope)
            if name in module.scope.versions:
                return [solver.variable(module.scope, name, None)]
            for star in module.stars:
                found = self._named(module, star, name, solver, seen)
                if found:
                    return found
        below = solver.files.below(path, name)
        return [Module(below)] if below is not None else []

    # -- built-in functions

    def _call_arguments(self, name: str, call: ir.Call, result: Node, solver: Solver) -> None:
        keys = [value for keyword, value in call.keywords if keyword in ("key", "default")]
        given = [*call.args, *keys]
        made = solver.members.site(call.scope, f"<{name}@{call.start}>", "list")
        element = Node()
        for arg in call.args:
            solver.calls.iterate(solver.node(arg), element, call.scope, call.start)
        if name == "map":
            solver.graph.add(result, Object(made, "list"))
        for arg in given:
            solver.graph.watch(
                solver.node(arg),
                lambda value: (
                    solver.calls.call_with(value, call, (element,), solver.field(made, None))
                    if isinstance(value, Function)
                    else None
                ),
            )

    def _dynamic(self, name: str, call: ir.Call, result: Node, solver: Solver) -> None:
        if len(call.args) < 2:
            return
        obj = solver.node(call.args[0])

        def found(value: Value) -> None:
            if not isinstance(value, Text) or not isinstance(value.value, str):
                return
            if name == "getattr":
                solver.members.read(obj, value.value, result, call.scope, call.start)
            elif len(call.args) > 2:
                solver.members.store(obj, value.value, solver.node(call.args[2]))

        solver.graph.watch(solver.node(call.args[1]), found)
        if name == "getattr" and len(call.args) > 2:
            solver.graph.edge(solver.node(call.args[2]), result)

    def _next(self, call: ir.Call, result: Node, solver: Solver) -> None:
        obj = solver.node(call.args[0])
        solver.graph.watch(
            obj,
            lambda value: (
                None
                if isinstance(value, Instance)
                else solver.calls.iterate(_single(value), result, call.scope, call.start)
            ),
        )
        solver.graph.watch(
            obj,
            lambda value: self._next_of(value, call, result, solver) if isinstance(value, Instance) else None,
        )

    def _next_of(self, value: Value, call: ir.Call, result: Node, solver: Solver) -> None:
        member = solver.members.member(value, "__next__", call.scope)
        solver.graph.watch(member, lambda got: solver.calls.run(got, result, call.scope, call.start))

    def _method(self, name: str, owner: Object, call: ir.Call, result: Node, solver: Solver) -> None:
        anything = solver.field(owner.site, None)
        if name in _TAKES_ELEMENT and call.args:
            key = call.args[0] if name == "setdefault" else None
            into = solver.field(owner.site, key.value) if isinstance(key, ir.Literal) else anything
            solver.graph.edge(solver.node(call.args[-1]), into)
        if name in ("extend", "update") and call.args:
            self._merge(owner, call, solver)
        if name in _GIVES_ELEMENT:
            literal = call.args[0] if call.args and owner.kind == "dict" else None
            key_value = literal.value if isinstance(literal, ir.Literal) else None
            solver.read_item(owner, key_value, result)
            for default in call.args[1:]:
                solver.graph.edge(solver.node(default), result)
        if name in _GIVES_SAME:
            solver.graph.add(result, owner)

    def _merge(self, owner: Object, call: ir.Call, solver: Solver) -> None:
        def merge(value: Value) -> None:
            if not isinstance(value, Object):
                return
            for_dict = owner.kind == "dict"
            solver.watch_keys(
                value.site,
                lambda key: solver.graph.edge(
                    solver.field(value.site, key), solver.field(owner.site, key if for_dict else None)
                ),
            )

        solver.graph.watch(solver.node(call.args[0]), merge)
        for name, value in call.keywords:
            solver.graph.edge(solver.node(value), solver.field(owner.site, name))


def _single(value: Value) -> Node:
    return Node(values={value: None})


def _linear(
    cls: ir.Scope, solver: Solver, below: frozenset[ir.Scope], known: dict[ir.Scope, list[ir.Scope]]
) -> list[ir.Scope]:
    """The C3 linearisation; empty when there is none.

    `known` holds what was found before: a class may be reached along exponentially many ways.
    """
    if cls not in known:
        known[cls] = [] if cls in below or len(below) > _MAX_LEVELS else _merged(cls, solver, below, known)
    return known[cls]


def _merged(
    cls: ir.Scope, solver: Solver, below: frozenset[ir.Scope], known: dict[ir.Scope, list[ir.Scope]]
) -> list[ir.Scope]:
    bases = solver.classes.direct_bases(cls)
    sequences = [_linear(base, solver, below | {cls}, known) for base in bases]
    if any(not sequence for sequence in sequences):
        return []
    todo = [list(sequence) for sequence in (*sequences, bases) if sequence]
    order = [cls]
    while todo:
        head = next((one[0] for one in todo if not any(one[0] in other[1:] for other in todo)), None)
        if head is None:
            return []
        order.append(head)
        todo = [[item for item in one if item is not head] for one in todo]
        todo = [one for one in todo if one]
    return order


def _depth_first(cls: ir.Scope, solver: Solver) -> list[ir.Scope]:
    found: dict[ir.Scope, None] = {}
    todo = [cls]
    while todo:
        one = todo.pop(0)
        if one not in found:
            found[one] = None
            todo = [*solver.classes.direct_bases(one), *todo]
    return list(found)
