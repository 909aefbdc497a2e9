"""Places where a member is named beside its type: keyed literals, `Type.member`, annotations, switches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reviewer.evidence.syntax.source_file import SourceFile


@dataclass(frozen=True)
class OwnedPlace:
    """One place that names a member."""

    start: int
    """Byte of the member's name."""
    owner: int
    """Byte of the name that tells whose member it is."""
    by_value: bool = False
    """That name is no type but a value of it, or a call that gives one."""


def owned_places(file: SourceFile, name: str) -> Iterator[OwnedPlace]:
    """Every place of `file` where the owner of `name` is written beside it, ordered by place."""
    for start in file.places(name):
        leaf = file.root.descendant_for_byte_range(start, start + len(name.encode()))
        if leaf is None or leaf.start_byte != start or leaf.parent is None:
            continue
        reader = _READERS.get(leaf.parent.type)
        found = reader(leaf, leaf.parent) if reader else None
        if found is not None:
            node, by_value = found
            yield OwnedPlace(start, _last_name(node).start_byte, by_value)


_Owner = tuple[Node, bool] | None


def _of_field(field: str, holder: str) -> Callable[[Node, Node], _Owner]:
    """`Type.member`: the member stands in `field`, the type in `holder`."""

    def read(leaf: Node, parent: Node) -> _Owner:
        owner = parent.child_by_field_name(holder)
        is_member = parent.child_by_field_name(field) == leaf
        return (owner, False) if is_member and owner is not None and _is_names(owner) else None

    return read


def _go_key(leaf: Node, parent: Node) -> _Owner:  # noqa: ARG001 - the shape of all readers
    """`T{name: …}`, and `[]T{{name: …}}`, where the type is written once for all elements."""
    keyed = parent.parent
    if keyed is None or keyed.type != "keyed_element" or keyed.child_by_field_name("key") != parent:
        return None
    body = keyed.parent
    depth = 0
    while body is not None and body.type in ("literal_value", "literal_element"):
        outer = body.parent
        if outer is not None and outer.type == "composite_literal":
            written = _element(outer.child_by_field_name("type"), depth)
            return (written, False) if written is not None else None
        depth += body.type == "literal_element"
        body = outer
    return None


def _element(written: Node | None, depth: int) -> Node | None:
    """The type of what lies `depth` levels inside a literal of the type that is written."""
    parts = {"slice_type": "element", "array_type": "element", "map_type": "value"}
    for _ in range(depth):
        part = parts.get(written.type) if written is not None else None
        written = written.child_by_field_name(part) if written is not None and part else None
    while written is not None and written.type == "pointer_type":
        written = written.named_child(0)
    if written is not None and written.type == "generic_type":
        written = written.child_by_field_name("type")
    named = written is not None and written.type in ("type_identifier", "qualified_type")
    return written if named else None


def _annotation_key(leaf: Node, parent: Node) -> _Owner:
    listed = parent.parent
    if parent.child_by_field_name("key") != leaf or listed is None or listed.parent is None:
        return None
    owner = listed.parent.child_by_field_name("name")
    return (owner, False) if owner is not None else None


def _switch_label(leaf: Node, parent: Node) -> _Owner:
    around: Node | None = parent
    while around is not None and around.type != "switch_expression":
        around = around.parent
    condition = around.child_by_field_name("condition") if around is not None else None
    value = condition.named_child(0) if condition is not None and condition.named_child_count == 1 else None
    if value is None or leaf.type != "identifier":
        return None
    known = value.type in ("identifier", "field_access", "method_invocation")
    return (value, True) if known else None


_READERS: dict[str, Callable[[Node, Node], _Owner]] = {
    "literal_element": _go_key,
    "element_value_pair": _annotation_key,
    "switch_label": _switch_label,
    "member_expression": _of_field("property", "object"),
    "field_access": _of_field("field", "object"),
    "scoped_identifier": _of_field("name", "scope"),
    "attribute": _of_field("attribute", "object"),
}


def _is_names(node: Node) -> bool:
    return node.type in ("identifier", "type_identifier", "scoped_identifier", "field_access", "attribute")


def _last_name(node: Node) -> Node:
    """The last word of a dotted name; the method's of a call."""
    for field in ("field", "name", "property", "attribute"):
        last = node.child_by_field_name(field)
        if last is not None:
            return last
    return node
