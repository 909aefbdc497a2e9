"""Tests of JUnit and TestNG."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.weakened_test.case import Case, is_explained, nodes_of
from reviewer.evidence.hazards.touched_file import field, text_of
from reviewer.evidence.syntax.grammars.row import named

_TESTS = named("Test ParameterizedTest RepeatedTest TestFactory")
_SKIPS = named("Disabled Ignore")
_ANNOTATIONS = ("marker_annotation", "annotation")


def cases(root: Node) -> Iterator[Case]:
    """Methods with a test's annotation, and classes, which may be disabled."""
    for node in nodes_of(root, "method_declaration", "class_declaration"):
        noted = _annotations(node)
        skip = next((one for name, one in noted if name in _SKIPS), None)
        is_test = node.type == "method_declaration" and any(name in _TESTS for name, _ in noted)
        if not is_test and node.type == "method_declaration":
            continue
        is_bare = skip is not None and skip.type == "marker_annotation"
        if is_bare and (is_explained(node) or (skip is not None and is_explained(skip))):
            is_bare = False
        body = node.child_by_field_name("body") if is_test else None
        yield Case(_name(node), node, body, skip is not None, skip if is_bare else None)


def _annotations(node: Node) -> list[tuple[str, Node]]:
    modifiers = next((one for one in node.children if one.type == "modifiers"), None)
    inner = modifiers.named_children if modifiers is not None else []
    return [(text_of(field(one, "name")), one) for one in inner if one.type in _ANNOTATIONS]


def _name(node: Node) -> str:
    own = text_of(field(node, "name"))
    around = node.parent.parent if node.parent is not None else None
    name = around.child_by_field_name("name") if around is not None else None
    return f"{text_of(name)}.{own}" if name is not None else own
