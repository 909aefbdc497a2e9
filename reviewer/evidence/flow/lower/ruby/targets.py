"""What can be assigned to: variables, fields, attributes, elements, lists of them."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of

_LISTS = ("left_assignment_list", "destructured_left_assignment", "destructured_parameter")


def member(low: Lowering, node: Node) -> ir.Member:
    """`@x` belongs to the object, `@@x` to the class."""
    name, start = text_of(node), node.start_byte
    shared = name.startswith("@@") and low.owner.kind == "class"
    obj = ir.Closure(start, low.owner) if shared else low.self_at(start)
    return ir.Member(start, obj, name, low.body.scope)


def store(low: Lowering, target: Node, value: ir.Expr) -> None:
    """Let a target of whatever kind hold `value`."""
    kind, start = target.type, target.start_byte
    if kind == "identifier":
        low.assign(text_of(target), value)
    elif kind == "constant":
        low.body.bind(text_of(target), value, scope=low.owner)
    elif kind in ("instance_variable", "class_variable"):
        field = member(low, target)
        low.body.add(ir.SetMember(field.obj, field.name, value))
    elif kind == "global_variable":
        low.body.bind(text_of(target), value, scope=low.file.scope)
    elif kind == "call":
        _store_attribute(low, target, value)
    elif kind == "element_reference":
        obj = low.field(target, "object") or ir.Unknown(start)
        keys = tuple(low.expression(child) for child in target.named_children[1:] if child.type != "comment")
        low.body.add(ir.SetItem(obj, keys[0] if len(keys) == 1 else None, value))
        low.body.evaluate(low.call(obj, "[]=", start, (*keys, value)))
    elif kind in _LISTS:
        _unpack(low, [child for child in target.named_children if child.type != "comment"], value)
    elif kind in ("rest_assignment", "splat_parameter"):
        for child in target.named_children:
            store(low, child, value)


def _store_attribute(low: Lowering, target: Node, value: ir.Expr) -> None:
    obj, name = low.field(target, "receiver"), target.child_by_field_name("method")
    if obj is not None and name is not None:
        low.body.evaluate(low.call(obj, f"{text_of(name)}=", name.start_byte, (value,)))


def _unpack(low: Lowering, targets: list[Node], value: ir.Expr) -> None:
    rest = next(
        (at for at, one in enumerate(targets) if one.type in ("rest_assignment", "splat_parameter")), None
    )
    for at, target in enumerate(targets):
        start = target.start_byte
        if at == rest:
            store(low, target, ir.Rest(start, value, at, len(targets) - at - 1))
        elif rest is not None and at > rest:
            store(low, target, ir.Item(start, value, ir.Literal(start, at - len(targets))))
        else:
            store(low, target, ir.Item(start, value, ir.Literal(start, at)))
