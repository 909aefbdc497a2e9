"""How a graph is entered: the shortest path from each entry point to what was asked for."""

from collections import deque
from dataclasses import dataclass

from reviewer.domain.evidence import Certainty
from reviewer.domain.reach import Reach, ReachEdge, ReachNode


@dataclass(frozen=True)
class Way:
    """One way in."""

    entry: ReachNode
    edges: tuple[ReachEdge, ...]
    """From the entry point down; empty when the entry point is what was asked for."""


def ways(reach: Reach) -> tuple[Way, ...]:
    """The shortest way of each entry point that leads to what was asked for; the shortest first."""
    step = _steps_down(reach)
    found = []
    for entry in reach.entries:
        if entry.changed or entry.id in step:
            at, edges = entry.id, list[ReachEdge]()
            while at in step:
                edges.append(step[at])
                at = step[at].callee
            found.append(Way(entry, tuple(edges)))
    return tuple(sorted(found, key=lambda way: len(way.edges)))


def distances(reach: Reach, *, up: bool) -> dict[str, int]:
    """Hops from what was asked for to each node above it, or below it; what was asked for is 0."""
    nearer: dict[str, list[str]] = {}
    for edge in reach.edges:
        a, b = (edge.callee, edge.caller) if up else (edge.caller, edge.callee)
        nearer.setdefault(a, []).append(b)
    found = {node.id: 0 for node in reach.nodes if node.changed}
    queue = deque(found)
    while queue:
        at = queue.popleft()
        for other in nearer.get(at, ()):
            if other not in found:
                found[other] = found[at] + 1
                queue.append(other)
    return found


def _steps_down(reach: Reach) -> dict[str, ReachEdge]:
    """For each node above what was asked for, the edge to the next one on its shortest way, the surest first."""
    above: dict[str, list[ReachEdge]] = {}
    rank = {certainty: at for at, certainty in enumerate(Certainty)}
    for edge in sorted(reach.edges, key=lambda edge: rank[edge.certainty]):
        above.setdefault(edge.callee, []).append(edge)
    seen = {node.id for node in reach.nodes if node.changed}
    queue = deque(node.id for node in reach.nodes if node.changed)
    step: dict[str, ReachEdge] = {}
    while queue:
        for edge in above.get(queue.popleft(), ()):
            if edge.caller not in seen:
                seen.add(edge.caller)
                step[edge.caller] = edge
                queue.append(edge.caller)
    return step
