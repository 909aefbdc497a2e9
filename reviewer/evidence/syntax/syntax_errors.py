"""Finds where the grammar gave up on a file, and whether what it left can be worked with."""

from dataclasses import dataclass

from tree_sitter import Node

_MAX_LOOSE_TOKENS = 5_000
"""Tokens without structure under one error. Seen with tree-sitter 0.26: a query takes time quadratic in them."""
_MAX_STEPS = 50_000


@dataclass(frozen=True)
class SyntaxProblem:
    """The first place that was not understood."""

    line: int
    """From 1."""
    hopeless: bool
    """Nothing of the file can be used."""

    @property
    def text(self) -> str:
        """One phrase for people."""
        scope = "the file is not understood" if self.hopeless else "not understood"
        return f"line {self.line}: {scope} by the grammar"


def first_problem(root: Node) -> SyntaxProblem | None:
    """The first problem of a tree; None when the grammar understood all of it. Only errors are followed."""
    if not root.has_error:
        return None
    line: int | None = None
    cursor = root.walk()
    for _ in range(_MAX_STEPS):
        node = cursor.node
        if node is None:
            break
        if node.is_error or node.is_missing:
            line = line or node.start_point.row + 1
            if node.child_count > _MAX_LOOSE_TOKENS:
                return SyntaxProblem(line, hopeless=True)
        if node.has_error and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return SyntaxProblem(line or 1, hopeless=False)
    return SyntaxProblem(line or 1, hopeless=True)
