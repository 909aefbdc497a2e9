"""The CODEOWNERS file of the base: who owns which paths, by the dialect of GitHub.

Patterns are those of gitignore without `!` and without brackets; one that ends in `/*` reaches no folders below.
The last line that fits decides, and one without owners takes them away. Owners stand in any case, and `#` begins a
comment also behind them. Source: GitHub's documentation "About code owners".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reviewer.domain.base_facts import PathOwners
from reviewer.evidence.base.wildmatch import PatternError, compiled, expression

PLACES = (b".github/CODEOWNERS", b"CODEOWNERS", b"docs/CODEOWNERS")
"""The first that exists is the one that counts."""

MAX_BYTES = 3_000_000
"""A larger file is ignored by GitHub."""

_OWNER = re.compile(r"@[\w.-]+(?:/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+")
_WORD = re.compile(r"(?:\\.|\S)+")


@dataclass(frozen=True)
class _Line:
    pattern: Any
    owners: frozenset[str]


def owners_of(paths: Iterable[str], text: str) -> tuple[PathOwners, ...]:
    """The owners of each of `paths`, in that order; a line that is not understood is passed over, as GitHub does."""
    lines = list(reversed(list(_lines(text))))
    return tuple(PathOwners(path=path, owners=_owners(path, lines)) for path in paths)


def _owners(path: str, last_first: Iterable[_Line]) -> frozenset[str]:
    return next((line.owners for line in last_first if line.pattern.fullmatch(path)), frozenset())


def _lines(text: str) -> Iterator[_Line]:
    for line in text.splitlines():
        words = _WORD.findall(line)
        if not words or words[0].startswith(("#", "!")) or "[" in words[0]:
            continue
        owners = _owner_words(words[1:])
        if not all(_OWNER.fullmatch(word) for word in owners):
            continue
        try:
            yield _Line(compiled(_reach(words[0])), frozenset(word.lower() for word in owners))
        except PatternError:
            continue


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
