"""Whether a call passes its arguments in an order that the function's parameters no longer have."""

import re
from collections.abc import Sequence

from reviewer.domain.evidence import CallShape, Parameters

_LONGEST_CALL = 40
"""Lines."""


def swapped(call: CallShape, before: Parameters, after: Parameters) -> tuple[str, ...] | None:
    """The parameters that the call now fills with what was meant for others; None when there are none.

    Told only where the names are the same on both sides, so that no other reading of the change is left: a parameter
    that got another name may well have another meaning.
    """
    old, new = in_order(before), in_order(after)
    if call.unpacks or old is None or new is None or sorted(old) != sorted(new):
        return None
    passed = list(zip(old, new, strict=True))[: call.positional]
    return tuple(now for was, now in passed if was != now) or None


def in_order(parameters: Parameters) -> tuple[str, ...] | None:
    """The names that can be passed by position, in order; None where that cannot be told.

    Those with a default are listed apart from the others: between them the order is known in languages that let no
    parameter without a default follow one that has it.
    """
    names = (*parameters.required, *parameters.optional)
    limit = parameters.positional_limit
    if limit is None:
        is_told = not parameters.names_count and not (parameters.required and parameters.optional)
        return names if is_told else None
    return names if limit == len(names) else None


def call_lines(lines: Sequence[str], first_line: int, name: str) -> tuple[str, int] | None:
    """The arguments of the first call of `name` from `first_line` on, and the last line they stand on.

    None where no such call is there, or none ends within `_LONGEST_CALL` lines. Lines count from 1.
    """
    text = "\n".join(lines[first_line - 1 : first_line - 1 + _LONGEST_CALL])
    called = re.search(rf"(?<!\w){re.escape(name)}\s*\(", text)
    if called is None or "\n" in text[: called.start()]:
        return None
    depth = 1
    for at in range(called.end(), len(text)):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth == 0:
            return text[called.end() : at], first_line + text.count("\n", 0, at)
    return None


def follows(arguments: str, before: Parameters, after: Parameters) -> bool:
    """True when an argument is a variable that is called as the parameter which stands in its place now.

    Such a call was wrong before, or was written for the new order.
    """
    moved = zip(_words(arguments), in_order(before) or (), in_order(after) or (), strict=False)
    return any(given == now for given, was, now in moved if was != now)


def _words(arguments: str) -> list[str]:
    """The last words of arguments that are made of names only; empty for the others."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(f"{arguments},"):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            found.append(arguments[start:at].strip())
            start = at + 1
    return [re.split(r"[.&*@]", arg)[-1] if re.fullmatch(r"[&*@\w.]+", arg) else "" for arg in found]
