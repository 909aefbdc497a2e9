"""Runs of added lines, and what is found in them by a search that must not be quoted."""

from collections.abc import Callable, Iterator

from reviewer.domain.change import ChangeUnit, LineKind, Snapshot, UnitKind
from reviewer.screening.secrets import SecretHit


def hits_in_added(
    unit: ChangeUnit, find: Callable[[str], tuple[SecretHit, ...]]
) -> Iterator[tuple[str, int, str]]:
    """Kind, line at the head, and text of each hit in the lines that `unit` adds."""
    for run in _added_runs(unit):
        text = "\n".join(line for _, line in run)
        for hit in find(text):
            yield hit.kind, run[text.count("\n", 0, hit.start)][0], text[hit.start : hit.end]


def by_kind(hits: Iterator[tuple[str, int, str]]) -> dict[str, list[int]]:
    """The lines of each kind, in order."""
    kinds: dict[str, list[int]] = {}
    for kind, line, _ in hits:
        kinds.setdefault(kind, []).append(line)
    return kinds


def places(lines: list[int]) -> str:
    """`line 3`, `lines 3, 5`."""
    return f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines))}"


def unsearched(snapshot: Snapshot) -> str | None:
    """Why not all of a change was searched; None when it was."""
    unread = [unit.path for unit in snapshot.units if unit.kind is UnitKind.OVERSIZED]
    return f"too large to search for secrets: {', '.join(unread)}" if unread else None


def _added_runs(unit: ChangeUnit) -> Iterator[list[tuple[int, str]]]:
    """Added lines that follow each other at the head, with their numbers: a key block spans many."""
    run: list[tuple[int, str]] = []
    for line in unit.hunk.lines if unit.hunk else ():
        if line.kind is LineKind.ADDED and line.new_line is not None:
            run.append((line.new_line, line.text))
        elif line.kind is LineKind.CONTEXT and run:
            yield run
            run = []
    if run:
        yield run
