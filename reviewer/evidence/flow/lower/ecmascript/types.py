"""TypeScript's types as far as they name classes, and what only exists as a type."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of

_LISTS = ("Array", "ReadonlyArray", "Iterable", "Iterator", "IterableIterator", "ArrayLike", "Generator")
_SAME = ("Partial", "Readonly", "Required", "NonNullable", "Pick", "Omit", "Awaited")
_KINDS = {
    "Set": "set",
    "ReadonlySet": "set",
    "Map": "map",
    "ReadonlyMap": "map",
    "Promise": "promise",
    "Date": "Date",
}
NAMES = ("type_identifier", "identifier", "nested_type_identifier", "nested_identifier", "member_expression")
_MAX_DEPTH = 20


def of(low: Lowering, node: Node) -> ir.Expr | None:
    """The values that the type written at a parameter, variable or field stands for."""
    written = node.child_by_field_name("type")
    return declared(low, written) if written is not None else None


def declared(low: Lowering, node: Node) -> ir.Expr | None:
    """The values that a type stands for; None when it names nothing that has members."""
    parts = list(_parts(low, node, 0))
    if len(parts) < 2:
        return parts[0] if parts else None
    return ir.Join(node.start_byte, tuple(parts))


def _parts(low: Lowering, node: Node, depth: int) -> Iterator[ir.Expr]:  # noqa: C901 - one case a kind
    kind, start = node.type, node.start_byte
    if depth > _MAX_DEPTH:
        low.skip("a type nested deeper than 20 levels")
    elif kind in NAMES:
        yield from _named(low, node)
    elif kind == "generic_type":
        yield from _generic(low, node, depth)
    elif kind == "predefined_type":
        kinds = {"string": "str", "number": "Number"}
        if text_of(node) in kinds:
            yield ir.Container(start, kinds[text_of(node)])
    elif kind == "array_type":
        yield _container(low, "list", node.named_children[:1], start, depth)
    elif kind == "tuple_type":
        held = [_first(low, child, depth) for child in node.named_children]
        yield ir.Container(start, "list", tuple((at, part) for at, part in enumerate(held) if part))
    elif kind == "object_type":
        yield ir.Container(start, "object", tuple(_fields(low, node, depth)))
    elif kind in (
        "type_annotation",
        "parenthesized_type",
        "union_type",
        "intersection_type",
        "readonly_type",
    ):
        for child in node.named_children:
            yield from _parts(low, child, depth + 1)


def _named(low: Lowering, node: Node) -> Iterator[ir.Expr]:
    if text_of(node) in _KINDS:
        yield ir.Container(node.start_byte, _KINDS[text_of(node)])
    else:
        yield ir.InstanceOf(node.start_byte, dotted(low, node))


def _generic(low: Lowering, node: Node, depth: int) -> Iterator[ir.Expr]:
    name = node.child_by_field_name("name")
    listed = node.child_by_field_name("type_arguments")
    given = listed.named_children if listed is not None else []
    text = text_of(name)
    if text in _LISTS:
        yield _container(low, "list", given[:1], node.start_byte, depth)
    elif text in _KINDS:
        yield _container(low, _KINDS[text], given[-1:], node.start_byte, depth)
    elif text == "Record":
        yield _container(low, "object", given[-1:], node.start_byte, depth)
    elif text in _SAME:
        for child in given[:1]:
            yield from _parts(low, child, depth + 1)
    elif name is not None:
        yield ir.InstanceOf(node.start_byte, dotted(low, name))


def _container(low: Lowering, kind: str, held: list[Node], start: int, depth: int) -> ir.Expr:
    parts = [part for child in held for part in _parts(low, child, depth + 1)]
    return ir.Container(start, kind, tuple((None, part) for part in parts))


def _first(low: Lowering, node: Node, depth: int) -> ir.Expr | None:
    return next(_parts(low, node, depth + 1), None)


def _fields(low: Lowering, node: Node, depth: int) -> Iterator[tuple[str | int | None, ir.Expr]]:
    for child in node.named_children:
        written = child.child_by_field_name("type")
        if child.type == "property_signature" and written is not None:
            for part in _parts(low, written, depth + 1):
                yield text_of(child.child_by_field_name("name")), part


def fill(low: Lowering, value: ir.Expr, written: ir.Expr | None) -> None:
    """Let the declared type of a list or map that begins empty tell its elements."""
    empty = isinstance(value, ir.Container) and not value.items and not value.copies
    if empty and isinstance(written, ir.Container):
        for _, part in written.items:
            low.body.add(ir.Declare(low.body.scope, value, None, part))


def made_of(low: Lowering, call: ir.Call, name: str, listed: Node | None) -> None:
    """`new Map<string, User>()` tells what the map holds."""
    given = listed.named_children[-1:] if listed is not None and name in _KINDS else []
    for part in (part for child in given for part in _parts(low, child, 0)):
        low.body.add(ir.Declare(low.body.scope, call, None, part))


def dotted(low: Lowering, node: Node) -> ir.Expr:
    """A type's name as a read of whatever assignment."""
    found: ir.Expr | None = None
    at = node.start_byte
    for part in text_of(node).split("."):
        name = part.strip()
        if found is None:
            found = low.file.note(ir.Read(at, low.body.scope, name, None))
        else:
            found = low.file.note(ir.Member(at, found, name, low.body.scope))
        at += len(part.encode()) + 1
    return found or ir.Unknown(node.start_byte)


def type_parameters(low: Lowering, node: Node) -> None:
    """Let type parameters stand for what they extend, and hide outer names."""
    listed = node.child_by_field_name("type_parameters")
    for child in listed.named_children if listed is not None else ():
        name, constraint = child.child_by_field_name("name"), child.child_by_field_name("constraint")
        if name is None:
            continue
        extended = (
            constraint.named_children[0] if constraint is not None and constraint.named_children else None
        )
        if extended is not None and extended.type in NAMES:
            low.body.bind(text_of(name), dotted(low, extended))
        else:
            low.body.declare(text_of(name))
