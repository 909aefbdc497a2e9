"""How far the nodes of a graph are from what was asked for."""

from collections import deque

from reviewer.domain.reach import Reach


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
