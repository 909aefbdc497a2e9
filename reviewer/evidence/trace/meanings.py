"""Asks the flow analysis what a name at a place stands for, and whether that is a definition in question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewer.domain.evidence import Certainty
from reviewer.evidence.flow import ir
from reviewer.evidence.flow.calls import CallEdge
from reviewer.evidence.flow.graph import values_of
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.program import Program
from reviewer.evidence.flow.solver import Solver
from reviewer.evidence.flow.values import Ancestor, Class, Function, Instance, Module, Outside, Value
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Definition, Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.limits import Limits

_MAX_STEPS = 150_000


class Meanings:
    """What names stand for at one side of a change; looks only at the code that an answer needs.

    `limits.max_places` bounds how many places are asked about; `places_left_out` counts those beyond it, which stay
    known by name, as do those for which more code would have to be read than the limits allow.
    """

    def __init__(self, code: Codebase, limits: Limits) -> None:
        self.program = Program(
            code,
            max_files=limits.max_flow_files,
            max_bytes=limits.max_flow_bytes,
            max_searches=limits.max_flow_searches,
        )
        self.solver = Solver(self.program, self.program.languages, whole=False, max_steps=_MAX_STEPS)
        self.places_left_out = 0
        self._places_left = limits.max_places
        self._targets: dict[Target, ir.Scope | None] = {}

    @property
    def cuts(self) -> tuple[str, ...]:
        """What the limits kept from being followed so far, a sentence each: such places are known by name only."""
        told = []
        if self.places_left_out:
            told.append(
                f"{self.places_left_out} places were not followed to what they mean: a limit on places"
            )
        if self.program.left_out:
            told.append(
                f"{self.program.left_out} files or searches were left out of following values: their limits"
            )
        if self.solver.exhausted:
            told.append(f"following values ended after {_MAX_STEPS} steps")
        return (*told, *self.program.cuts, *self.program.partial)

    @property
    def _is_partial(self) -> bool:
        """True when a limit kept something from being known."""
        return self.solver.exhausted or self.program.left_out > 0

    def certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """How certain `occurrence`, a name that fits, means the target; None when it means something else."""
        expr = self._expression(file, occurrence.start)
        if expr is None:
            return Certainty.BY_NAME
        if isinstance(expr, ir.Implicit):
            return self._implicit(expr, target)
        if isinstance(expr, ir.Member) and target.definition.owner is not None:
            return self._member(expr, target)
        if occurrence.role is Role.IMPORT or isinstance(expr, ir.Member):
            return Certainty.BY_NAME
        return self._value(expr, target)

    def means_nothing(self, file: SourceFile, occurrence: Occurrence, *, renamed: bool = False) -> bool:
        """True when the name stands for nothing at all, and nothing that is not known may provide it.

        With `renamed`, classes that the repository does not have are no reason to doubt.
        """
        expr = self._expression(file, occurrence.start)
        if expr is None or not isinstance(expr, ir.Member | ir.Read | ir.Implicit):
            return False
        node = self.solver.node(expr)
        self.solver.settle()
        known = [value for value in tuple(node.values) if not (renamed and isinstance(value, Outside))]
        if known or self._is_partial:
            return False
        if isinstance(expr, ir.Implicit):
            members = self.solver.members
            orders = [self.solver.classes.settled_ancestors(cls) for cls, _ in expr.objects]
            if any(members.chosen(order, expr.name, expr.scope.file) for order in orders):
                return False
            return not any(
                self.solver.classes.is_dynamic(order) if renamed else self.solver.classes.is_open(order)
                for order in orders
            )
        owners = list(self.solver.node(expr.obj).values) if isinstance(expr, ir.Member) else []
        return isinstance(expr, ir.Read) or self._is_closed(owners, renamed=renamed)

    def finds(self, file: SourceFile, occurrence: Occurrence) -> bool:
        """True when the name leads to a definition of the repository by whatever way."""
        return any(isinstance(value, Function | Class) for value in self.values(file, occurrence.start))

    def _is_closed(self, owners: Sequence[Value], *, renamed: bool) -> bool:
        """True when all that a member may belong to is known."""
        seen = [owner.receiver if isinstance(owner, Ancestor) else owner for owner in owners]
        classes = [
            owner.cls if isinstance(owner, Instance) else owner.scope
            for owner in seen
            if isinstance(owner, Instance | Class)
        ]
        modules = [owner for owner in seen if isinstance(owner, Module)]
        if not seen or len(classes) + len(modules) < len(seen):
            return False
        orders = [self.solver.classes.settled_ancestors(cls) for cls in classes]
        if any(_class_answers_all(one) for order in orders for one in order):
            return False
        return not any(
            self.solver.classes.is_dynamic(order) if renamed else self.solver.classes.is_open(order)
            for order in orders
        )

    def may_have_more(self, target: Target) -> bool:
        """True for a member of a class that is there and may get members from elsewhere."""
        owner = self._owner(target)
        return owner is not None and self.solver.classes.is_open(self.solver.classes.settled_ancestors(owner))

    def scope_of(self, target: Target) -> ir.Scope | None:
        """The function or class that the target's definition is; None when it is gone or no such thing."""
        if target not in self._targets:
            self._targets[target] = (
                None
                if target.gone
                else self.scope_at(target.path, target.definition.start, target.definition.end, target.name)
            )
        return self._targets[target]

    def scope_at(self, path: str, start: int, end: int, name: str) -> ir.Scope | None:
        """The outermost scope called `name` within bytes `start` to `end` of the file."""
        module = self.program.module(path)
        if module is None:
            return None
        self._reach(module, start, end)
        found = [
            scope
            for scope in module.scopes.values()
            if scope.node is not None
            and scope.name == name
            and start <= scope.node.start_byte
            and scope.node.end_byte <= end
        ]
        return min(found, key=lambda scope: scope.node.start_byte if scope.node else 0, default=None)

    def calls_of(self, scope: ir.Scope) -> list[CallEdge]:
        """The calls that the code of a function, or of a class's functions, makes; ordered by place."""
        todo, inside = [scope], set()
        while todo:
            one = todo.pop()
            self.solver.activate(one)
            self.solver.demand.run(one.function)
            inside.add(one.function)
            todo.extend(one.children)
        self.solver.settle()
        found = [edge for edge in self.solver.calls.edges if edge.caller in inside]
        return sorted(found, key=lambda edge: (edge.caller.file.path, edge.start))

    def definition_of(self, scope: ir.Scope) -> tuple[str, Definition] | None:
        """Path and definition that hold the scope's code; None for code outside of every definition."""
        node = scope.node
        if node is None:
            return None
        source = scope.file.source
        around = source.inside(node.start_byte)
        return (source.path, around) if around is not None else None

    def values(self, file: SourceFile, start: int) -> list[Value]:
        """What the name at byte `start` may stand for, as far as it is known."""
        expr = self._expression(file, start)
        if expr is None:
            return []
        node = self.solver.node(expr)
        self.solver.settle()
        return list(node.values)

    def classes(self, file: SourceFile, start: int) -> set[ir.Scope]:
        """The classes that the name at byte `start` may stand for as a type."""
        return {value.scope for value in self.values(file, start) if isinstance(value, Class)}

    def types(self, file: SourceFile, start: int) -> set[ir.Scope]:
        """The classes of what the name at byte `start` stands for, or of what it gives when it is a function."""
        found: set[ir.Scope] = set()
        for value in self.values(file, start):
            if isinstance(value, Instance):
                found.add(value.cls)
            elif isinstance(value, Function):
                scope = value.scope.lowered()
                cls = scope.owner.lowered() if scope.owner is not None else None
                given = scope.returns or (cls.declared.get(scope.name) if cls is not None else None)
                node = self.solver.node(given) if given is not None else None
                self.solver.settle()
                found |= {one.cls for one in (node.values if node else ()) if isinstance(one, Instance)}
        return found

    def _expression(self, file: SourceFile, start: int) -> ir.Expr | None:
        module = self.program.module(file.path)
        if module is None:
            return None
        if start not in module.uses:
            if self._places_left <= 0:
                self.places_left_out += 1
                return None
            self._places_left -= 1
            self._reach(module, start, start + 1)
        return module.uses.get(start)

    def _reach(self, module: ModuleFile, start: int, end: int) -> None:
        """Take in the code around the bytes from `start` to `end`, the outermost first."""
        scope: ir.Scope | None = module.scope
        while scope is not None:
            self.solver.activate(scope)
            scope = _around(scope, start, end)

    def _implicit(self, expr: ir.Implicit, target: Target) -> Certainty | None:
        """A member without its object: what it gives, or else the first class above that has it."""
        found = self._value(expr, target)
        if found is not Certainty.BY_NAME or self.solver.node(expr).values:
            return found
        owner = self._owner(target)
        for cls, _ in expr.objects:
            order = self.solver.classes.settled_ancestors(cls)
            bound = self.solver.members.chosen(order, expr.name, expr.scope.file)
            if bound:
                return self._overload(bound, target) if any(one is owner for one, _ in bound) else None
        return found

    def _member(self, expr: ir.Member, target: Target) -> Certainty | None:
        node, got = self.solver.node(expr.obj), self.solver.node(expr)
        self.solver.settle()
        wanted = self.scope_of(target)
        if wanted is not None and any(
            isinstance(value, Function | Class) and value.scope is wanted for value in tuple(got.values)
        ):
            declared = all(
                isinstance(value, Instance) and _is_abstract(value) for value in tuple(node.values)
            )
            return Certainty.BY_TYPE if declared else Certainty.RESOLVED
        owner = self._owner(target)
        answers = {self._through(value, expr, target, owner) for value in tuple(node.values)}
        for answer in (Certainty.RESOLVED, Certainty.BY_TYPE, Certainty.BY_NAME):
            if answer in answers:
                return answer
        return None if answers and not self._is_partial else Certainty.BY_NAME

    def _through(
        self, value: Value, expr: ir.Member, target: Target, owner: ir.Scope | None
    ) -> Certainty | None:
        """What an access through `value` means for the target."""
        if isinstance(value, Ancestor):
            return self._of_ancestor(value, expr, target, owner)
        if isinstance(value, Outside):
            return None if _is_sure(value, target) else Certainty.BY_NAME
        if not isinstance(value, Instance | Class):
            return None if isinstance(value, Module | Function) else Certainty.BY_NAME
        if owner is None:
            return self._without_owner(expr, target)
        return self._of_class(value, expr, target, owner)

    def _of_ancestor(
        self, value: Ancestor, expr: ir.Member, target: Target, owner: ir.Scope | None
    ) -> Certainty | None:
        """What a call through `super` means."""
        order = self.solver.classes.settled_ancestors(value.owner)
        above = order[order.index(value.owner) + 1 :] if value.owner in order else []
        bound = self.solver.members.chosen(above, expr.name, expr.scope.file)
        if owner is None or owner not in above:
            return Certainty.BY_NAME if self.solver.classes.is_open(order) else None
        if target.gone:
            return None if bound else self._gone(target.name, above, owner)
        return Certainty.RESOLVED if any(one is owner for one, _ in bound) else None

    def _without_owner(self, expr: ir.Member, target: Target) -> Certainty | None:
        """Where a class's members lie apart from it, a member that is known to be another's tells enough."""
        known = [value for value in self.solver.node(expr).values if isinstance(value, Function)]
        return None if known and self.scope_of(target) is not None else Certainty.BY_NAME

    def _of_class(
        self, value: Instance | Class, expr: ir.Member, target: Target, owner: ir.Scope
    ) -> Certainty | None:
        members = self.solver.members
        cls = value.cls if isinstance(value, Instance) else value.scope
        order = self.solver.classes.settled_ancestors(cls)
        of_instance = isinstance(value, Instance)
        bound = members.chosen(order, expr.name, expr.scope.file, of_instance=of_instance)
        if target.gone:
            return None if bound else self._gone(target.name, order, owner)
        if any(one is owner for one, _ in bound):
            return self._overload(bound, target)
        if not bound and owner is _first_with(order, target.name):
            return Certainty.RESOLVED
        if (
            isinstance(value, Instance)
            and not value.exact
            and cls in self.solver.classes.settled_ancestors(owner)
        ):
            return Certainty.BY_TYPE
        return Certainty.BY_NAME if not bound and self.solver.classes.is_open(order) else None

    def _overload(self, bound: Sequence[tuple[ir.Scope, str]], target: Target) -> Certainty | None:
        """Tell apart members that share a name: the target may be another one than those that fit the call."""
        wanted = self.scope_of(target)
        nodes = [self.solver.variable(one, name, None) for one, name in bound]
        self.solver.settle()
        scopes = {value.scope for value in values_of(nodes) if isinstance(value, Function)}
        if wanted is None or not scopes or wanted in scopes or "property" in wanted.traits:
            return Certainty.RESOLVED
        return None

    def _gone(self, name: str, order: list[ir.Scope], owner: ir.Scope) -> Certainty | None:
        if owner not in order:
            return None
        provided = any(_assigns(one, name) for one in order) or self.solver.classes.is_open(order)
        return Certainty.BY_NAME if provided else Certainty.RESOLVED

    def _owner(self, target: Target) -> ir.Scope | None:
        """The class whose member the target is, or was."""
        name = target.definition.owner
        module = self.program.module(target.path)
        if name is None or module is None:
            return None
        self.solver.activate(module.scope)
        scopes = [module.scope]
        for part in name.split("."):
            scopes = [child for scope in scopes for child in _named(scope, part)]
        return scopes[0] if len(scopes) == 1 else None

    def _value(self, expr: ir.Expr, target: Target) -> Certainty | None:
        node = self.solver.node(expr)
        self.solver.settle()
        wanted = self.scope_of(target)
        scopes = {value.scope for value in node.values if isinstance(value, Function | Class)}
        if wanted is not None and wanted in scopes:
            return Certainty.RESOLVED
        unsure = any(
            isinstance(value, Outside) and not _is_sure(value, target) for value in tuple(node.values)
        )
        unknown = wanted is None or not node.values or unsure or self._is_partial
        return Certainty.BY_NAME if unknown else None


def _class_answers_all(cls: ir.Scope) -> bool:
    """True for a Ruby class that may answer for methods nobody wrote, itself or its objects."""
    return cls.file.source.grammar.family == "ruby" and b"method_missing" in (
        (cls.node.text or b"") if cls.node is not None else b""
    )


def _is_abstract(value: Instance) -> bool:
    """True for an object of which only an interface is known."""
    return not value.exact and "interface" in value.cls.traits


def _first_with(order: Sequence[ir.Scope], name: str) -> ir.Scope | None:
    """The first class that has members of that name, none of which fits how it is called."""
    return next(
        (one for one in order if any(bound.split("(")[0] == name for bound in one.lowered().versions)), None
    )


def _is_sure(value: Outside, target: Target) -> bool:
    """True when something outside cannot be ours: bundlers let bare JavaScript names mean files of the repository."""
    return target.family != "ecmascript" or value.instance


def _assigns(cls: ir.Scope, name: str) -> bool:
    """True when the class's own code assigns a member of that name to some object."""
    node = cls.node
    return node is not None and any(
        found.written and node.start_byte <= found.start < node.end_byte
        for found in cls.file.source.occurrences(name)
    )


def _around(scope: ir.Scope, start: int, end: int) -> ir.Scope | None:
    """The child, or child of what has no code of its own, whose code holds the bytes."""
    for child in scope.children:
        if child.kind == "block" or child.node is None:
            found = _around(child, start, end)
            if found is not None:
                return found
        elif child.node is not None and child.node.start_byte <= start and end <= child.node.end_byte:
            return child
    return None


def _named(scope: ir.Scope, name: str) -> Iterable[ir.Scope]:
    for child in scope.children:
        if child.kind == "block":
            yield from _named(child, name)
        elif child.kind == "class" and child.name == name:
            yield child
