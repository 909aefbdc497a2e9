"""For the full report: from where a change is entered, and which tests reach it."""

from collections.abc import Iterator, Sequence

from reviewer.domain.entry_point import EntrySort
from reviewer.domain.reach import Reach, Way

WAYS_SHOWN = 10
"""Of entry points, and of tests; the surest and nearest."""
CUTS_SHOWN = 3


def entered(reach: Reach | None) -> Iterator[tuple[str, str]]:
    """Lines with their style. That no way was found, and within which limits, is said."""
    if reach is None:
        yield "dim", "  callers were not followed"
        return
    ways = reach.ways_in()
    tests = [way for way in ways if way.entry.entry and way.entry.entry.sort is EntrySort.TEST]
    yield from _ways([way for way in ways if way not in tests], "entry points")
    yield from _ways(tests, "tests")
    if not tests or len(tests) == len(ways):
        yield from (("dim", f"  limit: {cut}") for cut in reach.cuts[:CUTS_SHOWN])
        if len(reach.cuts) > CUTS_SHOWN:
            yield "dim", f"  and {len(reach.cuts) - CUTS_SHOWN} more limits, all in the JSON"


def _ways(ways: Sequence[Way], what: str) -> Iterator[tuple[str, str]]:
    if not ways:
        yield "", f"  {what} that reach it: none found within the limits"
        return
    yield "", f"  {what} that reach it: {len(ways)}"
    for way in ways[:WAYS_SHOWN]:
        if entry := way.entry.entry:
            yield "", f"    {entry.sort} {entry.label} in {entry.place}"
        for edge in way.edges:
            yield "dim", f"      {edge.quote.place}: {edge.quote.text.strip()[:100]} [{edge.certainty}]"
    if len(ways) > WAYS_SHOWN:
        yield "dim", f"    and {len(ways) - WAYS_SHOWN} more, all in the JSON"
