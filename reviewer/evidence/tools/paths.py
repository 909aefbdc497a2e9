"""Follows definitions over several hops for a model, and shows each hop with its line and how it is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.change import Side
from reviewer.domain.reach import Reach, ReachNode, Step
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.tools.lookup import AnyTarget
from reviewer.evidence.tools.view import FileView
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.reach import ReachLimits, reach
from reviewer.evidence.trace.uses import UseFinder
from reviewer.screening.outgoing import screened

_LIMITS = Limits(max_search_lines=20_000, max_files=150, max_far_files=20, max_bytes=4_000_000, max_uses=200)
"""Of one hop up."""


@dataclass(frozen=True)
class TracedPaths:
    """The graph in one direction, and how many definitions cannot be followed."""

    reach: Reach
    by_name: int
    """Definitions known by tags: the graph has nothing of them."""


def traced_paths(
    head: Codebase, base: Codebase, targets: Sequence[AnyTarget], *, up: bool, hops: int
) -> TracedPaths:
    """Follow `targets` at the head, to callers when `up`, otherwise to what they run."""
    full = [target for target in targets if isinstance(target, Target)]
    finder = UseFinder(head, before=base, limits=_LIMITS)
    limits = ReachLimits(callers=hops if up else 0, callees=0 if up else hops, search=_LIMITS)
    return TracedPaths(reach=reach(head, finder, full, limits=limits), by_name=len(targets) - len(full))


def path_lines(found: TracedPaths, view: FileView, *, up: bool) -> Iterator[str]:
    """What was left out, where it is entered, then each hop: the nearest first, then the surest."""
    graph = found.reach
    if found.by_name:
        yield f"{found.by_name} of them are known by tags and not followed: ask find_callers"
    yield from (f"left out: {screened(cut)}" for cut in graph.cuts)
    yield from (f"entered: {_entry(node)}" for node in graph.entries)
    steps = graph.steps_from((node.id for node in graph.nodes if node.changed), up=up)
    yield f"{len(steps)} hops to {'callers' if up else 'callees'}"
    names = {node.id: node.name or f"the top of {node.path}" for node in graph.nodes}
    yield from (_step(step, names, view) for step in steps)


def _entry(node: ReachNode) -> str:
    entry = node.entry
    if entry is None:
        raise ValueError(f"{node.id} is no entry point")
    return screened(f"{entry.sort} {entry.label} in {entry.place}")


def _step(step: Step, names: dict[str, str], view: FileView) -> str:
    edge, quote = step.edge, step.edge.quote
    line = view.lines(quote.path, Side.HEAD)[quote.first_line - 1].strip()
    leads = screened(f"{names[edge.caller]} -> {names[edge.callee]}")
    place = view.place(quote.path, Side.HEAD, quote.first_line)
    return f"{step.distance}  {leads} [{edge.kind}, {edge.certainty}] {place}: {line[:1000]}"
