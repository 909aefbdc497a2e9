"""Stores a value in what stands left of `=`, behind `for`, or behind `as`."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python.expressions import key_of
from reviewer.evidence.flow.lower.python.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of


def store(low: Lowering, target: Node, value: ir.Expr) -> None:
    """Add the effect of an assignment; what is unpacked is taken apart."""
    kind = target.type
    if kind == "identifier":
        low.body.bind(text_of(target), value)
    elif kind == "attribute":
        obj, name = target.child_by_field_name("object"), target.child_by_field_name("attribute")
        if obj is not None and name is not None:
            low.body.add(ir.SetMember(low.expression(obj), text_of(name), value))
    elif kind == "subscript":
        obj = target.child_by_field_name("value")
        if obj is not None:
            low.body.add(ir.SetItem(low.expression(obj), key_of(low, target), value))
    elif kind in ("pattern_list", "tuple_pattern", "list_pattern", "tuple", "list"):
        _unpack(low, [child for child in target.named_children if child.type != "comment"], value)
    elif kind in ("as_pattern_target", "parenthesized_expression", "list_splat_pattern"):
        for child in target.named_children:
            store(low, child, value)


def _unpack(low: Lowering, targets: list[Node], value: ir.Expr) -> None:
    splats = [at for at, target in enumerate(targets) if target.type == "list_splat_pattern"]
    after = len(targets) - splats[0] - 1 if splats else 0
    for at, target in enumerate(targets):
        start = target.start_byte
        if splats and at == splats[0]:
            store(low, target, ir.Rest(start, value, at, after))
        elif splats and at > splats[0]:
            store(low, target, ir.Item(start, value, ir.Literal(start, at - len(targets))))
        else:
            store(low, target, ir.Item(start, value, ir.Literal(start, at)))
