"""What an index keeps of a blob, what a searched word tells of the blobs that can hold it, and the lines that do.

A word stands whole where no ASCII letter, digit or `_` is next to it, as for `git grep -w` without a locale. The
index keeps the *atoms* of a blob, the longest runs of such bytes. Case matters, and no encoding is assumed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

LONGEST_KEY = 64
"""Bytes of an atom that are kept; a longer one is known by its beginning."""
_ATOM = re.compile(rb"[A-Za-z0-9_]+")
_BLANKED = bytes(byte if _ATOM.match(bytes([byte])) else 0x20 for byte in range(256))
_BINARY_HEAD_BYTES = 8000


class Fit(Enum):
    """How an atom of a blob has to look like the part of a searched text."""

    WHOLE = "whole"
    BEGINNING = "beginning"
    """The atom may go on after the text."""
    PART = "part"
    """The atom may begin before the text, and go on after it."""


@dataclass(frozen=True)
class Key:
    """Something that every blob with a searched text has."""

    atom: bytes
    fit: Fit


@dataclass(frozen=True)
class Line:
    """A line with one of the words."""

    number: int
    """From 1."""
    start: int
    """Its first byte."""
    end: int
    """One past its last byte, the line feed not counted."""


def is_binary(raw: bytes) -> bool:
    """True for what git takes for binary: a NUL among the first 8,000 bytes."""
    return b"\0" in raw[:_BINARY_HEAD_BYTES]


def atoms_of(raw: bytes) -> set[bytes]:
    """The atoms of a text, each cut at `LONGEST_KEY` bytes."""
    atoms = set(raw.translate(_BLANKED).split())
    long = [atom for atom in atoms if len(atom) > LONGEST_KEY]
    atoms.difference_update(long)
    atoms.update(atom[:LONGEST_KEY] for atom in long)
    return atoms


def keys_of(text: bytes, *, whole_words: bool) -> Sequence[Key]:
    """What to look for, the best kind only: all whole atoms, else a beginning, else a part; empty without any."""
    found = [
        _key(part, opens=not whole_words and not part.start(), goes_on=not whole_words and _ends(part, text))
        for part in _ATOM.finditer(text)
    ]
    for fit in Fit:
        if best := [key for key in found if key.fit is fit]:
            return best if fit is Fit.WHOLE else best[:1]
    return ()


def lines_with(raw: bytes, words: Sequence[bytes], *, whole_words: bool) -> Iterator[Line]:
    """The lines on which one of `words` stands, each once and in order."""
    starts: set[int] = set()
    for word in words:
        pattern = _pattern(word, whole_words=whole_words)
        found = pattern.search(raw)
        while found:
            starts.add(raw.rfind(b"\n", 0, found.start()) + 1)
            end = raw.find(b"\n", found.end())
            found = pattern.search(raw, end) if end >= 0 else None
    number, counted = 1, 0
    for start in sorted(starts):
        number += raw.count(b"\n", counted, start)
        counted = start
        end = raw.find(b"\n", start)
        yield Line(number, start, len(raw) if end < 0 else end)


def _key(part: re.Match[bytes], *, opens: bool, goes_on: bool) -> Key:
    return Key(part[0], Fit.PART if opens else Fit.BEGINNING if goes_on else Fit.WHOLE)


def _ends(part: re.Match[bytes], text: bytes) -> bool:
    return part.end() == len(text)


@lru_cache(maxsize=1024)
def _pattern(word: bytes, *, whole_words: bool) -> re.Pattern[bytes]:
    """The word first, so that it is looked for as plain bytes, and what is around it looked at only then."""
    plain = re.escape(word)
    if not whole_words:
        return re.compile(plain)
    return re.compile(plain + rb"(?![A-Za-z0-9_])(?<![A-Za-z0-9_]" + plain + rb")")
