"""Reads files of the two commits of a review, by repository path, and quotes their lines."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Protocol

from reviewer.domain.change import Revisions, Side
from reviewer.domain.evidence import CodeQuote
from reviewer.domain.text import path_bytes, path_text, source_lines, source_text
from reviewer.errors import PathRefusedError, RepositoryError
from reviewer.ports import ChangeCounts, GitObjects, GrepHit, LineOrigins, TreeEntry

SYMLINK_MODE, SUBMODULE_MODE = "120000", "160000"
_ALL_HITS = 100_000


@dataclass(frozen=True)
class SearchHit:
    """One line that contains a searched word."""

    path: str
    commit: str
    line: int
    """From 1."""
    text: str
    """The line, cut at 1,000 bytes."""

    @property
    def place(self) -> str:
        """`path:line@sha`, the sha shortened to 12 digits for people."""
        return f"{self.path}:{self.line}@{self.commit[:12]}"


@dataclass(frozen=True)
class SearchResult:
    """Lines that contain a searched word, ordered by path and line."""

    hits: tuple[SearchHit, ...]
    complete: bool
    """False when the limit was reached, so that more lines may exist."""


class LineSearch(Protocol):
    """Finds the lines that `GitObjects.grep` finds, in the same order, in a way of its own."""

    def grep(self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int) -> Sequence[GrepHit]:
        """See `GitObjects.grep`."""

    def knows(self, commit: str) -> bool:
        """True when a search of `commit` does not go through the whole of it."""


class Workspace:
    """The files of merge base and head, straight from the object store: nothing is ever checked out.

    A path is repository text as `path_text` makes it. A symlink is its own text and is never followed; a
    submodule is no file. Every refusal is a `PathRefusedError`, too large a file an `ObjectTooLargeError`.
    Safe to share between threads.
    """

    def __init__(
        self,
        repo: GitObjects,
        revisions: Revisions,
        *,
        index: LineSearch | None = None,
        max_file_bytes: int = 5_000_000,
        max_cache_bytes: int = 64_000_000,
    ) -> None:
        self.revisions = revisions
        self._repo = repo
        self._index = index
        self._max_file_bytes = max_file_bytes
        self._cache = _BlobCache(max_cache_bytes)
        self._lock = RLock()

    def commit(self, side: Side) -> str:
        """The commit of `side`: base means the merge base, where the diff starts."""
        return self.revisions.merge_base if side is Side.BASE else self.revisions.head

    def paths(self, side: Side, *, prefix: str = "") -> tuple[str, ...]:
        """Every path of the side's tree, symlinks and submodules included, in git's order.

        `prefix` names a folder or a file, with or without a slash at its end; empty means all.
        """
        _check_prefix(prefix)
        return tuple(path for path in self._entries(side) if lies_below(path, prefix))

    def entries(self, side: Side) -> Mapping[str, TreeEntry]:
        """Every path of the side's tree with its mode and object id, in git's order."""
        return self._entries(side)

    def exists(self, path: str, side: Side) -> bool:
        """True when the tree of `side` has `path`, whatever it is; a path of wrong form is refused, not absent."""
        _check_form(path)
        return path in self._entries(side)

    def entry(self, path: str, side: Side) -> TreeEntry:
        """Mode and object id of `path`."""
        _check_form(path)
        entry = self._entries(side).get(path)
        if entry is None:
            raise PathRefusedError(f"{path}: no such file at the {side} commit {self.commit(side)[:12]}")
        return entry

    def read(self, path: str, side: Side) -> bytes:
        """The whole file; for a symlink the text of the link."""
        entry = self._file(path, side)
        with self._lock:
            raw = self._cache.get(entry.object_id)
            if raw is None:
                raw = self._repo.blob(entry.object_id, limit_bytes=self._max_file_bytes)
                self._cache.put(entry.object_id, raw)
        return raw

    def lines(self, path: str, side: Side) -> list[str]:
        """The file's lines as every stage counts them."""
        return source_lines(self.read(path, side))

    def quote(self, path: str, side: Side, first_line: int, last_line: int) -> CodeQuote:
        """Lines `first_line` to `last_line` word for word; both ends are included.

        Lines that the file does not have are a `PathRefusedError`: no quote is ever shorter than asked for.
        """
        lines = self.lines(path, side)
        if not 1 <= first_line <= last_line <= len(lines):
            raise PathRefusedError(
                f"{path}: lines {first_line} to {last_line} asked for, the {side} file has 1 to {len(lines)}"
            )
        return CodeQuote(
            path=path,
            side=side,
            commit=self.commit(side),
            first_line=first_line,
            last_line=last_line,
            text="\n".join(lines[first_line - 1 : last_line]),
        )

    def search(
        self, words: Sequence[str], side: Side, *, prefix: str = "", whole_words: bool = False
    ) -> tuple[SearchHit, ...]:
        """Every line below `prefix` that contains any of `words` literally, or a `RepositoryError`.

        What it returns is all there is, so an empty answer proves absence (of binary files nothing is known).
        Asked of git even where there is an index: a file on the disk is no proof.
        """
        found = self._search(self._repo, words, side, prefix, whole_words, _ALL_HITS)
        if not found.complete:
            raise RepositoryError(
                f"{', '.join(words)[:200]!r} stands on {_ALL_HITS} lines or more, too many to tell where it does not",
                advice="Search for a rarer word.",
            )
        return found.hits

    def search_some(
        self, words: Sequence[str], side: Side, *, limit: int, prefix: str = "", whole_words: bool = True
    ) -> SearchResult:
        """Like `search`, but looks at no more than `limit` lines and says whether that was all."""
        return self._search(self._index or self._repo, words, side, prefix, whole_words, limit)

    def _search(
        self,
        asked: "LineSearch | GitObjects",
        words: Sequence[str],
        side: Side,
        prefix: str,
        whole_words: bool,
        limit: int,
    ) -> SearchResult:
        if not words:
            return SearchResult((), complete=True)
        _check_prefix(prefix)
        for word in words:
            _check_word(word)
        commit = self.commit(side)
        raw = asked.grep(commit, words, whole_words=whole_words, limit=limit)
        hits = (SearchHit(path_text(hit.path), commit, hit.line, source_text(hit.text)) for hit in raw)
        return SearchResult(
            tuple(hit for hit in hits if lies_below(hit.path, prefix)), complete=len(raw) < limit
        )

    def is_indexed(self, side: Side) -> bool:
        """True when searches of `side` are cheap, because an index answers them."""
        return self._index is not None and self._index.knows(self.commit(side))

    def line_origins(self, path: str, ranges: Sequence[tuple[int, int]], *, timeout_s: float) -> LineOrigins:
        """Which commits last touched lines of the base file; see the port.

        Asked at the merge base and nowhere else, so that no commit of the change, and none of its prose, is told.
        """
        self._file(path, Side.BASE)
        return self._repo.line_origins(
            self.revisions.merge_base, path_bytes(path), ranges, timeout_s=timeout_s
        )

    def change_counts(self, paths: Sequence[str], *, last: int, timeout_s: float) -> ChangeCounts:
        """In how many of the newest `last` commits up to the merge base each path was changed; see the port."""
        raw = [path_bytes(path) for path in paths]
        return self._repo.change_counts(self.revisions.merge_base, raw, last=last, timeout_s=timeout_s)

    def _file(self, path: str, side: Side) -> TreeEntry:
        entry = self.entry(path, side)
        if entry.mode == SUBMODULE_MODE:
            raise PathRefusedError(
                f"{path}: a submodule at {entry.object_id[:12]}, its files are not part of it"
            )
        return entry

    def _entries(self, side: Side) -> Mapping[str, TreeEntry]:
        with self._lock:
            return self._base_entries if side is Side.BASE else self._head_entries

    @cached_property
    def _base_entries(self) -> Mapping[str, TreeEntry]:
        return {path_text(entry.path): entry for entry in self._repo.tree(self.revisions.merge_base)}

    @cached_property
    def _head_entries(self) -> Mapping[str, TreeEntry]:
        return {path_text(entry.path): entry for entry in self._repo.tree(self.revisions.head)}


class _BlobCache:
    """The most recently read blobs, up to a sum of bytes."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._blobs: OrderedDict[str, bytes] = OrderedDict()

    def get(self, object_id: str) -> bytes | None:
        raw = self._blobs.get(object_id)
        if raw is not None:
            self._blobs.move_to_end(object_id)
        return raw

    def put(self, object_id: str, raw: bytes) -> None:
        if len(raw) > self._max_bytes:
            return
        self._blobs[object_id] = raw
        self._bytes += len(raw)
        while self._bytes > self._max_bytes:
            self._bytes -= len(self._blobs.popitem(last=False)[1])


def lies_below(path: str, prefix: str) -> bool:
    """True when `prefix` is empty, is `path` itself or a folder above it: `src` holds `src/a.py`, not `src2/a.py`."""
    folder = prefix.rstrip("/")
    return not prefix or path == folder or path.startswith(f"{folder}/")


def _check_prefix(prefix: str) -> None:
    if prefix:
        _check_form(prefix.rstrip("/") or prefix)


def _check_word(word: str) -> None:
    """A word of several lines would be read as several words, an empty one would fit every line."""
    if not word or "\n" in word or "\0" in word or not _is_text(word):
        raise RepositoryError(
            f"{word[:200]!r}: not something to search for",
            advice="Search for a text within one line, not an empty one.",
        )


def _is_text(text: str) -> bool:
    """False for half a surrogate pair, which JSON can spell and no encoding can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_form(path: str) -> None:
    """Refuse what can never be a path of a tree, so that a probe is told apart from a misspelling.

    The percent-encoded form is looked at as well: `%2e%2e/x` stands for the same bytes as `../x`.
    """
    plain = path_bytes(path) if _is_text(path) else b"\0"
    parts = [part.lower() for part in plain.split(b"/")]
    if not path:
        problem = "an empty path"
    elif b"\0" in plain or "\0" in path:
        problem = "a path that no bytes can spell"
    elif plain.startswith(b"/"):
        problem = "an absolute path"
    elif b".." in parts or b"." in parts or b"" in parts:
        problem = "a path with `.`, `..` or an empty part"
    elif b".git" in parts:
        problem = "a path into git's own folder"
    else:
        return
    raise PathRefusedError(f"{path[:200]!r}: {problem} is not a path of the repository")
