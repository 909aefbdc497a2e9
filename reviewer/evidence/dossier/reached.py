"""How a change is entered, which tests reach it, and what it runs, as lines with quotes."""

from collections.abc import Iterator

from reviewer.domain.entry_point import EntrySort
from reviewer.domain.reach import Reach, ReachEdge, Step, Way
from reviewer.evidence.dossier.parts import Part, quoted


def reached(reach: Reach | None) -> Iterator[Part]:
    """The graph around the change; that there is none, or nothing in it, is said."""
    if reach is None:
        yield Part("", ("", "callers and callees of the change were not followed"))
        return
    ways = reach.ways_in()
    entries = [way for way in ways if way.entry.entry and way.entry.entry.sort is not EntrySort.TEST]
    tests = [way for way in ways if way not in entries]
    yield Part("", ("", _heading(len(entries), "entry points lead to the change")))
    yield from (Part("ways in", tuple(_way(way)), way.certainty, len(way.edges)) for way in entries)
    yield Part("", ("", _heading(len(tests), "tests lead to the change")))
    yield from (Part("tests", (_test(way),), way.certainty, len(way.edges)) for way in tests)
    steps = reach.steps_from((node.id for node in reach.nodes if node.changed), up=False)
    yield Part("", ("", f"{len(steps)} places in the change and below it run other definitions"))
    names = {node.id: node.name or node.path for node in reach.nodes}
    for step in steps:
        yield Part("callees", (_step(step, names),), step.edge.certainty, step.distance)


def _heading(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number else ', as far as was looked'}"


def _entry(way: Way) -> str:
    entry = way.entry.entry
    if entry is None:
        raise ValueError(f"{way.entry.id} is no entry point")
    return f"{entry.sort} {entry.label} in {entry.place}: {entry.quote.strip()}"


def _way(way: Way) -> Iterator[str]:
    yield _entry(way) + ("" if way.edges else " [changed itself]")
    yield from (f"  {_edge(edge)}" for edge in way.edges)


def _test(way: Way) -> str:
    if not way.edges:
        return f"{_entry(way)} [changed itself]"
    return f"{_entry(way)}, {len(way.edges)} hops, the last {_edge(way.edges[-1], way.certainty)}"


def _step(step: Step, names: dict[str, str]) -> str:
    return f"{step.distance} down: {_edge(step.edge)} runs {names[step.edge.callee]}"


def _edge(edge: ReachEdge, certainty: str | None = None) -> str:
    return f"{quoted(edge.quote)} [{certainty or edge.certainty}]"
