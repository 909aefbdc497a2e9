"""For the summary: from where a change is entered, and which tests reach it."""

from collections.abc import Iterator, Sequence

from reviewer.domain.entry_point import EntrySort
from reviewer.domain.reach import Reach, Way
from reviewer.screening.outgoing import screened
from reviewer.stages.publish.escape import code_span, inline

WAYS_SHOWN = 10
"""Of entry points, and of tests; the surest and nearest."""
CUTS_SHOWN = 3


def entered(reach: Reach | None) -> Iterator[str]:
    """List items. That no way was found, and within which limits, is said."""
    if reach is None:
        yield "- callers were not followed"
        return
    ways = reach.ways_in()
    tests = [way for way in ways if way.entry.entry and way.entry.entry.sort is EntrySort.TEST]
    yield from _ways([way for way in ways if way not in tests], "entry points")
    yield from _ways(tests, "tests")
    if not tests or len(tests) == len(ways):
        yield from (f"- limit: {inline(cut)}" for cut in reach.cuts[:CUTS_SHOWN])
        if len(reach.cuts) > CUTS_SHOWN:
            yield f"- and {len(reach.cuts) - CUTS_SHOWN} more limits"


def _ways(ways: Sequence[Way], what: str) -> Iterator[str]:
    if not ways:
        yield f"- {what} that reach it: none found within the limits"
        return
    yield f"- {what} that reach it: {len(ways)}"
    for way in ways[:WAYS_SHOWN]:
        hops = "".join(f", {code_span(edge.quote.place)} ({edge.certainty})" for edge in way.edges)
        if entry := way.entry.entry:
            place = code_span(entry.place)
            yield f"  - {entry.sort} {code_span(screened(entry.label))} in {place}{hops}"
    if len(ways) > WAYS_SHOWN:
        yield f"  - and {len(ways) - WAYS_SHOWN} more"
