"""Words that names are made of."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def words_of(text: str) -> Iterator[str]:
    """In small letters: three of `requireAnyPermission` and `require_any_permission`, two of `CSRFToken`."""
    return (found.group().lower() for found in _WORD.finditer(text))
