"""Names and assignments."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.classes import made_class
from reviewer.evidence.flow.lower.ruby.lowering import Handler, Lowering
from reviewer.evidence.flow.lower.ruby.targets import member, store
from reviewer.evidence.syntax.grammars.row import text_of


def _identifier(low: Lowering, node: Node) -> ir.Expr:
    name = text_of(node)
    if low.home(name) is not None:
        return low.file.note(low.body.read(name, node.start_byte))
    declared = low.handlers.get(f"bare {name}")
    if declared is not None:
        return declared(low, node)
    if name == "it" and low.home("_1") is not None:
        return low.body.read("_1", node.start_byte)
    return low.call(low.self_at(node.start_byte), name, node.start_byte)


def _self(low: Lowering, node: Node) -> ir.Expr:
    return low.self_at(node.start_byte)


def _constant(low: Lowering, node: Node) -> ir.Expr:
    return low.constant(text_of(node), node.start_byte)


def _scope_resolution(low: Lowering, node: Node) -> ir.Expr:
    outer, name = node.child_by_field_name("scope"), node.child_by_field_name("name")
    if name is None:
        return ir.Unknown(node.start_byte)
    if outer is None:
        return low.file.note(ir.Imported(name.start_byte, "", text_of(name), low.file))
    return low.file.note(ir.Member(name.start_byte, low.expression(outer), text_of(name), low.body.scope))


def _field(low: Lowering, node: Node) -> ir.Expr:
    return low.file.note(member(low, node))


def _global(low: Lowering, node: Node) -> ir.Expr:
    return low.file.note(ir.Imported(node.start_byte, "", text_of(node), low.file))


def _assignment(low: Lowering, node: Node) -> ir.Expr:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return ir.Unknown(node.start_byte)
    if left.type == "constant":
        cls = made_class(low, right, text_of(left))
        if cls is not None:
            low.body.bind(text_of(left), cls, scope=low.owner)
            return cls
    if left.type == "identifier" and low.home(text_of(left)) is None:
        low.body.declare(text_of(left))
    value = low.expression(right)
    store(low, left, value)
    return value


def _operator(low: Lowering, node: Node) -> ir.Expr:
    """`a ||= b` may keep what was there; `a += b` calls an operator."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return ir.Unknown(node.start_byte)
    sign = text_of(node.child_by_field_name("operator")).removesuffix("=")
    if left.type == "identifier" and low.home(text_of(left)) is None:
        low.body.declare(text_of(left))
    before = low.expression(left)
    value = low.expression(right)
    if sign in ("||", "&&"):
        low.body.evaluate(before)
        made: ir.Expr = ir.Join(node.start_byte, (before, value))
    else:
        made = low.call(before, sign, node.start_byte, (value,))
    store(low, left, made)
    return made


HANDLERS: dict[str, Handler] = {
    "identifier": _identifier,
    "self": _self,
    "constant": _constant,
    "scope_resolution": _scope_resolution,
    "instance_variable": _field,
    "class_variable": _field,
    "global_variable": _global,
    "assignment": _assignment,
    "operator_assignment": _operator,
}
