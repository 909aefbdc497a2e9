"""Functions that take an object apart, and callers that still give it a key by its old name."""

from tree_sitter import Node

from reviewer.evidence.syntax.grammars.row import text_of

_DECLARED = frozenset({"required_parameter", "optional_parameter"})


def renamed_options(old: Node, new: Node) -> tuple[int, frozenset[str], frozenset[str]] | None:
    """Which parameter is taken apart, the keys that it takes no more, and those it takes instead; None without one.

    None also where the function can see the whole object, so that it may look a key up otherwise.
    """
    was, now = _patterns(old), _patterns(new)
    if len(was) != 1 or len(now) != 1 or was.keys() != now.keys() or _sees_arguments(new):
        return None
    (at,) = was
    before, after = _keys(was[at]), _keys(now[at])
    if before is None or after is None or not before - after or not after - before:
        return None
    return at, before - after, after - before


def gives_any(call: Node, at: int, gone: frozenset[str]) -> bool:
    """True where the call gives an object written out with one of the keys."""
    arguments = call.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments else []
    if any(one.type == "spread_element" for one in given) or at >= len(given) or given[at].type != "object":
        return False
    keys = {
        text_of(one.child_by_field_name("key")) if one.type == "pair" else text_of(one)
        for one in given[at].named_children
        if one.type in ("pair", "shorthand_property_identifier")
    }
    return bool(keys & gone)


def _patterns(function: Node) -> dict[int, Node]:
    """Parameters that are taken apart, by their place."""
    parameters = function.child_by_field_name("parameters")
    listed = [one for one in parameters.named_children if one.type != "comment"] if parameters else []
    found = {}
    for at, one in enumerate(listed):
        inner = one.child_by_field_name("pattern") if one.type in _DECLARED else one
        if inner is not None and inner.type == "assignment_pattern":
            inner = inner.child_by_field_name("left")
        if inner is not None and inner.type == "object_pattern":
            found[at] = inner
    return found


def _keys(pattern: Node) -> frozenset[str] | None:
    """The keys that a pattern takes; None where it takes the rest too, or computes one."""
    found = set()
    for one in pattern.named_children:
        if one.type == "object_assignment_pattern":
            found.add(text_of(one.child_by_field_name("left")))
        elif one.type == "pair_pattern":
            found.add(text_of(one.child_by_field_name("key")))
        elif one.type == "shorthand_property_identifier_pattern":
            found.add(text_of(one))
        elif one.type != "comment":
            return None
    return frozenset(found)


def _sees_arguments(function: Node) -> bool:
    return "arguments" in text_of(function.child_by_field_name("body"))
