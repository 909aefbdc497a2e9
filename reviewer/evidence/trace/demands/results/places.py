"""What a caller does with the result of a call."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.source_file import SourceFile

_CALLS = frozenset({"call", "call_expression"})
_MEMBERS = {"attribute": "object", "member_expression": "object", "selector_expression": "operand"}
_OPERATORS = frozenset({"binary_operator", "comparison_operator", "not_operator", "unary_operator"})
_CONDITIONS = frozenset({"if_statement", "while_statement", "elif_clause", "ternary_expression"})
_ONE_VALUE_IN_GO = frozenset(
    {"binary_expression", "unary_expression", "selector_expression", "index_expression", "literal_element"}
)
_OF_PROMISES = frozenset({"then", "catch", "finally"})
_OF_COROUTINES = frozenset({"send", "throw", "close", "__await__"})
_FUNCTIONS = frozenset(
    {"function_definition", "function_declaration", "method_definition", "arrow_function", "function_expression",
     "lambda", "module", "program"}
)  # fmt: skip


def calls_on(file: SourceFile, names: frozenset[str], line: int) -> Iterator[Node]:
    """The call of one of the names on that line; nothing where it stands there more than once."""
    found = [one for name in sorted(names) for one in file.occurrences(name) if one.line == line]
    if len(found) != 1 or found[0].call is None:
        return
    start = found[0].start
    node = file.root.descendant_for_byte_range(start, start + len(found[0].name.encode()))
    if node is None or node.parent is None:
        return
    if node.parent.type == "method_invocation" and node.parent.child_by_field_name("name") == node:
        yield node.parent
        return
    callee = node.parent if node.parent.type in _MEMBERS else node
    call = callee.parent
    if call is not None and call.type in _CALLS and call.child_by_field_name("function") == callee:
        yield call


def outer(node: Node) -> Node:
    """The node with the brackets around it."""
    while node.parent is not None and node.parent.type == "parenthesized_expression":
        node = node.parent
    return node


def awaited(call: Node) -> Node:
    """The call with `await` where that stands before it."""
    parent = outer(call).parent
    return parent if parent is not None and parent.type in ("await", "await_expression") else call


def needs_value(node: Node, family: str) -> bool:
    """True where neither a coroutine nor a promise can stand: a condition, an operand, before a member's name."""
    whole = outer(node)
    parent = whole.parent
    if parent is None:
        return False
    if parent.type in _MEMBERS and parent.child_by_field_name(_MEMBERS[parent.type]) == whole:
        member = parent.child_by_field_name("attribute") or parent.child_by_field_name("property")
        return text_of(member) not in (_OF_PROMISES if family == "ecmascript" else _OF_COROUTINES)
    if parent.type in _CONDITIONS:
        return parent.child_by_field_name("condition") == whole
    return _needs_it_in_python(parent, whole) if family == "python" else _is_negated(parent)


def _needs_it_in_python(parent: Node, whole: Node) -> bool:
    """Also a call on a line of its own: without `await` nothing of it runs."""
    if parent.type == "conditional_expression":
        return parent.named_child_count == 3 and parent.named_child(1) == whole
    if parent.type == "expression_statement":
        return whole.type == "call"
    return parent.type in _OPERATORS and not _is_identity(parent)


def _is_negated(parent: Node) -> bool:
    return parent.type == "unary_expression" and text_of(parent.child_by_field_name("operator")) == "!"


def takes_one_in_go(call: Node) -> bool:
    """True where exactly one value must stand: beside other arguments, as an operand, before a dot."""
    parent = call.parent
    if parent is None:
        return False
    if parent.type == "argument_list":
        return parent.named_child_count > 1
    if parent.type == "expression_list":
        return parent.named_child_count > 1
    return parent.type in _ONE_VALUE_IN_GO


def variable_of(call: Node) -> tuple[Node, str] | None:
    """The function around the call and the variable in it which gets the result; None without one."""
    whole = outer(call)
    parent = whole.parent
    if parent is None or parent.type not in ("assignment", "variable_declarator"):
        return None
    left = parent.child_by_field_name("left") or parent.child_by_field_name("name")
    around = parent
    while around.parent is not None and around.type not in _FUNCTIONS:
        around = around.parent
    return (around, text_of(left)) if left is not None and left.type == "identifier" else None


def reads_of(around: Node, name: str) -> list[Node] | None:
    """Where the variable is read in the function; None when it is bound there a second time."""
    found, bound = [], 0
    todo = [around]
    while todo:
        node = todo.pop()
        todo.extend(node.named_children)
        if node.type not in ("identifier", "shorthand_property_identifier") or text_of(node) != name:
            continue
        parent = node.parent
        if parent is None or _is_name_only(node, parent):
            continue
        if node in (parent.child_by_field_name("left"), parent.child_by_field_name("name")) and parent.type in (
            "assignment", "variable_declarator", "assignment_expression", "augmented_assignment"
        ):  # fmt: skip
            bound += 1
        else:
            found.append(node)
    return found if bound == 1 else None


def _is_name_only(node: Node, parent: Node) -> bool:
    """True for a member's or keyword's name, which is no variable."""
    if parent.type == "attribute":
        return parent.child_by_field_name("attribute") == node
    return parent.type == "keyword_argument" and parent.child_by_field_name("name") == node


def _is_identity(comparison: Node) -> bool:
    return any(child.type in ("is", "is not") for child in comparison.children)
