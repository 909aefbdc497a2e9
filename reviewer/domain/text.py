"""How raw bytes from git become text that can be shown, stored and compared."""

import re
from typing import Annotated
from urllib.parse import unquote_to_bytes

from pydantic import StringConstraints

RepoPath = Annotated[str, StringConstraints(min_length=1)]
"""A path inside the repository as text; see `path_text` for how raw bytes become one."""

_CHARACTERS_A_TOKEN = 3
"""Cautious for code: most of it has more."""
_UNSAFE_IN_PATH = re.compile(r"[%\x00-\x1f\x7f\udc80-\udcff]")


def path_text(raw: bytes) -> str:
    """A path as one-line text that stands for exactly one sequence of bytes.

    UTF-8 stays as it is; a byte that is not UTF-8, a control character and `%` itself become `%XX`,
    so that no two paths share a text and no path can break a line.
    """
    decoded = raw.decode("utf-8", errors="surrogateescape")
    return _UNSAFE_IN_PATH.sub(_percent, decoded)


def path_bytes(path: str) -> bytes:
    """The raw bytes that `path_text` turned into `path`."""
    return unquote_to_bytes(path)


def source_text(raw: bytes) -> str:
    """File content as text: UTF-8, and a byte that is not UTF-8 shown as `\\xNN`.

    Every stage decodes with this, so a quote made from one reading is found in another.
    """
    return raw.decode("utf-8", errors="backslashreplace")


def source_lines(raw: bytes) -> list[str]:
    """The lines of a file, split on line feeds only, as git and code hosts count them.

    A carriage return stays at the end of its line. The empty piece after a last line feed is no line.
    """
    lines = source_text(raw).split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def tokens_at_most(characters: int) -> int:
    """About how many tokens code of that length is for a model: an estimate, rather too high than too low."""
    return characters // _CHARACTERS_A_TOKEN


def _percent(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"%{code - 0xDC00 if code >= 0xDC80 else code:02X}"
