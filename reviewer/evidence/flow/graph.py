"""The graph along which values flow: nodes collect values, edges pass them on, watchers react to new ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reviewer.evidence.flow.values import MANY_TEXTS, Object, Outside, Text, Value

Watcher = Callable[[Value], None]
_MAX_TEXTS = 12
"""At one place; where more arrive they count as any text."""
MAX_OBJECTS = 20
"""Of no class, at one place: a place with more says little, and following each costs the product of all."""
_QUEUES = 3
FLOW, CLASS_MEMBER, INSTANCE_MEMBER = range(_QUEUES)
"""Order of work: plain flows settle first, since what a member is depends on the classes above being known."""


@dataclass(slots=True, eq=False)
class Node:
    """All values that can arrive at one place, in order of arrival."""

    values: dict[Value, None] = field(default_factory=dict)
    targets: dict[Node, None] = field(default_factory=dict)
    watchers: list[Watcher] = field(default_factory=list)
    texts: int = 0
    objects: int = 0
    """How many of the values are texts, and how many are objects of no class."""
    firm: bool = False
    """A literal, or an object from outside by the name of what made it, does not arrive: a declaration says more."""


class FlowGraph:
    """Passes values along until nothing changes, or a budget of steps is spent."""

    def __init__(self, *, max_steps: int) -> None:
        self.steps_left = max_steps
        self.crowded: dict[Node, None] = {}
        """Places at which objects were left out, because more than `MAX_OBJECTS` arrived."""
        self._queues: list[deque[Callable[[], None]]] = [deque() for _ in range(_QUEUES)]

    @property
    def exhausted(self) -> bool:
        """True when the budget ended before the work did."""
        return self.steps_left <= 0 and any(self._queues)

    def add(self, node: Node, value: Value) -> None:
        """Let `value` arrive at `node`."""
        if value in node.values or (node.firm and _says_less(value)):
            return
        if isinstance(value, Text):
            node.texts += 1
            if node.texts > _MAX_TEXTS:
                value = MANY_TEXTS
                if value in node.values:
                    return
        elif isinstance(value, Object):
            node.objects += 1
            if node.objects > MAX_OBJECTS:
                self.crowded[node] = None
                return
        node.values[value] = None
        for target in node.targets:
            if value not in target.values:
                self._queues[FLOW].append(_Arrival(self, target, value))
        for watcher in tuple(node.watchers):
            self._queues[FLOW].append(_Notice(watcher, value))

    def edge(self, source: Node, target: Node) -> None:
        """Pass all present and future values of `source` on to `target`."""
        if source is target or target in source.targets:
            return
        source.targets[target] = None
        for value in source.values:
            if value not in target.values:
                self._queues[FLOW].append(_Arrival(self, target, value))

    def watch(self, node: Node, watcher: Watcher) -> None:
        """Call `watcher` for each present and future value, once each."""
        node.watchers.append(watcher)
        for value in tuple(node.values):
            self._queues[FLOW].append(_Notice(watcher, value))

    def later(self, work: Callable[[], None], priority: int) -> None:
        """Do `work` once everything of a lower priority is done."""
        self._queues[priority].append(work)

    def settle(self) -> None:
        """Work until nothing changes any more."""
        while self.steps_left > 0:
            queue = next((queue for queue in self._queues if queue), None)
            if queue is None:
                return
            self.steps_left -= 1
            queue.popleft()()


@dataclass(slots=True)
class _Arrival:
    graph: FlowGraph
    target: Node
    value: Value

    def __call__(self) -> None:
        self.graph.add(self.target, self.value)


@dataclass(slots=True)
class _Notice:
    watcher: Watcher
    value: Value

    def __call__(self) -> None:
        self.watcher(self.value)


def _says_less(value: Value) -> bool:
    return isinstance(value, Text) or (isinstance(value, Outside) and value.made)


def values_of(nodes: Iterable[Node]) -> list[Value]:
    """The values of several nodes, each once, in order."""
    return list(dict.fromkeys(value for node in nodes for value in node.values))
