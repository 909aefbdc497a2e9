"""Declares the parameters of a function, with their defaults and types."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.body import Body
from reviewer.evidence.flow.lower.python.lowering import Lowering
from reviewer.evidence.flow.lower.python.types import declared_type
from reviewer.evidence.syntax.grammars.row import text_of


def parameters(low: Lowering, node: Node | None) -> None:
    """Declare the parameters, and which of them is the receiver."""
    kind = "plain"
    params = []
    for child in node.named_children if node is not None else ():
        param = _parameter(low, child, kind)
        if child.type == "keyword_separator" or (param is not None and param.kind == "list"):
            kind = "keyword"
        if param is not None:
            params.append(param)
    low.scope.params = params
    _receive(low.scope)
    for param in params:
        low.scope.versions.setdefault(param.name, 0)
        low.body.start_with(param.name)


def _receive(scope: ir.Scope) -> None:
    """The first parameter of a method that is not static is its receiver."""
    first = scope.params[0] if scope.params else None
    static = "static" in scope.traits
    if scope.receiver_is_parameter and not static and first is not None and first.kind == "plain":
        scope.receiver = first.name
    else:
        scope.receiver_is_parameter = False


def _parameter(low: Lowering, node: Node, kind: str) -> ir.Param | None:
    if node.type == "identifier":
        return ir.Param(text_of(node), kind)
    if node.type in ("default_parameter", "typed_default_parameter"):
        default, declared = node.child_by_field_name("value"), node.child_by_field_name("type")
        return ir.Param(
            text_of(node.child_by_field_name("name")),
            kind,
            _outside(low, default) if default is not None else None,
            declared_type(low, declared) if declared is not None else None,
        )
    if node.type == "typed_parameter" and node.named_children:
        param = _parameter(low, node.named_children[0], kind)
        declared = node.child_by_field_name("type")
        if param is not None and declared is not None and param.kind in ("plain", "keyword"):
            param.type = declared_type(low, declared)
        return param
    kinds = {"list_splat_pattern": "list", "dictionary_splat_pattern": "map"}
    if node.type in kinds and node.named_children:
        return ir.Param(text_of(node.named_children[0]), kinds[node.type])
    return None


def _outside(low: Lowering, node: Node) -> ir.Expr:
    """An expression of a default: it is evaluated around the function."""
    outer = low.scope.parent
    assert outer is not None  # noqa: S101 - functions have surroundings
    inner, low.body = low.body, Body(outer)
    try:
        return _unversioned(low.expression(node))
    finally:
        low.body = inner


def _unversioned(value: ir.Expr) -> ir.Expr:
    if isinstance(value, ir.Read):
        value.versions = None
    return value
