"""Leads each kind of expression to what lowers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.evident import Evident

MAX_DEPTH = 100
"""Levels of statements and expressions in each other."""


class Dispatch(Evident):
    """Lowers an expression by the kind of its node."""

    depth = 0

    def expression(self, node: Node) -> ir.Expr:
        """Lower an expression of whatever kind."""
        if self.depth >= MAX_DEPTH:
            self.scope.partial = f"nested deeper than {MAX_DEPTH} levels"
            return ir.Unknown(node.start_byte)
        self.depth += 1
        try:
            handler = HANDLERS.get(node.type)
            return handler(self, node) if handler is not None else self.parts(node)
        finally:
            self.depth -= 1

    def of(self, node: Node, field: str) -> ir.Expr | None:
        """Lower what stands in a field; None where nothing does."""
        child = node.child_by_field_name(field)
        return self.expression(child) if child is not None else None

    def parts(self, node: Node) -> ir.Expr:
        """Lower what is in a node of which nothing else is known."""
        if node.is_error:
            self.scope.partial = "a part that is not understood"
        for child in node.named_children:
            if not child.type.endswith("comment"):
                self.body.evaluate(self.expression(child))
        return ir.Unknown(node.start_byte)


HANDLERS: dict[str, Callable[[Any, Node], ir.Expr]] = {}
"""By kind of node; each takes the class below in which all expressions come together."""
