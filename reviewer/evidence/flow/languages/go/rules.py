"""Go's rules: names of packages, members, conversions, and what the language itself provides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.go.methods import Methods
from reviewer.evidence.flow.languages.go.packages import Package, Packages
from reviewer.evidence.flow.lower.go.base import OWN_PACKAGE
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.values import Builtin, Class, Function, Module, Object, Outside, Value
from reviewer.evidence.syntax.grammars.row import named

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_FUNCTIONS = named(
    "append cap clear close complex copy delete imag len make max min new panic print println real recover"
)
_CONTAINERS = {
    "list": ("slice_type", "array_type"),
    "dict": ("map_type",),
    "chan": ("channel_type",),
}
_SORTED = ("Len", "Less", "Swap")
_HEAP = (*_SORTED, "Push", "Pop")
_SERVERS = tuple(
    f"net/http.{name}"
    for name in (
        "Handle", "ServeMux.Handle", "ListenAndServe", "ListenAndServeTLS", "Serve", "StripPrefix", "TimeoutHandler",
    )
)  # fmt: skip


class _Analysis:
    """What Go keeps for one solver."""

    def __init__(self, solver: Solver) -> None:
        self.packages = Packages(solver.files)
        self.methods = Methods(self.packages, solver)
        self.wired: set[tuple[str, str]] = set()
        """Variables of packages whose declarations were taken in."""


class GoSemantics:
    """See `Semantics`."""

    family = "go"
    constructors: Sequence[str] = ("<none>",)
    calling: str | None = ir.WRAPPED
    iterating: Sequence[str] = ()
    indexing: str | None = None
    index_is_member = False
    outside_runs = True
    outside_members: Mapping[str, Sequence[str]] = {
        **dict.fromkeys(("sort.Sort", "sort.Stable", "sort.Reverse", "sort.IsSorted"), _SORTED),
        **dict.fromkeys(
            (f"container/heap.{name}" for name in ("Init", "Fix", "Push", "Pop", "Remove")), _HEAP
        ),
        **dict.fromkeys(_SERVERS, ("ServeHTTP",)),
    }

    def __init__(self) -> None:
        self._analyses: WeakKeyDictionary[Solver, _Analysis] = WeakKeyDictionary()

    def _of(self, solver: Solver) -> _Analysis:
        found = self._analyses.get(solver)
        if found is None:
            found = self._analyses[solver] = _Analysis(solver)
        return found

    def ancestors(self, cls: ir.Scope, solver: Solver) -> list[ir.Scope]:
        """The type alone: what it gets from embedded types is put into it when it is first asked for."""
        self._of(solver).methods.prepare(cls)
        return [cls]

    def unbound(self, file: ModuleFile, name: str, solver: Solver) -> Iterable[Node | Value]:
        """An import of the file, a name of its package or of one it takes the names of, or a built-in function."""
        packages = self._of(solver).packages
        taken = packages.import_of(file, name)
        if taken is not None:
            return self._package(file, taken.module, solver)
        own = packages.of(file)
        for package in [*([own] if own is not None else []), *packages.dotted(file)]:
            found = self._offered(package, name, solver)
            if found:
                return found
        return [Builtin(name)] if name in _FUNCTIONS else []

    def imported(self, expr: ir.Imported, solver: Solver) -> Iterable[Node | Value]:
        """The package as a whole."""
        return self._package(expr.file, expr.module, solver)

    def module_member(self, path: str, name: str, solver: Solver) -> Iterable[Node | Value]:
        """What the package declares as `name`, in whichever file."""
        package = self._of(solver).packages.by_key(path)
        return self._offered(package, name, solver) if package is not None else []

    def builtin_member(self, value: Value, name: str, solver: Solver) -> Iterable[Node | Value]:
        """Methods of named function, list and map types: a plain value may be used as one of these."""
        kinds: tuple[str, ...] = ()
        if isinstance(value, Function):
            kinds = ("function_type",)
        elif isinstance(value, Object):
            kinds = _CONTAINERS.get(value.kind, ())
        found = self._of(solver).methods.named_like(name, kinds) if kinds else []
        return [Function(scope, value) for scope in found]

    def call_builtin(self, builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
        """`append` and `copy`; the others give nothing that is followed."""
        if builtin.name == "append":
            self._append(call, result, solver)
        elif builtin.name == "copy" and len(call.args) == 2:
            self._copy(solver.node(call.args[0]), solver.node(call.args[1]), call, solver)

    # -- packages

    def _package(self, file: ModuleFile, module: str, solver: Solver) -> list[Node | Value]:
        package = self._of(solver).packages.imported(file, module)
        if package is not None:
            return [Module(package.key)]
        return [Outside(module)] if module != OWN_PACKAGE else []

    def _offered(self, package: Package, name: str, solver: Solver) -> list[Node | Value]:
        found: list[Node | Value] = [Function(scope) for scope in package.functions.get(name, ())]
        for cls in package.types.get(name, ()):
            # What a type is defined as decides its traits, so this comes before anybody sees it.
            self._of(solver).methods.facts(cls)
            solver.activate(cls)
            solver.classes.define(cls)
            found.append(Class(cls))
        if name in package.variables:
            self._take_in(package, name, solver)
            held = solver.field(Module(package.key), name)
            held.firm = any(isinstance(effect.value, ir.Typed) for effect in package.variables[name])
            found.append(held)
        return found

    def _take_in(self, package: Package, name: str, solver: Solver) -> None:
        """Follow a variable's declaration, also in a file whose other code is not looked at."""
        wired = self._of(solver).wired
        if (package.key, name) in wired:
            return
        wired.add((package.key, name))
        for effect in package.variables[name]:
            solver.graph.edge(solver.node(effect.value), solver.field(Module(package.key), name))

    # -- built-in functions

    def _append(self, call: ir.Call, result: Node, solver: Solver) -> None:
        made = solver.members.site(call.scope, f"<append@{call.start}>", "list")
        elements = solver.field(made, None)
        solver.graph.add(result, Object(made, "list"))
        for at, arg in enumerate(call.args):
            if at == 0:
                solver.calls.iterate(_objects(arg, solver), elements, call.scope, call.start)
            else:
                solver.graph.edge(solver.node(arg), elements)
        if call.spread is not None:
            solver.calls.iterate(_objects(call.spread, solver), elements, call.scope, call.start)

    def _copy(self, target: Node, source: Node, call: ir.Call, solver: Solver) -> None:
        def into(value: Value) -> None:
            if isinstance(value, Object):
                solver.calls.iterate(source, solver.field(value.site, None), call.scope, call.start)

        solver.graph.watch(target, into)


def _objects(expr: ir.Expr, solver: Solver) -> Node:
    """The lists among the values of `expr`."""
    found = Node()
    solver.graph.watch(
        solver.node(expr), lambda value: solver.graph.add(found, value) if isinstance(value, Object) else None
    )
    return found
