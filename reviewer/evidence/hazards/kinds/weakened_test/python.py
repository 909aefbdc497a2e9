"""Tests of pytest and unittest."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.weakened_test.case import Case, is_explained, nodes_of
from reviewer.evidence.hazards.touched_file import field, text_of
from reviewer.evidence.syntax.grammars.row import named

_SKIPS = named(
    "pytest.mark.skip pytest.mark.xfail unittest.skip unittest.expectedFailure skip mark.skip mark.xfail"
)


def cases(root: Node) -> Iterator[Case]:
    """Functions named `test…`, also in classes."""
    for function in nodes_of(root, "function_definition"):
        name = text_of(field(function, "name"))
        if not name.startswith("test"):
            continue
        above = function.parent
        whole = above if above is not None and above.type == "decorated_definition" else function
        skips = [one for one in whole.children if one.type == "decorator" and _skips(one)]
        bare = next((one for one in skips if not _has_reason(one) and not is_explained(one)), None)
        if is_explained(whole):
            bare = None
        yield Case(_class(whole) + name, whole, field(function, "body"), bool(skips), bare)


def _class(node: Node) -> str:
    block = node.parent
    around = block.parent if block is not None else None
    return (
        f"{text_of(field(around, 'name'))}."
        if around is not None and around.type == "class_definition"
        else ""
    )


def _skips(decorator: Node) -> bool:
    return text_of(decorator).lstrip("@").split("(", 1)[0].strip() in _SKIPS


def _has_reason(decorator: Node) -> bool:
    """Any word in quotes, or anything given at all: a condition is a reason too."""
    given = text_of(decorator).partition("(")[2].rstrip(") \n")
    return bool(given.replace("strict=True", "").replace("strict=False", "").strip(", "))
