"""Classes and modules: written out, or made by `Class.new`, `Struct.new` and `Data.define`."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.lowering import Lowering, name_of
from reviewer.evidence.syntax.grammars.row import text_of

_MAKERS = {("Class", "new"), ("Module", "new"), ("Struct", "new"), ("Data", "define")}


def class_scope(
    low: Lowering, name: str, node: Node, bases: list[ir.Expr], fill: Callable[[Lowering], None]
) -> ir.Scope:
    """A class whose body is lowered at once by `fill`."""
    hooks = [(base, base.start) for base in bases if isinstance(base, ir.Imported | ir.Member)]

    def lower(scope: ir.Scope) -> None:
        inner = Lowering(scope, low.handlers, owner=scope, depth=low.depth)
        with inner.body.block():
            inner.body.bind("self", ir.Closure(node.start_byte, scope), scope=inner.body.scope)
            for base, start in hooks:
                inner.hook(base, "inherited", start)
            fill(inner)

    scope = low.child("class", name, node, lower)
    scope.bases = bases
    scope.lowered()
    return scope


def made_class(low: Lowering, node: Node, name: str) -> ir.Expr | None:
    """The class that a call makes, called `name`; None when the call makes none."""
    receiver, method = node.child_by_field_name("receiver"), node.child_by_field_name("method")
    if node.type != "call" or (text_of(receiver).lstrip(":"), text_of(method)) not in _MAKERS:
        return None
    listed = node.child_by_field_name("arguments")
    given = listed.named_children if listed is not None else []
    block = node.child_by_field_name("block")
    fields = [field for child in given if (field := name_of(child)) is not None]
    plain = text_of(receiver) in ("Class", "Module")
    bases = [low.expression(child) for child in given] if plain else []

    def fill(inner: Lowering) -> None:
        if not plain:
            _fields(inner, node.start_byte, fields)
        body = block.child_by_field_name("body") if block is not None else None
        if body is not None:
            inner.body.evaluate(inner.statements(body))

    scope = class_scope(low, name, node, bases, fill)
    return ir.Closure(node.start_byte, scope)


def reopened(low: Lowering, node: Node, receiver: Node, block: Node) -> ir.Expr:
    """`Foo.class_eval do … end` opens the class once more."""
    body = block.child_by_field_name("body")
    name = text_of(receiver).removeprefix("::").replace("::", ".")

    def fill(inner: Lowering) -> None:
        if body is not None:
            inner.body.evaluate(inner.statements(body))

    value = ir.Closure(node.start_byte, class_scope(low, name, block, [], fill))
    low.body.evaluate(value)
    return value


def _fields(low: Lowering, start: int, fields: list[str]) -> None:
    """A struct's accessors and the constructor that fills them."""
    for name in fields:
        reader(low, name, start)
        writer(low, name, start)

    def fill(inner: Lowering) -> ir.Expr:
        for name in fields:
            value = ir.Read(start, inner.body.scope, name, None)
            inner.body.add(ir.SetMember(inner.self_at(start), f"@{name}", value))
        return ir.Unknown(start)

    low.silent("initialize", start, fill, *fields)


def reader(low: Lowering, name: str, start: int) -> None:
    """`attr_reader :name`."""
    low.silent(
        name, start, lambda inner: ir.Member(start, inner.self_at(start), f"@{name}", inner.body.scope)
    )


def writer(low: Lowering, name: str, start: int) -> None:
    """`attr_writer :name`."""

    def keep(inner: Lowering) -> ir.Expr:
        value = ir.Read(start, inner.body.scope, "value", None)
        inner.body.add(ir.SetMember(inner.self_at(start), f"@{name}", value))
        return value

    low.silent(f"{name}=", start, keep, "value")
