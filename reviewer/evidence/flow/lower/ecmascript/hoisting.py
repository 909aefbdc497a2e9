"""Names that are known before their statement runs: functions, `var`, and all that a block declares."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow.lower.ecmascript.lowering import HOISTED, Lowering
from reviewer.evidence.syntax.grammars.row import text_of

FUNCTIONS = ("function_declaration", "generator_function_declaration")
_OWN_CODE = (
    *FUNCTIONS,
    "function_expression",
    "generator_function",
    "arrow_function",
    "method_definition",
    "class_declaration",
    "class",
    "abstract_class_declaration",
    "internal_module",
    "module",
)
_PLAIN = ("expression_statement", "return_statement", "throw_statement", "lexical_declaration")
"""Statements in which no `var` can stand but in a function."""


def hoist_variables(low: Lowering, body: Node) -> None:
    """Declare what `var` declares anywhere in a function."""
    todo = [body]
    while todo:
        for child in todo.pop().named_children:
            if child.type == "variable_declaration":
                for name in declared(child):
                    low.scope.versions.setdefault(name, 0)
            if child.type not in _OWN_CODE and child.type not in _PLAIN:
                todo.append(child)


def hoist_block(low: Lowering, statements: list[Node]) -> None:
    """Bind the functions and types of a block, and declare its other names."""
    written = [_declaration(node) for node in statements]
    for node in sorted(written, key=lambda node: node.type not in FUNCTIONS):
        handler = HOISTED.get(node.type)
        if handler is not None:
            handler(low, node)
        elif node.type == "lexical_declaration":
            for name in declared(node):
                low.body.declare(name)


def _declaration(node: Node) -> Node:
    """The declaration inside `export` and `declare`."""
    while node.type in ("export_statement", "ambient_declaration"):
        inner = node.child_by_field_name("declaration")
        if inner is None and node.type == "ambient_declaration" and node.named_children:
            inner = node.named_children[0]
        if inner is None:
            return node
        node = inner
    return node


def declared(node: Node) -> list[str]:
    """Names that a declaration of variables binds."""
    names: list[str] = []
    for child in node.named_children:
        target = child.child_by_field_name("name") if child.type == "variable_declarator" else None
        if target is not None:
            names.extend(pattern_names(target))
    return names


def pattern_names(pattern: Node) -> list[str]:
    """Names that a pattern binds."""
    found: list[str] = []
    todo = [pattern]
    while todo:
        node = todo.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            found.append(text_of(node))
        elif node.type in ("assignment_pattern", "object_assignment_pattern"):
            left = node.child_by_field_name("left")
            todo.extend([left] if left is not None else [])
        elif node.type == "pair_pattern":
            value = node.child_by_field_name("value")
            todo.extend([value] if value is not None else [])
        elif node.type in ("object_pattern", "array_pattern", "rest_pattern"):
            todo.extend(node.named_children)
    return found
