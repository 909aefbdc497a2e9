"""Freezes what differs between two commits into a snapshot, with the prose beside it."""

from collections.abc import Sequence

from reviewer.domain.change import (
    Change,
    ChangeUnit,
    Completeness,
    FileChange,
    FileStatus,
    Origin,
    Revisions,
    Snapshot,
    UnitKind,
)
from reviewer.errors import EmptyRangeError
from reviewer.evidence.base.attributes import MAX_FILE_BYTES, attribute_files, marked_generated
from reviewer.ports import GitObjects
from reviewer.stages.snapshot.entry import Entry
from reviewer.stages.snapshot.limits import Limits
from reviewer.stages.snapshot.names import forged_names
from reviewer.stages.snapshot.prose import author_of, prose_of, read_commits
from reviewer.stages.snapshot.texts import TextReader
from reviewer.stages.snapshot.units import Draft, drafts, numbered


def take(
    repo: GitObjects,
    *,
    base: str,
    head: str,
    origin: Origin,
    title: str | None = None,
    body: str | None = None,
    limits: Limits | None = None,
) -> Change:
    """The change from the merge base of `base` and `head` to `head`; nothing is checked out.

    What is above `limits` stays in the snapshot as units that nobody has read, and makes it incomplete.
    `EmptyRangeError` when nothing differs; any other `RepositoryError` when git cannot tell the whole change.
    """
    limits = limits or Limits()
    # 1. Pin the three commits.
    base_id, head_id = repo.resolve(base), repo.resolve(head)
    revisions = Revisions(base=base_id, merge_base=repo.merge_base(base_id, head_id), head=head_id)
    # 2. Which paths differ.
    entries = [Entry(raw) for raw in repo.changed_paths(revisions.merge_base, head_id)]
    if not entries:
        raise EmptyRangeError(
            f"{base}..{head}: nothing differs from {revisions.merge_base[:12]} to {head_id[:12]}"
        )
    entries.sort(key=lambda entry: entry.path)
    # 3. What they hold.
    reader = TextReader(repo, old=revisions.merge_base, new=head_id, limits=limits)
    texts = reader.read(entries)
    per_entry = [drafts(entry, texts, reader) for entry in entries]
    marked = _marked(repo, base_id, entries)
    # 4. What is said about it.
    commits = read_commits(repo, base=base_id, head=head_id, limit=limits.commits)
    # 5. Put together, with all that is missing named.
    forged = forged_names(repo.tree(head_id), entries)
    problems = [*texts.problems, *commits.problems, *forged, *_not_read(per_entry)]
    if texts.spent:
        problems.append(
            f"the change is above {limits.changed_lines} changed lines or {limits.diff_bytes} bytes of diff: "
            "the rest was not read"
        )
    snapshot = Snapshot(
        repository=repo.name,
        origin=origin,
        revisions=revisions,
        files=_files(entries, per_entry, marked),
        author=author_of(commits.notes, origin),
        completeness=Completeness(complete=not problems, problems=tuple(problems)),
    )
    return Change(snapshot=snapshot, prose=prose_of(commits, origin, title=title, body=body))


def _marked(repo: GitObjects, base: str, entries: Sequence[Entry]) -> frozenset[str]:
    """Paths that git attributes of the base mark; where these cannot be read nothing is marked, and so all counts."""
    paths = [path for entry in entries for path in (entry.path, entry.old_path)]
    ids = attribute_files(repo.tree(base), paths)
    read = repo.blobs(list(ids.values()), limit_bytes=MAX_FILE_BYTES)
    contents = {blob.object_id: blob.content for blob in read if blob.content is not None}
    return marked_generated(
        paths, {folder: contents[each] for folder, each in ids.items() if each in contents}
    )


def _files(
    entries: Sequence[Entry], per_entry: Sequence[Sequence[Draft]], marked: frozenset[str]
) -> tuple[FileChange, ...]:
    units = numbered(draft for of_entry in per_entry for draft in of_entry)
    return tuple(
        _file(entry, of_entry, tuple(next(units) for _ in of_entry), marked)
        for entry, of_entry in zip(entries, per_entry, strict=True)
    )


def _file(
    entry: Entry, of_entry: Sequence[Draft], units: tuple[ChangeUnit, ...], marked: frozenset[str]
) -> FileChange:
    return FileChange(
        path=entry.path,
        old_path=entry.old_path if entry.status is FileStatus.RENAMED else None,
        status=entry.status,
        old_mode=entry.old.mode,
        new_mode=entry.new.mode,
        old_blob=entry.old.object_id,
        new_blob=entry.new.object_id,
        added_lines=sum(draft.added for draft in of_entry),
        deleted_lines=sum(draft.deleted for draft in of_entry),
        units=units,
        marked_at_base=marked.issuperset((entry.path, entry.old_path)),
    )


def _not_read(per_entry: Sequence[Sequence[Draft]]) -> list[str]:
    return [draft.summary for of_entry in per_entry for draft in of_entry if draft.kind is UnitKind.OVERSIZED]
