"""Reads what stands in base64 or hexadecimal, so that a credential cannot hide in it."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}")
_HEX = re.compile(r"(?:[0-9a-f]{40,}|[0-9A-F]{40,})")
_URL_SAFE = str.maketrans("-_", "+/")
_UNPRINTABLE = bytes(sorted({*range(256)} - {*range(32, 127), 9, 10, 13}))
_MOST_UNPRINTABLE = 0.1
"""Share of bytes: what is decoded from where nothing was encoded is noise, about two thirds of it unprintable."""


@dataclass(frozen=True)
class Encoded:
    """Text that stands encoded in another text."""

    how: str
    """`base64` or `hex`."""
    start: int
    """Characters of the outer text from 0; `end` is not included."""
    end: int
    plain: str


def decoded(text: str) -> Iterator[Encoded]:
    """Every run of `text` that holds printable text in base64 (either alphabet) or hexadecimal; in linear time.

    One that starts within a longer run is found at each of its possible beginnings. Nothing is decoded twice over.
    """
    for match in _HEX.finditer(text):
        for at in range(2):
            run = match.group()[at:]
            yield from _printable("hex", match, _bytes_of_hex(run))
    for match in _BASE64.finditer(text):
        for at in range(4):
            run = match.group()[at:].translate(_URL_SAFE)
            yield from _printable("base64", match, _bytes_of_base64(run))


def _bytes_of_hex(run: str) -> bytes:
    return bytes.fromhex(run[: len(run) - len(run) % 2])


def _bytes_of_base64(run: str) -> bytes:
    """The bytes; of an end that is not whole, as much as can be told."""
    whole = run[: len(run) - len(run) % 4]
    rest = run[len(whole) :]
    tail = rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""
    try:
        return base64.b64decode(whole + tail)
    except binascii.Error:
        return base64.b64decode(whole)


def _printable(how: str, match: re.Match[str], raw: bytes) -> Iterator[Encoded]:
    kept = raw.translate(None, _UNPRINTABLE)
    if raw and len(raw) - len(kept) <= _MOST_UNPRINTABLE * len(raw):
        yield Encoded(how, match.start(), match.end(), raw.decode("latin-1"))
