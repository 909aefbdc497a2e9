"""The state of lowering one scope, and the tables of handlers by kind of node."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.body import Body

_WITHOUT_VALUE = ("comment", "type")


class Lowering:
    """Lowers the statements and expressions of one scope."""

    def __init__(self, scope: ir.Scope) -> None:
        self.scope = scope
        self.file = scope.file
        self.body = Body(scope)

    def statements(self, node: Node | None) -> None:
        """Add the effects of the statements in a block."""
        for child in node.named_children if node is not None else ():
            self.statement(child)

    def statement(self, node: Node) -> None:
        """Add the effects of a statement."""
        handler = STATEMENTS.get(node.type)
        if handler is not None:
            handler(self, node)
        elif node.type not in _WITHOUT_VALUE:
            for child in node.named_children:
                self.statement(child) if child.type in STATEMENTS else self.body.evaluate(
                    self.expression(child)
                )

    def expression(self, node: Node) -> ir.Expr:
        """The value of an expression of whatever kind."""
        handler = EXPRESSIONS.get(node.type)
        if handler is not None:
            return handler(self, node)
        parts = [self.expression(child) for child in node.named_children if child.type != "comment"]
        for part in parts:
            self.body.evaluate(part)
        return ir.Unknown(node.start_byte)

    def field(self, node: Node, name: str) -> ir.Expr | None:
        """The lowered child in a field; None where there is none."""
        child = node.child_by_field_name(name)
        return self.expression(child) if child is not None else None

    def child(self, kind: str, name: str, node: Node, lowerer: Callable[[ir.Scope], None]) -> ir.Scope:
        """A function or class that stands here; `lowerer` fills it in when it is asked for."""
        scope = ir.Scope(kind, name, self.body.scope, self.file, node, lowerer)
        self.body.scope.children.append(scope)
        return self.file.add(scope)


Statement = Callable[[Lowering, Node], None]
Expression = Callable[[Lowering, Node], ir.Expr]
STATEMENTS: dict[str, Statement] = {}
EXPRESSIONS: dict[str, Expression] = {}
