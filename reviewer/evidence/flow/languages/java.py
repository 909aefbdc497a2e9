"""Java's rules: ways to inherit, overloads, packages, the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.java_library import Library
from reviewer.evidence.flow.languages.java_overloads import Overloads, parsed
from reviewer.evidence.flow.languages.java_packages import Packages
from reviewer.evidence.flow.languages.java_tables import COMBINES, KINDS
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.semantics import Overloading
from reviewer.evidence.flow.values import Builtin, Class, Function, Object, Outside, Text, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_OF_EVERY_OBJECT = frozenset({"equals", "hashCode", "toString", "getClass", "notify", "notifyAll", "wait"})


class JavaSemantics(Overloading):
    """See `Semantics` and `Overloading`."""

    family = "java"
    constructors: Sequence[str] = ("<init>(...)",)
    calling: str | None = None
    iterating: Sequence[str] = ("iterator()", "hasNext() next()")
    indexing: str | None = None
    index_is_member = False
    outside_runs = False
    outside_members: Mapping[str, Sequence[str]] = {}

    def __init__(self) -> None:
        self._overloads = Overloads()
        self._packages = Packages()
        self._library = Library()

    def ancestors(self, cls: ir.Scope, solver: Solver) -> list[ir.Scope]:
        """The classes above, then all interfaces, the nearest first."""
        chain: dict[ir.Scope, None] = {}
        todo = [cls]
        interfaces: list[ir.Scope] = []
        while todo:
            one = todo.pop(0)
            if one in chain:
                continue
            chain[one] = None
            for base in solver.classes.direct_bases(one):
                (interfaces if "interface" in base.traits else todo).append(base)
        while interfaces:
            one = interfaces.pop(0)
            if one not in chain:
                chain[one] = None
                interfaces.extend(solver.classes.direct_bases(one))
        return list(chain)

    def unbound(self, file: ModuleFile, name: str, solver: Solver) -> Iterable[Node | Value]:
        """A class of the package, of one that is imported as a whole, or of the library."""
        return [] if name == "this" else self._packages.bare(file, name, solver)

    def imported(self, expr: ir.Imported, solver: Solver) -> Iterable[Node | Value]:
        """The class of that full name."""
        return self._packages.full(expr.file, expr.module, solver)

    def module_member(self, path: str, name: str, solver: Solver) -> Iterable[Node | Value]:  # noqa: ARG002
        """Nothing: files are no values in Java."""
        return []

    def builtin_member(self, value: Value, name: str, solver: Solver) -> Iterable[Node | Value]:
        """Members of strings, arrays and containers; any method of a function runs it, save the few that combine."""
        plain = parsed(name)[0]
        if isinstance(value, Function):
            if plain in COMBINES:
                return [Builtin(f"Function.{plain}", value)]
            return [] if plain in _OF_EVERY_OBJECT else [value]
        if isinstance(value, Text):
            return [Builtin(f"String.{plain}", value)] if "(" in name else []
        if not isinstance(value, Object) or value.kind not in KINDS or "(" not in name:
            return []
        reflects = plain in ("newInstance", "getDeclaredConstructor")
        if value.kind == "constructor" and not reflects:
            return [solver.field(value.site, None)]
        return [Builtin(f"{KINDS[value.kind]}.{plain}", value)]

    def call_builtin(self, builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
        """Model a method of a container, string, thread or reflected class."""
        owner, plain = builtin.receiver, builtin.name.rpartition(".")[2]
        if isinstance(owner, Function):
            self._library.combined(builtin, call, result, solver)
        elif isinstance(owner, Text) or (isinstance(owner, Object) and owner.kind == "str"):
            self._library.text(plain, result, solver)
        elif isinstance(owner, Object) and owner.kind in ("class", "method", "constructor"):
            self._library.reflected(plain, owner, call, result, solver)
        elif isinstance(owner, Object) and owner.kind == "thread":
            if plain in ("start", "run"):
                self._library.run(solver.field(owner.site, None), call, (), Node(), solver)
        elif isinstance(owner, Object) and owner.kind == "function":
            solver.read_item(owner, None, result)
        elif isinstance(owner, Object):
            self._library.container(plain, owner, call, result, solver)

    # -- overloads

    def choose(
        self, order: Sequence[ir.Scope], name: str, file: ModuleFile, solver: Solver
    ) -> list[tuple[ir.Scope, str]]:
        """See `Overloading`. `Name#key` asks one class alone; a name without types is a field, else a class."""
        owner, _, key = name.rpartition("#")
        if owner:
            order = [one for one in order if one.name == owner][:1]
        if "(" in key:
            return self._overloads.choose(order, key, lambda known: self._above(known, file, solver))
        for one in order:
            for bound in (f".{key}", key):
                if bound in one.versions:
                    return [(one, bound)]
        return []

    def _above(self, name: str, file: ModuleFile, solver: Solver) -> list[str] | None:
        """Names of the classes above the one that `name` means in `file`; None when it is none of ours."""
        for found in solver.lookup(file.scope, name):
            for value in found.values if isinstance(found, Node) else [found]:
                if isinstance(value, Class):
                    ours = [one.name for one in solver.classes.ancestors(value.scope)[1:]]
                    outside = [one.rsplit(".", 1)[-1] for one in solver.classes.outside_bases(value.scope)]
                    return [*ours, *outside]
        return None

    def accepts(self, function: ir.Scope, count: int) -> bool:
        """See `Overloading`; a lambda is passed what its interface says, whatever is known of that here."""
        if "lambda" in function.traits:
            return True
        params = function.lowered().params
        if params and params[-1].kind == "list":
            return count >= len(params) - 1
        return count == len(params)

    def call_outside(self, outside: Outside, call: ir.Call, result: Node, solver: Solver) -> None:
        """See `Overloading`."""
        if outside.name == "java.lang.Class.forName" and call.args:
            self._named_class(call, result, solver)
            return
        if outside.name.endswith("Thread.start") and isinstance(call.callee, ir.Member):
            ran = Node()
            solver.members.read(solver.node(call.callee.obj), "run()", ran, call.scope, call.start)
            self._library.run(ran, call, (), Node(), solver)
        self._library.outside(outside, call, result, solver)

    def _named_class(self, call: ir.Call, result: Node, solver: Solver) -> None:
        made = solver.members.site(call.scope, f"<class@{call.start}>", "class")
        solver.graph.add(result, Object(made, "class"))

        def load(value: Value) -> None:
            if isinstance(value, Text) and isinstance(value.value, str):
                name = value.value.replace("$", ".")
                found = self._packages.loaded(call.scope.file, name, solver)
                solver.link(found, solver.field(made, None))

        solver.graph.watch(solver.node(call.args[0]), load)
