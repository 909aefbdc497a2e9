"""Takes in only the effects that an answer needs: the assignments of a variable, the stores of a member, a result.

Effects of the scopes that are looked at wait by what they write. When a variable or member is asked for, those that
write it are applied; what they read is asked for in turn.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import FLOW

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_Variable = tuple[ir.Scope, str]


class Demand:
    """What waits to be asked for in one analysis."""

    def __init__(self, solver: Solver) -> None:
        self._solver = solver
        self._depth: dict[ir.Scope, int] = {}
        self._writes: dict[_Variable, list[ir.Effect]] = defaultdict(list)
        self._wanted: set[_Variable] = set()
        self._stores: dict[tuple[ir.Scope, str], None] = {}
        self._results: dict[ir.Scope, list[ir.Effect]] = defaultdict(list)
        self._runs: dict[ir.Scope, list[ir.Effect]] = defaultdict(list)
        self._stores_of: dict[ir.Scope, dict[str, list[ir.Effect]]] = {}

    def prepare(self, scope: ir.Scope, *, depth: int) -> None:
        """Let the effects of `scope` wait; nothing is evaluated yet."""
        if scope in self._depth:
            self._depth[scope] = min(depth, self._depth[scope])
            return
        self._depth[scope] = depth
        scope.lowered()
        stores: dict[str, list[ir.Effect]] = defaultdict(list)
        self._stores_of[scope] = stores
        for effect in scope.effects:
            match effect:
                case ir.Assign(home, name):
                    self._wait((home, name), effect)
                case ir.SetMember(obj=obj, name=name) | ir.Declare(obj=ir.Expr() as obj, name=str(name)):
                    stores[name].append(effect)
                    if isinstance(obj, ir.Read) and obj.name != scope.receiver:
                        self._wait((self._home(obj), obj.name), effect)
                case ir.Declare(scope=home, obj=None, name=str(name)):
                    self._wait((home, name), effect)
                case ir.Return() | ir.Yield():
                    self._results[scope].append(effect)
                case (
                    ir.SetItem(obj=obj)
                    | ir.Declare(obj=obj)
                    | ir.Evaluate(value=ir.Call(callee=ir.Member(obj=obj)))
                ):
                    self._runs[scope].append(effect)
                    if isinstance(obj, ir.Read):
                        self._wait((self._home(obj), obj.name), effect)
                case _:
                    self._runs[scope].append(effect)

    def depth(self, scope: ir.Scope) -> int:
        """How far from what was asked `scope` is: 0 for the code around the place itself."""
        return self._depth.get(scope.function, 0)

    def run(self, scope: ir.Scope) -> None:
        """Evaluate everything that `scope` does: its calls are what is asked for."""
        self.prepare(scope, depth=0)
        for effect in scope.effects:
            self._later(effect)

    def variable(self, scope: ir.Scope, name: str) -> None:
        """A variable is asked for: apply what assigns it, and seed it when it is a parameter."""
        if (scope, name) in self._wanted:
            return
        self._wanted.add((scope, name))
        if scope.function.kind != "function":
            self._solver.activate(scope)
        if scope.kind == "function":
            self._solver.seed(scope, name)
        for effect in self._writes.pop((scope, name), ()):
            self._later(effect)

    def member(self, cls: ir.Scope, name: str) -> None:
        """A field is asked for: apply the stores to it in the class's own functions."""
        if (cls, name) in self._stores:
            return
        self._stores[cls, name] = None
        word = name.encode()
        for function in [cls, *_functions(cls)]:
            node = function.node
            if node is None or function.file.source.source.find(word, node.start_byte, node.end_byte) < 0:
                continue
            self.prepare(function, depth=self._depth.get(cls, 0) + 1)
            for effect in self._stores_of[function].get(name, ()):
                self._later(effect)

    def part(self, scope: ir.Scope, holder: str, name: str) -> None:
        """A member of an object that the language gives a scope, such as a module's exports, is asked for."""
        self._solver.activate(scope)
        for effect in self._stores_of.get(scope.function, {}).get(name, ()):
            held_by = effect.obj if isinstance(effect, ir.SetMember) else None
            # What the language gives a scope is called `<module>` where the code says `module`.
            if isinstance(held_by, ir.Read) and held_by.name.strip("<>") == holder.strip("<>"):
                self._later(effect)

    def results(self, scope: ir.Scope) -> None:
        """The result of a function is asked for."""
        for effect in self._results.pop(scope, ()):
            self._later(effect)

    def _wait(self, variable: _Variable, effect: ir.Effect) -> None:
        if variable in self._wanted:
            self._later(effect)
        else:
            self._writes[variable].append(effect)

    def _later(self, effect: ir.Effect) -> None:
        self._solver.graph.later(lambda: self._solver.apply(effect), FLOW)

    def _home(self, read: ir.Read) -> ir.Scope:
        """The scope that binds what is read, as far as it can be told without evaluating anything."""
        scope: ir.Scope | None = read.scope
        while scope is not None:
            if read.name in scope.versions:
                return scope
            scope = scope.parent
        return read.scope


def _functions(cls: ir.Scope) -> list[ir.Scope]:
    found = []
    todo = list(cls.lowered().children)
    while todo:
        child = todo.pop()
        if child.kind == "block":
            todo.extend(child.children)
        elif child.kind == "function":
            found.append(child)
    return sorted(found, key=lambda scope: scope.node.start_byte if scope.node else 0)
