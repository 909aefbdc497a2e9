"""Method sets: what a Go type offers by itself, by embedding, and which types satisfy an interface."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from tree_sitter import Node as SyntaxNode

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.languages.go.packages import Package, Packages
from reviewer.evidence.flow.lower.go.base import inner
from reviewer.evidence.flow.values import Function, Instance
from reviewer.evidence.syntax.grammars.row import text_of

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_LONGEST_CHAIN = 20
"""Types embedded in one another that are followed."""


@dataclass(eq=False)
class TypeFacts:
    """What is known of one type before values are followed."""

    fields: list[str] = field(default_factory=list)
    """In order of their declaration, embedded ones too."""
    methods: dict[str, list[ir.Scope]] = field(default_factory=dict)
    """Declared for the type itself, or by the interface."""
    embedded: list[tuple[str, ir.Scope | None]] = field(default_factory=list)
    """Field and type; no type for one outside of the repository."""
    copied: ir.Scope | None = None
    """The type that this one is defined as: its fields are this one's too, its methods are not."""


class Methods:
    """The types of one analysis: wires up what they offer when it is first asked for."""

    def __init__(self, packages: Packages, solver: Solver) -> None:
        self._packages = packages
        self._solver = solver
        self._facts: dict[ir.Scope, TypeFacts] = {}
        self._sets: dict[ir.Scope, dict[str, ir.Scope]] = {}
        self._wired: dict[ir.Scope, None] = {}
        self._seen = 0
        self._offering: dict[str, dict[ir.Scope, None]] = {}
        """Types that have a method of that name, embedded ones too."""
        self._by_method: dict[str, dict[ir.Scope, None]] = {}
        self._interfaces: dict[ir.Scope, dict[ir.Scope, None]] = {}
        """Interfaces whose members were asked for, with the types found for them."""

    def prepare(self, cls: ir.Scope) -> None:
        """Make the members of `cls` known to the solver."""
        self._read_new()
        if cls in self._wired:
            return
        self._wired[cls] = None
        self._solver.classes.define(cls)
        facts = self.facts(cls)
        graph, solver = self._solver.graph, self._solver
        if "interface" in cls.traits:
            self._interfaces[cls] = {}
            self._dispatch(cls)
            return
        for at, name in enumerate(facts.fields):
            graph.edge(solver.field(cls, f"<{at}>"), solver.field(cls, name))
        for name, scopes in facts.methods.items():
            for scope in scopes:
                graph.add(solver.variable(cls, name, None), Function(scope))
        self._promote(cls, facts)

    def facts(self, cls: ir.Scope) -> TypeFacts:
        """What is known of `cls` by itself."""
        if cls not in self._facts:
            self._facts[cls] = self._read(cls)
        return self._facts[cls]

    def method_set(self, cls: ir.Scope, depth: int = 0) -> dict[str, ir.Scope]:
        """The methods of `cls`, embedded ones too, each by its first declaration."""
        known = self._sets.get(cls)
        if known is None:
            facts = self.facts(cls)
            known = {name: scopes[0] for name, scopes in facts.methods.items()}
            for _, embedded in facts.embedded if depth < _LONGEST_CHAIN else ():
                if embedded is not None and embedded is not cls:
                    for name, scope in self.method_set(embedded, depth + 1).items():
                        if name not in facts.fields:
                            known.setdefault(name, scope)
            if depth == 0:
                self._sets[cls] = known
        return known

    def named_like(self, name: str, kinds: tuple[str, ...]) -> list[ir.Scope]:
        """Methods `name` of types defined as one of `kinds`: types of function, list or map."""
        self._read_new()
        found: list[ir.Scope] = []
        for cls in self._by_method.get(name, ()):
            written = cls.node.child_by_field_name("type") if cls.node is not None else None
            if written is not None and written.type in kinds:
                found.extend(self.facts(cls).methods.get(name, ()))
        return found

    # -- reading declarations

    def _read(self, cls: ir.Scope) -> TypeFacts:
        cls.lowered()
        facts = TypeFacts()
        package = self._packages.of(cls.file)
        if package is not None and cls in package.types.get(cls.name, ()):
            facts.methods.update(package.methods.get(cls.name, {}))
        for child in cls.children:
            if "abstract" in child.traits:
                facts.methods[child.name] = [child]
        for effect in cls.effects:
            if isinstance(effect, ir.Assign) and effect.scope is cls and not effect.name.startswith("<"):
                facts.fields.append(effect.name)
                self._solver.field(cls, effect.name).firm = isinstance(effect.value, ir.Typed)
        for name in facts.methods:
            cls.versions.setdefault(name, 0)
        for mixin in cls.mixins:
            found = self._packages.class_of(mixin)
            word = mixin.name if isinstance(mixin, ir.Read | ir.Member) else ""
            facts.embedded.append((word, found if isinstance(found, ir.Scope) else None))
        self._define_as(cls, facts)
        return facts

    def _define_as(self, cls: ir.Scope, facts: TypeFacts) -> None:
        found = self._packages.class_of(cls.bases[0]) if cls.bases else None
        if not isinstance(found, ir.Scope) or found is cls:
            return
        if "interface" in found.traits:
            cls.traits = (cls.traits - {"final", "wraps"}) | {"interface"}
            facts.embedded.append((found.name, found))
        else:
            facts.copied = found

    # -- promotion

    def _promote(self, cls: ir.Scope, facts: TypeFacts) -> None:
        """Members of embedded types are members of the type around them, called on the embedded value."""
        taken = {*facts.fields, *facts.methods}
        for name, embedded in facts.embedded:
            for promoted in self._offered(embedded, 0) if embedded is not None else ():
                if promoted not in taken:
                    taken.add(promoted)
                    self._pass_on(cls, name, promoted)
                    if embedded is not None and promoted not in self.method_set(embedded):
                        held = self._solver.field(embedded, promoted)
                        self._solver.graph.edge(self._solver.field(cls, promoted), held)
        if facts.copied is not None:
            self._copy(cls, facts.copied, taken)

    def _pass_on(self, cls: ir.Scope, field_name: str, promoted: str) -> None:
        start = cls.node.start_byte if cls.node is not None else 0
        whole = ir.Made(start, ir.Closure(start, cls))
        part = ir.Member(start, whole, field_name, cls)
        cls.versions.setdefault(promoted, 0)
        source = self._solver.node(ir.Member(start, part, promoted, cls))
        self._solver.graph.edge(source, self._solver.variable(cls, promoted, None))

    def _copy(self, cls: ir.Scope, copied: ir.Scope, taken: set[str]) -> None:
        names = [name for name in self._offered(copied, 0) if name not in self.method_set(copied)]
        for name in [*names, ir.WRAPPED]:
            if name not in taken:
                cls.versions.setdefault(name, 0)
                source = self._solver.members.member(Instance(copied), name, cls)
                self._solver.graph.edge(source, self._solver.variable(cls, name, None))

    def _offered(self, cls: ir.Scope, depth: int) -> dict[str, None]:
        facts = self.facts(cls)
        found = dict.fromkeys([*facts.fields, *facts.methods])
        for _, embedded in facts.embedded if depth < _LONGEST_CHAIN else ():
            if embedded is not None and embedded is not cls:
                found.update(self._offered(embedded, depth + 1))
        return found

    # -- interfaces

    def _read_new(self) -> None:
        """Take in the packages read since the last time."""
        loaded = self._packages.loaded
        if self._seen == len(loaded):
            return
        start, self._seen = self._seen, len(loaded)
        fresh = [cls for package in islice(loaded, start, self._seen) for cls in self._types_of(package)]
        for interface in self._interfaces:
            self._dispatch(interface, fresh)

    def _types_of(self, package: Package) -> list[ir.Scope]:
        found = [
            cls
            for classes in package.types.values()
            for cls in classes
            if not cls.traits & {"interface"} and (cls.name in package.methods or _embeds(cls))
        ]
        for cls in found:
            for name in self.method_set(cls):
                self._offering.setdefault(name, {})[cls] = None
            for name in package.methods.get(cls.name, ()):
                self._by_method.setdefault(name, {})[cls] = None
        return found

    def _dispatch(self, interface: ir.Scope, among: list[ir.Scope] | None = None) -> None:
        """Let the interface's methods mean those of every type that has all of them."""
        wanted = self.method_set(interface)
        if not wanted:
            return
        rarest = min((self._offering.get(name, {}) for name in wanted), key=len)
        fits = [cls for cls in (rarest if among is None else among) if self._satisfies(cls, wanted)]
        if not _is_test(interface) and any(not _is_test(cls) for cls in fits):
            fits = [cls for cls in fits if not _is_test(cls)]
        known = self._interfaces[interface]
        for cls in fits:
            if cls not in known and "interface" not in cls.traits:
                known[cls] = None
                for name in wanted:
                    self._offer(interface, name, cls)
        if among is None and not known:
            for name, scope in wanted.items():
                interface.versions.setdefault(name, 0)
                self._solver.graph.add(self._solver.variable(interface, name, None), Function(scope))

    def _offer(self, interface: ir.Scope, name: str, cls: ir.Scope) -> None:
        interface.versions.setdefault(name, 0)
        source = self._solver.members.member(Instance(cls), name, interface)
        self._solver.graph.edge(source, self._solver.variable(interface, name, None))

    def _satisfies(self, cls: ir.Scope, wanted: dict[str, ir.Scope]) -> bool:
        own = self.method_set(cls)
        return all(name in own and _same_signature(own[name], scope) for name, scope in wanted.items())


def _embeds(cls: ir.Scope) -> bool:
    return bool(cls.lowered().mixins)


def _is_test(cls: ir.Scope) -> bool:
    return cls.file.path.endswith("_test.go")


def _same_signature(method: ir.Scope, wanted: ir.Scope) -> bool:
    """True when both take and give the same; of generic ones only the numbers are compared."""
    ours, theirs = _signature(method.node), _signature(wanted.node)
    if _is_generic(method) or _is_generic(wanted):
        return [len(part) for part in ours] == [len(part) for part in theirs]
    return ours == theirs


def _is_generic(method: ir.Scope) -> bool:
    node = method.node
    receiver = node.child_by_field_name("receiver") if node is not None else None
    if receiver is not None:
        return "[" in text_of(receiver)
    around = method.parent.node if method.parent is not None else None
    return around is not None and around.child_by_field_name("type_parameters") is not None


def _signature(node: SyntaxNode | None) -> tuple[list[str], list[str]]:
    if node is None:
        return [], []
    return _types(node.child_by_field_name("parameters")), _types(node.child_by_field_name("result"))


def _types(node: SyntaxNode | None) -> list[str]:
    """The types in a list as text, without the packages they are taken from."""
    if node is None:
        return []
    if node.type != "parameter_list":
        return [_plain(text_of(node))]
    found = []
    for child in inner(node):
        mark = "..." if child.type == "variadic_parameter_declaration" else ""
        written = mark + _plain(text_of(child.child_by_field_name("type")))
        found.extend([written] * max(len(child.children_by_field_name("name")), 1))
    return found


def _plain(text: str) -> str:
    return re.sub(r"\b\w+\.|\s", "", text).replace("interface{}", "any")
