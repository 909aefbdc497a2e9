"""Lowers assignments, `return`, `raise`, and the declarations of names as `global` and `nonlocal`."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python.lowering import Lowering, Statement
from reviewer.evidence.flow.lower.python.targets import store
from reviewer.evidence.flow.lower.python.types import declared_type
from reviewer.evidence.syntax.grammars.row import text_of


def _expression_statement(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        if child.type == "assignment":
            _assignment(low, child)
        elif child.type == "augmented_assignment":
            _augmented(low, child)
        else:
            low.body.evaluate(low.expression(child))


def _assignment(low: Lowering, node: Node) -> ir.Expr | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    declared = node.child_by_field_name("type")
    if right is not None and right.type == "assignment":
        value = _assignment(low, right)
    else:
        value = low.expression(right) if right is not None else None
    if declared is not None:
        typed = declared_type(low, declared)
        if typed is not None:
            value = ir.Typed(node.start_byte, value, typed)
    if value is not None and left is not None:
        store(low, left, value)
    return value


def _augmented(low: Lowering, node: Node) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return
    store(low, left, ir.Join(node.start_byte, (low.expression(left), low.expression(right))))


def _return(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        low.body.add(ir.Return(low.scope, low.expression(child)))


def _raise(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        value = low.expression(child)
        if isinstance(value, ir.Read | ir.Member):
            # `raise A` makes an A.
            value = ir.Call(value.start, low.body.scope, value, makes=True)
        low.body.evaluate(value)


def _global(low: Lowering, node: Node) -> None:
    module = low.file.scope
    for child in node.named_children:
        low.scope.elsewhere[text_of(child)] = module


def _nonlocal(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        name = text_of(child)
        outer = low.scope.parent
        while outer is not None and (name not in outer.versions or outer.kind == "class"):
            outer = outer.parent
        if outer is not None:
            low.scope.elsewhere[name] = outer


STATEMENTS: dict[str, Statement] = {
    "expression_statement": _expression_statement,
    "return_statement": _return,
    "raise_statement": _raise,
    "global_statement": _global,
    "nonlocal_statement": _nonlocal,
    "block": Lowering.statements,
}
