"""Pattern matching: `case … in …`, `value => pattern`, `value in pattern`."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.control import any_of
from reviewer.evidence.flow.lower.ruby.lowering import Handler, Lowering, name_of
from reviewer.evidence.syntax.grammars.row import text_of


def _case_match(low: Lowering, node: Node) -> ir.Expr:
    subject = low.field(node, "value") or ir.Unknown(node.start_byte)
    low.body.evaluate(subject)
    found: list[ir.Expr] = []
    ways = low.body.branches()
    for child in node.named_children:
        if child.type not in ("in_clause", "else"):
            continue
        with ways.way():
            if child.type == "else":
                value: ir.Expr | None = low.expression(child)
            else:
                _in(low, child, subject)
                value = low.field(child, "body")
            low.body.evaluate(value)
            found.append(value or ir.Unknown(child.start_byte))
    ways.end(may_skip=False)
    return any_of(node.start_byte, found)


def _in(low: Lowering, node: Node, subject: ir.Expr) -> None:
    pattern, guard = node.child_by_field_name("pattern"), node.child_by_field_name("guard")
    if pattern is not None:
        match(low, pattern, subject)
    if guard is not None:
        low.evaluated(guard, "condition")


def _match(low: Lowering, node: Node) -> ir.Expr:
    subject, pattern = low.field(node, "value"), node.child_by_field_name("pattern")
    if subject is not None and pattern is not None:
        low.body.evaluate(subject)
        match(low, pattern, subject)
    return ir.Unknown(node.start_byte)


def match(low: Lowering, node: Node, subject: ir.Expr) -> None:
    """Bind the names of a pattern to the parts of `subject`."""
    kind, start = node.type, node.start_byte
    if kind == "identifier":
        low.assign(text_of(node), subject)
    elif kind == "as_pattern":
        _named(low, node, subject)
    elif kind in ("array_pattern", "find_pattern"):
        _array(low, node, subject)
    elif kind == "hash_pattern":
        _hash(low, node, subject)
    elif kind in ("alternative_pattern", "parenthesized_pattern"):
        for child in node.named_children:
            match(low, child, subject)
    elif kind == "splat_parameter":
        for child in node.named_children:
            low.assign(text_of(child), ir.Rest(start, subject, 0))
    elif kind != "variable_reference_pattern":
        low.body.evaluate(low.expression(node))


def _named(low: Lowering, node: Node, subject: ir.Expr) -> None:
    """`Type => name` tells the type where nothing else is known."""
    value, name = node.child_by_field_name("value"), node.child_by_field_name("name")
    if value is None or name is None:
        return
    if value.type in ("constant", "scope_resolution"):
        cls = low.expression(value)
        subject = ir.Typed(node.start_byte, subject, ir.InstanceOf(cls.start, cls))
    else:
        match(low, value, subject)
    low.assign(text_of(name), subject)


def _array(low: Lowering, node: Node, subject: ir.Expr) -> None:
    parts = list(node.named_children)
    cls = node.child_by_field_name("class")
    if cls is not None:
        low.body.evaluate(low.expression(cls))
        parts = [part for part in parts if part.start_byte != cls.start_byte]
    for at, part in enumerate(parts):
        if part.type == "splat_parameter":
            for child in part.named_children:
                low.assign(text_of(child), ir.Rest(part.start_byte, subject, at, len(parts) - at - 1))
        else:
            match(low, part, ir.Item(part.start_byte, subject, ir.Literal(part.start_byte, at)))


def _hash(low: Lowering, node: Node, subject: ir.Expr) -> None:
    cls = node.child_by_field_name("class")
    if cls is not None:
        made = low.expression(cls)
        subject = ir.Typed(node.start_byte, subject, ir.InstanceOf(made.start, made))
    for part in node.named_children:
        if part.type != "keyword_pattern":
            continue
        key, value = part.child_by_field_name("key"), part.child_by_field_name("value")
        name = name_of(key)
        if name is None or key is None:
            continue
        held = ir.Item(part.start_byte, subject, ir.Literal(part.start_byte, name))
        read = ir.Call(
            key.start_byte, low.body.scope, ir.Member(key.start_byte, subject, name, low.body.scope)
        )
        found = ir.Join(part.start_byte, (held, read) if cls is not None else (held,))
        if value is None:
            low.assign(name, found)
        else:
            match(low, value, found)


HANDLERS: dict[str, Handler] = {
    "case_match": _case_match,
    "match_pattern": _match,
    "test_pattern": _match,
}
