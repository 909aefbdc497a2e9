"""A frozen change: which files differ between two commits, cut into units that must each be accounted for."""

from enum import StrEnum
from functools import cached_property

from reviewer.domain.text import RepoPath
from reviewer.domain.value import Digest, ObjectId, Value, digest_of


class Side(StrEnum):
    """Which of the two commits a line or file belongs to."""

    BASE = "base"
    """The merge base: what the code was."""
    HEAD = "head"
    """The head: what the code becomes."""


class LineKind(StrEnum):
    """What the change does to one line."""

    CONTEXT = "context"
    ADDED = "added"
    DELETED = "deleted"


class DiffLine(Value):
    """One line of a hunk."""

    kind: LineKind
    old_line: int | None
    """Line number at the merge base, from 1; None for an added line."""
    new_line: int | None
    """Line number at the head, from 1; None for a deleted line."""
    text: str
    """The line without its line feed; a carriage return is kept."""
    ends_file_without_newline: bool = False


class Hunk(Value):
    """A run of lines that changed together, with context around it."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int
    lines: tuple[DiffLine, ...]


class UnitKind(StrEnum):
    """What sort of thing a change unit is."""

    HUNK = "hunk"
    RENAME = "rename"
    MODE = "mode"
    """The permission bits changed."""
    TYPE = "type"
    """The path turned from a file into a symlink or submodule, or back."""
    BINARY = "binary"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"
    EMPTY_FILE = "empty_file"
    """A file of no bytes was added or deleted."""
    OVERSIZED = "oversized"
    """A file too large to read within the limits; nobody has looked inside."""


UNREADABLE = frozenset({UnitKind.BINARY, UnitKind.SUBMODULE, UnitKind.OVERSIZED})
"""Kinds whose content no rule and no agent can read."""


class ChangeUnit(Value):
    """The smallest part of a change that a reviewer must account for."""

    id: str
    """Stable while the unit's own content and path stay: other hunks may move it without renaming it."""
    kind: UnitKind
    path: RepoPath
    """Path at the head; for a deleted file, its path at the merge base."""
    digest: Digest
    """Digest of what the unit changes, line numbers left out."""
    summary: str
    """One line for people: `src/a.py lines 10-14` or `mode 100644 to 100755`."""
    hunk: Hunk | None = None
    """Present exactly when `kind` is `hunk`."""

    @cached_property
    def added_at(self) -> tuple[int, ...]:
        """Lines of the head that it adds, in order; none where there is no hunk."""
        lines = self.hunk.lines if self.hunk else ()
        return tuple(line.new_line for line in lines if line.kind is LineKind.ADDED and line.new_line)

    @cached_property
    def deleted_at(self) -> tuple[int, ...]:
        """Lines of the merge base that it deletes, in order; none where there is no hunk."""
        lines = self.hunk.lines if self.hunk else ()
        return tuple(line.old_line for line in lines if line.kind is LineKind.DELETED and line.old_line)


class FileStatus(StrEnum):
    """What happened to a path."""

    ADDED = "added"
    DELETED = "deleted"
    MODIFIED = "modified"
    RENAMED = "renamed"
    TYPE_CHANGED = "type_changed"


class FileChange(Value):
    """One path that differs between merge base and head."""

    path: RepoPath
    old_path: RepoPath | None
    """The path at the merge base when it was another one (a rename); else None."""
    status: FileStatus
    old_mode: str
    """Git's six octal digits; 000000 where the path did not exist."""
    new_mode: str
    old_blob: ObjectId | None
    """None where the path did not exist."""
    new_blob: ObjectId | None
    added_lines: int
    deleted_lines: int
    units: tuple[ChangeUnit, ...]
    """Never empty: a path that differs has at least one unit."""
    marked_at_base: bool = False
    """Git attributes of the base call it generated or vendored, or want no diff of it, under both of its names."""

    @cached_property
    def added_at(self) -> tuple[int, ...]:
        """Lines of the head that the change adds, in order."""
        return tuple(sorted(line for unit in self.units for line in unit.added_at))

    @cached_property
    def deleted_at(self) -> tuple[int, ...]:
        """Lines of the merge base that the change deletes, in order."""
        return tuple(sorted(line for unit in self.units for line in unit.deleted_at))

    @property
    def path_at_base(self) -> str:
        """The path to look for in the merge base."""
        return self.old_path or self.path


class Revisions(Value):
    """The commits that a review is about. The diff is taken from `merge_base` to `head`."""

    base: ObjectId
    """Pinned tip of the base branch: policy, guidance and prompts come from here."""
    merge_base: ObjectId
    head: ObjectId


class Origin(StrEnum):
    """Where a change came from, and so which facts can be known about it."""

    LOCAL_RANGE = "local_range"
    LOCAL_DIFF = "local_diff"
    PULL_REQUEST_EVENT = "pull_request_event"
    """The commits, title and body that a pull request's event names; the code host itself was not asked."""
    PULL_REQUEST = "pull_request"

    @property
    def is_local(self) -> bool:
        """True when no code host was asked, so that its facts are not known and nothing may be posted."""
        return self is not Origin.PULL_REQUEST


class AuthorKind(StrEnum):
    """Who wrote the change, as far as it is known."""

    HUMAN = "human"
    AGENT = "agent"
    BOT = "bot"
    UNKNOWN = "unknown"


class Author(Value):
    """The author's kind, never the name: names are personal data and stay out of headers."""

    kind: AuthorKind
    known_by: str
    """How the kind is known: `commit trailer`, `not determined`."""


class Completeness(Value):
    """Whether the snapshot holds the whole change."""

    complete: bool
    problems: tuple[str, ...]
    """What is missing or was not read, a sentence each; empty exactly when `complete`."""


class Snapshot(Value):
    """What changed, and nothing of what anybody says about it: no prose, no author names."""

    repository: str
    """Name for people; never used to find anything."""
    origin: Origin
    revisions: Revisions
    files: tuple[FileChange, ...]
    """Ordered by path."""
    author: Author
    completeness: Completeness

    @cached_property
    def units(self) -> tuple[ChangeUnit, ...]:
        """All change units, ordered by file, then by place in it."""
        return tuple(unit for file in self.files for unit in file.units)

    @cached_property
    def diff_digest(self) -> str:
        """Digest over every unit and its place: snapshots with equal digests change the same lines the same way."""
        return digest_of([[unit.id, unit.digest, *_place(unit)] for unit in self.units])


def _place(unit: ChangeUnit) -> tuple[int, ...]:
    hunk = unit.hunk
    return (hunk.old_start, hunk.old_count, hunk.new_start, hunk.new_count) if hunk else ()


class CommitMessage(Value):
    """The message of one commit of the change."""

    sha: ObjectId
    text: str


class Prose(Value):
    """What people say about the change. Blind agents and rules about code never receive this value."""

    title: str
    body: str
    commits: tuple[CommitMessage, ...]
    """Oldest first."""

    @property
    def parts(self) -> dict[str, str]:
        """Every text by its name: `title`, `body`, and `commit:<sha>` for each message."""
        messages = {f"commit:{commit.sha}": commit.text for commit in self.commits}
        return {"title": self.title, "body": self.body, **messages}


class Change(Value):
    """A snapshot with the prose that came with it, still apart."""

    snapshot: Snapshot
    prose: Prose
