"""Finds what depends on each other in a circle (Kosaraju's algorithm, without recursion)."""

from collections.abc import Collection, Iterable, Mapping


def circles(after: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Every node once, in groups of those that reach each other; every node that is led to must be a key."""
    back: dict[str, set[str]] = {node: set() for node in after}
    for node, others in after.items():
        for other in others:
            back[other].add(node)
    seen: set[str] = set()
    ended = [node for root in after for node in _in_order_of_end(root, after, seen)]
    found: list[list[str]] = []
    taken: set[str] = set()
    for node in reversed(ended):
        if circle := _in_order_of_end(node, back, taken):
            found.append(circle)
    return found


def _in_order_of_end(root: str, after: Mapping[str, Collection[str]], seen: set[str]) -> list[str]:
    """What `root` reaches and was not seen, each after all that it leads to."""
    if root in seen:
        return []
    seen.add(root)
    ended: list[str] = []
    way: list[tuple[str, Iterable[str]]] = [(root, iter(after[root]))]
    while way:
        node, following = way[-1]
        step = next((other for other in following if other not in seen), None)
        if step is None:
            ended.append(node)
            way.pop()
        else:
            seen.add(step)
            way.append((step, iter(after[step])))
    return ended
