"""JavaScript's and TypeScript's rules: modules of both kinds, prototypes, and names that are always there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.ecmascript_builtins import Builtins
from reviewer.evidence.flow.languages.ecmascript_members import has_member, is_usual_member
from reviewer.evidence.flow.lower.ecmascript.modules import ES_MODULE, EXPORTS
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.values import (
    Builtin,
    Class,
    Function,
    Generator,
    Instance,
    Module,
    Object,
    Outside,
    Text,
    Value,
)
from reviewer.evidence.resolve.modules import Named
from reviewer.evidence.syntax.grammars.ecmascript_globals import JAVASCRIPT_GLOBALS
from reviewer.evidence.syntax.parsed import WHOLE_EXPORT

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_NAMES = (JAVASCRIPT_GLOBALS | {"globalThis", "eval", "Iterator", "Atomics"}) - {"arguments", "undefined"}
_TYPES = {
    "object": "Object",
    "list": "Array",
    "str": "String",
    "map": "Map",
    "set": "Set",
    "promise": "Promise",
}
_LONGEST_CHAIN = 4


class EcmascriptSemantics:
    """See `Semantics`."""

    family = "ecmascript"
    constructors: Sequence[str] = ("constructor", "")
    calling: str | None = None
    iterating: Sequence[str] = ("@@iterator", "next", ".value")
    indexing: str | None = None
    index_is_member = True
    outside_runs = False
    outside_members: Mapping[str, Sequence[str]] = {}

    def ancestors(self, cls: ir.Scope, solver: Solver) -> list[ir.Scope]:
        """Depth first: the class, what it extends, then its interfaces."""
        found: dict[ir.Scope, None] = {}
        todo = [cls]
        while todo:
            one = todo.pop(0)
            if one not in found:
                found[one] = None
                todo = [*solver.classes.direct_bases(one), *todo]
        return list(found)

    def unbound(self, file: ModuleFile, name: str, solver: Solver) -> Iterable[Node | Value]:
        """What CommonJS provides, else the names that are always there."""
        if name in (EXPORTS, "exports", "this"):
            return [_exports(file, solver)]
        if name == "module":
            return [_module(file, solver)]
        return [Builtin(name)] if name in _NAMES else []

    def imported(self, expr: ir.Imported, solver: Solver) -> Iterable[Node | Value]:
        """A name of a file, a file as a whole, or something outside."""
        found = solver.files.find(expr.file.path, expr.module, self.family)
        if found.path is None:
            return _outside(found, expr.module, expr.name)
        if expr.name is None or expr.name == WHOLE_EXPORT:
            return self._whole(found.path, solver)
        return self._offered(found.path, expr.name, solver, frozenset())

    def module_member(self, path: str, name: str, solver: Solver) -> Iterable[Node | Value]:
        """What the file exports under that name, itself or by passing it on."""
        return self._offered(path, name, solver, frozenset())

    def builtin_member(self, value: Value, name: str, solver: Solver) -> Iterable[Node | Value]:
        """Members of the language's own types, and the links between objects, classes and prototypes."""
        match value:
            case Function(scope) if name == "prototype":
                return [Instance(solver.classes.class_of(scope), prototype=True)]
            case Class(scope) if name == "prototype":
                return [Instance(scope, prototype=True)]
            case Instance(cls):
                return _of_instance(cls, name, solver)
            case Builtin(known):
                return [Builtin(f"{known}.{name}")] if known.count(".") < _LONGEST_CHAIN else []
        if isinstance(value, Object) and value.kind == "object" and not is_usual_member(name):
            # What was stored under a key that nobody knows may be this.
            return [solver.field(value.site, None)]
        kind = _type_of(value)
        return [Builtin(f"{kind}.{name}", value)] if kind and has_member(kind, name) else []

    def call_builtin(self, builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
        """See `Builtins`."""
        Builtins(solver, builtin, call, result).run()

    def _whole(self, path: str, solver: Solver) -> list[Node | Value]:
        module = solver.files.module(path)
        if module is None:
            return []
        solver.activate(module.scope)
        if ES_MODULE in module.scope.traits:
            return [Module(path)]
        _module(module, solver)
        return [solver.field(_site(module, "<module>", solver), "exports")]

    def _offered(self, path: str, name: str, solver: Solver, seen: frozenset[str]) -> list[Node | Value]:
        module = solver.files.module(path)
        if module is None or path in seen:
            return []
        solver.activate(module.scope)
        if ES_MODULE not in module.scope.traits:
            return _of_common_js(self._whole(path, solver), module, name, solver)
        own = solver.field(_site(module, EXPORTS, solver), name)
        if _offers(module, name) or name == "default":
            return [own]
        passed = [
            part for star in module.stars for part in self._through(module, star, name, solver, seen | {path})
        ]
        return passed or [own]

    def _through(
        self, module: ModuleFile, star: str, name: str, solver: Solver, seen: frozenset[str]
    ) -> list[Node | Value]:
        found = solver.files.find(module.path, star, self.family)
        if found.path is None:
            return []
        return self._offered(found.path, name, solver, seen)


def _offers(module: ModuleFile, name: str) -> bool:
    """True when the file itself exports the name."""
    return any(
        isinstance(effect, ir.SetMember) and effect.name == name and _is_exports(effect.obj)
        for effect in module.scope.effects
    )


def _is_exports(obj: ir.Expr) -> bool:
    return isinstance(obj, ir.Read) and obj.name == EXPORTS


def _of_common_js(
    whole: list[Node | Value], module: ModuleFile, name: str, solver: Solver
) -> list[Node | Value]:
    held = Node()
    solver.link(whole, held)
    if name == "default":
        return [held, solver.field(_site(module, EXPORTS, solver), "default")]
    member = Node()
    solver.members.read(held, name, member, module.scope, 0)
    return [member]


def _site(file: ModuleFile, name: str, solver: Solver) -> ir.Container:
    return solver.members.site(file.scope, name, "object")


def _exports(file: ModuleFile, solver: Solver) -> Object:
    return Object(_site(file, EXPORTS, solver), "object")


def _module(file: ModuleFile, solver: Solver) -> Object:
    site = _site(file, "<module>", solver)
    solver.graph.add(solver.field(site, "exports"), _exports(file, solver))
    return Object(site, "object")


def _outside(found: Named, module: str, name: str | None) -> list[Node | Value]:
    if module.startswith(".") or (found.certain and not found.outside):
        return []
    package = module.removeprefix("node:")
    whole = name in (None, "default", WHOLE_EXPORT)
    return [Outside(package if whole else f"{package}.{name}")]


def _of_instance(cls: ir.Scope, name: str, solver: Solver) -> list[Node | Value]:
    if name == "<class>":
        made_by = solver.classes.maker(cls)
        return [Class(cls) if made_by is None else Function(made_by)]
    return []


def _type_of(value: Value) -> str | None:
    match value:
        case Function():
            return "Function"
        case Generator():
            return "Generator"
        case Text(text):
            return "String" if isinstance(text, str) else "Number"
        case Object(kind=kind):
            return _TYPES.get(kind, kind)
    return None
