"""Lowers conditions, loops, exceptions and `with`: which way values take."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python.lowering import Lowering, Statement
from reviewer.evidence.flow.lower.python.targets import store


def _if(low: Lowering, node: Node) -> None:
    ways = low.body.branches()
    low.body.evaluate(low.field(node, "condition"))
    with ways.way():
        low.statements(node.child_by_field_name("consequence"))
    complete = False
    for other in node.children_by_field_name("alternative"):
        with ways.way():
            if other.type == "elif_clause":
                low.body.evaluate(low.field(other, "condition"))
                low.statements(other.child_by_field_name("consequence"))
            else:
                complete = True
                low.statements(other.child_by_field_name("body"))
    ways.end(may_skip=not complete)


def _for(low: Lowering, node: Node) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return
    iterated = low.expression(right)
    with low.body.loop():
        store(low, left, ir.Each(right.start_byte, iterated, low.body.scope))
        low.statements(node.child_by_field_name("body"))
    _else(low, node)


def _while(low: Lowering, node: Node) -> None:
    with low.body.loop():
        low.body.evaluate(low.field(node, "condition"))
        low.statements(node.child_by_field_name("body"))
    _else(low, node)


def _else(low: Lowering, node: Node) -> None:
    other = node.child_by_field_name("alternative")
    if other is not None:
        low.statements(other.child_by_field_name("body"))


def _try(low: Lowering, node: Node) -> None:
    ways = low.body.branches()
    with ways.way():
        low.statements(node.child_by_field_name("body"))
        for child in node.named_children:
            if child.type == "else_clause":
                low.statements(child.child_by_field_name("body"))
    for child in node.named_children:
        if child.type in ("except_clause", "except_group_clause"):
            with ways.way():
                _handler(low, child)
    ways.end(may_skip=False)
    for child in node.named_children:
        if child.type == "finally_clause":
            for block in child.named_children:
                low.statements(block)


def _handler(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        if child.type == "block":
            low.statements(child)
        elif child.type == "as_pattern":
            _as_pattern(low, child, made=True)
        else:
            low.body.evaluate(low.expression(child))


def _as_pattern(low: Lowering, node: Node, *, made: bool) -> None:
    value = low.expression(node.named_children[0]) if node.named_children else ir.Unknown(node.start_byte)
    target = node.child_by_field_name("alias")
    if target is not None:
        store(low, target, ir.InstanceOf(value.start, value) if made else value)


def _with(low: Lowering, node: Node) -> None:
    for clause in node.named_children:
        if clause.type == "with_clause":
            for item in clause.named_children:
                _with_item(low, item)
    low.statements(node.child_by_field_name("body"))


def _with_item(low: Lowering, item: Node) -> None:
    value = item.child_by_field_name("value")
    if value is None:
        return
    manager = value.named_children[0] if value.type == "as_pattern" else value
    expression = low.expression(manager)
    enter = ir.Member(manager.start_byte, expression, "__enter__", low.body.scope)
    entered = ir.Call(manager.start_byte, low.body.scope, enter)
    leave = ir.Member(manager.start_byte, expression, "__exit__", low.body.scope)
    low.body.evaluate(ir.Call(manager.start_byte, low.body.scope, leave))
    target = value.child_by_field_name("alias") if value.type == "as_pattern" else None
    if target is not None:
        store(low, target, entered)
    else:
        low.body.evaluate(entered)


STATEMENTS: dict[str, Statement] = {
    "if_statement": _if,
    "for_statement": _for,
    "while_statement": _while,
    "try_statement": _try,
    "with_statement": _with,
}
