"""Ruby's rules: constants, where methods are looked for, what modules add to classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import CLASS_MEMBER, FLOW, Node
from reviewer.evidence.flow.languages import ruby_builtins as built_in
from reviewer.evidence.flow.languages.ruby_calls import call_core
from reviewer.evidence.flow.languages.ruby_constants import Constants
from reviewer.evidence.flow.lower.ruby.lowering import PREPENDED, SINGLETON, companion
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.semantics import Placed
from reviewer.evidence.flow.values import Builtin, Class, Function, Instance, Object, Outside, Text, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_MOST_ABOVE = 200
_MOST_OUTSIDE_CALLS = 2
"""In a chain of calls of which the first is outside: without a limit, loops would make ever longer names."""


class RubySemantics(Placed):
    """See `Semantics` and `Placed`."""

    family = "ruby"
    constructors: Sequence[str] = ("initialize",)
    calling: str | None = None
    iterating: Sequence[str] = ("each",)
    indexing: str | None = None
    index_is_member = False
    outside_runs = False
    outside_members: Mapping[str, Sequence[str]] = {}

    def __init__(self) -> None:
        self.constants = Constants()

    # -- where members are looked for

    def ancestors(self, cls: ir.Scope, solver: Solver) -> list[ir.Scope]:
        """What is prepended, the class wherever it is opened, what it includes, its superclass."""
        found: dict[ir.Scope, None] = {}
        self._add_above(cls, solver, found)
        return list(found)

    def _add_above(self, cls: ir.Scope, solver: Solver, found: dict[ir.Scope, None]) -> None:
        if cls in found or len(found) > _MOST_ABOVE:
            return
        if cls.kind != "class" or cls.node is None:
            found[cls] = None
            return
        openings = self.constants.openings(cls)
        for one in openings:
            solver.classes.depend(cls, one)
        if any(one in found for one in openings):
            return
        for one in openings:
            before = companion(one, PREPENDED)
            if before is None:
                continue
            solver.classes.depend(cls, before)
            for mixin in solver.classes.direct_bases(before):
                self._add_above(mixin, solver, found)
        found.update(dict.fromkeys(openings))
        above = [base for one in openings for base in solver.classes.direct_bases(one)]
        for base in sorted(above, key=lambda base: not _is_module(base)):
            self._add_above(base, solver, found)

    def places(self, value: Instance | Class, name: str, solver: Solver) -> Sequence[ir.Scope]:
        """See `Placed`."""
        cls = value.cls if isinstance(value, Instance) else value.scope
        above = self.ancestors(cls, solver)
        if isinstance(value, Class) and not name[:1].isupper() and not name.startswith("@"):
            above = self._of_class(cls, above, solver)
        return list(dict.fromkeys([*above, *self._toplevel(cls.file, name, solver)]))

    def of_outside(self, value: Outside, name: str) -> Iterable[Value]:
        """A dotted name; of what the results of outside methods have in turn, nothing is said."""
        methods = sum(not part[:1].isupper() for part in value.name.split("."))
        is_word = name[:1].isalpha() or name[:1] == "_"
        return [Outside(f"{value.name}.{name}")] if is_word and methods < _MOST_OUTSIDE_CALLS else []

    def _of_class(self, cls: ir.Scope, above: list[ir.Scope], solver: Solver) -> list[ir.Scope]:
        """The singletons of the class and its superclasses, with what extends them."""
        found: dict[ir.Scope, None] = {}
        own = self.constants.openings(cls)
        for one in above:
            included = _is_module(one) and one not in own
            if included and "concern" not in one.traits:
                continue
            singleton = companion(one, SINGLETON)
            if singleton is not None:
                solver.classes.depend(cls, singleton)
                found[singleton] = None
                for mixin in solver.classes.direct_bases(singleton):
                    self._add_above(mixin, solver, found)
            if included:
                self._add_class_methods(one, solver, found)
        return list(found)

    def _add_class_methods(self, concern: ir.Scope, solver: Solver, found: dict[ir.Scope, None]) -> None:
        for child in concern.children:
            if child.kind == "class" and child.name == "ClassMethods":
                self._add_above(child, solver, found)

    def _toplevel(self, file: ModuleFile, name: str, solver: Solver) -> list[ir.Scope]:
        """Files with a method of that name outside of classes that are loaded together with `file`."""
        scopes = self.constants.toplevel.get(name)
        if scopes is None:
            self.constants.required(file, solver)
            scopes = self.constants.toplevel.get(name, [])
        return [
            scope
            for scope in scopes
            if scope.file is file
            or scope.file.path in self.constants.required(file, solver)
            or file.path in self.constants.required(scope.file, solver)
        ]

    # -- constants

    def unbound(self, file: ModuleFile, name: str, solver: Solver) -> Iterable[Node | Value]:  # noqa: ARG002
        """Nothing: local variables are always bound."""
        return []

    def imported(self, expr: ir.Imported, solver: Solver) -> Iterable[Node | Value]:
        """A constant, a global variable, or what the lowering writes in angle brackets."""
        name = expr.name or ""
        self.constants.take_in(expr.file)
        if name == "<main>":
            return [Instance(expr.file.scope, exact=False)]
        if name.startswith("<"):
            return [Builtin(name)]
        node = Node()
        work = self._global if name.startswith("$") else self._constant
        solver.graph.later(lambda: work(expr, node, solver), FLOW)
        return [node]

    def _global(self, expr: ir.Imported, node: Node, solver: Solver) -> None:
        for file in self.constants.files.values():
            if expr.name in file.scope.versions:
                solver.graph.edge(solver.variable(file.scope, expr.name or "", None), node)

    def _constant(self, expr: ir.Imported, node: Node, solver: Solver) -> None:
        """Looked for in the classes around, then in those above the innermost one, then at the top."""
        name, around = expr.name or "", expr.module.split()
        for outer in around:
            if self.constants.look_for(f"{outer}::{name}", expr.file.path, solver):
                self._give(f"{outer}::{name}", node, solver)
                return
        cls = self.constants.defined(around[0])[0] if around else None
        if cls is None or not any(one.mixins or one.bases for one in self.constants.openings(cls)):
            self._at_top(expr, node, solver)
            return
        solver.graph.later(lambda: self._above_or_top(cls, expr, node, solver), CLASS_MEMBER)

    def _above_or_top(self, cls: ir.Scope, expr: ir.Imported, node: Node, solver: Solver) -> None:
        """What classes above the innermost one call by that name; else what is at the top."""
        for one in self.ancestors(cls, solver):
            path = f"{self.constants.path(one)}::{expr.name}"
            if one.kind == "class" and self.constants.is_defined(path):
                self._give(path, node, solver)
                return
        self._at_top(expr, node, solver)

    def _at_top(self, expr: ir.Imported, node: Node, solver: Solver) -> None:
        name = expr.name or ""
        if self.constants.look_for(name, expr.file.path, solver):
            self._give(name, node, solver)
        elif name in built_in.CLASSES:
            solver.graph.add(node, Builtin(name))
        else:
            # Constants that are met meanwhile are looked for in the same search.
            self.constants.want(name)
            solver.graph.later(lambda: self._searched(expr, node, solver), CLASS_MEMBER)

    def _searched(self, expr: ir.Imported, node: Node, solver: Solver) -> None:
        """What a search of all files says that the constant is."""
        name = expr.name or ""
        self.constants.search(solver)
        nested = [f"{outer}::{name}" for outer in (*expr.module.split(), "")]
        found = next((path.removeprefix("::") for path in nested if self._knows(path)), None)
        if found is not None:
            self._give(found, node, solver)
        else:
            solver.graph.add(node, Outside(name))

    def _knows(self, path: str) -> bool:
        return self.constants.is_defined(path.removeprefix("::"))

    def _give(self, path: str, node: Node, solver: Solver) -> None:
        cls, homes = self.constants.defined(path)
        if cls is not None:
            for one in self.constants.openings(cls):
                solver.activate(one.file.scope)
                solver.activate(one)
                solver.classes.define(one)
            solver.graph.add(node, Class(cls))
        for home in homes:
            solver.activate(home.file.scope)
            solver.activate(home)
            solver.graph.edge(solver.variable(home, path.rsplit("::", 1)[-1], None), node)

    def module_member(self, path: str, name: str, solver: Solver) -> Iterable[Node | Value]:  # noqa: ARG002
        """Nothing: files are no values."""
        return []

    # -- what is built in

    def builtin_member(self, value: Value, name: str, solver: Solver) -> Iterable[Node | Value]:
        """Methods of the core classes, of every object, and what `method_missing` answers."""
        match value:
            case Class(cls):
                return self._class_member(cls, value, name, solver)
            case Instance():
                return self._object_member(value, name, solver)
            case Builtin(owner) if not owner.startswith("<"):
                return [] if name.isupper() else [_core(owner, name, value)]
        kind = _kind(value)
        if kind == "Proc" and name in built_in.RUNS_ITSELF:
            return [value]
        if name in built_in.MEMBERS.get(kind, ()):
            return [_core(kind, name, value)]
        return [Builtin(name, value)] if name in built_in.OBJECT else []

    def _class_member(self, cls: ir.Scope, value: Class, name: str, solver: Solver) -> Iterable[Node | Value]:
        if name[:1].isupper():
            path = f"{self.constants.path(cls)}::{name}"
            if self.constants.look_for(path, cls.file.path, solver):
                node = Node()
                self._give(path, node, solver)
                return [node]
            return []
        if name == "new":
            return [value] if not _is_module(cls) else []
        return [Builtin(name, value)] if name in built_in.OBJECT or name in built_in.CLASS else []

    def _object_member(self, value: Instance, name: str, solver: Solver) -> Iterable[Node | Value]:
        if name in built_in.RAISES or name in built_in.OBJECT:
            return [Builtin(name, value)]
        above = self.ancestors(value.cls, solver)
        if name in built_in.COMPARABLE and _binds(above, "<=>") and _takes_in(above, "Comparable"):
            return [solver.members.member(value, "<=>", value.cls)]
        if name in built_in.ENUMERABLE and _binds(above, "each") and _takes_in(above, "Enumerable"):
            return [Builtin(f"Enumerable.{name}", value)]
        core = _core_class(above)
        if name in built_in.MEMBERS.get(core, ()):
            return [_core(core, name, value)]
        if not _is_module(value.cls) and _binds(above, "method_missing") and not name.startswith(("@", "<")):
            return [solver.members.member(value, "method_missing", value.cls)]
        return []

    def call_builtin(self, builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
        """See `call_core`."""
        call_core(builtin, call, result, solver)


def _kind(value: Value) -> str:
    """The core class of a value."""
    match value:
        case Object(_, kind):
            return built_in.NAMES.get(kind, kind)
        case Text(text):
            return "String" if isinstance(text, str) else "Integer"
        case Function():
            return "Proc"
    return ""


def _core(owner: str, name: str, value: Value) -> Builtin:
    """A method of a core class; calls of operators are no edges."""
    written = name[0].isalpha() or name[0] == "_"
    return Builtin(f"{owner}.{name}" if written else f"<{owner}>.{name}", value)


def _is_module(cls: ir.Scope) -> bool:
    return cls.node is not None and cls.node.type == "module"


def _core_class(above: list[ir.Scope]) -> str:
    """The core class that one of the classes inherits from."""
    bases = (base.name for one in above for base in one.bases if isinstance(base, ir.Imported))
    return next((base for base in bases if base in built_in.MEMBERS), "")


def _takes_in(above: list[ir.Scope], module: str) -> bool:
    """True when one of the classes includes a module of the core library."""
    return any(
        isinstance(mixin, ir.Imported) and mixin.name == module for one in above for mixin in one.mixins
    )


def _binds(above: list[ir.Scope], name: str) -> bool:
    return any(name in one.lowered().versions for one in above)
