"""The function that a definition is, as a node of its file, and what it gives back."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile

_FUNCTIONS = frozenset(
    {"function_definition", "function_declaration", "method_declaration", "method_definition", "arrow_function",
     "function_expression", "generator_function_declaration", "lambda", "func_literal"}
)  # fmt: skip
_INNER = _FUNCTIONS | {"class_definition", "class_declaration", "class_body", "lambda_expression"}
_TUPLES = frozenset({"tuple", "expression_list"})


def function_of(file: SourceFile, definition: Definition) -> Node | None:
    """The function; None for what is no function, has decorators, or stands in the file more than once."""
    if definition.kind not in (SymbolKind.FUNCTION, SymbolKind.METHOD) or definition.decorated:
        return None
    named = [one for one in file.definitions if one.qualified_name == definition.qualified_name]
    node = file.root.descendant_for_byte_range(definition.start, definition.end - 1)
    return _first(node, definition.name) if len(named) == 1 and node is not None else None


def _first(node: Node, name: str) -> Node | None:
    """The node of that name from here down through what only wraps it."""
    for _ in range(4):
        if node.type in _FUNCTIONS:
            return node
        inner = [child for child in node.named_children if child.type != "comment"]
        if node.type == "variable_declarator":
            value = node.child_by_field_name("value")
            return value if value is not None and value.type in _FUNCTIONS else None
        declared = [one for one in inner if one.type == "variable_declarator" or one.type in _FUNCTIONS]
        fitting = [one for one in declared if text_of(one.child_by_field_name("name")) == name]
        if fitting:
            node = fitting[0]
        elif len(inner) == 1:
            node = inner[0]
        else:
            return None
    return None


def is_async(function: Node) -> bool:
    """True for a function that gives a coroutine or a promise; a generator is none."""
    marked = any(child.type == "async" for child in function.children)
    return marked and not any(child.type == "*" for child in function.children)


def within(function: Node) -> Iterator[Node]:
    """Nodes of the body, those of functions and classes inside it left out."""
    body = function.child_by_field_name("body")
    todo = [body] if body is not None else []
    while todo:
        node = todo.pop()
        yield node
        todo.extend(child for child in node.named_children if child.type not in _INNER)


def parts_given(file: SourceFile, function: Node) -> int | None:
    """How many values each return gives; None when that differs or cannot be told."""
    if file.grammar.family == "go":
        return _results_in_go(function)
    if file.grammar.family != "python":
        return None
    sizes: set[int | None] = set()
    for node in within(function):
        if node.type in ("yield", "with_statement"):
            return None
        if node.type == "return_statement":
            sizes.add(_size(node))
    return sizes.pop() if len(sizes) == 1 else None


def _size(returned: Node) -> int | None:
    values = [child for child in returned.named_children if child.type != "comment"]
    if len(values) != 1 or values[0].type not in _TUPLES:
        return None
    parts = [child for child in values[0].named_children if child.type != "comment"]
    return None if any(part.type == "list_splat" for part in parts) else len(parts)


def _results_in_go(function: Node) -> int:
    result = function.child_by_field_name("result")
    if result is None:
        return 0
    if result.type != "parameter_list":
        return 1
    return sum(max(1, len(one.children_by_field_name("name"))) for one in result.named_children)
