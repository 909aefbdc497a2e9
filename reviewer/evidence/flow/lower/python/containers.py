"""Lowers lists, dictionaries, comprehensions and literals."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.literals import integer, string_text
from reviewer.evidence.flow.lower.python.lowering import Expression, Lowering
from reviewer.evidence.flow.lower.python.targets import store

_COMPREHENSIONS = (
    "list_comprehension",
    "set_comprehension",
    "dictionary_comprehension",
    "generator_expression",
)


def _list(low: Lowering, node: Node) -> ir.Expr:
    items: list[tuple[str | int | None, ir.Expr]] = []
    sure = True
    for child in node.named_children:
        if child.type == "comment":
            continue
        if child.type == "list_splat":
            sure = False
            inner = low.expression(child.named_children[0])
            items.append((None, ir.Each(child.start_byte, inner, low.body.scope)))
            continue
        items.append((len(items) if sure else None, low.expression(child)))
    return ir.Container(node.start_byte, "list", tuple(items))


def _dictionary(low: Lowering, node: Node) -> ir.Expr:
    items: list[tuple[str | int | None, ir.Expr]] = []
    for child in node.named_children:
        if child.type == "pair":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None:
                items.append((_literal_key(low, key), low.expression(value)))
        elif child.type == "dictionary_splat":
            inner = low.expression(child.named_children[0])
            items.append((None, ir.Item(child.start_byte, inner, None)))
    return ir.Container(node.start_byte, "dict", tuple(items))


def _literal_key(low: Lowering, node: Node) -> str | int | None:
    key = low.expression(node)
    if isinstance(key, ir.Literal):
        return key.value
    low.body.evaluate(key)
    return None


def _string(low: Lowering, node: Node) -> ir.Expr:
    for child in node.named_children:
        if child.type == "interpolation":
            for part in child.named_children:
                low.body.evaluate(low.expression(part))
    text = string_text(node)
    return ir.Literal(node.start_byte, text) if text is not None else ir.Container(node.start_byte, "str")


def _integer(_: Lowering, node: Node) -> ir.Expr:
    value = integer(node)
    return ir.Literal(node.start_byte, value) if value is not None else ir.Unknown(node.start_byte)


def _comprehension(low: Lowering, node: Node) -> ir.Expr:
    with low.body.block(), low.body.loop():
        for child in node.named_children:
            if child.type == "for_in_clause":
                left, right = child.child_by_field_name("left"), child.child_by_field_name("right")
                if left is not None and right is not None:
                    iterated = ir.Each(right.start_byte, low.expression(right), low.body.scope)
                    store(low, left, iterated)
            elif child.type == "if_clause":
                for part in child.named_children:
                    low.body.evaluate(low.expression(part))
        made = node.child_by_field_name("body")
        value: ir.Expr = ir.Unknown(node.start_byte)
        if made is not None and made.type == "pair":
            low.body.evaluate(low.field(made, "key"))
            value = low.field(made, "value") or value
        elif made is not None:
            value = low.expression(made)
    kind = "dict" if node.type == "dictionary_comprehension" else "list"
    return ir.Container(node.start_byte, kind, ((None, value),))


EXPRESSIONS: dict[str, Expression] = {
    **dict.fromkeys(("list", "tuple", "set", "expression_list"), _list),
    "dictionary": _dictionary,
    "string": _string,
    "integer": _integer,
    **dict.fromkeys(_COMPREHENSIONS, _comprehension),
}
