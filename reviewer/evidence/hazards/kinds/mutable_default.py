"""Python: a default value that all calls share, in a function that changes it."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_LITERALS = frozenset(
    {"list", "dictionary", "set", "list_comprehension", "dictionary_comprehension", "set_comprehension"}
)
_MAKERS = frozenset({"list", "dict", "set", "bytearray", "defaultdict", "deque", "OrderedDict", "Counter"})
_CHANGERS = named(
    """
    append extend insert remove pop clear sort reverse add discard update setdefault popitem appendleft extendleft
    popleft rotate difference_update intersection_update symmetric_difference_update
    """
)
_MAX_NODES = 20_000
"""Of one function's body."""


def find(file: TouchedFile) -> Iterator[Spot]:
    """Defaults on touched lines. One that the function only reads is harmless, and is not told."""
    for parameter in file.nodes("default_parameter", "typed_default_parameter"):
        value, function = field(parameter, "value"), _function(parameter)
        if function is None or not _is_mutable(value) or not file.touches(*lines_of(value)):
            continue
        name = text_of(field(parameter, "name"))
        change = _first_change(field(function, "body"), name)
        if change is not None:
            first, last = lines_of(parameter)
            yield Spot("changed-default", first, last, (name, text_of(value), text_of(change)))


def _function(parameter: Node) -> Node | None:
    parameters = parameter.parent
    above = parameters.parent if parameters else None
    return above if above and above.type == "function_definition" else None


def _is_mutable(value: Node) -> bool:
    if value.type in _LITERALS:
        return True
    return value.type == "call" and text_of(field(value, "function")).rsplit(".", 1)[-1] in _MAKERS


def _first_change(body: Node, name: str) -> Node | None:
    """The first place in `body` that changes what `name` holds; None when it is bound anew anywhere."""
    change: Node | None = None
    waiting, seen = [body], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > _MAX_NODES or _binds(node, name):
            return None
        if change is None and _changes(node, name):
            change = node
        waiting += reversed(node.children)
    return change


def _binds(node: Node, name: str) -> bool:
    """True for `name = …`, also as one of several targets, and for a function inside with a parameter `name`."""
    if node.type in ("assignment", "for_statement", "named_expression"):
        left = node.child_by_field_name("left") or node.child_by_field_name("name")
        return left is not None and name in _bound(left)
    if node.type in ("parameters", "lambda_parameters"):
        return any(name == text_of(child) for child in node.named_children)
    return node.type == "as_pattern_target" and text_of(node) == name


def _bound(target: Node) -> list[str]:
    if target.type == "identifier":
        return [text_of(target)]
    if target.type in ("pattern_list", "tuple_pattern", "list_pattern"):
        return [text_of(child) for child in target.named_children if child.type == "identifier"]
    return []


def _changes(node: Node, name: str) -> bool:
    if node.type == "call":
        called = field(node, "function")
        if called.type != "attribute" or text_of(field(called, "attribute")) not in _CHANGERS:
            return False
        return text_of(field(called, "object")) == name
    if node.type in ("assignment", "augmented_assignment"):
        left = field(node, "left")
        if left.type == "subscript":
            return text_of(field(left, "value")) == name
        return node.type == "augmented_assignment" and text_of(left) == name
    if node.type == "delete_statement":
        return any(
            child.type == "subscript" and text_of(field(child, "value")) == name
            for child in node.named_children
        )
    return False
