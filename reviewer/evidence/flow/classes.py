"""Which classes are above and below which, as far as values and names have told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.values import Builtin, Class, Function, Instance, Object, Outside, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_DYNAMIC = ("__getattr__", "__getattribute__", "method_missing", "respond_to_missing?")
"""Members by which a class answers for members that nobody wrote."""


class Classes:
    """The classes of one analysis. `changed` is told each class above which something was found."""

    def __init__(self, solver: Solver, *, changed: Callable[[ir.Scope], None]) -> None:
        self._solver = solver
        self._graph = solver.graph
        self._changed = changed
        self._bases: dict[ir.Scope, list[dict[ir.Scope, None]]] = {}
        self._outside: dict[ir.Scope, dict[str, None]] = {}
        """Names of bases that the repository does not have."""
        self._plain: set[tuple[ir.Scope, int]] = set()
        """Bases, by their number, that the language provides."""
        self._below: dict[ir.Scope, dict[ir.Scope, None]] = {}
        self._dependents: dict[ir.Scope, dict[ir.Scope, None]] = {}
        """Classes whose members are looked for in another one without being below it."""
        self._made_by: dict[ir.Scope, ir.Scope] = {}
        self._makers: dict[ir.Scope, ir.Scope] = {}
        self._fresh: dict[tuple[ir.Scope, str], ir.Scope] = {}

    def dependents(self, cls: ir.Scope) -> list[ir.Scope]:
        """Classes whose members are looked for in `cls` without being below it."""
        return list(self._dependents.get(cls, ()))

    def define(self, cls: ir.Scope) -> None:
        """Make known which classes are above `cls`."""
        if cls in self._bases:
            return
        written = [*cls.mixins, *cls.bases]
        self._bases[cls] = [{} for _ in written]
        for at, base in enumerate(written):
            self._graph.watch(self._solver.node(base), self._base_watcher(cls, at))

    def add_mixin(self, cls: ir.Scope, mixin: ir.Scope) -> None:
        """Put the members of `mixin` into `cls`, behind its own."""
        self.define(cls)
        if mixin not in self.direct_bases(cls):
            self._bases[cls].append({})
            self._base_found(cls, len(self._bases[cls]) - 1, mixin)

    def class_of(self, function: ir.Scope) -> ir.Scope:
        """The class of the objects that a plain function makes when it is called as a constructor."""
        cls = self._made_by.get(function)
        if cls is None:
            cls = self._made_by[function] = self.fresh_class(function, function.name)
            self._makers[cls] = function
            cls.versions["constructor"] = 1
            self._graph.add(self._solver.variable(cls, "constructor", 1), Function(function))
            prototype = self._solver.field(function, "prototype")
            self._graph.watch(prototype, lambda value: self.inherit(cls, value))
        return cls

    def maker(self, cls: ir.Scope) -> ir.Scope | None:
        """The plain function whose objects are of `cls`; None for a class that was written as one."""
        return self._makers.get(cls)

    def fresh_class(self, scope: ir.Scope, name: str) -> ir.Scope:
        """A class that nobody wrote, one for each `scope` and `name`."""
        cls = self._fresh.get((scope, name))
        if cls is None:
            cls = ir.Scope("class", name, scope.parent, scope.file, None, is_lowered=True)
            cls.traits = frozenset({"apart"})
            self._fresh[scope, name] = cls
            self.define(cls)
        return cls

    def inherit(self, cls: ir.Scope, prototype: Value) -> None:
        """Let objects of `cls` have the members of `prototype`, behind their own."""
        if isinstance(prototype, Instance):
            self.define(cls)
            self._bases[cls].append({})
            self._base_found(cls, len(self._bases[cls]) - 1, prototype.cls)
        elif isinstance(prototype, Object):
            self._solver.copy(prototype.site, ("prototype", cls))

    def ancestors(self, cls: ir.Scope) -> list[ir.Scope]:
        """The classes in which members of `cls` are looked for, as far as known, itself first."""
        return self._solver.semantics(cls.file).ancestors(cls, self._solver)

    def settled_ancestors(self, cls: ir.Scope) -> list[ir.Scope]:
        """Like `ancestors`, once all that can be known of them is; never ask this while the analysis works."""
        known: list[ir.Scope] = []
        while (order := self.ancestors(cls)) != known:
            known = order
            self._solver.settle()
        return known

    def depend(self, cls: ir.Scope, on: ir.Scope) -> None:
        """Ask again for members of `cls`, and of classes below it, when what is above `on` changes."""
        if on is not cls:
            self._dependents.setdefault(on, {})[cls] = None

    def direct_bases(self, cls: ir.Scope) -> list[ir.Scope]:
        """The classes that `cls` names as its own, in order, as far as known."""
        self.define(cls)
        return [base for found in self._bases[cls] for base in found]

    def is_open(self, order: Sequence[ir.Scope]) -> bool:
        """True when one of the classes may have members from elsewhere: a base nobody knows, dynamic access."""
        for one in order:
            self.define(one)
        return any(
            self._outside.get(one)
            or any(not found and (one, at) not in self._plain for at, found in enumerate(self._bases[one]))
            or any(name in one.lowered().versions for name in _DYNAMIC)
            for one in order
        )

    def is_dynamic(self, order: Sequence[ir.Scope]) -> bool:
        """True when one of the classes answers for members that nobody wrote."""
        return any(name in one.lowered().versions for one in order for name in _DYNAMIC)

    def unknown_bases(self, cls: ir.Scope) -> list[str]:
        """Names of bases of `cls` itself that the repository does not have."""
        return list(self._outside.get(cls, ()))

    def outside_bases(self, cls: ir.Scope) -> list[str]:
        """Names of the types above `cls` that the repository does not have."""
        return [name for one in self.ancestors(cls) for name in self.unknown_bases(one)]

    def is_below(self, cls: ir.Scope, above: ir.Scope) -> bool:
        """True when `above` is among the classes that `cls` inherits from, or `cls` itself."""
        return above in self.ancestors(cls)

    def classes_below(self, cls: ir.Scope) -> list[ir.Scope]:
        """Known classes that inherit from `cls`, itself left out."""
        found: dict[ir.Scope, None] = {}
        todo = list(self._below.get(cls, ()))
        while todo:
            below = todo.pop(0)
            if below not in found:
                found[below] = None
                todo.extend(self._below.get(below, ()))
        return list(found)

    def _base_watcher(self, cls: ir.Scope, at: int) -> Callable[[Value], None]:
        def found(value: Value) -> None:
            if isinstance(value, Class):
                self.define(value.scope)
                self._base_found(cls, at, value.scope)
            elif isinstance(value, Function) and "rebinds" in value.scope.traits:
                self._base_found(cls, at, self.class_of(value.scope))
            elif isinstance(value, Outside):
                self._outside.setdefault(cls, {})[value.name] = None
                self._changed(cls)
            elif isinstance(value, Builtin):
                self._plain.add((cls, at))

        return found

    def _base_found(self, cls: ir.Scope, at: int, base: ir.Scope) -> None:
        if base is cls or base in self._bases[cls][at]:
            return
        self._bases[cls][at][base] = None
        self._below.setdefault(base, {})[cls] = None
        self._changed(cls)
