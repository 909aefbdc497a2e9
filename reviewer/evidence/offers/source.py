"""A file as the forms of names look at it: what is code, what stands in a string, what is a comment."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from reviewer.evidence.literals.data_entries import entries_of
from reviewer.evidence.literals.markup import without_comments
from reviewer.evidence.literals.piece import LineStarts, Span
from reviewer.evidence.literals.program_spans import spans_of
from reviewer.evidence.literals.roles import FileKind, is_test, kind_of, tells_the_past
from reviewer.evidence.offers.yaml_keys import yaml_keys

_SCHEMA = re.compile(r"(?:^|/)(?:migrations?|migrate|versions|alembic)/|(?:^|/)schema\.\w+$")
_HASH_COMMENT = re.compile(r"(?:^|\s)#")


class Source:
    """One file of one side. Whatever costs time is worked out when it is asked for."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.kind = kind_of(path)
        self.name = path.rsplit("/", 1)[-1]
        self.extension = self.name.rsplit(".", 1)[-1].lower() if "." in self.name else ""

    @property
    def is_schema(self) -> bool:
        """True for files that say which tables there are: migrations, schemas, SQL."""
        return self.extension == "sql" or _SCHEMA.search(self.path) is not None

    @cached_property
    def is_out_of_force(self) -> bool:
        """True for what nobody runs, or what only remembers: tests, change logs, migrations."""
        remembers = tells_the_past(self.path) and (self.kind is not FileKind.PROGRAM or "migrat" in self.path)
        return remembers or is_test(self.path)

    def find(self, pattern: re.Pattern[str], *, in_strings: bool = False) -> Iterator[re.Match[str]]:
        """Matches that do not begin in a comment, nor, unless `in_strings`, in a string of a program."""
        for match in pattern.finditer(self.text):
            if not self._hides(match.start(), in_strings=in_strings):
                yield match

    def line(self, at: int) -> int:
        """The line, from 1, of character `at`."""
        return self._starts.line(at)

    def line_text(self, at: int) -> str:
        """The line that character `at` stands on."""
        begin = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return self.text[begin : end if end >= 0 else len(self.text)]

    @cached_property
    def keys(self) -> tuple[tuple[str, int], ...]:
        """Key paths of a data file, each with the character it stands at; only keys that have a value."""
        if self.extension in ("yml", "yaml"):
            return tuple(yaml_keys(self.text))
        found, _ = entries_of(self.path, self.text, self._starts)
        return tuple((piece.key, piece.start) for piece in found if piece.key)

    @property
    def strings(self) -> Iterator[tuple[int, str]]:
        """Strings of a program with their quotes, each with the character it begins at."""
        for span in self._spans:
            if not span.is_comment:
                yield span.start, self.text[span.start : span.end]

    def string_around(self, at: int) -> tuple[int, int] | None:
        """First and last character of the string that holds character `at`; None outside of strings."""
        span = self._span_at(at)
        return (span.start, span.end) if span and not span.is_comment else None

    def _hides(self, at: int, *, in_strings: bool) -> bool:
        if self.kind is FileKind.DOCUMENT:
            return False
        if self.kind is FileKind.MARKUP:
            return self._shown_markup[at] != self.text[at] and not self.text[at].isspace()
        if self.kind is FileKind.DATA or self.extension in ("", "sh", "bash", "mk"):
            begin = self.text.rfind("\n", 0, at) + 1
            return bool(_HASH_COMMENT.search(self.text[begin : at + 1]))
        span = self._span_at(at)
        if span is None:
            return False
        return span.is_comment or (not in_strings and span.start < at and not self._is_interpolated(span, at))

    def _is_interpolated(self, span: Span, at: int) -> bool:
        return self.text.rfind("{", span.start, at) > self.text.rfind("}", span.start, at)

    def _span_at(self, at: int) -> Span | None:
        index = bisect_right(self._span_starts, at) - 1
        if index < 0 or self._spans[index].end <= at:
            return None
        return self._spans[index]

    @cached_property
    def _spans(self) -> list[Span]:
        return spans_of(self.path, self.text)[0]

    @cached_property
    def _span_starts(self) -> list[int]:
        return [span.start for span in self._spans]

    @cached_property
    def _shown_markup(self) -> str:
        return without_comments(self.text)

    @cached_property
    def _starts(self) -> LineStarts:
        return LineStarts(self.text)
