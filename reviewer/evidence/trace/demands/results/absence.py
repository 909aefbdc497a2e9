"""Results that may be absent since the change: a union with null in TypeScript, an Optional in Java."""

from tree_sitter import Node

from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.demands.results.places import awaited, outer, reads_of, variable_of

_ABSENT = frozenset({"null", "undefined"})
_OPEN = frozenset({"any", "unknown", "void", "never"})
_OF_OPTIONAL = frozenset(
    {"get", "isPresent", "isEmpty", "ifPresent", "ifPresentOrElse", "filter", "map", "flatMap", "or", "stream",
     "orElse", "orElseGet", "orElseThrow", "equals", "hashCode", "toString", "getClass", "notify", "notifyAll",
     "wait"}
)  # fmt: skip
_HOLD_ANY = ("var", "Object", "Optional", "java.util.Optional")


def may_be_absent(file: SourceFile, function: Node) -> bool | None:
    """Whether the declared result says that there may be none; None where nothing tells."""
    if file.grammar.family == "java":
        declared = text_of(function.child_by_field_name("type"))
        return declared.startswith(("Optional<", "java.util.Optional<")) if declared else None
    if file.grammar.language not in ("typescript", "tsx"):
        return None
    parts = _members(_promised(_result(function)))
    if not parts or parts & _OPEN:
        return None
    return bool(parts & _ABSENT)


def takes_it_as_there(call: Node, family: str) -> bool:
    """True where a caller takes the result of the call as one that is always there."""
    if family == "java":
        return _is_taken_in_java(call)
    value = awaited(call)
    if _has_member_taken(value):
        return True
    variable = variable_of(value)
    reads = reads_of(*variable) if variable else None
    # Only a read can tell the variable apart from null, so that nothing has before the first.
    return bool(reads) and _has_member_taken(min(reads or (), key=lambda read: read.start_byte))


def gives_promise(function: Node) -> bool:
    """True where the result must be awaited before it can be taken."""
    result = _result(function)
    return result is not None and text_of(result).startswith("Promise<")


def _result(function: Node) -> Node | None:
    annotation = function.child_by_field_name("return_type")
    return annotation.named_child(0) if annotation is not None else None


def _promised(result: Node | None) -> Node | None:
    if result is None or not text_of(result).startswith("Promise<"):
        return result
    arguments = result.child_by_field_name("type_arguments")
    return arguments.named_child(0) if arguments is not None else None


def _members(result: Node | None) -> set[str]:
    """What a union consists of, as written."""
    todo, found = [result] if result is not None else [], set()
    while todo:
        node = todo.pop()
        if node.type in ("union_type", "parenthesized_type"):
            todo.extend(node.named_children)
        else:
            found.add(text_of(node))
    return found


def _has_member_taken(node: Node) -> bool:
    whole = outer(node)
    parent = whole.parent
    if parent is None or parent.type != "member_expression" or parent.child_by_field_name("object") != whole:
        return False
    return not any(child.type in ("optional_chain", "?.") for child in parent.children)


def _is_taken_in_java(call: Node) -> bool:
    """True for a variable of another type, and for a method that no Optional has: neither compiles."""
    parent = call.parent
    if parent is None:
        return False
    if parent.type == "method_invocation" and parent.child_by_field_name("object") == call:
        return text_of(parent.child_by_field_name("name")) not in _OF_OPTIONAL
    declaration = parent.parent
    if parent.type != "variable_declarator" or declaration is None:
        return False
    declared = text_of(declaration.child_by_field_name("type"))
    return declaration.type == "local_variable_declaration" and not declared.startswith(_HOLD_ANY)
