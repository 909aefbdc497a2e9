"""What a change reaches: definitions as nodes, and how running one may run another, each proven by a quote."""

from collections import deque
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from reviewer.domain.entry_point import EntryPoint
from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.text import RepoPath
from reviewer.domain.value import Value

_RANKS = tuple(Certainty)
"""The surest first."""


class EdgeKind(StrEnum):
    """How one definition leads to another."""

    CALL = "call"
    MAKE = "make"
    """An object of a class is made."""
    CALLBACK = "callback"
    """A function is handed to something that runs it."""
    IMPLIED = "implied"
    """The language runs it by itself: a property, an iterator."""
    USE = "use"
    """It is named in another way: imported, passed on, inherited from."""


class ReachNode(Value):
    """A definition, or the code of a file outside of every definition."""

    id: str
    """Unique in its graph: path and qualified name."""
    name: str
    """The qualified name; empty for the code of a file outside of every definition."""
    path: RepoPath
    line: int
    """Where it begins, from 1."""
    changed: bool
    """The change touches it, or it is what was asked for."""
    entry: EntryPoint | None
    """How it is entered from outside; None when no rule is sure that it is."""


class ReachEdge(Value):
    """The code of `caller` leads to that of `callee`."""

    caller: str
    """Id of a node."""
    callee: str
    kind: EdgeKind
    certainty: Certainty
    quote: CodeQuote
    """The line of the caller that does it."""


class Way(Value):
    """One way into the code: from an entry point to a definition that the change touches."""

    entry: ReachNode
    edges: tuple[ReachEdge, ...]
    """From the entry down, each where the one before it ends; none when the entry itself is touched."""

    @property
    def certainty(self) -> Certainty:
        """That of its least sure edge."""
        return max((edge.certainty for edge in self.edges), key=_RANKS.index, default=Certainty.RESOLVED)

    @property
    def changed(self) -> str:
        """Id of the definition it ends in."""
        return self.edges[-1].callee if self.edges else self.entry.id


class Step(Value):
    """An edge, and how many hops it is away from where one began."""

    edge: ReachEdge
    distance: int
    """From 1."""


class Reach(Value):
    """A graph around what was asked for, and what was left out of it."""

    nodes: tuple[ReachNode, ...]
    """What was asked for first, then by distance, callers before callees, then by path and line."""
    edges: tuple[ReachEdge, ...]
    """Grouped by distance like the nodes; within a group the surest first."""
    cuts: tuple[str, ...]
    """Every limit that left something out, a sentence each; empty means nothing was left out."""

    @model_validator(mode="after")
    def _is_closed(self) -> Self:
        known = {node.id for node in self.nodes}
        for edge in self.edges:
            if not {edge.caller, edge.callee} <= known:
                raise ValueError(f"an edge from {edge.caller} to {edge.callee}, which are not both nodes")
        return self

    @property
    def entries(self) -> tuple[ReachNode, ...]:
        """Nodes that are entered from outside, in order."""
        return tuple(node for node in self.nodes if node.entry is not None)

    def ways_in(self, limit: int | None = None) -> tuple[Way, ...]:
        """One way from each entry point that leads to a changed definition: of the surest ones the shortest.

        The surest first, then the shortest, then in the order of the nodes. At most `limit`; None for all.
        """
        ways: dict[str, Way] = {}
        for rank in range(len(_RANKS)):
            sure = [edge for edge in self.edges if edge.certainty in _RANKS[: rank + 1]]
            found = [way for way in self._shortest(sure) if way.entry.id not in ways]
            ways.update((way.entry.id, way) for way in sorted(found, key=lambda way: len(way.edges)))
        return tuple(ways.values())[:limit]

    def steps_from(self, ids: Iterable[str], *, up: bool) -> tuple[Step, ...]:
        """The edges to callers, or down to callees, by distance and then the surest first; each edge once."""
        edges: dict[str, list[ReachEdge]] = {}
        for edge in self.edges:
            edges.setdefault(edge.callee if up else edge.caller, []).append(edge)
        level, seen, steps = list(dict.fromkeys(ids)), set[str](), list[Step]()
        for distance in range(1, len(self.nodes) + 1):
            seen.update(level)
            found = sorted(
                (edge for node in level for edge in edges.get(node, ())),
                key=lambda edge: _RANKS.index(edge.certainty),
            )
            steps += [Step(edge=edge, distance=distance) for edge in found]
            level = [
                node
                for node in dict.fromkeys(edge.caller if up else edge.callee for edge in found)
                if node not in seen
            ]
        return tuple(steps)

    def _shortest(self, edges: Sequence[ReachEdge]) -> tuple[Way, ...]:
        """The shortest way over `edges` from each entry point that has one, in the order of the nodes."""
        down = _next_edges([node.id for node in self.nodes if node.changed], edges)
        return tuple(
            Way(entry=node, edges=_followed(node.id, down)) for node in self.entries if node.id in down
        )


def _next_edges(goals: Sequence[str], edges: Sequence[ReachEdge]) -> dict[str, ReachEdge | None]:
    """For each node that leads to a goal its first edge on the shortest way there; None at a goal."""
    into: dict[str, list[ReachEdge]] = {}
    for edge in edges:
        into.setdefault(edge.callee, []).append(edge)
    found: dict[str, ReachEdge | None] = dict.fromkeys(goals)
    waiting = deque(found)
    while waiting:
        for edge in into.get(waiting.popleft(), ()):
            if edge.caller not in found:
                found[edge.caller] = edge
                waiting.append(edge.caller)
    return found


def _followed(node: str, down: dict[str, ReachEdge | None]) -> tuple[ReachEdge, ...]:
    way = []
    while (edge := down[node]) is not None:
        way.append(edge)
        node = edge.callee
    return tuple(way)
