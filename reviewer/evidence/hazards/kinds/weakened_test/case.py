"""One test as a file holds it, and how every node of a file is visited."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reviewer.evidence.hazards.intent import COMMENTS
from reviewer.evidence.hazards.touched_file import text_of

MAX_NODES = 400_000
"""Of one file."""


@dataclass(frozen=True)
class Case:
    """A test, or a group of tests."""

    name: str
    """What tells it from others of its file: names with their class, titles as they are written."""
    node: Node
    """All of it, with decorators and annotations."""
    body: Node | None
    """None for a group."""
    is_skipped: bool = False
    skip: Node | None = None
    """What keeps it from running and gives no reason; None also where a reason is given."""


def nodes_of(root: Node, *kinds: str) -> Iterator[Node]:
    """Nodes of these types in the order of the text; a `ValueError` beyond a limit of nodes."""
    waiting, seen = [root], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > MAX_NODES:
            raise ValueError(f"more than {MAX_NODES} nodes")
        if node.is_named and node.type in kinds:
            yield node
        waiting += reversed(node.children)


def is_explained(node: Node) -> bool:
    """True when a comment stands on the line of `node` or on the one above."""
    before, after = node.prev_sibling, node.next_sibling
    if before is not None and before.type in COMMENTS and before.end_point.row >= node.start_point.row - 1:
        return True
    return after is not None and after.type in COMMENTS and after.start_point.row <= node.end_point.row


def first_statement(body: Node) -> Node | None:
    """The first that is not a comment."""
    inner = body.named_children
    if len(inner) == 1 and inner[0].type == "statement_list":
        inner = inner[0].named_children
    return next((one for one in inner if one.type not in COMMENTS), None)


def plain_title(node: Node) -> str:
    """A title without its quotes."""
    return text_of(node).strip("'\"`")
