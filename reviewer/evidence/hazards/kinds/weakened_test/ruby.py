"""Tests of Minitest and RSpec."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.weakened_test.case import (
    Case,
    first_statement,
    is_explained,
    nodes_of,
    plain_title,
)
from reviewer.evidence.hazards.touched_file import field, text_of
from reviewer.evidence.syntax.grammars.row import named

_TESTS = named("it test specify scenario xit xspecify fit")
_GROUPS = named("describe context xdescribe xcontext")
_SKIPS = named("xit xspecify xdescribe xcontext")


def cases(root: Node) -> Iterator[Case]:
    """Methods named `test_…`, and blocks with a title."""
    for node in nodes_of(root, "method", "call"):
        body = node.child_by_field_name("body")
        if node.type == "method":
            name = text_of(field(node, "name"))
            if name.startswith("test_") and body is not None:
                yield _case(name, node, body, in_name=False)
            continue
        block, method = node.child_by_field_name("block"), node.child_by_field_name("method")
        runner = (
            text_of(method) if method is not None and node.child_by_field_name("receiver") is None else ""
        )
        given = node.child_by_field_name("arguments")
        if block is None or given is None or runner not in _TESTS | _GROUPS:
            continue
        inner = block.child_by_field_name("body")
        if inner is not None and given.named_children:
            yield _case(
                plain_title(given.named_children[0]),
                node,
                inner,
                in_name=runner in _SKIPS,
                is_group=runner in _GROUPS,
            )


def _case(name: str, node: Node, body: Node, *, in_name: bool, is_group: bool = False) -> Case:
    first = first_statement(body)
    word = text_of(first) if first is not None else ""
    says_skip = word.split(" ", 1)[0].split("(", 1)[0] in ("skip", "pending")
    bare: Node | None = node if in_name and not is_explained(node) else None
    if says_skip and word in ("skip", "pending") and first is not None and not is_explained(first):
        bare = first
    return Case(name, node, None if is_group else body, in_name or says_skip, bare)
