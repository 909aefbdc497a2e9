"""Patterns of git's ignore and attribute files, as expressions of RE2: linear in time, whatever the pattern."""

import re
from functools import lru_cache
from typing import Any

_CLASSES = frozenset(
    (
        "alnum",
        "alpha",
        "blank",
        "cntrl",
        "digit",
        "graph",
        "lower",
        "print",
        "punct",
        "space",
        "upper",
        "xdigit",
    )
)
_CLASS = re.compile(r"\[:([a-z]+):\]")


class PatternError(ValueError):
    """The pattern can match nothing."""


def expression(pattern: str, *, brackets: bool = True) -> str:
    """`pattern` as an expression that must match a whole path: `*` stays inside a folder, `**/` crosses folders.

    A backslash makes the next character an ordinary one. Without `brackets` they are ordinary characters.
    Source: git's documentation of gitignore, and of fnmatch with FNM_PATHNAME.
    """
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        piece, at = _next(pattern, at, brackets=brackets)
        parts.append(piece)
    return "".join(parts)


@lru_cache(maxsize=4096)
def compiled(text: str) -> Any:
    """A matcher of whole paths for what `expression` gave; `PatternError` when RE2 refuses it."""
    import re2  # type: ignore[import-untyped]  # the wheel ships no types

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(f"(?s:{text})", options)
    except (re2.error, UnicodeEncodeError) as error:
        raise PatternError(f"RE2 refuses it: {error}") from error


def _next(pattern: str, at: int, *, brackets: bool) -> tuple[str, int]:
    """The expression of what begins at `at`, and where the rest begins."""
    character = pattern[at]
    if character == "*":
        return _stars(pattern, at)
    if character == "?":
        return "[^/]", at + 1
    if character == "[" and brackets:
        return _bracket(pattern, at)
    if character == "\\":
        if at + 1 == len(pattern):
            raise PatternError("ends in a backslash")
        return re.escape(pattern[at + 1]), at + 2
    return re.escape(character), at + 1


def _stars(pattern: str, at: int) -> tuple[str, int]:
    end = at
    while end < len(pattern) and pattern[end] == "*":
        end += 1
    starts_name = at == 0 or pattern[at - 1] == "/"
    if end - at == 2 and starts_name and pattern[end : end + 1] == "/":
        return "(?:.*/)?", end + 1
    if end - at == 2 and starts_name and end == len(pattern):
        return ".*", end
    return "[^/]*", end


def _bracket(pattern: str, at: int) -> tuple[str, int]:
    """A set of characters, none of which is a slash."""
    at += 1
    negated = pattern[at : at + 1] in ("!", "^")
    at += negated
    inside, first = "", True
    while at < len(pattern) and (first or pattern[at] != "]"):
        first = False
        if match := _CLASS.match(pattern, at):
            if match.group(1) not in _CLASSES:
                raise PatternError(f"no such class: {match.group()}")
            inside, at = inside + match.group(), match.end()
            continue
        if pattern[at] == "\\":
            at += 1
        if at >= len(pattern):
            break
        is_range = pattern[at] == "-" and inside and pattern[at + 1 : at + 2] not in ("", "]")
        inside += "-" if is_range else re.escape(pattern[at])
        at += 1
    if at >= len(pattern):
        raise PatternError("an unclosed bracket")
    if negated:
        return f"[^/{inside}]", at + 1
    return f"[{inside}]", at + 1
