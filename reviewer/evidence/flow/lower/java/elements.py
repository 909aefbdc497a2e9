"""Literals, arrays and their elements."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.types import TEXT
from reviewer.evidence.flow.lower.java.values import Values
from reviewer.evidence.flow.lower.literals import integer, string_text

MAX_ELEMENTS = 1_000
"""Elements of one array literal that are followed."""
_CALLING = ("method_invocation", "object_creation_expression", "lambda_expression", "method_reference")


class Elements(Values):
    """Lowers texts, classes as values, arrays and what stands at an index."""

    def _string(self, node: Node) -> ir.Expr:
        for child in node.named_children:
            if child.type == "string_interpolation":
                self.parts(child)
        text = string_text(node)
        if text is None or not text or not text.replace(".", "").replace("_", "").replace("$", "").isalnum():
            return TEXT
        return ir.Literal(node.start_byte, text)

    def index(self, node: Node | None) -> ir.Expr | None:
        """The key that an index is; None where nobody can tell."""
        if node is None:
            return None
        if node.type == "decimal_integer_literal":
            value = integer(node)
            return ir.Literal(node.start_byte, value) if value is not None else None
        self.body.evaluate(self.expression(node))
        return None

    def _array_access(self, node: Node) -> ir.Expr:
        array = self.of(node, "array")
        key = self.index(node.child_by_field_name("index"))
        return ir.Item(node.start_byte, array, key) if array is not None else ir.Unknown(node.start_byte)

    def array(self, node: Node) -> ir.Expr:
        """The elements between braces."""
        items: list[tuple[str | int | None, ir.Expr]] = []
        for child in node.named_children:
            if child.type.endswith("comment"):
                continue
            if len(items) < MAX_ELEMENTS:
                items.append((len(items), self.expression(child)))
                continue
            self.scope.partial = f"an array of more than {MAX_ELEMENTS} elements"
            if child.type in _CALLING:
                self.body.evaluate(self.expression(child))
        return ir.Container(node.start_byte, "array", tuple(items))

    def _new_array(self, node: Node) -> ir.Expr:
        for size in node.children_by_field_name("dimensions"):
            if size.type == "dimensions_expr":
                self.parts(size)
        value = node.child_by_field_name("value")
        return self.array(value) if value is not None else ir.Container(node.start_byte, "array")

    def _class_literal(self, node: Node) -> ir.Expr:
        found = self.type_expression(node.named_children[0]) if node.named_children else None
        if found is None:
            return ir.Unknown(node.start_byte)
        return ir.Member(node.end_byte - len("class"), found, "class", self.body.scope)
