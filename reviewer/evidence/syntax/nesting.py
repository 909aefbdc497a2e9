"""Tells whether source is nested so deeply that parsing or querying it could be quadratic in its length.

Seen with tree-sitter 0.26: 40 kB of `A<A<A<…` in C# take 3 GB, 9 kB of `/*/*/*…` in Swift take a minute. A tree of
300 kB of `f(f(f(…` is made in no time, and one query over it takes more than 20 s in JavaScript and in Ruby.
"""

import re

MAX_LEVELS = 1_000
"""Brackets that are open at a time, those in strings counted as well."""
MAX_ANGLES = 300
"""Angle brackets that are open within one statement."""
MAX_OTHERS = 300
"""Comments that are open at a time, and `#if`. Seen: 24 in 4,597 real files, written as patterns of paths."""
_STATEMENT_END = re.compile(rb"[;{}]")
_ANGLES = re.compile(rb"(<)|>")
_PAIRS = ((re.compile(rb"(/\*)|\*/"), b"/*", "comments"), (re.compile(rb"(#if)|#endif"), b"#if", "`#if`"))
_OPEN, _CLOSE = b"([{", b")]}"
_OPEN_OR_CLOSE = bytes.maketrans(_OPEN + _CLOSE, b"\1\1\1\0\0\0")
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in _OPEN + _CLOSE)
_PASSES = 4


def too_deep(source: bytes, *, brackets_only: bool = False) -> str | None:
    """One phrase that says which limit is passed; None when none is. Takes little beside the time of parsing.

    `brackets_only` is for languages where `<` mostly compares, or `#if` is a comment.
    """
    if _is_deep_in_brackets(source):
        return f"brackets nested deeper than {MAX_LEVELS} levels"
    if brackets_only:
        return None
    if source.count(b"<") > MAX_ANGLES and any(map(_is_deep_in_angles, _STATEMENT_END.split(source))):
        return f"angle brackets nested deeper than {MAX_ANGLES} levels"
    for marks, opens, what in _PAIRS:
        if source.count(opens) > MAX_OTHERS and _is_deep(source, marks, MAX_OTHERS):
            return f"{what} nested deeper than {MAX_OTHERS} levels"
    return None


def _is_deep_in_angles(statement: bytes) -> bool:
    return statement.count(b"<") > MAX_ANGLES and _is_deep(statement, _ANGLES, MAX_ANGLES)


def _is_deep_in_brackets(source: bytes) -> bool:
    """True when more are open at a time. Mostly answered by taking out pairs: each pass removes one level at most."""
    if sum(source.count(bracket) for bracket in _OPEN) <= MAX_LEVELS:
        return False
    marks = left = source.translate(_OPEN_OR_CLOSE, _NO_BRACKETS)
    for taken_out in range(_PASSES):
        if left.count(1) <= MAX_LEVELS - taken_out:
            return False
        left = left.replace(b"\1\0", b"")
    depth = 0
    for is_open in marks:
        depth = depth + 1 if is_open else max(depth - 1, 0)
        if depth > MAX_LEVELS:
            return True
    return False


def _is_deep(source: bytes, marks: re.Pattern[bytes], limit: int) -> bool:
    """True when more than `limit` marks are open at a time; what opens is the pattern's group."""
    depth = 0
    for found in marks.finditer(source):
        depth = depth + 1 if found.group(1) else max(depth - 1, 0)
        if depth > limit:
            return True
    return False
