"""Tells whether source is nested so deeply that parsing it could take time and memory quadratic in its length.

Seen with tree-sitter 0.26: 40 kB of `A<A<A<…` in C# take 3 GB, 9 kB of `/*/*/*…` in Swift take a minute.
"""

import re

MAX_BRACKETS = 1_000
"""Brackets, comments and `#if` that are open at a time, those in strings counted as well."""
MAX_ANGLES = 300
"""Angle brackets that are open within one statement."""
_MARKS = re.compile(rb"[(\[{}\])<>;]|/\*|\*/|#if|#endif")
_OPENS = frozenset({b"(", b"[", b"{", b"/*", b"#if"})
_CLOSES = frozenset({b")", b"]", b"}", b"*/", b"#endif"})


def too_deep(source: bytes) -> str | None:
    """One phrase that says which limit is passed; None when none is."""
    brackets = angles = 0
    for found in _MARKS.finditer(source):
        mark = found.group()
        if mark == b"<":
            angles += 1
            if angles > MAX_ANGLES:
                return f"angle brackets nested deeper than {MAX_ANGLES} levels"
        elif mark == b">":
            angles = max(angles - 1, 0)
        elif mark in _OPENS:
            brackets += 1
            if brackets > MAX_BRACKETS:
                return f"brackets nested deeper than {MAX_BRACKETS} levels"
        elif mark in _CLOSES:
            brackets = max(brackets - 1, 0)
        if mark in b";{}":
            angles = 0
    return None
