"""One file as texts that people may read and code that may hold limits, with the stretches that belong together."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain.change import Side
from reviewer.domain.evidence import Analysis
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.code_bounds import bounds_in
from reviewer.evidence.literals.data_entries import entries_of
from reviewer.evidence.literals.markup import blank, markup_pieces, without_comments
from reviewer.evidence.literals.named_numbers import entry_bounds
from reviewer.evidence.literals.piece import LineStarts, Piece, PieceKind, Span
from reviewer.evidence.literals.program_spans import spans_of
from reviewer.evidence.literals.roles import FileKind, kind_of

_MAX_LINE = 2_000
_PREFIX = re.compile(r"^[A-Za-z@$]{0,3}(\"\"\"|'''|\"|'|`|/)?")
_JOINERS = re.compile(r"^[\s+\\.&]*$")
_PROSE = re.compile(r"[A-Za-z]{2,}[,.]? [A-Za-z]{2,}[,.]? ?[A-Za-z\d]")
_TAGLIKE = re.compile(r"^\s*(?:required|omitempty|\w+:\"|\w+=)|[|=:]\d")


@dataclass(frozen=True)
class LineSpan:
    """Lines from 1; both ends are included."""

    first: int
    last: int

    def __contains__(self, line: int) -> bool:
        return self.first <= line <= self.last


class Document:
    """A file at one side. Everything is worked out when it is asked for."""

    def __init__(self, path: str, side: Side, text: str) -> None:
        self.path = path
        self.side = side
        self.text = text
        self.kind = kind_of(path)
        self.problem: str | None = None
        self._bounds: dict[int, list[CodeBound]] = {}

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines as every stage counts them."""
        lines = self.text.split("\n")
        return lines[:-1] if lines[-1] == "" else lines

    @cached_property
    def starts(self) -> LineStarts:
        """Where the lines begin."""
        return LineStarts(self.text)

    @property
    def analysis(self) -> Analysis:
        """How strings and comments were told apart."""
        if self.kind is FileKind.PROGRAM and not self._spans[1]:
            return Analysis.WORDS
        return Analysis.WORDS if self.problem else Analysis.SYNTAX

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every text, ordered by place."""
        if self.kind is FileKind.DATA:
            found, self.problem = entries_of(self.path, self.text, self.starts)
        elif self.kind is FileKind.MARKUP:
            found = list(markup_pieces(self.path, self.text, self.starts))
        elif self.kind is FileKind.DOCUMENT:
            found = list(_paragraphs(self.text, self.starts))
        else:
            found = list(_joined(self._spans[0], self.text, self.starts))
        return tuple(sorted(found, key=lambda piece: (piece.start, piece.end)))

    @cached_property
    def code(self) -> list[str]:
        """The lines without comments and without strings that are sentences; every character keeps its place."""
        if self.kind is FileKind.DOCUMENT:
            return [""] * len(self.lines)
        if self.kind is FileKind.DATA:
            return [re.sub(r"^\s*#.*", "", line) for line in self.lines]
        if self.kind is FileKind.MARKUP:
            return without_comments(self.text).split("\n")
        return "".join(self._without(self._hides)).split("\n")

    @cached_property
    def skeleton(self) -> list[str]:
        """The lines without comments and without any string: only brackets and names count."""
        if self.kind is not FileKind.PROGRAM:
            return self.code
        return "".join(self._without(lambda _: True)).split("\n")

    @cached_property
    def flat(self) -> str:
        """The skeleton as one text."""
        return "\n".join(self.skeleton)

    def bounds(self, line: int) -> list[CodeBound]:
        """Limits on one line of code."""
        if line not in self._bounds:
            text = self.code[line - 1] if 0 < line <= len(self.code) else ""
            before = (
                " ".join(part.strip() for part in self.code[max(0, line - 4) : line - 1])
                if _CHAINED.match(text)
                else ""
            )
            usable = (
                self.kind is not FileKind.DATA
                and len(text) <= _MAX_LINE
                and any(character.isdigit() or character in "<>=:(" for character in text)
            )
            self._bounds[line] = bounds_in(text, before=before) if usable else []
            self._bounds[line] += self._entry_bounds.get(line, [])
        return self._bounds[line]

    @cached_property
    def _entry_bounds(self) -> dict[int, list[CodeBound]]:
        found: dict[int, list[CodeBound]] = {}
        for piece in self.pieces if self.kind is FileKind.DATA else ():
            at = piece.start - self.starts.starts[piece.first_line - 1]
            found.setdefault(piece.first_line, []).extend(entry_bounds(piece.key, piece.text, at))
        return found

    def line_of(self, at: int) -> int:
        """The line of character `at`."""
        return self.starts.line(at)

    @cached_property
    def groups(self) -> list[tuple[int, int]]:
        """Brackets of the code as pairs of characters, ordered by their opening."""
        return _brackets(self.flat)

    def groups_around(self, at: int) -> list[tuple[int, int]]:
        """Bracket pairs around character `at`, innermost first."""
        upto = bisect_right(self.groups, (at, -1))
        return [pair for pair in reversed(self.groups[:upto]) if pair[1] > at][:12]

    def indent(self, line: int) -> int:
        """Width of the white space before the line's code; a large number for a line without any."""
        text = self._uncommented[line - 1] if line <= len(self._uncommented) else ""
        return len(text) - len(text.lstrip()) if text.strip() else 10_000

    @cached_property
    def _uncommented(self) -> list[str]:
        if self.kind is not FileKind.PROGRAM:
            return self.code
        return "".join(self._without(lambda span: span.is_comment)).split("\n")

    @cached_property
    def _spans(self) -> tuple[list[Span], bool]:
        return spans_of(self.path, self.text)

    def _hides(self, span: Span) -> bool:
        inside = self.text[span.start : span.end]
        return span.is_comment or (
            _PROSE.search(inside) is not None and _TAGLIKE.search(inside.strip("`\"'")) is None
        )

    def _without(self, hides: Callable[[Span], bool]) -> Iterator[str]:
        at = 0
        for span in self._spans[0]:
            if span.start < at:
                continue
            yield self.text[at : span.start]
            inside = self.text[span.start : span.end]
            yield blank(inside) if hides(span) else inside
            at = span.end
        yield self.text[at:]


_CHAINED = re.compile(r"^\s*(?:[.)?]|(?:min|max|minimum|maximum|in|within|is)\b)")


def _joined(spans: list[Span], text: str, lines: LineStarts) -> list[Piece]:
    """Strings as pieces; those that only a plus sign, a backslash or white space parts are one."""
    found: list[Piece] = []
    for span in spans:
        if span.is_comment:
            continue
        inner = _unquoted(text[span.start : span.end])
        if found and _JOINERS.match(text[found[-1].end : span.start]) and span.start - found[-1].end < 120:
            last = found.pop()
            inner, first, begin = last.text + inner, last.first_line, last.start
        else:
            first, begin = lines.line(span.start), span.start
        found.append(
            Piece(PieceKind.STRING, inner, begin, span.end, first, lines.line(max(span.start, span.end - 1)))
        )
    return found


def _unquoted(raw: str) -> str:
    match = _PREFIX.match(raw)
    opening = match.group(1) if match else None
    if not match or not opening:
        return " ".join(raw.split())
    inner = raw[match.end() :]
    return inner[: -len(opening)] if inner.endswith(opening) else inner


_FENCE = re.compile(r"^(?:```|~~~)[\s\S]*?(?:^(?:```|~~~)|\Z)", re.MULTILINE)
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*(?:\n|[-*+|#>] |\d+[.)] )))*")


def _paragraphs(text: str, lines: LineStarts) -> list[Piece]:
    shown = _FENCE.sub(lambda match: blank(match.group()), text)
    return [
        Piece(PieceKind.DOCUMENT, " ".join(match.group().split()), match.start(), match.end(),
              lines.line(match.start()), lines.line(match.end() - 1))
        for match in _PARAGRAPH.finditer(shown)
    ]  # fmt: skip


def _brackets(text: str) -> list[tuple[int, int]]:
    stack: list[int] = []
    pairs = []
    for match in re.finditer(r"[()\[\]{}]", text):
        if match.group() in "([{":
            stack.append(match.start())
        elif stack:
            pairs.append((stack.pop(), match.start()))
    return sorted(pairs)
