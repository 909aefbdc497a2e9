"""Reads a text diff as git writes it: sections by object ids, hunks by their counts.

No name in the diff is looked at: names can be made to look like anything. A section is known by the ids in its
`index` line. The lines of a hunk are counted, so content that looks like a header stays content. Lines end at line
feeds only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.change import DiffLine, Hunk, LineKind
from reviewer.domain.text import source_text
from reviewer.errors import RepositoryError

_SECTION = b"diff --git "
_INDEX = re.compile(rb"index ([0-9a-f]+)\.\.([0-9a-f]+)(?: \d{6})?")
_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_KINDS = {0x20: LineKind.CONTEXT, 0x2B: LineKind.ADDED, 0x2D: LineKind.DELETED}
_NO_LINE_FEED = 0x5C
"""A backslash: the line before it has no line feed at its end."""


@dataclass(frozen=True)
class RawHunk:
    """A hunk with the bytes it was read from."""

    hunk: Hunk
    body: bytes
    """Every line with its mark, without the `@@` line: what the hunk changes, wherever it stands."""

    @property
    def changed_lines(self) -> int:
        """Added and deleted."""
        return sum(line.kind is not LineKind.CONTEXT for line in self.hunk.lines)


@dataclass(frozen=True)
class Section:
    """What the diff says about one pair of contents."""

    old_blob: str
    """Ids in full, zeros for no file."""
    new_blob: str
    binary: bool
    hunks: tuple[RawHunk, ...]


class LinesSpentError(Exception):
    """The diff holds more changed lines than may be read; what was read before stays valid."""


class PatchReader:
    """Goes through one diff from its first byte to its last; `LinesSpentError` past `changed_lines`."""

    def __init__(self, patch: bytes, *, changed_lines: int) -> None:
        self._patch = patch
        self._place = 0
        self._lines_left = changed_lines

    def sections(self) -> Iterator[Section]:
        """The sections that have an `index` line; those without change no content."""
        while self._place < len(self._patch):
            first = self._line()
            if not first.startswith(_SECTION):
                raise self._malformed(first)
            if (section := self._section()) is not None:
                yield section

    def _section(self) -> Section | None:
        ids: tuple[str, str] | None = None
        binary = False
        hunks: list[RawHunk] = []
        while self._place < len(self._patch) and not self._patch.startswith(_SECTION, self._place):
            line = self._line()
            if match := _HUNK.match(line):
                numbers = [1 if number is None else int(number) for number in match.groups()]
                hunks.append(self._hunk(*numbers))
            elif hunks:
                raise self._malformed(line)
            elif match := _INDEX.fullmatch(line):
                ids = match.group(1).decode("ascii"), match.group(2).decode("ascii")
            elif line.startswith(b"Binary files "):
                binary = True
        if ids is None:
            if hunks or binary:
                raise RepositoryError("git diff-tree: a section of the diff has content and no index line")
            return None
        return Section(*ids, binary=binary, hunks=tuple(hunks))

    def _hunk(self, old_start: int, old_count: int, new_start: int, new_count: int) -> RawHunk:
        first = self._place
        lines: list[DiffLine] = []
        # an empty side is given by the line before it
        old, new = old_start + (old_count == 0), new_start + (new_count == 0)
        old_end, new_end = old + old_count, new + new_count
        while old < old_end or new < new_end or self._at_marker():
            raw = self._line()
            mark = raw[0] if raw else None
            if mark == _NO_LINE_FEED and lines:
                lines[-1] = lines[-1].model_copy(update={"ends_file_without_newline": True})
                continue
            kind = _KINDS.get(mark) if mark is not None else None
            if kind is None:
                raise self._malformed(raw)
            has_old, has_new = kind is not LineKind.ADDED, kind is not LineKind.DELETED
            if (has_old and old == old_end) or (has_new and new == new_end):
                raise self._malformed(raw)
            self._spend(kind)
            lines.append(
                DiffLine(
                    kind=kind,
                    old_line=old if has_old else None,
                    new_line=new if has_new else None,
                    text=source_text(raw[1:]),
                )
            )
            old += has_old
            new += has_new
        hunk = Hunk(
            old_start=old_start,
            old_count=old_count,
            new_start=new_start,
            new_count=new_count,
            lines=tuple(lines),
        )
        return RawHunk(hunk, self._patch[first : self._place])

    def _at_marker(self) -> bool:
        return self._place < len(self._patch) and self._patch[self._place] == _NO_LINE_FEED

    def _spend(self, kind: LineKind) -> None:
        if kind is LineKind.CONTEXT:
            return
        if self._lines_left == 0:
            raise LinesSpentError
        self._lines_left -= 1

    def _line(self) -> bytes:
        end = self._patch.find(b"\n", self._place)
        if end < 0:
            raise self._malformed(self._patch[self._place :])
        line = self._patch[self._place : end]
        self._place = end + 1
        return line

    def _malformed(self, line: bytes) -> RepositoryError:
        return RepositoryError(
            f"git diff-tree: the diff cannot be understood before byte {self._place}: {line[:80]!r}"
        )


def applied(section: Section, old: bytes) -> bytes | None:
    """The content that the hunks make of `old`; None when they do not fit it."""
    before = re.findall(rb"[^\n]*\n|[^\n]+", old)
    after: list[bytes] = []
    done = 0
    for raw in section.hunks:
        start = raw.hunk.old_start - (raw.hunk.old_count > 0)
        if start < done:
            return None
        after += before[done:start]
        done = start
        for mark, text in _marked_lines(raw.body):
            if mark != b"+":
                if before[done : done + 1] != [text]:
                    return None
                done += 1
            if mark != b"-":
                after.append(text)
    return b"".join(after + before[done:])


def _marked_lines(body: bytes) -> list[tuple[bytes, bytes]]:
    """Mark and text of each line, the line feed only where the file has one."""
    marked: list[tuple[bytes, bytes]] = []
    for line in re.findall(rb"[^\n]*\n", body):
        if line[0] == _NO_LINE_FEED:
            mark, text = marked[-1]
            marked[-1] = (mark, text.removesuffix(b"\n"))
        else:
            marked.append((line[:1], line[1:]))
    return marked
