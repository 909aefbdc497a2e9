"""Reads every limit out of a line of code."""

import re

from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.columns import columns
from reviewer.evidence.literals.comparisons import comparisons
from reviewer.evidence.literals.named_numbers import named_numbers
from reviewer.evidence.literals.validators import calls, ranges, repetitions

_LOOP = re.compile(r"^\s*(?:\}\s*)?(?:for|while|until|loop)\b")


def bounds_in(line: str, *, before: str = "") -> list[CodeBound]:
    """Every limit on a line of code without comments. `before` is what the statement has on the lines above."""
    if _LOOP.match(line):
        return []
    found = [
        *named_numbers(line, before),
        *comparisons(line),
        *calls(line, before),
        *ranges(line),
        *repetitions(line),
        *columns(line),
    ]
    return sorted(found, key=lambda bound: bound.start)
