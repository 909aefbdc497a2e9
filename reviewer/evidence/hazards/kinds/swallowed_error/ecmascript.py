"""JavaScript and TypeScript: an empty `catch`, and a rejection that is handed to an empty function."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.intent import cleans_up, first_line, inside, is_commented, is_for_cleanup
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, field, lines_of, text_of

_FUNCTIONS = frozenset({"arrow_function", "function_expression"})


def find(file: TouchedFile) -> Iterator[Spot]:
    """Handlers without a statement and without a comment."""
    for clause in file.nodes("catch_clause"):
        statement = clause.parent
        if statement is not None and not field(clause, "body").children[1:-1] and not _is_meant(clause):
            yield Spot("empty-catch", *lines_of(clause), (first_line(field(statement, "body")),))
    for call in file.nodes("call_expression"):
        if not _drops_rejection(call) or _is_explained(call) or _is_in_cleanup(call):
            continue
        promise, given = field(field(call, "function"), "object"), lines_of(field(call, "arguments"))
        if file.touches(*given) and not _cleans(promise):
            yield Spot("empty-rejection", *given, (first_line(promise),))


def _is_meant(clause: Node) -> bool:
    statement = clause.parent
    if statement is None or is_commented(clause) or is_commented(statement):
        return True
    body = field(statement, "body")
    return _has_other_way(body) or _cleans(body) or _is_in_cleanup(statement)


def _has_other_way(body: Node) -> bool:
    """What ends in a return, or only sets a value, has said before or says after what happens without it."""
    statements = body.named_children
    if not statements:
        return True
    if any(one.type == "return_statement" for one in inside(body)):
        return True
    only = statements[0].named_children[:1] if len(statements) == 1 else []
    return bool(only) and only[0].type == "assignment_expression"


def _cleans(body: Node) -> bool:
    calls = (one for one in inside(body) if one.type == "call_expression")
    return any(cleans_up(text_of(field(one, "function")).rsplit(".", 1)[-1]) for one in calls)


def _is_in_cleanup(statement: Node) -> bool:
    for above in ancestors(statement):
        if above.type in ("finally_clause", "catch_clause"):
            return True
        name = above.child_by_field_name("name") if above.type in _NAMED else None
        if name is not None:
            return is_for_cleanup(text_of(name))
    return False


_NAMED = frozenset({"function_declaration", "method_definition", "variable_declarator"})


def _drops_rejection(call: Node) -> bool:
    called = field(call, "function")
    if called.type != "member_expression" or text_of(field(called, "property")) != "catch":
        return False
    given = field(call, "arguments").named_children
    if len(given) != 1 or given[0].type not in _FUNCTIONS:
        return False
    body = field(given[0], "body")
    return body.type == "statement_block" and not body.children[1:-1]


def _is_explained(call: Node) -> bool:
    statement: Node = call
    for above in ancestors(call):
        if above.type.endswith("_statement") or above.type.endswith("_declaration"):
            statement = above
            break
    return is_commented(call) or is_commented(statement)
