"""Whether two texts of one function do the same: comments, layout, words in quotes and chosen names left out."""

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\w+|[^\w\s]")
_HASH = frozenset({"python", "ruby"})
"""Languages in which `#` begins a comment."""
_QUOTES = ('"""', "'''", '"', "'", "`")


def is_same_code(before: Sequence[str], after: Sequence[str], language: str) -> bool:
    """True when nothing but comments, layout, texts in quotes and, one for one, names differ.

    Rather true than false: literals that are written in an unusual way may be taken for text in quotes.
    """
    was, now = list(_tokens(before, language)), list(_tokens(after, language))
    if len(was) != len(now):
        return False
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    for old, new in zip(was, now, strict=True):
        if old[0].isalpha() and new[0].isalpha():
            if there.setdefault(old, new) != new or back.setdefault(new, old) != old:
                return False
        elif old != new:
            return False
    return True


def _tokens(lines: Sequence[str], language: str) -> Iterator[str]:
    return (match.group() for match in _TOKEN.finditer(_bare("\n".join(lines), language)))


def _bare(text: str, language: str) -> str:
    """`text` without comments and without what stands in quotes; one pass, for each character once."""
    comment = "#" if language in _HASH else "//"
    kept: list[str] = []
    at = 0
    while at < len(text):
        if text.startswith(comment, at):
            at = _end(text, at, "\n")
        elif language not in _HASH and text.startswith("/*", at):
            at = _end(text, at + 2, "*/")
        elif quote := next((one for one in _QUOTES if text.startswith(one, at)), None):
            at = _after_quoted(text, at + len(quote), quote)
        else:
            kept.append(text[at])
            at += 1
    return "".join(kept)


def _end(text: str, start: int, mark: str) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)


def _after_quoted(text: str, start: int, quote: str) -> int:
    """Where a text in quotes has ended; a quote of one line ends with its line at the latest."""
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(quote, at):
            return at + len(quote)
        elif text[at] == "\n" and quote in ('"', "'"):
            return at
        else:
            at += 1
    return len(text)
