"""Tests of the package testing."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.weakened_test.case import Case, first_statement, is_explained, nodes_of
from reviewer.evidence.hazards.touched_file import field, text_of


def cases(root: Node) -> Iterator[Case]:
    """Functions `TestX(t *testing.T)`."""
    for function in nodes_of(root, "function_declaration"):
        name, parameters = text_of(field(function, "name")), text_of(field(function, "parameters"))
        body = function.child_by_field_name("body")
        if not name.startswith("Test") or "*testing.T" not in parameters or body is None:
            continue
        skip = _skip(body)
        is_bare = skip is not None and not _has_reason(skip) and not is_explained(skip)
        yield Case(name, function, body, skip is not None, skip if is_bare else None)


def _skip(body: Node) -> Node | None:
    first = first_statement(body)
    return (
        first
        if first is not None and text_of(first).startswith(("t.Skip(", "t.SkipNow(", "t.Skipf("))
        else None
    )


def _has_reason(skip: Node) -> bool:
    return text_of(skip).partition("(")[2].rstrip(") ") != ""
