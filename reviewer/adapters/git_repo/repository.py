"""A git repository as the engine reads it: the `GitObjects` port by the git command."""

import re
import weakref
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

from reviewer.adapters.git_repo import parse
from reviewer.adapters.git_repo.blob_batches import BlobBatches
from reviewer.adapters.git_repo.command import Argument, Running, failure
from reviewer.adapters.git_repo.object_reader import ObjectReader
from reviewer.adapters.git_repo.overlay import commit_of_diff
from reviewer.adapters.git_repo.view import Source, View, find, make_view
from reviewer.domain.text import path_text
from reviewer.errors import RepositoryError, ShallowHistoryError, UnknownRevisionError
from reviewer.ports import (
    ChangeCounts,
    CommitNote,
    GrepHit,
    LineOrigin,
    LineOrigins,
    MergedCommit,
    RawEntry,
    ReadBlob,
    RecentChanges,
    TreeEntry,
)

_NO_WORD_BYTE = re.compile(rb"[^A-Za-z0-9_]")
_ERE_SPECIAL = re.compile(rb"[][.^$*+?(){}|\\]")
_FULL_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})")
_SECONDS_PER_DAY = 86_400
_COMMIT_LIMIT_BYTES = 1_000_000
_WORDS_LIMIT_BYTES = 100_000
"""Together, so that a command line is never too long."""

_COMPARE = ("diff-tree", "-r", "-M", "-l1000", "--full-index", "--ignore-submodules=none")
"""Renames at 50 % likeness; past 1,000 candidates git looks for exact ones only, the rest is added and deleted."""

_AS_PATCH = (
    "-p",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--unified=3",
    "--inter-hunk-context=0",
    "--diff-algorithm=myers",
    "--indent-heuristic",
    "--submodule=short",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)


class GitRepository:
    """Implements `reviewer.ports.GitObjects`. A context manager: closing ends its processes and its folder.

    Commits may be named by anything git understands; ids in full are taken as they are.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._objects = ObjectReader(view.contents)
        self._batches = BlobBatches(view.contents)
        self._release = weakref.finalize(self, _release, view, self._objects)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The repository at `path` (work tree, `.git`, or bare); `NotARepositoryError` when there is none.

        Parents of `path` are not searched: what is reviewed is what was named.
        """
        return cls(make_view(find(path)))

    def with_diff(self, base: str, diff: bytes) -> tuple[Self, str]:
        """A second view in which `diff` is applied to `base`, and the id of the commit that holds the result.

        The repository itself is not touched; the caller closes the view. `DiffDoesNotApplyError` for text that
        is no diff, does not fit or leads outside the tree; `EmptyRangeError` when it changes nothing.
        """
        view = make_view(self._source)
        try:
            commit = commit_of_diff(view, self._commit(base), diff)
        except BaseException:
            view.discard()
            raise
        return type(self)(view), commit

    def close(self) -> None:
        """End the processes and remove the folder; called again it does nothing."""
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The folder's name."""
        return path_text(self._source.name.encode("utf-8", "surrogateescape"))

    @property
    def place(self) -> Path:
        """The folder of the objects and refs, one for all work trees of the repository."""
        return self._source.common_dir

    def resolve(self, revision: str) -> str:
        """See the port. A name that fits a branch and a tag at once is refused: either could be meant."""
        self._check_open()
        named = revision if _FULL_ID.fullmatch(revision) else self._named(revision)
        git = self._view.names
        done = git.run(["rev-parse", "--verify", "--end-of-options", f"{named}^{{commit}}"])
        if done.code != 0:
            raise UnknownRevisionError(f"{revision}: no commit of {self.name}: {done.problem}")
        return done.output.decode("ascii").strip()

    def merge_base(self, base: str, head: str) -> str:
        """See the port. In a shallow clone only an answer that the missing history cannot change is given."""
        base, head = self._commit(base), self._commit(head)
        git = self._view.contents
        arguments = ["merge-base", base, head]
        done = git.run(arguments)
        if done.code not in (0, 1):
            raise failure(arguments, done.code, done.problem)
        found = done.output.decode("ascii").strip()
        if not found and self._view.shallow:
            raise ShallowHistoryError(
                f"{base[:12]} and {head[:12]}: the clone ends before their common ancestor"
            )
        if not found:
            raise UnknownRevisionError(
                f"{base[:12]} and {head[:12]}: no common ancestor",
                advice="Choose a base from which the head was branched off.",
            )
        if found not in (base, head):
            self._check_whole(["rev-list", base, head, f"^{found}"], f"{base[:12]} and {head[:12]}")
        return found

    def changed_paths(self, old: str, new: str) -> Sequence[RawEntry]:
        """See the port."""
        arguments = [*_COMPARE, "--raw", "-z", "--no-abbrev", self._commit(old), self._commit(new)]
        return parse.raw_entries(self._view.contents.output(arguments))

    def patch(self, old: str, new: str, paths: Sequence[bytes]) -> bytes:
        """See the port. Whether a file is binary is told by its content alone, no attribute can say it."""
        if not paths:
            raise ValueError("a patch of no paths: git would take that for all paths")
        arguments: list[Argument] = [*_COMPARE, *_AS_PATCH, self._commit(old), self._commit(new), "--"]
        return self._view.contents.output([*arguments, *paths])

    def tree(self, commit: str) -> Sequence[TreeEntry]:
        """See the port."""
        arguments = ["ls-tree", "-r", "-z", "--full-tree", self._commit(commit)]
        return parse.tree_entries(self._view.contents.output(arguments))

    def blob_size(self, object_id: str) -> int:
        """See the port."""
        self._check_open()
        header = self._objects.header(object_id)
        if header.kind != "blob":
            raise RepositoryError(f"{object_id}: is a {header.kind}, not a blob")
        return header.size

    def blob(self, object_id: str, *, limit_bytes: int) -> bytes:
        """See the port."""
        self._check_open()
        return self._objects.content(object_id, "blob", limit_bytes=limit_bytes)

    def grep(self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int) -> Sequence[GrepHit]:
        """See the port. A word with a line feed stands on no line; one with NUL cannot be looked for."""
        sha = self._commit(commit)
        patterns = _patterns(words)
        if not patterns or limit < 1:
            return []
        arguments: list[Argument] = [
            "grep",
            "-z",
            "-n",
            "-I",
            "--no-color",
            "--full-name",
            "--threads=1",
        ]
        arguments += ["--no-textconv", "--no-recurse-submodules", *(["-w"] if whole_words else [])]
        arguments += _search_for(patterns, whole_words=whole_words)
        with Running(self._view.contents, [*arguments, sha, "--"]) as running:
            hits = list(islice(parse.grep_hits(running.chunks(), sha), limit))
            if len(hits) == limit:
                return hits
            # git goes on past a file it cannot read and only says so
            if running.code not in (0, 1) or running.problem:
                raise failure(arguments, running.code, running.problem)
        return hits

    def blob_sizes(self, object_ids: Sequence[str]) -> Sequence[int]:
        """See the port."""
        self._check_open()
        return self._batches.sizes(object_ids)

    def blobs(self, object_ids: Sequence[str], *, limit_bytes: int) -> Iterator[ReadBlob]:
        """See the port."""
        self._check_open()
        return self._batches.contents(object_ids, limit_bytes=limit_bytes)

    def blobs_with(
        self, object_ids: Sequence[str], words: Sequence[str], *, whole_words: bool
    ) -> Sequence[str]:
        """See the port. A word with a line feed stands on no line; one with NUL cannot be looked for."""
        self._check_open()
        patterns = _patterns(words)
        if not patterns or not object_ids:
            return []
        options = [*(["-w"] if whole_words else []), *_search_for(patterns, whole_words=whole_words)]
        return self._batches.containing(object_ids, options)

    def commits(self, base: str, head: str, *, limit: int) -> Sequence[CommitNote]:
        """See the port; `ShallowHistoryError` when the clone may lack some of them."""
        base, head = self._commit(base), self._commit(head)
        arguments = ["rev-list", "--topo-order", f"--max-count={limit}", head, f"^{base}"]
        newest_first = self._check_whole(arguments, f"{base[:12]}..{head[:12]}")
        return [
            parse.commit_note(sha, self._objects.content(sha, "commit", limit_bytes=_COMMIT_LIMIT_BYTES))
            for sha in reversed(newest_first)
        ]

    def merged(
        self, head: str, *, above: str | None, since_s: int | None, limit: int
    ) -> Sequence[MergedCommit]:
        """See the port."""
        arguments = ["log", "--first-parent", "--no-show-signature", "--format=%H %ct %T %P"]
        # One more than asked: the last one's parent is compared by its tree.
        arguments += [f"--max-count={limit + 1}", self._commit(head)]
        lines = self._view.contents.output(arguments).decode("ascii").splitlines()
        rows = [line.split() for line in lines]
        end = None if above is None else self._commit(above)
        found = []
        for row, below in pairwise(rows):
            if row[0] == end or (since_s is not None and int(row[1]) < since_s):
                break
            if len(row) < 4 or row[3] != below[0]:
                break
            found.append(MergedCommit(row[0], row[3], changes_nothing=row[2] == below[2]))
        return found

    def line_origins(
        self, commit: str, path: bytes, ranges: Sequence[tuple[int, int]], *, timeout_s: float
    ) -> LineOrigins:
        """See the port. Roots count like any commit; only the clone's own list says where it ends."""
        sha = self._commit(commit)
        arguments: list[Argument] = ["blame", "--incremental", "--root", "--encoding=none", "--no-textconv"]
        arguments += [*_line_ranges(ranges), sha, "--", path]
        raw = self._objects.content(sha, "commit", limit_bytes=_COMMIT_LIMIT_BYTES)
        found: list[LineOrigin] = []
        with Running(self._view.contents, arguments, timeout_s=timeout_s) as running:
            try:
                found.extend(parse.line_origins(running.chunks(), self._view.shallow))
            except RepositoryError:
                if not running.timed_out:
                    raise
            # git goes on past a commit it cannot read, and then names the wrong one
            if not running.timed_out and (running.code != 0 or running.problem):
                raise failure(arguments, running.code, running.problem)
        return LineOrigins(tuple(_joined(found)), not running.timed_out, parse.commit_time(sha, raw))

    def change_counts(
        self, commit: str, paths: Sequence[bytes], *, last: int, timeout_s: float
    ) -> ChangeCounts:
        """See the port. The commit at which a clone ends would seem to add every file, so it is not counted."""
        git = self._view.contents
        newest: list[Argument] = ["rev-list", "--no-merges", f"--max-count={last}", self._commit(commit)]
        listed = git.output(newest, timeout_s=timeout_s).decode("ascii").split()
        commits = [sha for sha in listed if sha not in self._view.shallow]
        if not paths or not commits:
            return ChangeCounts((0,) * len(paths), len(commits))
        compare: list[Argument] = ["diff-tree", "--stdin", "-r", "--root", "--no-renames", "--no-commit-id"]
        compare += ["--name-only", "-z", "--ignore-submodules=none", "--", *paths]
        stdin = "".join(f"{sha}\n" for sha in commits).encode("ascii")
        seen = Counter(git.output(compare, stdin=stdin, timeout_s=timeout_s).split(b"\0"))
        return ChangeCounts(tuple(seen[path] for path in paths), len(commits))

    def recent_changes(
        self, commit: str, paths: Sequence[bytes], *, days: int, timeout_s: float
    ) -> RecentChanges:
        """See the port. A clone that has the time in full says so, however short it is."""
        sha, git = self._commit(commit), self._view.contents
        raw = self._objects.content(sha, "commit", limit_bytes=_COMMIT_LIMIT_BYTES)
        since = f"--since={parse.commit_time(sha, raw) - days * _SECONDS_PER_DAY}"
        along: list[Argument] = ["rev-list", "--first-parent", "--parents", since, sha]
        lines = [
            line.split()[:2] for line in git.output(along, timeout_s=timeout_s).decode("ascii").splitlines()
        ]
        known = [line for line in lines if line[0] not in self._view.shallow]
        if not paths or not known:
            return RecentChanges((), len(known) == len(lines))
        compare: list[Argument] = ["diff-tree", "--stdin", "-r", "--root", "--raw", "-z", "--no-renames"]
        compare += ["--no-abbrev", "--ignore-submodules=none", "--", *paths]
        stdin = "".join(f"{' '.join(line)}\n" for line in known).encode("ascii")
        found = parse.recent_changes(git.output(compare, stdin=stdin, timeout_s=timeout_s))
        asked = frozenset(paths)
        changes = tuple(change for change in found if change.path in asked)
        return RecentChanges(changes, len(known) == len(lines))

    def paths_of_commits(self, base: str, head: str, *, timeout_s: float) -> Sequence[bytes]:
        """See the port."""
        base, head = self._commit(base), self._commit(head)
        commits = self._check_whole(["rev-list", head, f"^{base}"], f"{base[:12]}..{head[:12]}")
        compare: list[Argument] = [
            "diff-tree",
            "--stdin",
            "-r",
            "--root",
            "-c",
            "--no-renames",
            "--no-commit-id",
        ]
        compare += ["--name-only", "-z", "--ignore-submodules=none"]
        stdin = "".join(f"{sha}\n" for sha in commits).encode("ascii")
        output = self._view.contents.output(compare, stdin=stdin, timeout_s=timeout_s)
        return sorted({path for path in output.split(b"\0") if path})

    @property
    def _source(self) -> Source:
        return self._view.source

    def _commit(self, revision: str) -> str:
        self._check_open()
        return revision if _FULL_ID.fullmatch(revision) else self.resolve(revision)

    def _named(self, revision: str) -> str:
        if not revision or "\0" in revision or not _is_utf8(revision):
            raise UnknownRevisionError(f"{revision!r}: no name of a commit")
        done = self._view.names.run(["rev-parse", "--verify", "--end-of-options", revision])
        named = done.output.decode("ascii", "replace").strip()
        if done.code != 0 or not _FULL_ID.fullmatch(named):
            raise UnknownRevisionError(f"{revision}: no commit of {self.name}: {done.problem}")
        if "is ambiguous" in done.problem:
            raise UnknownRevisionError(
                f"{revision}: names more than one thing: {done.problem}",
                advice="Write it in full, for example refs/heads/main or refs/tags/v1.",
            )
        return named

    def _check_whole(self, rev_list: Sequence[str], what: str) -> list[str]:
        """The commits of a `git rev-list`, none of them cut off from its parents."""
        listed = self._view.contents.output(rev_list).decode("ascii").split()
        if cut := self._view.shallow.intersection(listed):
            raise ShallowHistoryError(
                f"{what}: the clone ends at {min(cut)[:12]}, before the history is whole"
            )
        return listed

    def _check_open(self) -> None:
        if not self._release.alive:
            raise RuntimeError(f"{self.name}: the repository was closed")


def _line_ranges(ranges: Sequence[tuple[int, int]]) -> list[Argument]:
    """As options; git itself would swap the ends of a range that is upside down, and take none for the whole file."""
    if not ranges or any(not 1 <= first <= last for first, last in ranges):
        raise ValueError(f"{list(ranges)}: ranges of lines go from a first line, 1 or more, to a last one")
    return [f"-L{first},{last}" for first, last in ranges]


def _joined(origins: Sequence[LineOrigin]) -> Iterator[LineOrigin]:
    """Ordered by line; neighbours of one commit, which git tells apart where it wrote them apart, made one."""
    last: LineOrigin | None = None
    for origin in sorted(origins, key=lambda origin: origin.first_line):
        if last is not None and (last.commit, last.last_line + 1) == (origin.commit, origin.first_line):
            last = replace(last, last_line=origin.last_line)
            continue
        if last is not None:
            yield last
        last = origin
    if last is not None:
        yield last


def _patterns(words: Sequence[str]) -> list[bytes]:
    if "" in words:
        raise ValueError("an empty word stands on every line")
    for word in words:
        if "\0" in word or not _is_utf8(word):
            raise RepositoryError(f"{word!r}: cannot be searched for", advice="Search for a part of it.")
    raw = [word.encode() for word in words]
    if (total := sum(map(len, raw))) > _WORDS_LIMIT_BYTES:
        raise RepositoryError(
            f"{len(raw)} words of {total} bytes to search for, limit {_WORDS_LIMIT_BYTES}",
            advice="Search for fewer words at once.",
        )
    return [word for word in raw if b"\n" not in word]


def _search_for(words: Sequence[bytes], *, whole_words: bool) -> list[Argument]:
    """The words as git is asked for them: a pattern of many words costs one pass, many patterns one pass each."""
    if len(words) == 1:
        return ["-F", "-e", words[0]]
    groups = _without_prefixes(words) if whole_words else [words]
    patterns = [b"|".join(_ERE_SPECIAL.sub(rb"\\\g<0>", word) for word in group) for group in groups]
    return ["-E", *(part for pattern in patterns for part in (b"-e", pattern))]


def _without_prefixes(words: Sequence[bytes]) -> list[list[bytes]]:
    """The words in groups that can share a pattern under -w.

    git takes the longest match at a place, and goes on behind it when that ends inside a word. Where `a` and `a.b`
    shared a pattern, the `a` in `a.bc` would be missed.
    """
    groups: list[set[bytes]] = []
    for word in sorted(words, key=len):
        breaks = {word[: match.start()] for match in _NO_WORD_BYTE.finditer(word)}
        fitting = next((group for group in groups if not group & breaks), None)
        if fitting is None:
            groups.append({word})
        else:
            fitting.add(word)
    return [sorted(group) for group in groups]


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _release(view: View, objects: ObjectReader) -> None:
    objects.close()
    view.discard()
