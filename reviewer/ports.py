"""What the world must offer: a repository of git objects, a chat model, tools, a store for events.

Each method says what a second call, a partial answer and a limit do. Adapters raise only
`reviewer.errors`; the cause is chained.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from reviewer.domain.chat import ChatReply, ChatRequest, ToolCall, ToolResult, ToolSpec


@dataclass(frozen=True)
class RawEntry:
    """One line of `git diff --raw -z`: names and modes as git holds them, before any quoting."""

    status: str
    """One letter: A, D, M, R or T. A rename is R whatever its similarity."""
    old_mode: str
    new_mode: str
    old_blob: str
    """All zeros where the path did not exist."""
    new_blob: str
    old_path: bytes
    new_path: bytes


@dataclass(frozen=True)
class TreeEntry:
    """One path of a commit's tree."""

    mode: str
    """Six octal digits: 100644, 100755, 120000 (symlink), 160000 (submodule)."""
    object_id: str
    path: bytes


@dataclass(frozen=True)
class CommitNote:
    """A commit as far as a review needs it."""

    sha: str
    message: bytes
    author_email: bytes = b""
    """As the commit claims it, empty when it claims none. Personal data: never stored, only compared."""


@dataclass(frozen=True)
class MergedCommit:
    """A commit of the first-parent line."""

    sha: str
    parent: str
    """The first one."""
    changes_nothing: bool
    """Both have the same tree."""


@dataclass(frozen=True)
class GrepHit:
    """One line of one file that contains a searched word."""

    path: bytes
    line: int
    """From 1."""
    text: bytes
    """The line without its line feed, cut at 1,000 bytes."""


@dataclass(frozen=True)
class LineOrigin:
    """Lines next to each other that one commit was the last to touch."""

    commit: str
    author_time: int
    """Seconds since 1970, UTC, as the commit claims."""
    subject: bytes
    """First line of its message; empty when it has none."""
    first_line: int
    """Lines of the file that was asked about, from 1; both ends are included."""
    last_line: int
    at_clone_end: bool
    """The clone ends at this commit: it, or any commit before it, touched the lines last."""
    author_email: bytes = b""
    """As the commit claims it, whatever a `.mailmap` says. Personal data: never stored, only compared."""


@dataclass(frozen=True)
class LineOrigins:
    """Who touched lines of a file last, as far as it was told in time."""

    origins: tuple[LineOrigin, ...]
    """Ordered by line. A line that was asked for and is in none of them was not told in time."""
    complete: bool
    """False when the time was over first."""
    commit_time: int
    """When the commit that was asked about was committed: seconds since 1970, UTC."""


@dataclass(frozen=True)
class ChangeCounts:
    """How often paths were changed of late."""

    counts: tuple[int, ...]
    """In the order in which the paths were given."""
    commits: int
    """Commits looked at; fewer than asked for where the history, or the clone, is shorter."""


@dataclass(frozen=True)
class RecentChange:
    """One path that one merged change touched."""

    commit: str
    path: bytes
    old_blob: str | None
    """None where the path did not exist before."""
    new_blob: str | None


@dataclass(frozen=True)
class RecentChanges:
    """What was merged of late."""

    changes: tuple[RecentChange, ...]
    """The newest first."""
    complete: bool
    """False when the clone ends within the time that was asked about."""


@dataclass(frozen=True)
class ReadBlob:
    """One blob of many that were read together."""

    object_id: str
    content: bytes | None
    """All of it; None when it is larger than the limit."""


class GitObjects(Protocol):
    """Reads the object store of one repository. Nothing is checked out, no hook or filter of it is run.

    Ids name immutable objects, so every call may be repeated and gives the same answer.
    """

    @property
    def name(self) -> str:
        """The repository's name for people, usually its folder."""

    def resolve(self, revision: str) -> str:
        """The full id of the commit that `revision` names; `UnknownRevisionError` when there is none."""

    def merge_base(self, base: str, head: str) -> str:
        """The best common ancestor; `ShallowHistoryError` or `UnknownRevisionError` when there is none."""

    def changed_paths(self, old: str, new: str) -> Sequence[RawEntry]:
        """All paths that differ between two commits, renames found, in git's order."""

    def patch(self, old: str, new: str, paths: Sequence[bytes]) -> bytes:
        """The text diff of `paths` with 3 lines of context; binaries give no hunks. Paths are literal.

        Each file's section has git's `index <old>..<new>` line with both ids in full: it is known by them, for
        names in a diff can be made to look like anything. No attribute of the repository makes a file binary.
        """

    def tree(self, commit: str) -> Sequence[TreeEntry]:
        """Every path of the commit's tree, symlinks and submodules included, in git's order."""

    def blob_size(self, object_id: str) -> int:
        """Size in bytes, without reading the content."""

    def blob(self, object_id: str, *, limit_bytes: int) -> bytes:
        """The whole content; `ObjectTooLargeError` above the limit, never a part."""

    def grep(self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int) -> Sequence[GrepHit]:
        """Lines at `commit` that contain any of `words` literally, ordered by path and line.

        Binary files are passed over. At most `limit` hits come back; exactly `limit` may mean more exist.
        """

    def blob_sizes(self, object_ids: Sequence[str]) -> Sequence[int]:
        """Sizes in bytes in the order given, without reading the contents."""

    def blobs(self, object_ids: Sequence[str], *, limit_bytes: int) -> Iterator[ReadBlob]:
        """Many blobs in the order given, a bounded number of bytes held at a time; far cheaper than one by one."""

    def blobs_with(
        self, object_ids: Sequence[str], words: Sequence[str], *, whole_words: bool
    ) -> Sequence[str]:
        """Those of `object_ids`, in the order given, that contain any of `words` on a line. No limit cuts it.

        Binary blobs are searched like the others. A whole word ends where no ASCII letter, digit or `_` follows.
        """

    def commits(self, base: str, head: str, *, limit: int) -> Sequence[CommitNote]:
        """Commits reachable from head and not from base, oldest first; the newest `limit` when there are more."""

    def merged(
        self, head: str, *, above: str | None, since_s: int | None, limit: int
    ) -> Sequence[MergedCommit]:
        """The first-parent line from `head`, newest first, at most `limit`: what was merged there.

        It ends at `above` (left out), before the first commit older than `since_s` (seconds since 1970, UTC), and at
        a root or the end of a shallow clone, which have no parent to compare with.
        """

    def line_origins(
        self, commit: str, path: bytes, ranges: Sequence[tuple[int, int]], *, timeout_s: float
    ) -> LineOrigins:
        """The commits that last touched lines of the file at `path` in `commit`; white space counts.

        Ranges are first and last line, from 1, both included; lines after the file's end are left out, and a range
        that lies wholly there, or a path that is no file, is a `RepositoryError`. What took longer than
        `timeout_s` is missing, and said to be. A file's own renames are followed where git sees them.
        """

    def change_counts(
        self, commit: str, paths: Sequence[bytes], *, last: int, timeout_s: float
    ) -> ChangeCounts:
        """In how many of the newest `last` commits up to `commit`, merges left out, each path was changed.

        `RepositoryError` when it takes longer than `timeout_s`. Renames are not followed.
        """

    def recent_changes(
        self, commit: str, paths: Sequence[bytes], *, days: int, timeout_s: float
    ) -> RecentChanges:
        """The merged changes of `paths` that were committed at most `days` before `commit`, itself included.

        A merged change is a commit along the first parents, compared with its first parent. Paths are literal, and
        renames are not followed. `RepositoryError` when it takes longer than `timeout_s`.
        """

    def paths_of_commits(self, base: str, head: str, *, timeout_s: float) -> Sequence[bytes]:
        """Every path that a commit reachable from head and not from base touches, sorted by bytes.

        Of a merge those that differ from all its parents. Renames are a path gone and a path come. A
        `RepositoryError` when it takes longer than `timeout_s`, or the clone may lack some of the commits.
        """


class ChatModel(Protocol):
    """One model of one provider."""

    @property
    def label(self) -> str:
        """`provider/name`, as a user writes it."""

    @property
    def name(self) -> str:
        """The model's name as the vendor knows it, for `ChatRequest.model`."""

    async def complete(self, request: ChatRequest) -> ChatReply:
        """One whole reply, or a `ModelError`; never part of one and never an empty one.

        Makes one attempt: repeating is the caller's business, so that every try counts into the budget.
        """


class Toolbox(Protocol):
    """Tools that an agent may use, read-only and within a budget of their own."""

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        """The tools on offer, in a fixed order."""

    async def run(self, call: ToolCall) -> ToolResult:
        """The result, or an error result that says what was wrong; never raises for what the model wrote."""


class PolicySource(Protocol):
    """Gives the policy files of an organisation, which live in another repository."""

    def policy_file(self, repository: str, commit: str, path: str, *, limit_bytes: int) -> bytes:
        """The bytes at `path` in `commit` (in full) of `owner/name`.

        Raises `ReviewerError` when it cannot be had or is larger than `limit_bytes`: never a default instead.
        """


@dataclass(frozen=True)
class StoredEvent:
    """An event as it lies in a store."""

    run_id: str
    name: str
    """File name or key, unique in its run and sorting in the order of writing."""
    header: bytes
    body: bytes | None
    """None when the event has no body, or it was erased."""


class LedgerStore(Protocol):
    """Holds events for ever. Writers of different runs never wait for each other."""

    @property
    def place(self) -> str:
        """Where it is, for people."""

    def put(self, event: StoredEvent) -> None:
        """Make the event durable before returning.

        Putting the same bytes again changes nothing; other bytes under the same name raise `LedgerConflictError`.
        """

    def runs(self) -> Sequence[str]:
        """Run ids, sorted."""

    def events(self, run_id: str) -> Iterable[StoredEvent]:
        """The events of a run in the order of writing; torn or foreign files raise `LedgerError`."""
