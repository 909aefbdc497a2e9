"""Answers searches for lines from the kept index; what the index cannot tell is asked of git."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import RLock

from reviewer.errors import SearchIndexError
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.known_blobs import MAX_BLOB_BYTES, KnownBlobs, Tell
from reviewer.evidence.search.words import Line, keys_of, lines_with
from reviewer.ports import GitObjects, GrepHit, TreeEntry

FILES = ("100644", "100755", "100664")
"""Modes of paths whose content git looks into."""
_LINE_BYTES = 1_000
"""As the port cuts a line."""
_MOST_WORDS_BYTES = 50_000
"""Above that git is asked, which has a limit of its own and names it."""


@dataclass(frozen=True)
class _Tree:
    """The files of a commit."""

    files: tuple[TreeEntry, ...]
    object_ids: frozenset[str]
    too_large: tuple[str, ...]
    """Of these the index knows nothing."""


class IndexedSearch:
    """Implements `workspace.LineSearch`: the lines that `GitObjects.grep` gives, in the same order.

    A commit that lacks no more than `may_read` blobs in the index is brought up to date when it is first asked about;
    for others, and once the index has failed, git is asked. `note` is told that, once. Safe to share between threads.
    """

    def __init__(
        self, repo: GitObjects, index: IndexFile, *, may_read: int | None, tell: Tell, note: Tell
    ) -> None:
        self._repo = repo
        self._may_read = may_read
        self._tell, self._note = tell, note
        self._blobs = KnownBlobs(index)
        self._trees: dict[str, _Tree | None] = {}
        self._failed = False
        self._lock = RLock()

    @property
    def blobs(self) -> KnownBlobs:
        """What the index has."""
        return self._blobs

    def knows(self, commit: str) -> bool:
        """True when searches of `commit` are answered from the index."""
        with self._lock:
            return not self._failed and self._tree(commit) is not None

    def grep(self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int) -> Sequence[GrepHit]:
        """See `GitObjects.grep`."""
        hits = self._asked_of_index(commit, words, whole_words, limit) if _can_be_asked(words) else None
        return self._repo.grep(commit, words, whole_words=whole_words, limit=limit) if hits is None else hits

    def _asked_of_index(
        self, commit: str, words: Sequence[str], whole_words: bool, limit: int
    ) -> Sequence[GrepHit] | None:
        """None when git has to be asked."""
        with self._lock:
            if self._failed:
                return None
            try:
                return self._lines(commit, words, whole_words, max(limit, 0))
            except SearchIndexError as error:
                self._give_up(error)
                return None

    def _lines(
        self, commit: str, words: Sequence[str], whole_words: bool, limit: int
    ) -> Sequence[GrepHit] | None:
        tree = self._tree(commit)
        keys = {word: keys_of(word.encode(), whole_words=whole_words) for word in words}
        if tree is None or not all(keys.values()):
            return None
        if tree.too_large and self._repo.blobs_with(tree.too_large, list(words), whole_words=whole_words):
            return None
        having: dict[str, list[bytes]] = {}
        for word in sorted(keys):
            for object_id in self._blobs.having(keys[word]) & tree.object_ids:
                having.setdefault(object_id, []).append(word.encode())
        return list(islice(self._hits(tree, having, whole_words), limit))

    def _hits(self, tree: _Tree, having: dict[str, list[bytes]], whole_words: bool) -> Iterator[GrepHit]:
        files = [entry for entry in tree.files if entry.object_id in having]
        contents = self._repo.blobs(
            list(dict.fromkeys(entry.object_id for entry in files)), limit_bytes=MAX_BLOB_BYTES
        )
        found: dict[str, list[tuple[Line, bytes]]] = {}
        for entry in files:
            if entry.object_id not in found:
                read = next(contents)
                raw = read.content or b""
                lines = lines_with(raw, having[read.object_id], whole_words=whole_words)
                found[read.object_id] = [
                    (line, raw[line.start : min(line.end, line.start + _LINE_BYTES)]) for line in lines
                ]
            yield from (GrepHit(entry.path, line.number, text) for line, text in found[entry.object_id])

    def _tree(self, commit: str) -> _Tree | None:
        """The files of `commit`, all of them known to the index; None when that would cost too much."""
        if commit not in self._trees:
            try:
                self._trees[commit] = self._brought_up_to_date(commit)
            except SearchIndexError as error:
                self._give_up(error)
                self._trees[commit] = None
        return self._trees[commit]

    def _brought_up_to_date(self, commit: str) -> _Tree | None:
        files = tuple(entry for entry in self._repo.tree(commit) if entry.mode in FILES)
        object_ids = dict.fromkeys(entry.object_id for entry in files)
        missing = self._blobs.missing(object_ids)
        if self._may_read is not None and len(missing) > self._may_read:
            self._note(
                f"the index lacks {len(missing)} of {len(object_ids)} files of {commit[:12]}, so git is searched:"
                " `reviewer index build` brings it up to date"
            )
            return None
        self._blobs.add(self._repo, missing, self._tell)
        too_large = self._blobs.too_large.intersection(object_ids)
        return _Tree(files, frozenset(object_ids) - too_large, tuple(sorted(too_large)))

    def _give_up(self, error: SearchIndexError) -> None:
        self._failed = True
        self._note(f"the index is not used, and git is searched: {error}")


def _can_be_asked(words: Sequence[str]) -> bool:
    """False for what git refuses, or reads in its own way; and for no words at all."""
    fine = all(word and word.isprintable() and _is_utf8(word) for word in words)
    return bool(words) and fine and sum(map(len, words)) <= _MOST_WORDS_BYTES


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
