"""Lowers names, members, elements, and what joins or passes on other expressions."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.literals import integer
from reviewer.evidence.flow.lower.python.lowering import Expression, Lowering
from reviewer.evidence.syntax.grammars.row import text_of


def _identifier(low: Lowering, node: Node) -> ir.Expr:
    return low.file.note(low.body.read(text_of(node), node.start_byte))


def _attribute(low: Lowering, node: Node) -> ir.Expr:
    obj, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if obj is None or name is None:
        return ir.Unknown(node.start_byte)
    return low.file.note(ir.Member(name.start_byte, low.expression(obj), text_of(name), low.body.scope))


def _subscript(low: Lowering, node: Node) -> ir.Expr:
    obj = node.child_by_field_name("value")
    if obj is None:
        return ir.Unknown(node.start_byte)
    if any(child.type == "slice" for child in node.named_children):
        return _slice(node, low.expression(obj))
    return ir.Item(node.start_byte, low.expression(obj), key_of(low, node))


def _slice(node: Node, obj: ir.Expr) -> ir.Expr:
    part = next(child for child in node.named_children if child.type == "slice")
    first = part.child(0)
    start = integer(first) if first is not None and first.type == "integer" else 0
    return ir.Rest(node.start_byte, obj, start or 0)


def key_of(low: Lowering, node: Node) -> ir.Expr | None:
    """What a subscript asks for; None for a slice and for several at once."""
    keys = node.children_by_field_name("subscript")
    if len(keys) != 1 or keys[0].type == "slice":
        for key in keys:
            low.body.evaluate(low.expression(key))
        return None
    return low.expression(keys[0])


def _conditional(low: Lowering, node: Node) -> ir.Expr:
    parts = [low.expression(child) for child in node.named_children if child.type != "comment"]
    if len(parts) != 3:
        return ir.Join(node.start_byte, tuple(parts))
    low.body.evaluate(parts[1])
    return ir.Join(node.start_byte, (parts[0], parts[2]))


def _boolean(low: Lowering, node: Node) -> ir.Expr:
    parts = [low.expression(child) for child in node.named_children if child.type != "comment"]
    return ir.Join(node.start_byte, tuple(parts))


def _named(low: Lowering, node: Node) -> ir.Expr:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None or value is None:
        return ir.Unknown(node.start_byte)
    expression = low.expression(value)
    low.body.bind(text_of(name), expression)
    return expression


def _await(low: Lowering, node: Node) -> ir.Expr:
    inner = low.expression(node.named_children[0]) if node.named_children else ir.Unknown(node.start_byte)
    return ir.Awaited(node.start_byte, inner)


def _yield(low: Lowering, node: Node) -> ir.Expr:
    for child in node.named_children:
        value = low.expression(child)
        if any(part.type == "from" for part in node.children):
            value = ir.Each(child.start_byte, value, low.body.scope)
        low.body.add(ir.Yield(low.scope, value))
    return ir.Unknown(node.start_byte)


def _first(low: Lowering, node: Node) -> ir.Expr:
    inner = [child for child in node.named_children if child.type != "comment"]
    return low.expression(inner[0]) if inner else ir.Unknown(node.start_byte)


EXPRESSIONS: dict[str, Expression] = {
    "identifier": _identifier,
    "attribute": _attribute,
    "subscript": _subscript,
    "conditional_expression": _conditional,
    "boolean_operator": _boolean,
    "named_expression": _named,
    "await": _await,
    "yield": _yield,
    "parenthesized_expression": _first,
}
