"""Lowers `match`: what its patterns bind."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python.lowering import Lowering, Statement
from reviewer.evidence.flow.lower.python.targets import store
from reviewer.evidence.flow.lower.python.types import dotted
from reviewer.evidence.syntax.grammars.row import text_of


def _match(low: Lowering, node: Node) -> None:
    subject = [low.expression(child) for child in node.children_by_field_name("subject")]
    ways = low.body.branches()
    block = node.child_by_field_name("body")
    for case in block.named_children if block is not None else ():
        with ways.way():
            _case(low, case, subject)
    ways.end(may_skip=True)


def _case(low: Lowering, case: Node, subject: list[ir.Expr]) -> None:
    for child in case.named_children:
        if child.type == "case_pattern":
            _pattern(low, child, subject)
    low.body.evaluate(low.field(case, "guard"))
    low.statements(case.child_by_field_name("consequence"))


def _pattern(low: Lowering, node: Node, subject: list[ir.Expr]) -> None:
    """Names that a pattern binds; a class pattern tells the type."""
    for child in node.named_children:
        if child.type == "as_pattern" and subject:
            typed = [part for part in child.named_children if part.type == "case_pattern"]
            alias = child.child_by_field_name("alias") or child.named_children[-1]
            value = _class_pattern(low, typed[0]) if typed else None
            store(low, alias, value or subject[0])
        elif child.type == "dotted_name" and child.named_child_count == 1 and subject:
            low.body.bind(text_of(child), subject[0])
        else:
            _pattern(low, child, [])


def _class_pattern(low: Lowering, node: Node) -> ir.Expr | None:
    for child in node.named_children:
        if child.type == "class_pattern" and child.named_children:
            return ir.InstanceOf(child.start_byte, dotted(low, child.named_children[0]))
    return None


STATEMENTS: dict[str, Statement] = {"match_statement": _match}
