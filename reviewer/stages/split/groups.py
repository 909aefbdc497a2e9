"""Groups of units that merge in one go, and which must come before which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from reviewer.domain.change import ChangeUnit, FileChange, LineKind, UnitKind
from reviewer.policy import Policy
from reviewer.stages.split.circles import circles
from reviewer.stages.split.kinds import Kind, kind_at
from reviewer.stages.split.tie import Tie


@dataclass(frozen=True)
class UnitWeight:
    """What a unit counts against the limits."""

    file: FileChange
    position: int
    """Among all units of the change."""
    lines: int
    counted: bool
    """False for lock, generated and vendored files."""
    known: bool
    """False when the file was too large for its lines to be counted."""


@dataclass(frozen=True)
class Group:
    """Units of which none can go without the others."""

    units: tuple[str, ...]
    """In the order of the change."""
    weights: tuple[UnitWeight, ...]
    """Of the units, in their order."""

    @cached_property
    def lines(self) -> int:
        """Changed lines that count."""
        return sum(weight.lines for weight in self.weights if weight.counted)

    @cached_property
    def counted_paths(self) -> frozenset[str]:
        """Files that count."""
        return frozenset(weight.file.path for weight in self.weights if weight.counted)

    @cached_property
    def paths(self) -> frozenset[str]:
        """All files."""
        return frozenset(weight.file.path for weight in self.weights)

    @cached_property
    def kind(self) -> Kind:
        """What it is about: code before migrations, these before tests and documents."""
        kinds = {kind_at(path) for path in self.paths}
        return min(kinds, key=(Kind.CODE, Kind.MIGRATIONS, Kind.TESTS, Kind.DOCS).index)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder around its files, the top left out."""
        found = set()
        for path in self.paths:
            folder = dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = dirname(folder)
        return frozenset(found)

    def fits(self, policy: Policy) -> bool:
        """True when the group alone is under the limits of the policy, as far as its lines are known."""
        known = all(weight.known for weight in self.weights)
        size = policy.size
        return known and self.lines <= size.max_changed_lines and len(self.counted_paths) <= size.max_files


def weights_of(files: Sequence[FileChange], policy: Policy) -> dict[str, UnitWeight]:
    """The weight of each unit by its id, in the order of the change."""
    found: dict[str, UnitWeight] = {}
    for file in files:
        counted = not policy.is_uncounted(file)
        other = file.added_lines + file.deleted_lines - sum(_lines(unit) for unit in file.units)
        for unit in file.units:
            lines = _lines(unit)
            if unit.kind in (UnitKind.SYMLINK, UnitKind.SUBMODULE):
                lines, other = other, 0
            known = unit.kind is not UnitKind.OVERSIZED
            found[unit.id] = UnitWeight(file, len(found), lines, counted, known)
    return found


def _lines(unit: ChangeUnit) -> int:
    return sum(line.kind is not LineKind.CONTEXT for line in unit.hunk.lines) if unit.hunk else 0


def grouped(
    weights: Mapping[str, UnitWeight], ties: Iterable[Tie], cut: Iterable[str]
) -> tuple[list[Group], list[frozenset[int]]]:
    """The groups in the order of the change, and for each the numbers of those before it.

    Units of a file stay together unless its path is in `cut`. What depends on each other in a circle is one group.
    """
    after: dict[str, set[str]] = {unit: set() for unit in weights}
    apart = set(cut)
    first_of: dict[str, str] = {}
    for unit, weight in weights.items():
        first = first_of.setdefault(weight.file.path, unit)
        if first != unit and weight.file.path not in apart:
            after[first].add(unit)
            after[unit].add(first)
    for tie in ties:
        after[tie.first].add(tie.then)
        if tie.together:
            after[tie.then].add(tie.first)
    ordered = sorted(
        (sorted(circle, key=lambda unit: weights[unit].position) for circle in circles(after)),
        key=lambda circle: weights[circle[0]].position,
    )
    number = {unit: at for at, circle in enumerate(ordered) for unit in circle}
    before: dict[int, set[int]] = defaultdict(set)
    for unit, others in after.items():
        for other in others:
            if number[unit] != number[other]:
                before[number[other]].add(number[unit])
    groups = [Group(tuple(circle), tuple(weights[unit] for unit in circle)) for circle in ordered]
    return groups, [frozenset(before[at]) for at in range(len(groups))]
