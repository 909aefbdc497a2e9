"""The state of lowering one scope, and the tables of handlers by kind of node."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.body import Body

_MAX_DEPTH = 100
"""Levels of syntax within one function; each costs a few frames here and in the solver."""
_MAX_NESTING = 20
"""Functions within functions."""


class Lowering:
    """Lowers the statements and expressions of one scope."""

    def __init__(self, scope: ir.Scope) -> None:
        self.scope = scope
        self.file = scope.file
        self.body = Body(scope)
        self._depth = 0

    def statement(self, node: Node) -> None:
        """Add the effects of a statement."""
        if self._too_deep(node):
            return
        self._depth += 1
        handler = STATEMENTS.get(node.type)
        if handler is not None:
            handler(self, node)
        else:
            self._unknown_statement(node)
        self._depth -= 1

    def statements(self, nodes: list[Node]) -> None:
        """Add the effects of statements in order."""
        for node in nodes:
            self.statement(node)

    def expression(self, node: Node | None, name: str | None = None) -> ir.Expr:
        """The value of an expression; `name` is what a function or class gets that has none of its own."""
        if node is None or self._too_deep(node):
            return ir.Unknown(node.start_byte if node is not None else 0)
        self._depth += 1
        named = NAMED.get(node.type) if name is not None else None
        handler = EXPRESSIONS.get(node.type)
        if named is not None and name is not None:
            value = named(self, node, name)
        elif handler is not None:
            value = handler(self, node)
        else:
            value = self._unknown(node)
        self._depth -= 1
        return value

    def child(self, kind: str, name: str, node: Node, lowerer: Callable[[ir.Scope], None]) -> ir.Scope:
        """A function or class that stands here."""
        if _nesting(self.body.scope) > _MAX_NESTING:
            self.skip("functions nested deeper than 20 levels")
            return ir.Scope(kind, name, self.body.scope, self.file, None, is_lowered=True)
        scope = ir.Scope(kind, name, self.body.scope, self.file, node, lowerer)
        self.body.scope.children.append(scope)
        return self.file.add(scope)

    def skip(self, why: str) -> None:
        """Say that something was left out."""
        known = self.scope.partial
        if known is None:
            self.scope.partial = why
        elif why not in known:
            self.scope.partial = f"{known}; {why}"

    def _unknown(self, node: Node) -> ir.Expr:
        if node.type == "ERROR":
            self.skip("a part has syntax errors")
        for child in node.named_children:
            self.body.evaluate(self.expression(child))
        return ir.Unknown(node.start_byte)

    def _unknown_statement(self, node: Node) -> None:
        if node.type in EXPRESSIONS:
            self.body.evaluate(self.expression(node))
            return
        if node.type == "ERROR":
            self.skip("a part has syntax errors")
        for child in node.named_children:
            self.statement(child)

    def _too_deep(self, node: Node) -> bool:
        if self._depth < _MAX_DEPTH:
            return False
        if node.child_count:
            self.skip(f"nested deeper than {_MAX_DEPTH} levels")
        return True


def _nesting(scope: ir.Scope) -> int:
    found = 0
    outer = scope.function.parent
    while outer is not None:
        found += 1
        outer = outer.function.parent
    return found


STATEMENTS: dict[str, Callable[[Lowering, Node], None]] = {}
EXPRESSIONS: dict[str, Callable[[Lowering, Node], ir.Expr]] = {}
NAMED: dict[str, Callable[[Lowering, Node, str], ir.Expr]] = {}
"""Expressions that take the name of what they are assigned to."""
HOISTED: dict[str, Callable[[Lowering, Node], None]] = {}
"""Declarations that count from the beginning of their block."""
