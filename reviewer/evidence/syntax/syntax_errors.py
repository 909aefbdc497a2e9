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
    places: list[_Place] = []
    cursor = root.walk()
    statement, depth = root, 0
    for _ in range(_MAX_STEPS):
        node = cursor.node
        if node is None:
            break
        if depth == 1:
            statement = node
        if node.is_error or node.is_missing:
            places.append(_Place(node, statement))
            if node.child_count > _MAX_LOOSE_TOKENS:
                return _problem(places, hopeless=True)
        if node.has_error and cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return _problem(places, hopeless=False)
            depth -= 1
    return _problem(places, hopeless=True)


@dataclass(frozen=True)
class _Place:
    """One error. A node finds its parent only by a walk from the root, so what is around is kept on the way down."""

    node: Node
    statement: Node
    """The statement it stands in, since a misunderstanding spreads so far."""


def _problem(places: list[_Place], *, hopeless: bool) -> SyntaxProblem:
    line = places[0].node.start_point.row + 1 if places else 1
    spans: list[tuple[int, int]] = []
    digests: dict[int, bytes] = {}
    garbled: list[bytes] = []
    end = 0
    for place in places:
        if spans and place.node.start_byte < end:
            continue
        end, statement = place.node.end_byte, place.statement
        spans.append((statement.start_byte, statement.end_byte))
        if statement.id not in digests:
            digests[statement.id] = blake2b(statement.text or b"", digest_size=16).digest()
        garbled.append(digests[statement.id])
    return SyntaxProblem(line, hopeless=hopeless, garbled=tuple(garbled), spans=tuple(spans))
