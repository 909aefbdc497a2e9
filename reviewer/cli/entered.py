"""For the full report: from where a change is entered, and which tests reach it."""

from collections.abc import Iterator

from reviewer.domain.entered import ShownWays
from reviewer.domain.entered import entered as told
from reviewer.domain.reach import Reach


def entered(reach: Reach | None) -> Iterator[tuple[str, str]]:
    """Lines with their style. That no way was found, and within which limits, is said."""
    if reach is None:
        yield "dim", "  callers were not followed"
        return
    found = told(reach)
    yield from _ways(found.entry_points)
    yield from _ways(found.tests)
    yield from (("dim", f"  limit: {cut}") for cut in found.cuts)
    if found.more_cuts:
        yield "dim", f"  and {found.more_cuts} more limits, all in the JSON"


def _ways(ways: ShownWays) -> Iterator[tuple[str, str]]:
    yield "", f"  {ways.heading}"
    for way in ways.shown:
        if entry := way.entry.entry:
            yield "", f"    {entry.sort} {entry.label} in {entry.place}"
        for edge in way.edges:
            yield "dim", f"      {edge.quote.place}: {edge.quote.text.strip()[:100]} [{edge.certainty}]"
    if ways.more:
        yield "dim", f"    and {ways.more} more, all in the JSON"
