"""The CODEOWNERS file of the base: who owns which paths, by the dialect of GitHub.

Patterns are those of gitignore without `!` and without brackets; one that ends in `/*` reaches no folders below.
The last line that fits decides, and one without owners takes them away. Owners stand in any case, and `#` begins a
comment also behind them. Source: GitHub's documentation "About code owners".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.domain.base_facts import PathOwners
from reviewer.domain.text import path_bytes
from reviewer.evidence.base.wildmatch import PatternError, compiled, expression

PLACES = (b".github/CODEOWNERS", b"CODEOWNERS", b"docs/CODEOWNERS")
"""The first that exists is the one that counts."""

MAX_BYTES = 3_000_000
"""A larger file is ignored by GitHub."""

_OWNER = re.compile(r"@[\w.-]+(?:/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+")
_WORD = re.compile(r"(?:\\.|\S)+")


@dataclass(frozen=True)
class OwnerLine:
    """A line of the file that names a pattern."""

    number: int
    """From 1."""
    text: str
    """The pattern as it is written."""
    pattern: Any
    """Its matcher of whole paths; None where the line is not understood and therefore passed over."""
    owners: frozenset[str]
    """Empty: what fits has no owner by this line."""
    problem: str
    """Why the line is not understood; empty when it is."""

    def fits(self, path: str) -> bool:
        """True when the line is about `path`."""
        spelled = path_bytes(path).decode("utf-8", "backslashreplace") if "%" in path else path
        return self.pattern is not None and self.pattern.fullmatch(spelled) is not None


def owners_of(paths: Iterable[str], text: str) -> tuple[PathOwners, ...]:
    """The owners of each of `paths`, in that order; a line that is not understood is passed over, as GitHub does."""
    lines = owner_lines(text)
    return tuple(PathOwners(path=path, owners=_owners(path, lines)) for path in paths)


def owner_lines(text: str) -> tuple[OwnerLine, ...]:
    """The lines that name a pattern, in order."""
    return tuple(_lines(text))


def deciding_line(path: str, lines: Sequence[OwnerLine]) -> OwnerLine | None:
    """The line that decides who owns `path`: the last that fits; None when none does."""
    return next((line for line in reversed(lines) if line.fits(path)), None)


def _owners(path: str, lines: Sequence[OwnerLine]) -> frozenset[str]:
    decides = deciding_line(path, lines)
    return decides.owners if decides else frozenset()


def _lines(text: str) -> Iterator[OwnerLine]:
    for number, line in enumerate(text.split("\n"), 1):
        words = _WORD.findall(line)
        if not words or words[0].startswith("#"):
            continue
        owners = _owner_words(words[1:])
        matcher, problem = _matcher(words[0])
        if wrong := next((word for word in owners if not _OWNER.fullmatch(word)), None):
            matcher, problem = None, problem or f"{wrong} is no user, team or address"
        names = frozenset(word.lower() for word in owners)
        yield OwnerLine(number, words[0], matcher, names, problem)


def _matcher(pattern: str) -> tuple[Any, str]:
    """The matcher of `pattern`; or None, and why there is none."""
    if pattern.startswith("!"):
        return None, "a pattern cannot be negated with `!`"
    if "[" in pattern:
        return None, "a pattern cannot hold brackets"
    try:
        return compiled(_reach(pattern)), ""
    except PatternError as error:
        return None, str(error)


def _owner_words(words: Iterable[str]) -> list[str]:
    owners = []
    for word in words:
        if word.startswith("#"):
            break
        owners.append(word)
    return owners


def _reach(pattern: str) -> str:
    """The expression of all paths that `pattern` means: a folder means what is in it, at any depth."""
    anchored = "/" in pattern.rstrip("/")
    body = expression(pattern.strip("/"), brackets=False)
    start = "" if anchored else "(?:.*/)?"
    if pattern.endswith("/"):
        return f"{start}{body}/.*"
    return f"{start}{body}" if pattern.endswith("/*") else f"{start}{body}(?:/.*)?"
