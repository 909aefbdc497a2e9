"""Reads what the base says about the paths of a change; what cannot be read is said to be unknown."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.domain.base_facts import BaseFacts, PathOwners, PathRate
from reviewer.domain.change import FileChange, FileStatus, Snapshot
from reviewer.domain.fact import Known, Unknown
from reviewer.domain.text import path_bytes, path_text
from reviewer.errors import RepositoryError
from reviewer.evidence.base.code_owners import MAX_BYTES, PLACES, owners_of
from reviewer.evidence.base.familiarity import FamiliarityLimits, familiarity
from reviewer.ports import GitObjects, RecentChange


@dataclass(frozen=True)
class BaseLimits:
    """Past a limit the fact is unknown."""

    history_s: float = 5.0
    """For each look at the history."""
    paths: int = 500
    familiarity: FamiliarityLimits = field(default_factory=FamiliarityLimits)


def base_facts(
    snapshot: Snapshot, repo: GitObjects, *, days: int, limits: BaseLimits | None = None
) -> BaseFacts:
    """Owners at the pinned base, and the merged changes of the last `days` before it. No failure ends a review."""
    limits = limits or BaseLimits()
    return BaseFacts(
        owners=_owners(snapshot, repo),
        rates=_rates(snapshot, repo, days=days, limits=limits),
        undone=_undone(snapshot, repo, limits),
        familiarity=familiarity(snapshot, repo, limits.familiarity),
    )


def _owners(snapshot: Snapshot, repo: GitObjects) -> Known[tuple[PathOwners, ...]] | Unknown:
    try:
        entries = {entry.path: entry for entry in repo.tree(snapshot.revisions.base) if entry.path in PLACES}
        found = next((entries[place] for place in PLACES if place in entries), None)
        if found is None:
            return Known(value=())
        if not found.mode.startswith("100"):
            return Unknown(why="CODEOWNERS is no plain file")
        raw = repo.blob(found.object_id, limit_bytes=MAX_BYTES)
    except RepositoryError as error:
        return Unknown(why=f"CODEOWNERS could not be read: {error}")
    paths = [file.path for file in snapshot.files]
    return Known(value=owners_of(paths, raw.decode("utf-8", "surrogateescape")))


def _rates(
    snapshot: Snapshot, repo: GitObjects, *, days: int, limits: BaseLimits
) -> Known[tuple[PathRate, ...]] | Unknown:
    files = [file for file in snapshot.files if file.status is not FileStatus.ADDED]
    if len(files) > limits.paths:
        return Unknown(why=f"{len(files)} paths, limit {limits.paths}")
    paths = [path_bytes(file.path_at_base) for file in files]
    try:
        recent = repo.recent_changes(snapshot.revisions.base, paths, days=days, timeout_s=limits.history_s)
    except RepositoryError as error:
        return Unknown(why=f"the history of the base could not be read: {error}")
    if not recent.complete:
        return Unknown(why=f"this shallow clone ends within {days} days of the base")
    return Known(value=tuple(_rate(file, recent.changes) for file in files))


def _undone(snapshot: Snapshot, repo: GitObjects, limits: BaseLimits) -> Known[tuple[str, ...]] | Unknown:
    revisions = snapshot.revisions
    try:
        touched = repo.paths_of_commits(revisions.base, revisions.head, timeout_s=limits.history_s)
    except RepositoryError as error:
        return Unknown(why=f"the commits of the change could not be compared: {error}")
    differing = {path for file in snapshot.files for path in (file.path, file.path_at_base)}
    return Known(value=tuple(path for path in map(path_text, touched) if path not in differing))


def _rate(file: FileChange, changes: tuple[RecentChange, ...]) -> PathRate:
    path = path_bytes(file.path_at_base)
    touching = [change for change in changes if change.path == path]
    return PathRate(
        path=file.path_at_base, changes=len(touching), restores=next(_restored(file, touching), None)
    )


def _restored(file: FileChange, touching: list[RecentChange]) -> Iterator[str]:
    """Merged changes that took away what `file` has at the head; the same path only, deletions included."""
    for change in touching:
        if change.old_blob == file.new_blob and file.old_blob != file.new_blob:
            yield change.commit
