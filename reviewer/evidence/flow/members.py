"""Finds what `value.name` is: through instances, classes and those above them, modules and built-in types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import CLASS_MEMBER, INSTANCE_MEMBER, Node
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.semantics import Overloading, Placed
from reviewer.evidence.flow.values import (
    Adapter,
    Ancestor,
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

_LONGEST_CHAIN = 6
"""Dots in the name of something outside; `node = node.next` in a loop would never end."""


class Members:
    """The member lookups of one analysis."""

    def __init__(self, solver: Solver) -> None:
        self._solver = solver
        self._graph = solver.graph
        self._classes = solver.classes
        self._asked: dict[tuple[Value, str], Node] = {}
        self._queries: dict[ir.Scope, dict[tuple[Value, str], None]] = {}
        self._homes: dict[tuple[Value, str], ModuleFile] = {}
        """Where a member was first asked for: its language answers for what no class does."""
        self.places: dict[ir.Container, tuple[ir.Scope, str]] = {}
        """The scope and name that an object without a place in the code belongs to."""
        self._sites: dict[tuple[ir.Scope, str], ir.Container] = {}
        self._parts: dict[tuple[ir.Container | ir.Rest, str], ir.Container] = {}

    def site(self, scope: ir.Scope, name: str, kind: str) -> ir.Container:
        """The object that a parameter collecting several arguments holds."""
        key = (scope, name)
        if key not in self._sites:
            self._sites[key] = ir.Container(0, kind)
            self.places[self._sites[key]] = key
        return self._sites[key]

    def part_of(self, site: ir.Container | ir.Rest, name: str, kind: str) -> ir.Container:
        """An object that belongs to another one without a place of its own in the code, such as a map's pairs."""
        return self._parts.setdefault((site, name), ir.Container(0, kind))

    def ask_again(self, cls: ir.Scope) -> None:
        """What is above a class changed: ask again for all that was asked of it, of those below and above."""
        changed = [cls, *self._classes.dependents(cls)]
        below = [one for root in changed for one in self._classes.classes_below(root)]
        above = [one for root in changed for one in self._classes.ancestors(root)]
        for one in dict.fromkeys([*changed, *below, *above]):
            for value, name in tuple(self._queries.get(one, ())):
                self._graph.later(lambda value=value, name=name: self._wire(value, name), INSTANCE_MEMBER)  # type: ignore[misc]

    # -- reading

    def read(
        self, obj: Node, name: str, node: Node, scope: ir.Scope, start: int, *, called: bool = False
    ) -> None:
        """Let `obj.name` arrive at `node`; properties are called from `scope`, and so is the rest if `called`."""

        def found(value: Value) -> None:
            member = self.member(value, name, scope)
            self._graph.watch(member, lambda got: self._arrive(got, value, node, scope, start, called=called))

        self._graph.watch(obj, found)

    def _arrive(
        self, got: Value, owner: Value, node: Node, scope: ir.Scope, start: int, *, called: bool
    ) -> None:
        if (
            isinstance(got, Function)
            and "property" in got.scope.traits
            and ("classmethod" in got.scope.traits or not isinstance(owner, Class | Module))
        ):
            self._solver.calls.run(bound_late(got, owner), node, scope, start)
        else:
            self._graph.add(node, bound_late(got, owner) if called else got)

    def member(self, value: Value, name: str, scope: ir.Scope) -> Node:
        """Where the values of `value.name`, asked for in `scope`, arrive."""
        node = self._asked.get((value, name))
        if node is None:
            node = self._asked[value, name] = Node()
            cls = (
                value.cls
                if isinstance(value, Instance)
                else value.scope
                if isinstance(value, Class)
                else None
            )
            if cls is not None:
                self._queries.setdefault(cls, {})[value, name] = None
            priority = INSTANCE_MEMBER if isinstance(value, Instance | Ancestor) else CLASS_MEMBER
            self._homes[value, name] = scope.file
            self._graph.later(lambda: self._wire(value, name), priority)
        return node

    def _wire(self, value: Value, name: str) -> None:
        node = self._asked[value, name]
        semantics = self._solver.semantics(self._homes[value, name])
        if isinstance(value, Instance | Class | Ancestor | Outside) and isinstance(semantics, Placed):
            self._wire_placed(semantics, value, name, node)
            return
        match value:
            case Instance() | Class():
                self._wire_class(value, name, node)
            case Ancestor(owner, receiver):
                self._from_above(value, owner, receiver, name, node)
            case Adapter(function, interface):
                self._of_adapter(value, function, interface, name, node)
            case Module(path):
                self._solver.link(semantics.module_member(path, name, self._solver), node)
            case Outside(dotted):
                self._named_outside(dotted, name, node)
            case _:
                self._builtin(value, name, node)

    def _wire_class(self, value: Instance | Class, name: str, node: Node) -> None:
        cls = value.cls if isinstance(value, Instance) else value.scope
        self._of_class(self._classes.ancestors(cls), name, value, node, value)
        if isinstance(value, Instance) and not value.exact:
            self._overridden(value, name, node)
        if "apart" in cls.traits:
            self._builtin(value, name, node, value)

    def _wire_placed(
        self, semantics: Placed, value: Instance | Class | Ancestor | Outside, name: str, node: Node
    ) -> None:
        """Fields of every place, and what the first place that binds the name says; else what is built in."""
        if isinstance(value, Outside):
            self._solver.link(semantics.of_outside(value, name), node)
            return
        receiver = value.receiver if isinstance(value, Ancestor) else value
        if not isinstance(receiver, Instance | Class):
            return
        order = list(semantics.places(receiver, name, self._solver))
        if isinstance(value, Ancestor):
            order = order[order.index(value.owner) + 1 :] if value.owner in order else []
        elif isinstance(value, Instance) and not value.exact:
            self._overridden(value, name, node)
        for one in order:
            owner = one if isinstance(receiver, Instance) else ("class", one)
            self._graph.edge(self._solver.field(owner, name), node)
        first = next((one for one in order if name in one.lowered().versions), None)
        if first is not None:
            self._bind_to(receiver, self._solver.variable(first, name, None), node)
        else:
            self._unplaced(receiver, name, node, below=receiver is value)

    def _unplaced(self, receiver: Instance | Class, name: str, node: Node, *, below: bool) -> None:
        """No class of the repository's says what the member is: the language may, a class below, one outside."""
        cls = receiver.cls if isinstance(receiver, Instance) else receiver.scope
        found = list(self._solver.semantics(cls.file).builtin_member(receiver, name, self._solver))
        self._solver.link(found, node)
        if found:
            return
        if below and isinstance(receiver, Instance) and not receiver.exact and self._solver.whole:
            for one in self._classes.classes_below(cls):
                self._graph.edge(self.member(Instance(one, exact=False), name, one), node)
        if _is_word(name):
            above = self._classes.ancestors(cls)
            outside = [base for one in above for base in self._classes.unknown_bases(one)]
            if outside:
                # Of several only one has it, most likely the superclass, which stands last.
                self._graph.add(node, Outside(f"{outside[-1]}.{name}"))

    def _bind_to(self, receiver: Value, source: Node, node: Node) -> None:
        def found(value: Value) -> None:
            if isinstance(value, Function) and value.receiver is None and value.scope.receiver is not None:
                value = Function(value.scope, receiver)
            self._graph.add(node, value)

        self._graph.watch(source, found)

    def _builtin(self, value: Value, name: str, node: Node, asked: Value | None = None) -> None:
        if isinstance(value, Function):
            self._graph.edge(self._solver.field(value.scope, name), node)
        elif isinstance(value, Object):
            self._graph.edge(self._solver.field(value.site, name), node)
        semantics = self._solver.semantics(self._homes[asked or value, name])
        self._solver.link(semantics.builtin_member(value, name, self._solver), node)

    def _of_class(self, order: list[ir.Scope], name: str, receiver: Value, node: Node, asked: Value) -> None:
        """Fields of every class in `order`, and what the first class that binds the name says."""
        of_instance = isinstance(receiver, Instance)
        for one in order:
            if of_instance:
                self._graph.edge(self._solver.field(one, name), node)
                if name in one.declared:
                    self._solver.declare_late(node, one.declared[name])
            else:
                self._graph.edge(self._solver.field(("class", one), name), node)
        if of_instance and self._on_prototype(order, name, node):
            return
        chosen = self.chosen(order, name, self._homes[asked, name], of_instance=of_instance)
        for one, bound in chosen:
            if of_instance and "apart" not in one.traits:
                self._graph.edge(self._solver.field(("class", one), name), node)
            self._bind(self._solver.variable(one, bound, None), receiver, node)
        if chosen:
            return
        for one in order:
            for outside in self._classes.unknown_bases(one):
                self._named_outside(outside, name, node)

    def _on_prototype(self, order: list[ir.Scope], name: str, node: Node) -> bool:
        """Let what was stored for all objects of a class arrive at `node`; True when there is such a thing."""
        for one in order:
            if "apart" in one.lowered().traits:
                shared = self._solver.field(("prototype", one), name)
                self._graph.edge(shared, node)
                if shared.values:
                    return True
        return False

    def chosen(
        self, order: list[ir.Scope], name: str, home: ModuleFile, *, of_instance: bool = True
    ) -> list[tuple[ir.Scope, str]]:
        """The variables that a member means: of the first class that binds it, unless overloads are told apart."""
        semantics = self._solver.semantics(home)
        for one in order:
            one.lowered()
        if isinstance(semantics, Overloading):
            return semantics.choose(order, name, home, self._solver)
        for one in order:
            called = f"static {name}" if "apart" in one.traits and not of_instance else name
            if called in one.versions:
                return [(one, called)]
        return []

    def _of_adapter(
        self, asked: Value, function: Function, interface: ir.Scope, name: str, node: Node
    ) -> None:
        chosen = self.chosen(self._classes.ancestors(interface), name, self._homes[asked, name])
        if not chosen:
            self._builtin(function, name, node, asked)

        def found(value: Value) -> None:
            written = isinstance(value, Function) and "abstract" not in value.scope.traits
            self._graph.add(
                node, Function(value.scope, asked) if isinstance(value, Function) and written else function
            )

        for one, bound in chosen:
            self._graph.watch(self._solver.variable(one, bound, None), found)

    def takes_function(self, cls: ir.Scope) -> bool:
        """True for an interface that leaves at most one method to be written, so that a function can stand for it."""
        order = self._classes.ancestors(cls)
        members = [child for one in order for child in one.lowered().children if child.kind == "function"]
        written = {child.name for child in members if "abstract" not in child.traits}
        return "interface" in cls.traits and len({child.name for child in members} - written) <= 1

    def may_be(self, value: Instance | Outside | Object | Text | Function, declared: Iterable[Value]) -> bool:
        """False when the declared types exclude objects of the value's class, or say more of something outside."""
        types = list(declared)
        if isinstance(value, Outside):
            return not types
        allowed = [one.cls for one in types if isinstance(one, Instance)]
        if isinstance(value, Function):
            kinds = [one.kind for one in types if isinstance(one, Object)]
            known = bool(allowed or kinds) and len(allowed) + len(kinds) == len(types)
            return not known or "function" in kinds or any(self.takes_function(cls) for cls in allowed)
        if isinstance(value, Text):
            return not types or any(isinstance(one, Object) and one.kind == "str" for one in types)
        if isinstance(value, Object):
            return _fits(value.kind, [one.kind for one in types if isinstance(one, Object)], types)
        if not allowed or len(allowed) < len(types):
            return True
        return any(
            self._classes.is_below(value.cls, cls)
            or (not value.exact and self._classes.is_below(cls, value.cls))
            for cls in allowed
        )

    def implicit(self, expr: ir.Implicit, node: Node) -> None:
        """Let the member that is named without its object arrive at `node`."""
        home = expr.scope.file

        def read(cls: ir.Scope, receiver: ir.Expr) -> None:
            self._classes.define(cls)
            self.read(self._solver.node(receiver), expr.name, node, expr.scope, expr.start)

        def outside() -> None:
            for cls, receiver in expr.objects:
                if self._classes.outside_bases(cls):
                    read(cls, receiver)
                    return

        def decide() -> None:
            for cls, receiver in expr.objects:
                order = self._classes.ancestors(cls)
                if self.chosen(order, expr.name, home) or any(expr.name in one.declared for one in order):
                    read(cls, receiver)
                    return
            if expr.otherwise is not None:
                self._graph.edge(self._solver.node(expr.otherwise), node)
            if not expr.sure:
                self._solver.when_empty(node, outside)

        self._graph.later(decide, INSTANCE_MEMBER)

    def _bind(self, source: Node, receiver: Value, node: Node) -> None:
        def found(value: Value) -> None:
            if (
                not isinstance(value, Function)
                or value.receiver is not None
                or ("static" in value.scope.traits and value.scope.receiver_is_parameter is False)
            ):
                self._graph.add(node, value)
            elif "classmethod" in value.scope.traits:
                cls = receiver.cls if isinstance(receiver, Instance) else receiver
                self._graph.add(node, Function(value.scope, Class(cls) if isinstance(cls, ir.Scope) else cls))
            elif isinstance(receiver, Instance):
                self._graph.add(node, Function(value.scope, receiver))
            else:
                self._graph.add(node, value)

        self._graph.watch(source, found)

    def _overridden(self, asked: Instance, name: str, node: Node) -> None:
        """What classes below say in place of it: an object that is only declared may be one of theirs."""
        if not self._solver.whole:
            return
        home = self._homes[asked, name]
        for below in self._classes.classes_below(asked.cls):
            for one, bound in self.chosen([below], name, home):
                self._bind(self._solver.variable(one, bound, None), Instance(below, exact=False), node)

    def above(self, owner: ir.Scope, receiver: Node, node: Node) -> None:
        """Let the receivers, as the classes above `owner` see them, arrive at `node`."""
        self._graph.watch(receiver, lambda value: self._graph.add(node, Ancestor(owner, value)))

    def _from_above(self, asked: Value, owner: ir.Scope, receiver: Value, name: str, node: Node) -> None:
        start = (
            receiver.cls
            if isinstance(receiver, Instance)
            else receiver.scope
            if isinstance(receiver, Class)
            else owner
        )
        order = self._classes.ancestors(start)
        if owner not in order:
            order = self._classes.ancestors(owner)
        rest = order[order.index(owner) + 1 :] if owner in order else []
        bound = receiver if isinstance(receiver, Instance | Class) else Instance(owner, exact=False)
        self._of_class(rest, name, bound, node, asked)
        if not self.chosen(rest, name, self._homes[asked, name]):
            for outside in self._classes.unknown_bases(owner):
                self._named_outside(outside, name, node)

    # -- writing

    def store(self, obj: Node, name: str, value: Node, effect: ir.SetMember | None = None) -> None:
        """`obj.name = value`; `effect` tells where, in languages where that may run a setter."""

        def found(owner: Value) -> None:
            if effect is not None and effect.scope is not None:
                self._set(owner, effect)
            match owner:
                case Instance(cls, prototype=prototype):
                    holder = ("prototype", cls) if prototype else cls
                    self._graph.edge(value, self._solver.field(holder, name))
                case Class(cls):
                    self._graph.edge(value, self._solver.field(("class", cls), name))
                case Object(site):
                    self._graph.edge(value, self._solver.field(site, name))
                case Function(scope):
                    self._graph.edge(value, self._solver.field(scope, name))
                case Module(path):
                    module = self._solver.files.module(path)
                    if module is not None:
                        self._graph.edge(value, self._solver.variable(module.scope, name, None))
                    else:
                        self._graph.edge(value, self._solver.field(owner, name))
                case _:
                    pass

        self._graph.watch(obj, found)

    def _set(self, owner: Value, effect: ir.SetMember) -> None:
        """Run what `owner` has in place of a plain field."""
        scope = effect.scope
        if scope is None or not isinstance(owner, Instance | Class | Object):
            return

        def found(got: Value) -> None:
            if isinstance(got, Function):
                call = ir.Call(effect.start, scope, effect.obj, (effect.value,))
                self._solver.calls.pass_on(bound_late(got, owner), call, Node())

        self._graph.watch(self.member(owner, f"set {effect.name}", scope), found)

    def _named_outside(self, owner: str, name: str, node: Node) -> None:
        """Something outside by its name; what is named in brackets (`<init>`) has none there."""
        if not name.startswith("<") and owner.rpartition("/")[2].count(".") < _LONGEST_CHAIN:
            self._graph.add(node, Outside(f"{owner}.{name.split('(', 1)[0]}"))


def bound_late(value: Value, owner: Value) -> Value:
    """A function whose receiver is what it is called on, with `owner` as that; any other value as it is."""
    late = isinstance(value, Function) and value.given is None and "rebinds" in value.scope.traits
    if not isinstance(value, Function) or not late:
        return value
    return Function(value.scope, Function(owner.scope) if isinstance(owner, Function) else owner)


_LISTS = frozenset({"list", "stream", "optional"})
"""Kinds of objects that hold elements and are made from each other."""


def _fits(kind: str, kinds: list[str], declared: list[Value]) -> bool:
    """False when an object of a built-in kind is none of the declared types, all of which are known."""
    if kind == "constructor" or any(isinstance(one, Outside) for one in declared):
        return True
    same = kind in kinds or (kind in _LISTS and not _LISTS.isdisjoint(kinds))
    return same or not declared


def _is_word(name: str) -> bool:
    """False for operators and the like, by which nothing outside is known."""
    return name[:1].isalpha() or name[:1] == "_"
