"""The history of the lines that a change touches: which commits touched them last, and how often paths change."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.change import ChangeUnit, FileChange, FileStatus, LineKind, Snapshot
from reviewer.domain.history import LineHistory, PastCommit, PathChurn, UnitHistory
from reviewer.errors import RepositoryError
from reviewer.evidence.workspace import Workspace
from reviewer.ports import LineOrigin, LineOrigins

_SECONDS_PER_DAY = 86_400


@dataclass(frozen=True)
class HistoryLimits:
    """Whatever ends a look-up is named in the history as a cut."""

    total_s: float = 0.5
    """For the origins of all lines together. Which lines are told in time depends on the machine."""
    least_s: float = 0.1
    """A file gets an even share of the time left, but never less than this while there is any."""
    max_hunks: int = 200
    churn_s: float = 0.5
    churn_commits: int = 1_000
    """Newest commits in which changes of the paths are counted."""
    churn_paths: int = 200


def line_history(
    snapshot: Snapshot, workspace: Workspace, *, limits: HistoryLimits | None = None
) -> LineHistory:
    """Commits up to the merge base that last touched the lines of each hunk, and how often its path was changed.

    Files with the most deleted lines are asked first. No failure ends a review: it becomes a cut with its reason.
    """
    limits = limits or HistoryLimits()
    cuts: list[str] = []
    asked, left_out = _chosen(snapshot.files, limits.max_hunks)
    if left_out:
        cuts.append(
            f"the history of {left_out} hunks was not looked up: limit {limits.max_hunks} hunks a change"
        )
    found = {unit.unit: unit for unit in _units(asked, workspace, limits=limits, cuts=cuts)}
    return LineHistory(
        units=tuple(found[unit.id] for unit in snapshot.units if unit.id in found),
        churn=tuple(_churn(snapshot.files, workspace, limits=limits, cuts=cuts)),
        cuts=tuple(cuts),
    )


@dataclass(frozen=True)
class _Asked:
    """One file of the merge base and the hunks to look up in it."""

    path: str
    units: tuple[ChangeUnit, ...]

    @property
    def deleted_lines(self) -> int:
        return sum(len(_old_lines(unit, LineKind.DELETED)) for unit in self.units)

    @property
    def ranges(self) -> list[tuple[int, int]]:
        every = [_old_lines(unit, LineKind.DELETED, LineKind.CONTEXT) for unit in self.units]
        return [(min(lines), max(lines)) for lines in every]


def _chosen(files: Iterable[FileChange], max_hunks: int) -> tuple[list[_Asked], int]:
    """What to look up, the most deleted lines first, and how many hunks are too many."""
    every = [
        _Asked(file.path_at_base, units)
        for file in files
        if (units := tuple(unit for unit in file.units if _touches_base(unit)))
    ]
    every.sort(key=lambda asked: (-asked.deleted_lines, asked.path))
    chosen, left = [], max_hunks
    for asked in every:
        if left > 0:
            chosen.append(_Asked(asked.path, asked.units[:left]))
        left -= len(asked.units)
    return chosen, max(0, -left)


def _units(
    asked: Sequence[_Asked], workspace: Workspace, *, limits: HistoryLimits, cuts: list[str]
) -> Iterator[UnitHistory]:
    ends = time.monotonic() + limits.total_s
    for number, file in enumerate(asked):
        left_s = ends - time.monotonic()
        if left_s <= 0:
            rest = asked[number:]
            cuts.append(
                f"the history of {sum(len(each.units) for each in rest)} hunks in {len(rest)} files, first"
                f" {file.path}, was not looked up: limit {limits.total_s:g} s a change"
            )
            return
        share_s = min(left_s, max(limits.least_s, left_s / (len(asked) - number)))
        try:
            origins = workspace.line_origins(file.path, file.ranges, timeout_s=share_s)
        except RepositoryError as error:
            cuts.append(f"the history of {file.path} could not be looked up: {error}")
            continue
        found = [_history(unit, origins) for unit in file.units]
        cuts.extend(_file_cuts(file, found, share_s))
        yield from found


def _file_cuts(file: _Asked, found: Sequence[UnitHistory], share_s: float) -> Iterator[str]:
    untold = sum(unit.untold_lines for unit in found)
    if untold:
        yield f"the history of {untold} lines of {file.path} was not told within {share_s:.2f} s"
    cut_off = sum(commit.lines for unit in found for commit in unit.commits if commit.at_clone_end)
    if cut_off:
        yield f"{cut_off} lines of {file.path} are older than this shallow clone: their history is not known"


def _history(unit: ChangeUnit, origins: LineOrigins) -> UnitHistory:
    deleted = _old_lines(unit, LineKind.DELETED)
    lines = deleted | _old_lines(unit, LineKind.CONTEXT)
    of_commit: dict[str, tuple[LineOrigin, set[int]]] = {}
    for origin in origins.origins:
        here = lines.intersection(range(origin.first_line, origin.last_line + 1))
        if here:
            of_commit.setdefault(origin.commit, (origin, set()))[1].update(here)
    commits = [
        PastCommit(
            commit=origin.commit,
            age_days=max(0, origins.commit_time - origin.author_time) // _SECONDS_PER_DAY,
            lines=len(touched),
            deleted_lines=len(touched & deleted),
            at_clone_end=origin.at_clone_end,
        )
        for origin, touched in of_commit.values()
    ]
    return UnitHistory(
        unit=unit.id,
        commits=tuple(sorted(commits, key=lambda commit: (commit.age_days, commit.commit))),
        untold_lines=len(lines) - sum(commit.lines for commit in commits),
    )


def _churn(
    files: Iterable[FileChange], workspace: Workspace, *, limits: HistoryLimits, cuts: list[str]
) -> Iterator[PathChurn]:
    paths = sorted({file.path_at_base for file in files if file.status is not FileStatus.ADDED})
    chosen = paths[: limits.churn_paths]
    if len(paths) > len(chosen):
        cuts.append(
            f"changes of {len(paths) - len(chosen)} paths were not counted: limit {limits.churn_paths} a change"
        )
    if not chosen:
        return
    try:
        counted = workspace.change_counts(chosen, last=limits.churn_commits, timeout_s=limits.churn_s)
    except RepositoryError as error:
        cuts.append(f"how often paths were changed could not be counted: {error}")
        return
    for path, changes in zip(chosen, counted.counts, strict=True):
        yield PathChurn(path=path, changes=changes, of_commits=counted.commits)


def _touches_base(unit: ChangeUnit) -> bool:
    return bool(_old_lines(unit, LineKind.DELETED, LineKind.CONTEXT))


def _old_lines(unit: ChangeUnit, *kinds: LineKind) -> set[int]:
    lines = unit.hunk.lines if unit.hunk else ()
    return {line.old_line for line in lines if line.kind in kinds and line.old_line is not None}
