"""Reports that are lines of text: LCOV tracefiles, and the profiles of `go test`."""

import re

from reviewer.evidence.coverage_reports.report import Report, Tally, number
from reviewer.evidence.given_report import UnreadableReport

_BLOCK = re.compile(r"(.+):(\d{1,8})\.\d{1,8},(\d{1,8})\.\d{1,8} (\d{1,8}) (\d{1,20})")
GO_MODES = ("mode: set", "mode: count", "mode: atomic")


def read_lcov(text: str) -> Report:
    """The `DA` records of every file; `UnreadableReport` when a record is broken or a file does not end."""
    tally = Tally()
    path: str | None = None
    for line in text.splitlines():
        key, colon, rest = line.partition(":")
        if key == "SF" and colon:
            path = rest.strip()
        elif key == "DA" and colon:
            place, comma, after = rest.partition(",")
            if path is None or not comma:
                raise UnreadableReport(f"{line[:100]!r} belongs to no file")
            count = after.partition(",")[0].removeprefix("-")  # some writers let a counter overflow
            tally.add(path, number(place.strip()), ran=number(count.strip()) > 0)
        elif line.strip() == "end_of_record":
            path = None
    if path is not None:
        raise UnreadableReport(f"ends within the record of {path[:200]}")
    return Report("lcov", tally.lines)


def read_go_profile(text: str) -> Report:
    """The lines of every block; `UnreadableReport` when a line is no block.

    A line that two blocks share has run when one of them has.
    """
    tally = Tally()
    for line in text.splitlines()[1:]:
        if not line.strip() or line in GO_MODES:
            continue
        found = _BLOCK.fullmatch(line)
        if found is None:
            raise UnreadableReport(f"{line[:100]!r} is no block")
        path, first, last, statements, count = found.groups()
        if int(statements):
            for at in range(int(first), int(last) + 1):
                tally.add(path, at, ran=int(count) > 0)
    return Report("go", tally.lines)
