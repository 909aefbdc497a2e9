"""Documents by path, and one search for many words; both bounded, and both say what they left out."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from reviewer.domain.change import Side
from reviewer.domain.evidence import Certainty
from reviewer.domain.literals import Hop, HopKind
from reviewer.errors import RepositoryError
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.limits import LiteralLimits
from reviewer.evidence.workspace import SYMLINK_MODE, SearchHit, Workspace

_MAX_HALVED = 6
"""Searches of one change that are made again in halves: through git each costs a pass over the tree."""


class Library:
    """The files of both sides, read once each."""

    def __init__(self, workspace: Workspace, limits: LiteralLimits) -> None:
        self.workspace = workspace
        self.limits = limits
        self.problems: dict[str, str] = {}
        """Path to why it was not read."""
        self._documents: dict[tuple[str, Side], Document | None] = {}
        self._cuts: dict[str, int] = defaultdict(int)
        self._read = 0
        self._halved = 0

    @property
    def cuts(self) -> tuple[str, ...]:
        """What was left out, a sentence each."""
        return tuple(
            f"{reason} ({count} times)" if count > 1 else reason for reason, count in self._cuts.items()
        )

    def cut(self, reason: str) -> None:
        """Remember that something was left out."""
        self._cuts[reason] += 1

    def document(self, path: str, side: Side = Side.HEAD, *, changed: bool = False) -> Document | None:
        """The file; None when there is none, it is not text, or a limit forbids it, which is then a cut."""
        key = (path, side)
        if key not in self._documents:
            if not changed and self._read >= self.limits.max_files:
                self.cut(f"a file was not looked at: limit {self.limits.max_files} files a change")
                return None
            self._read += not changed
            self._documents[key] = self._open(path, side)
        return self._documents[key]

    def search(
        self,
        words: Iterable[str],
        *,
        whole_words: bool,
        names: int | None = None,
        optional: Collection[str] = (),
    ) -> dict[str, list[SearchHit]]:
        """Lines at the head by the word they contain. Words too short to mean anything are passed over.

        A common word does not end the search for the others; it is named as cut, unless it is `optional`: what nobody
        looks for where it is common.
        """
        wanted = sorted({word for word in words if len(word) > 2 and "\n" not in word and "\0" not in word})
        limit = names or self.limits.max_names
        if len(wanted) > limit:
            self.cut(f"{len(wanted) - limit} names were not searched for: limit {limit} a hop")
            wanted = wanted[:limit]
        if not wanted:
            return {}
        return self._lines(wanted, optional, whole_words=whole_words)

    def _lines(
        self, wanted: list[str], optional: Collection[str], *, whole_words: bool
    ) -> dict[str, list[SearchHit]]:
        """Where there are too many lines, each half of the words alone, until a single word is too common."""
        limit = self.limits.max_search_lines
        result = self.workspace.search_some(wanted, Side.HEAD, limit=limit, whole_words=whole_words)
        needed = [word for word in wanted if word not in optional]
        if result.complete or not needed:
            return _by_word(result.hits, wanted)
        if len(wanted) == 1 or self._halved >= _MAX_HALVED:
            shown = ", ".join(needed[:3]) + (" and others" if len(needed) > 3 else "")
            self.cut(f"{shown!r} stands on {limit} lines or more: the first {limit} were looked at")
            return _by_word(result.hits, wanted)
        self._halved += 1
        middle, found = len(wanted) // 2, dict[str, list[SearchHit]]()
        for half in (wanted[:middle], wanted[middle:]):
            for word, hits in self._lines(half, optional, whole_words=whole_words).items():
                found.setdefault(word, hits)
        return found

    def hop(
        self,
        doc: Document,
        line: int,
        kind: HopKind,
        certainty: Certainty,
        *,
        via: str,
        depth: int,
        last: int = 0,
    ) -> Hop | None:
        """A hop to a line; None where it is too long to be quoted."""
        last = max(line, last)
        if any(len(text) > self.limits.max_line for text in doc.lines[line - 1 : last]) or last > len(
            doc.lines
        ):
            self.cut(
                f"a line of {doc.path} is longer than {self.limits.max_line} characters and cannot be quoted"
            )
            return None
        quote = self.workspace.quote(doc.path, doc.side, line, last)
        return Hop(quote=quote, kind=kind, certainty=certainty, via=via, depth=depth)

    def _open(self, path: str, side: Side) -> Document | None:
        if not self.workspace.exists(path, side):
            return None
        try:
            if self.workspace.entry(path, side).mode == SYMLINK_MODE:
                return None
            raw = self.workspace.read(path, side)
        except RepositoryError as error:
            self.problems[path] = str(error)
            return None
        if len(raw) > self.limits.max_file_bytes:
            self.problems[path] = f"{len(raw)} bytes, limit {self.limits.max_file_bytes}"
            return None
        if b"\0" in raw[:8000]:
            return None
        return Document(path, side, "\n".join(self.workspace.lines(path, side)) + "\n" * raw.endswith(b"\n"))


def _by_word(hits: Iterable[SearchHit], wanted: Iterable[str]) -> dict[str, list[SearchHit]]:
    found: dict[str, list[SearchHit]] = defaultdict(list)
    for hit in hits:
        for word in wanted:
            if word in hit.text:
                found[word].append(hit)
    return found
