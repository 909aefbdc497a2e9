"""Finds where the grammar gave up on a file, and whether what it left can be worked with."""

from dataclasses import dataclass
from hashlib import blake2b

from tree_sitter import Node

_MAX_LOOSE_TOKENS = 5_000
"""Tokens without structure under one error. Seen with tree-sitter 0.26: a query takes time quadratic in them."""
_MAX_STEPS = 50_000


@dataclass(frozen=True)
class SyntaxProblem:
    """What was not understood."""

    line: int
    """Of the first place, from 1."""
    hopeless: bool
    """Nothing of the file can be used."""
    garbled: tuple[bytes, ...]
    """A digest of the text of each place, in order: a change cannot hide in places that it leaves alike."""
    spans: tuple[tuple[int, int], ...]
    """First byte and end of the text of each place, in order."""

    @property
    def text(self) -> str:
        """One phrase for people."""
        scope = "the file is not understood" if self.hopeless else "not understood"
        return f"line {self.line}: {scope} by the grammar"


def syntax_problem(root: Node) -> SyntaxProblem | None:
    """What the grammar did not understand of a tree; None when it understood all. Only errors are followed."""
    if not root.has_error:
        return None
    places: list[Node] = []
    cursor = root.walk()
    for _ in range(_MAX_STEPS):
        node = cursor.node
        if node is None:
            break
        if node.is_error or node.is_missing:
            places.append(node)
            if node.child_count > _MAX_LOOSE_TOKENS:
                return _problem(places, hopeless=True)
        if node.has_error and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return _problem(places, hopeless=False)
    return _problem(places, hopeless=True)


def _problem(places: list[Node], *, hopeless: bool) -> SyntaxProblem:
    line = places[0].start_point.row + 1 if places else 1
    outermost: list[Node] = []
    for place in places:
        if not outermost or place.start_byte >= outermost[-1].end_byte:
            outermost.append(place)
    around = [_surroundings(place) for place in outermost]
    garbled = tuple(blake2b(node.text or b"", digest_size=16).digest() for node in around)
    spans = tuple((node.start_byte, node.end_byte) for node in around)
    return SyntaxProblem(line, hopeless=hopeless, garbled=garbled, spans=spans)


def _surroundings(place: Node) -> Node:
    """What is around the place up to the statement it stands in, since a misunderstanding spreads so far."""
    node = place
    while node.parent is not None and node.parent.parent is not None:
        node = node.parent
    return node
