"""Remembers which assignments of each variable can reach the place that is being lowered.

A way keeps a journal of what it changes, so that taking and joining ways costs what they change, not what is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewer.evidence.flow import ir

Variable = tuple[ir.Scope, str]
Versions = tuple[int, ...] | None
"""Numbers of assignments; None for any of them."""
Changes = dict[Variable, Versions]
"""What a way leaves different at its end."""

_MOST = 64
"""Assignments told apart at one place; where more can reach it, any is said to. Ways that each add one would take
memory quadratic in their number."""


class Reaching:
    """What is known now, and journals of the ways and loops that are open."""

    def __init__(self) -> None:
        self._now: Changes = {}
        self._journals: list[dict[Variable, tuple[Versions, ...]]] = []
        """What each variable was before; an empty tuple where nothing was known of it."""

    def __contains__(self, variable: Variable) -> bool:
        return variable in self._now

    def __getitem__(self, variable: Variable) -> Versions:
        return self._now[variable]

    def know(self, variable: Variable, versions: Versions) -> None:
        """Say that these assignments, and no others, reach from here."""
        if self._journals:
            before = (self._now[variable],) if variable in self._now else ()
            self._journals[-1].setdefault(variable, before)
        self._now[variable] = versions

    def add(self, variable: Variable, versions: Iterable[int]) -> None:
        """Say that these may reach as well."""
        self.know(variable, _united([self._now.get(variable, ()), tuple(versions)]))

    def begin(self) -> None:
        """Start a way."""
        self._journals.append({})

    def undo(self) -> Changes:
        """End the way that was started last: go back to where it started, and tell what it changed."""
        journal = self._journals.pop()
        changes = {variable: self._now[variable] for variable in journal}
        for variable, before in journal.items():
            if before:
                self._now[variable] = before[0]
            else:
                del self._now[variable]
        return changes

    def join(self, ways: Sequence[Changes]) -> None:
        """Go on from the ends of several ways, all of which started here."""
        changed: dict[Variable, list[tuple[int, Versions]]] = {}
        for number, way in enumerate(ways):
            for variable, versions in way.items():
                changed.setdefault(variable, []).append((number, versions))
        for variable, ends in changed.items():
            reaching = [versions for _, versions in ends]
            if len(ends) < len(ways):  # at the place of the first way that leaves it alone
                gap = next((at for at, (number, _) in enumerate(ends) if number != at), len(ends))
                reaching.insert(gap, self._now.get(variable, ()))
            self.know(variable, _united(reaching))


def _united(all_versions: Sequence[Versions]) -> Versions:
    """Every number once, in order of the first place; None where there are too many."""
    united: dict[int, None] = {}
    for versions in all_versions:
        if versions is None:
            return None
        united.update(dict.fromkeys(versions))
        if len(united) > _MOST:
            return None
    return tuple(united)
