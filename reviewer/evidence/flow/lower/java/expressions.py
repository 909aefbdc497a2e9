"""Expressions: operators, and the table of all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.assignments import Assignments
from reviewer.evidence.flow.lower.java.dispatch import HANDLERS
from reviewer.evidence.flow.lower.java.types import TEXT


class Expressions(Assignments):
    """Lowers expressions; calls, lambdas and switches are filled in below."""

    def _binary(self, node: Node) -> ir.Expr:
        """Left-leaning chains are walked, not recursed into: sums of strings grow long."""
        leaves: list[Node] = []
        one: Node | None = node
        while one is not None and one.type == "binary_expression":
            right = one.child_by_field_name("right")
            if right is not None:
                leaves.append(right)
            one = one.child_by_field_name("left")
        if one is not None:
            leaves.append(one)
        for leaf in reversed(leaves):
            self.body.evaluate(self.expression(leaf))
        texts = any(leaf.type == "string_literal" for leaf in leaves)
        return TEXT if texts else ir.Unknown(node.start_byte)

    def _ternary(self, node: Node) -> ir.Expr:
        self.body.evaluate(self.of(node, "condition"))
        parts = (self.of(node, "consequence"), self.of(node, "alternative"))
        return ir.Join(node.start_byte, tuple(part for part in parts if part is not None))

    def _cast(self, node: Node) -> ir.Expr:
        value = self.of(node, "value") or ir.Unknown(node.start_byte)
        written = node.children_by_field_name("type")
        return self.typed(value, written[0]) if len(written) == 1 else value

    def _parenthesized(self, node: Node) -> ir.Expr:
        inner = [child for child in node.named_children if not child.type.endswith("comment")]
        return self.expression(inner[0]) if inner else ir.Unknown(node.start_byte)

    def call(self, node: Node) -> ir.Expr:
        """A method call."""
        raise NotImplementedError

    def creation(self, node: Node) -> ir.Expr:
        """`new X(…)`."""
        raise NotImplementedError

    def reference(self, node: Node) -> ir.Expr:
        """`A::b`."""
        raise NotImplementedError

    def lambda_(self, node: Node) -> ir.Expr:
        """A lambda."""
        raise NotImplementedError

    def switch(self, node: Node) -> ir.Expr:
        """A switch, as a statement or for its value."""
        raise NotImplementedError


def _nothing(self: Expressions, node: Node) -> ir.Expr:  # noqa: ARG001 - the shape of a handler
    return ir.Unknown(node.start_byte)


_EXPRESSIONS: dict[str, Callable[[Expressions, Node], ir.Expr]] = {
    "identifier": Expressions._identifier,
    "this": Expressions._this,
    "field_access": Expressions._field,
    "method_invocation": lambda self, node: self.call(node),
    "object_creation_expression": lambda self, node: self.creation(node),
    "method_reference": lambda self, node: self.reference(node),
    "lambda_expression": lambda self, node: self.lambda_(node),
    "switch_expression": lambda self, node: self.switch(node),
    "binary_expression": Expressions._binary,
    "instanceof_expression": Expressions._instanceof,
    "assignment_expression": Expressions._assignment,
    "ternary_expression": Expressions._ternary,
    "cast_expression": Expressions._cast,
    "parenthesized_expression": Expressions._parenthesized,
    "string_literal": Expressions._string,
    "array_access": Expressions._array_access,
    "array_initializer": Expressions.array,
    "array_creation_expression": Expressions._new_array,
    "class_literal": Expressions._class_literal,
    "decimal_integer_literal": _nothing,
    "null_literal": _nothing,
    "true": _nothing,
    "false": _nothing,
}
HANDLERS.update(_EXPRESSIONS)


def arguments(node: Node) -> Iterator[Node]:
    """The arguments of a call."""
    listed = node.child_by_field_name("arguments")
    for child in listed.named_children if listed is not None else ():
        if not child.type.endswith("comment"):
            yield child
