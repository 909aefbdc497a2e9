"""A stretch of text in a file: a string, words between tags, an entry of a data file, a paragraph."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum


class PieceKind(Enum):
    """Where the text stands."""

    STRING = "string"
    """A string of a program."""
    MARKUP = "markup"
    """Words between tags, or a tag's attribute that people see."""
    ENTRY = "entry"
    """A value under a key of a data file."""
    DOCUMENT = "document"
    """A paragraph of a document."""


@dataclass(frozen=True)
class Piece:
    """One text with its place."""

    kind: PieceKind
    text: str
    start: int
    """Characters from 0 in the file; `end` is not included."""
    end: int
    first_line: int
    """Lines count from 1; both ends are included."""
    last_line: int
    key: str = ""
    """Key path of an entry, parts joined by dots."""

    @property
    def is_prose(self) -> bool:
        """True for words that people read: at least two, or one beside a number."""
        return sum(part.strip(".,:;!?()'\"").isalpha() for part in self.text.split()) >= 2


@dataclass(frozen=True)
class Span:
    """A string or a comment of a program."""

    start: int
    """Characters from 0; `end` is not included, quotes and comment signs are."""
    end: int
    is_comment: bool


class LineStarts:
    """Turns characters of a text into lines."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line(self, at: int) -> int:
        """The line, from 1, that character `at` stands on."""
        return bisect_right(self.starts, at)
