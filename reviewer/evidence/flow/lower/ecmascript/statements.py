"""Statements."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import classes, functions, hoisting, modules, patterns, types
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of


def _expression_statement(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        if child.type == "internal_module":
            classes.namespace(low, child)
        elif child.type == "assignment_expression":
            low.expression(child)
        else:
            low.body.evaluate(low.expression(child))


def _declaration(low: Lowering, node: Node) -> None:
    hoisted = node.type == "variable_declaration"
    for child in node.named_children:
        if child.type == "variable_declarator":
            _declarator(low, child, low.scope if hoisted else low.body.scope)


def _declarator(low: Lowering, node: Node, scope: ir.Scope) -> None:
    target, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if target is None:
        return
    written = types.of(low, node)
    if value is None:
        for name in hoisting.pattern_names(target):
            scope.versions.setdefault(name, 0)
            if written is not None:
                low.body.add(ir.Declare(scope, None, name, written))
        return
    held = low.expression(value, patterns.written_name(target))
    types.fill(low, held, written)
    if written is not None:
        held = ir.Typed(held.start, held, written)
    patterns.bind(low, target, held, scope)


def _block(low: Lowering, node: Node) -> None:
    with low.body.block():
        hoisting.hoist_block(low, node.named_children)
        low.statements(node.named_children)


def _return(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        if child.type != "comment":
            functions.give_back(low, low.expression(child))


def _if(low: Lowering, node: Node) -> None:
    condition, then = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
    other = node.child_by_field_name("alternative")
    low.body.evaluate(low.expression(condition))
    ways = low.body.branches()
    with ways.way(), low.body.block():
        _narrow(low, condition)
        if then is not None:
            low.statement(then)
    if other is not None:
        with ways.way():
            low.statements(other.named_children)
    ways.end(may_skip=other is None)


def _narrow(low: Lowering, condition: Node | None) -> None:
    """`x instanceof Foo` says what `x` is where nothing else does."""
    while condition is not None and condition.type == "parenthesized_expression":
        condition = condition.named_children[0] if condition.named_children else None
    if condition is None or condition.type != "binary_expression":
        return
    left, right = condition.child_by_field_name("left"), condition.child_by_field_name("right")
    told = text_of(condition.child_by_field_name("operator")) == "instanceof"
    if told and left is not None and right is not None and left.type == "identifier":
        made = ir.InstanceOf(right.start_byte, low.expression(right))
        value = ir.Typed(left.start_byte, low.expression(left), made)
        low.body.bind(text_of(left), value, scope=low.body.scope)


def _for(low: Lowering, node: Node) -> None:
    with low.body.block():
        first = node.child_by_field_name("initializer")
        if first is not None:
            hoisting.hoist_block(low, [first])
            low.statement(first)
        with low.body.loop():
            for field in ("condition", "increment"):
                low.body.evaluate(low.expression(node.child_by_field_name(field)))
            _inside(low, node)


def _inside(low: Lowering, node: Node) -> None:
    body = node.child_by_field_name("body")
    if body is not None:
        low.statement(body)


def _for_in(low: Lowering, node: Node) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return
    iterated = low.expression(right)
    element: ir.Expr = ir.Unknown(right.start_byte)
    if text_of(node.child_by_field_name("operator")) == "of":
        element = ir.Each(right.start_byte, iterated, low.body.scope)
        if any(child.type == "await" for child in node.children):
            element = ir.Awaited(right.start_byte, element)
    else:
        low.body.evaluate(iterated)
    kind = text_of(node.child_by_field_name("kind"))
    with low.body.block(), low.body.loop():
        if kind:
            patterns.bind(low, left, element, low.scope if kind == "var" else low.body.scope)
        else:
            patterns.assign(low, left, element)
        _inside(low, node)


def _while(low: Lowering, node: Node) -> None:
    with low.body.loop():
        low.body.evaluate(low.expression(node.child_by_field_name("condition")))
        _inside(low, node)


def _try(low: Lowering, node: Node) -> None:
    ways = low.body.branches()
    with ways.way():
        _inside(low, node)
    handler = node.child_by_field_name("handler")
    if handler is not None:
        with ways.way(), low.body.block():
            caught = handler.child_by_field_name("parameter")
            if caught is not None:
                patterns.bind(low, caught, ir.Unknown(caught.start_byte), low.body.scope)
            _inside(low, handler)
    ways.end(may_skip=handler is not None)
    last = node.child_by_field_name("finalizer")
    if last is not None:
        _inside(low, last)


def _switch(low: Lowering, node: Node) -> None:
    low.body.evaluate(low.expression(node.child_by_field_name("value")))
    body = node.child_by_field_name("body")
    cases = [case for case in body.named_children if case.type != "comment"] if body is not None else []
    with low.body.block():
        hoisting.hoist_block(low, [one for case in cases for one in case.children_by_field_name("body")])
        ways = low.body.branches()
        for case in cases:
            with ways.way():
                low.body.evaluate(low.expression(case.child_by_field_name("value")))
                low.statements(case.children_by_field_name("body"))
        ways.end(may_skip=not any(case.type == "switch_default" for case in cases))


def _class(low: Lowering, node: Node) -> None:
    classes.define(low, node, classes.decorators_of(node))


def _ambient(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        if child.type != "statement_block":
            low.statement(child)


def _nothing(low: Lowering, node: Node) -> None:
    """Hoisted already, or without anything that runs."""


STATEMENTS = {
    "expression_statement": _expression_statement,
    "lexical_declaration": _declaration,
    "variable_declaration": _declaration,
    "statement_block": _block,
    "return_statement": _return,
    "if_statement": _if,
    "for_statement": _for,
    "for_in_statement": _for_in,
    "while_statement": _while,
    "do_statement": _while,
    "try_statement": _try,
    "switch_statement": _switch,
    "class_declaration": _class,
    "abstract_class_declaration": _class,
    "enum_declaration": classes.enumeration,
    "internal_module": classes.namespace,
    "module": classes.namespace,
    "import_statement": modules.import_statement,
    "export_statement": modules.export_statement,
    "ambient_declaration": _ambient,
    **dict.fromkeys(
        (
            *hoisting.FUNCTIONS,
            "function_signature",
            "interface_declaration",
            "type_alias_declaration",
            "import_alias",
            "comment",
            "hash_bang_line",
            "break_statement",
            "continue_statement",
            "statement_identifier",
        ),
        _nothing,
    ),
}
