"""Lowers calls and `super()`."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python.lowering import Expression, Lowering
from reviewer.evidence.syntax.grammars.row import text_of

_Passed = tuple[tuple[ir.Expr, ...], tuple[tuple[str, ir.Expr], ...], ir.Expr | None]
"""By place, by name, and what `*` spreads."""


def _call(low: Lowering, node: Node) -> ir.Expr:
    function, listed = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None:
        return ir.Unknown(node.start_byte)
    if text_of(function) == "super":
        return _super(low, node)
    callee = low.expression(function)
    given = listed.named_children if listed is not None else []
    if listed is not None and listed.type == "generator_expression":
        given = [listed]
    return ir.Call(name_start(function), low.body.scope, callee, *_arguments(low, given))


def _arguments(low: Lowering, given: list[Node]) -> _Passed:
    args: list[ir.Expr] = []
    keywords: list[tuple[str, ir.Expr]] = []
    spread: ir.Expr | None = None
    for child in given:
        if child.type == "keyword_argument":
            value = child.child_by_field_name("value")
            if value is not None:
                keywords.append((text_of(child.child_by_field_name("name")), low.expression(value)))
        elif child.type == "list_splat":
            spread = low.expression(child.named_children[0])
        elif child.type == "dictionary_splat":
            keywords.append(("**", low.expression(child.named_children[0])))
        elif child.type != "comment":
            args.append(low.expression(child))
    return tuple(args), tuple(keywords), spread


def _super(low: Lowering, node: Node) -> ir.Expr:
    method = low.scope.function
    while method.owner is None and method.parent is not None:
        method = method.parent.function
    callee = low.body.read("super", node.start_byte)
    low.body.add(ir.Evaluate(ir.Call(node.start_byte, low.body.scope, callee)))
    if method.owner is None or not method.params:
        return ir.Unknown(node.start_byte)
    receiver = ir.Read(node.start_byte, method, method.params[0].name, None)
    return ir.Super(node.start_byte, method.owner, receiver)


def name_start(node: Node) -> int:
    """Where the word stands by which a callee is known."""
    if node.type == "attribute":
        name = node.child_by_field_name("attribute")
        return name.start_byte if name is not None else node.start_byte
    if node.type == "call":
        inner = node.child_by_field_name("function")
        return name_start(inner) if inner is not None else node.start_byte
    return node.start_byte


EXPRESSIONS: dict[str, Expression] = {"call": _call}
