"""How much of the code that a change touches its authors wrote before. Addresses are compared and forgotten here."""

import time
from dataclasses import dataclass

from reviewer.domain.base_facts import Familiarity
from reviewer.domain.change import FileChange, LineKind, Origin, Snapshot
from reviewer.domain.fact import Known, Unknown
from reviewer.domain.text import path_bytes
from reviewer.domain.triage import KindOfChange
from reviewer.errors import RepositoryError
from reviewer.evidence.base.kinds import kind_at
from reviewer.ports import GitObjects, LineOrigin


@dataclass(frozen=True)
class FamiliarityLimits:
    """Past a limit the fact is unknown."""

    total_s: float = 5.0
    """For all files together."""
    files: int = 50
    hunks: int = 300
    commits: int = 250


def familiarity(
    snapshot: Snapshot, repo: GitObjects, limits: FamiliarityLimits | None = None
) -> Known[Familiarity] | Unknown:
    """Whose lines the hunks of code stand on, asked at the merge base, so that no commit of the change is told.

    An author of any commit of the change counts. What is not told in time, or lies before a shallow clone begins,
    makes the whole unknown.
    """
    limits = limits or FamiliarityLimits()
    asked = {
        path: ranges for file in snapshot.files if (ranges := _ranges(file)) for path in [file.path_at_base]
    }
    hunks = sum(len(ranges) for ranges in asked.values())
    if len(asked) > limits.files or hunks > limits.hunks:
        return Unknown(why=f"{hunks} hunks in {len(asked)} files, limits {limits.hunks} and {limits.files}")
    try:
        authors = _authors(snapshot, repo, limits)
        return Known(value=_counted(asked, snapshot, repo, authors=authors, limits=limits))
    except _Untold as untold:
        return Unknown(why=str(untold))
    except RepositoryError as error:
        return Unknown(why=f"who wrote the lines could not be read: {error}")


class _Untold(Exception):  # noqa: N818 - it is an answer, and never leaves this module
    pass


def _authors(snapshot: Snapshot, repo: GitObjects, limits: FamiliarityLimits) -> frozenset[bytes]:
    if snapshot.origin is Origin.LOCAL_DIFF:
        raise _Untold("a diff has no author")
    revisions = snapshot.revisions
    notes = repo.commits(revisions.base, revisions.head, limit=limits.commits + 1)
    if len(notes) > limits.commits:
        raise _Untold(f"more than {limits.commits} commits")
    addresses = frozenset(note.author_email.strip().lower() for note in notes)
    if not addresses or b"" in addresses:
        raise _Untold("a commit of the change names no author")
    return addresses


def _ranges(file: FileChange) -> list[tuple[int, int]]:
    """Lines at the base in and around each hunk of a file of code; none for other files."""
    if file.marked_at_base or kind_at(file.path_at_base) is not KindOfChange.CODE:
        return []
    hunks = (unit.hunk for unit in file.units if unit.hunk)
    kinds = (LineKind.DELETED, LineKind.CONTEXT)
    every = ([line.old_line for line in hunk.lines if line.kind in kinds and line.old_line] for hunk in hunks)
    return [(min(lines), max(lines)) for lines in every if lines]


def _counted(
    asked: dict[str, list[tuple[int, int]]],
    snapshot: Snapshot,
    repo: GitObjects,
    *,
    authors: frozenset[bytes],
    limits: FamiliarityLimits,
) -> Familiarity:
    ends = time.monotonic() + limits.total_s
    lines = own = 0
    for path, ranges in asked.items():
        left_s = ends - time.monotonic()
        told = repo.line_origins(
            snapshot.revisions.merge_base, path_bytes(path), ranges, timeout_s=max(0.0, left_s)
        )
        if not told.complete:
            raise _Untold(f"who wrote {path} was not told within {limits.total_s:g} s")
        for origin in told.origins:
            count = origin.last_line - origin.first_line + 1
            lines += count
            own += count if _email(origin) in authors else 0
    return Familiarity(lines=lines, own_lines=own)


def _email(origin: LineOrigin) -> bytes:
    if origin.at_clone_end:
        raise _Untold("lines are older than this shallow clone")
    return origin.author_email.strip().lower()
