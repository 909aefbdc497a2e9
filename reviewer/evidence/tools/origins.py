"""Shows a model who touched lines last: ids, days and subjects, never a person."""

from collections.abc import Iterator
from datetime import UTC, datetime

from reviewer.domain.text import source_text
from reviewer.ports import LineOrigin, LineOrigins
from reviewer.screening.outgoing import screened

_SUBJECT_CHARACTERS = 200


def origin_lines(found: LineOrigins, first_line: int, last_line: int, *, timeout_s: float) -> Iterator[str]:
    """`12-14  1a2b3c4d5e6f  2024-03-01  subject` for each run of lines; lines not told are named at the end.

    The subject is what an older commit says of itself: untrusted, screened as a whole, then cut.
    """
    told = 0
    for origin in found.origins:
        told += origin.last_line - origin.first_line + 1
        yield f"{_lines(origin):>13}  {origin.commit[:12]}  {_day(origin.author_time)}  {_subject(origin)}"
    if any(origin.at_clone_end for origin in found.origins):
        yield "Where `or before` stands this clone ends, which is shallow: who touched the lines last is not known."
    untold = last_line - first_line + 1 - told
    if untold:
        yield f"{untold} lines were not told within {timeout_s:g} s: nothing is known of them."


def _lines(origin: LineOrigin) -> str:
    if origin.first_line == origin.last_line:
        return str(origin.first_line)
    return f"{origin.first_line}-{origin.last_line}"


def _day(seconds: int) -> str:
    """The UTC day; a commit may claim a time that no calendar has."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return "on no possible day"


def _subject(origin: LineOrigin) -> str:
    subject = screened(source_text(origin.subject))
    shown = subject if len(subject) <= _SUBJECT_CHARACTERS else f"{subject[:_SUBJECT_CHARACTERS]}…"
    return f"{'or before: ' if origin.at_clone_end else ''}{shown}"
