"""Methods, classes and modules where they are written."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.classes import class_scope
from reviewer.evidence.flow.lower.ruby.declarations import alias
from reviewer.evidence.flow.lower.ruby.functions import lower_method
from reviewer.evidence.flow.lower.ruby.lowering import Handler, Lowering
from reviewer.evidence.syntax.grammars.row import text_of


def _method(low: Lowering, node: Node) -> ir.Expr:
    return _define(low, node, singleton=False)


def _singleton_method(low: Lowering, node: Node) -> ir.Expr:
    obj = node.child_by_field_name("object")
    own = low.owner.kind == "class" and text_of(obj) == low.owner.name.rsplit(".", 1)[-1]
    if obj is None or obj.type == "self" or own:
        return _define(low, node, singleton=True)
    name = node.child_by_field_name("name")
    scope = low.method_scope(text_of(name), node, lambda scope: lower_method(low, scope, node))
    owner = low.expression(obj)
    scope.owner = None
    low.body.add(ir.Assign(scope, "self", 1, owner))
    low.body.add(ir.SetMember(owner, scope.name, ir.Closure(node.start_byte, scope)))
    return ir.Literal(node.start_byte, scope.name)


def _define(low: Lowering, node: Node, *, singleton: bool) -> ir.Expr:
    name = node.child_by_field_name("name")
    if name is None:
        return ir.Unknown(node.start_byte)
    text = text_of(name)
    scope = low.method_scope(text, node, lambda scope: lower_method(low, scope, node), singleton=singleton)
    low.define(text, ir.Closure(name.start_byte, scope), singleton=singleton)
    return ir.Literal(node.start_byte, text)


def _class(low: Lowering, node: Node) -> ir.Expr:
    name = node.child_by_field_name("name")
    if name is None:
        return ir.Unknown(node.start_byte)
    superclass = node.child_by_field_name("superclass")
    bases = [low.expression(child) for child in superclass.named_children] if superclass is not None else []
    body = node.child_by_field_name("body")

    def fill(inner: Lowering) -> None:
        if body is not None:
            inner.body.evaluate(inner.statements(body))

    written = text_of(name).removeprefix("::").replace("::", ".")
    scope = class_scope(low, written, node, bases, fill)
    value = ir.Closure(name.start_byte, scope)
    if name.type == "constant":
        low.body.bind(written, value, scope=low.owner)
    else:
        low.body.evaluate(value)
    return ir.Unknown(node.start_byte)


def _singleton_class(low: Lowering, node: Node) -> ir.Expr:
    body, value = node.child_by_field_name("body"), node.child_by_field_name("value")
    if body is None or value is None:
        return ir.Unknown(node.start_byte)
    if value.type != "self":
        low.body.evaluate(low.expression(value))
        return ir.Unknown(node.start_byte)
    with low.elsewhere(on_singleton=True):
        low.body.evaluate(low.statements(body))
    return ir.Unknown(node.start_byte)


def _alias(low: Lowering, node: Node) -> ir.Expr:
    new, old = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if new is not None and old is not None and new.type != "global_variable":
        alias(low, text_of(new).removeprefix(":"), text_of(old).removeprefix(":"), old.start_byte)
    return ir.Unknown(node.start_byte)


HANDLERS: dict[str, Handler] = {
    "method": _method,
    "singleton_method": _singleton_method,
    "class": _class,
    "module": _class,
    "singleton_class": _singleton_class,
    "alias": _alias,
}
