"""Builds the effects of one function body, and tells which assignments can reach a read.

Straight code is read precisely: a name means its last assignment. Where ways meet, it means those of each way;
inside a loop, and from another function, it means any assignment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.reaching import Changes, Reaching


class Body:
    """Collects effects into `function`; `scope` is the innermost block that names are bound in."""

    def __init__(self, function: ir.Scope) -> None:
        self.function = function
        self.scope = function
        self._known = Reaching()
        self._loops = 0
        self._lambdas = 0
        self._left = False

    def add(self, effect: ir.Effect) -> None:
        """Append an effect."""
        self.function.effects.append(effect)

    def evaluate(self, value: ir.Expr | None) -> None:
        """Keep an expression for the calls in it."""
        if value is not None and not isinstance(value, ir.Unknown | ir.Literal | ir.Read):
            self.add(ir.Evaluate(value))

    def bind(self, name: str, value: ir.Expr, *, scope: ir.Scope | None = None) -> None:
        """Assign to `name`, in the innermost scope unless one is given."""
        home = scope or self.function.elsewhere.get(name) or self.scope
        version = home.versions.get(name, 0) + 1
        home.versions[name] = version
        self._known.know((home, name), (version,))
        self.add(ir.Assign(home, name, version, value))

    def assign(self, name: str, value: ir.Expr) -> None:
        """Assign to a variable that is declared in a block around, else in the innermost scope."""
        scope: ir.Scope | None = self.scope
        while scope is not None:
            if name in scope.versions:
                self.bind(name, value, scope=scope)
                return
            scope = scope.parent
        self.bind(name, value)

    def declare(self, name: str) -> None:
        """Make `name` a variable of the innermost scope, with no value yet."""
        self.scope.versions.setdefault(name, 0)

    def start_with(self, name: str) -> None:
        """Say that a parameter holds what was passed, until it is assigned to."""
        self._known.know((self.function, name), (0,))

    def also(self, scope: ir.Scope, name: str, versions: Iterable[int]) -> None:
        """Say that a function inside may have made these assignments to a variable."""
        self._known.add((scope, name), versions)

    def read(self, name: str, start: int) -> ir.Read:
        """A read of `name` at byte `start`."""
        return ir.Read(start, self.scope, name, self._reaching(name))

    def next_lambda(self) -> str:
        """`<lambda1>`, `<lambda2>`, …: names for functions that have none."""
        self._lambdas += 1
        return f"<lambda{self._lambdas}>"

    @contextmanager
    def block(self) -> Iterator[ir.Scope]:
        """A block of its own: names declared inside end with it."""
        outer = self.scope
        self.scope = ir.Scope("block", "", outer, outer.file, None, is_lowered=True)
        outer.children.append(self.scope)
        try:
            yield self.scope
        finally:
            self.scope = outer

    @contextmanager
    def loop(self) -> Iterator[None]:
        """A stretch that may run again: reads see every assignment."""
        self._known.begin()
        self._loops += 1
        try:
            yield
        finally:
            self._loops -= 1
            self._known.join([{}, self._known.undo()])

    def leave(self) -> None:
        """Say that the function ends here: what follows does not see this way's assignments."""
        self._left = True

    def branches(self) -> Branches:
        """Several ways, one of which is taken."""
        return Branches(self, self._known)

    def _reaching(self, name: str) -> tuple[int, ...] | None:
        if self._loops:
            return None
        scope: ir.Scope | None = self.scope
        while scope is not None:
            if (scope, name) in self._known:
                return self._known[scope, name]
            if scope is self.function or name in scope.versions:
                return None
            scope = scope.parent
        return None


class Branches:
    """The ways of a condition: `with ways.way(): …` for each; `end` joins them."""

    def __init__(self, body: Body, known: Reaching) -> None:
        self._body = body
        self._known = known
        self._ends: list[Changes] = []

    @contextmanager
    def way(self) -> Iterator[None]:
        """One way, from the same start as the others."""
        self._known.begin()
        around, self._body._left = self._body._left, False
        yield
        changes = self._known.undo()
        if not self._body._left:
            self._ends.append(changes)
        self._body._left = around

    def end(self, *, may_skip: bool) -> None:
        """Join the ways; `may_skip` when none of them may be taken."""
        self._known.join([*self._ends, {}] if may_skip or not self._ends else self._ends)
