"""What a change reaches: definitions as nodes, and how running one may run another, each proven by a quote."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from reviewer.domain.entry_point import EntryPoint
from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.text import RepoPath
from reviewer.domain.value import Value


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
