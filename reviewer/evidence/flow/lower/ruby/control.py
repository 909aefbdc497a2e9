"""Conditions, loops, exceptions, `return`: which way values take."""

from __future__ import annotations

from collections.abc import Iterable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.lowering import Handler, Lowering
from reviewer.evidence.flow.lower.ruby.targets import store
from reviewer.evidence.syntax.grammars.row import text_of


def any_of(start: int, values: Iterable[ir.Expr]) -> ir.Expr:
    """Any of the values that are known."""
    parts = tuple(value for value in values if not isinstance(value, ir.Unknown))
    return parts[0] if len(parts) == 1 else ir.Join(start, parts) if parts else ir.Unknown(start)


def _if(low: Lowering, node: Node) -> ir.Expr:
    low.evaluated(node, "condition")
    found: list[ir.Expr] = []
    ways = low.body.branches()
    for name in ("consequence", "alternative"):
        child = node.child_by_field_name(name)
        if child is not None:
            with ways.way():
                found.append(_kept(low, low.expression(child)))
    ways.end(may_skip=node.child_by_field_name("alternative") is None)
    return any_of(node.start_byte, found)


def _kept(low: Lowering, value: ir.Expr) -> ir.Expr:
    """The calls of a way are made, whether or not its value is asked for."""
    low.body.evaluate(value)
    return value


def _modifier(low: Lowering, node: Node) -> ir.Expr:
    low.evaluated(node, "condition")
    ways = low.body.branches()
    with ways.way():
        value = low.field(node, "body")
    ways.end(may_skip=True)
    return value or ir.Unknown(node.start_byte)


def _while(low: Lowering, node: Node) -> ir.Expr:
    with low.body.loop():
        low.evaluated(node, "condition")
        low.evaluated(node, "body")
    return ir.Unknown(node.start_byte)


def _for(low: Lowering, node: Node) -> ir.Expr:
    pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
    if pattern is None or value is None:
        return ir.Unknown(node.start_byte)
    iterated = low.statements(value)
    with low.body.loop():
        store(low, pattern, ir.Each(value.start_byte, iterated, low.body.scope))
        low.evaluated(node, "body")
    return iterated


def _case(low: Lowering, node: Node) -> ir.Expr:
    low.evaluated(node, "value")
    found: list[ir.Expr] = []
    complete = False
    ways = low.body.branches()
    for child in node.named_children:
        if child.type == "when":
            with ways.way():
                _narrow(low, node.child_by_field_name("value"), child)
                found.append(_kept(low, low.field(child, "body") or ir.Unknown(child.start_byte)))
        elif child.type == "else":
            complete = True
            with ways.way():
                found.append(_kept(low, low.expression(child)))
    ways.end(may_skip=not complete)
    return any_of(node.start_byte, found)


def _narrow(low: Lowering, subject: Node | None, when: Node) -> None:
    """`when Foo` tells the class of a variable of which nothing else is known."""
    patterns = [low.expression(pattern) for pattern in when.children_by_field_name("pattern")]
    for pattern in patterns:
        low.body.evaluate(pattern)
    name = text_of(subject)
    classes = [one for one in patterns if isinstance(one, ir.Imported | ir.Member)]
    if (
        subject is None
        or subject.type != "identifier"
        or low.home(name) is None
        or len(classes) < len(patterns)
    ):
        return
    declared = any_of(when.start_byte, [ir.InstanceOf(one.start, one) for one in classes])
    low.assign(name, ir.Typed(when.start_byte, low.body.read(name, subject.start_byte), declared))


def _body(low: Lowering, node: Node) -> ir.Expr:
    """Statements with `rescue`, `else` and `ensure` behind them."""
    behind = ("rescue", "else", "ensure")
    if not any(child.type in behind for child in node.named_children):
        return low.statements(node)
    found: list[ir.Expr] = []
    ways = low.body.branches()
    with ways.way():
        for child in node.named_children:
            if child.type not in ("rescue", "ensure", "comment"):
                value = low.expression(child)
                low.body.evaluate(value)
                found[:] = [value]
    for child in node.named_children:
        if child.type == "rescue":
            with ways.way():
                found.append(_kept(low, _rescue(low, child)))
    ways.end(may_skip=False)
    for child in node.named_children:
        if child.type == "ensure":
            low.body.evaluate(low.statements(child))
    return any_of(node.start_byte, found)


def _rescue(low: Lowering, node: Node) -> ir.Expr:
    listed, variable = node.child_by_field_name("exceptions"), node.child_by_field_name("variable")
    classes = [low.expression(child) for child in listed.named_children] if listed is not None else []
    if variable is not None and variable.named_children:
        caught = any_of(node.start_byte, [ir.InstanceOf(one.start, one) for one in classes])
        store(low, variable.named_children[0], caught)
    return low.field(node, "body") or ir.Unknown(node.start_byte)


def _rescue_modifier(low: Lowering, node: Node) -> ir.Expr:
    body = low.field(node, "body") or ir.Unknown(node.start_byte)
    handler = low.field(node, "handler") or ir.Unknown(node.start_byte)
    return any_of(node.start_byte, [body, handler])


def _conditional(low: Lowering, node: Node) -> ir.Expr:
    return _if(low, node)


def _return(low: Lowering, node: Node) -> ir.Expr:
    """Leaves the method, also from within a block of it."""
    target = low.method if low.method is not None and "block" in low.scope.traits else low.scope
    low.body.add(ir.Return(target, _values(low, node)))
    return ir.Unknown(node.start_byte)


def _leave(low: Lowering, node: Node) -> ir.Expr:
    value = _values(low, node)
    if text_of(node).startswith("next") and low.scope.kind == "function":
        low.body.add(ir.Return(low.scope, value))
    else:
        low.body.evaluate(value)
    return ir.Unknown(node.start_byte)


def _values(low: Lowering, node: Node) -> ir.Expr:
    listed = node.named_children[0] if node.named_children else None
    if listed is None:
        return ir.Unknown(node.start_byte)
    parts = [low.expression(child) for child in listed.named_children if child.type != "comment"]
    if len(parts) == 1:
        return parts[0]
    return ir.Container(node.start_byte, "list", tuple(enumerate(parts)))


def _statements(low: Lowering, node: Node) -> ir.Expr:
    return low.statements(node)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("if", "unless", "elsif"), _if),
    "conditional": _conditional,
    **dict.fromkeys(("if_modifier", "unless_modifier"), _modifier),
    **dict.fromkeys(("while", "until", "while_modifier", "until_modifier"), _while),
    "for": _for,
    "case": _case,
    **dict.fromkeys(("body_statement", "begin", "block_body"), _body),
    "rescue_modifier": _rescue_modifier,
    "return": _return,
    **dict.fromkeys(("next", "break"), _leave),
    **dict.fromkeys(
        ("then", "else", "do", "ensure", "parenthesized_statements", "begin_block", "end_block", "interpolation",
         "pattern"),
        _statements,
    ),
}  # fmt: skip
