"""For the summary: from where a change is entered, and which tests reach it."""

from collections.abc import Iterator

from reviewer.domain.entered import ShownWays
from reviewer.domain.entered import entered as told
from reviewer.domain.reach import Reach
from reviewer.screening.outgoing import screened
from reviewer.stages.publish.escape import code_span, inline


def entered(reach: Reach | None) -> Iterator[str]:
    """List items. That no way was found, and within which limits, is said."""
    if reach is None:
        yield "- callers were not followed"
        return
    found = told(reach)
    yield from _ways(found.entry_points)
    yield from _ways(found.tests)
    yield from (f"- limit: {inline(cut)}" for cut in found.cuts)
    if found.more_cuts:
        yield f"- and {found.more_cuts} more limits"


def _ways(ways: ShownWays) -> Iterator[str]:
    yield f"- {ways.heading}"
    for way in ways.shown:
        hops = "".join(f", {code_span(edge.quote.place)} ({edge.certainty})" for edge in way.edges)
        if entry := way.entry.entry:
            yield f"  - {entry.sort} {code_span(screened(entry.label))} in {code_span(entry.place)}{hops}"
    if ways.more:
        yield f"  - and {ways.more} more"
