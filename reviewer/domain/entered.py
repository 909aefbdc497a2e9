"""What is told of the ways into a change where only some can be shown: in a summary, and in a report."""

from reviewer.domain.entry_point import EntrySort
from reviewer.domain.reach import Reach, Way
from reviewer.domain.value import Value

WAYS_SHOWN = 10
"""Of entry points, and of tests; the surest and nearest."""
CUTS_SHOWN = 3


class ShownWays(Value):
    """Ways of one sort, the first of them to be shown."""

    heading: str
    """That none was found is said, as something that the limits may have caused."""
    shown: tuple[Way, ...]
    more: int


class Entered(Value):
    """From where a change is entered, and which tests reach it."""

    entry_points: ShownWays
    tests: ShownWays
    cuts: tuple[str, ...]
    """Limits, told where one of the two was not found at all."""
    more_cuts: int


def entered(reach: Reach) -> Entered:
    """Tests apart from what else leads to the change."""
    ways = reach.ways_in()
    tests = tuple(way for way in ways if way.entry.entry and way.entry.entry.sort is EntrySort.TEST)
    others = tuple(way for way in ways if way not in tests)
    cuts = () if tests and others else reach.cuts
    return Entered(
        entry_points=_shown(others, "entry points"),
        tests=_shown(tests, "tests"),
        cuts=cuts[:CUTS_SHOWN],
        more_cuts=max(0, len(cuts) - CUTS_SHOWN),
    )


def _shown(ways: tuple[Way, ...], what: str) -> ShownWays:
    return ShownWays(
        heading=f"{what} that reach it: {len(ways) or 'none found within the limits'}",
        shown=ways[:WAYS_SHOWN],
        more=max(0, len(ways) - WAYS_SHOWN),
    )
