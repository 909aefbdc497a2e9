"""Python: `except Exception: pass`, and `suppress(Exception)`."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.intent import cleans_up, first_line, inside, is_commented, is_for_cleanup
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, field, lines_of, text_of

_BROAD = frozenset({"Exception", "BaseException"})
_IMPORTS = frozenset({"import_statement", "import_from_statement"})


def find(file: TouchedFile) -> Iterator[Spot]:
    """Handlers of every error that do nothing."""
    for clause in file.nodes("except_clause"):
        statement = clause.parent
        if statement is None or statement.type != "try_statement" or not _drops_all(clause):
            continue
        body = field(statement, "body")
        if not (_is_meant(statement, body) or _has_else(statement)):
            yield Spot("caught-all", *lines_of(clause), (first_line(body),))
    for statement in file.nodes("with_statement"):
        call = next((item for item in statement.named_children if item.type == "with_clause"), None)
        body = field(statement, "body")
        if call is None or not any(_suppresses_all(file, one) for one in inside(call)):
            continue
        if file.touches(*lines_of(call)) and not _is_meant(statement, body):
            yield Spot("suppressed-all", *lines_of(call), (first_line(body),))


def _drops_all(clause: Node) -> bool:
    body = next((child for child in clause.children if child.type == "block"), None)
    if body is None or any(not _is_nothing(child) for child in body.named_children):
        return False
    caught = clause.child_by_field_name("value")
    if caught is not None and caught.type == "as_pattern":
        caught = caught.named_children[0]
    if caught is None:
        return True
    classes = caught.named_children if caught.type == "tuple" else [caught]
    return any(text_of(one) in _BROAD for one in classes)


def _is_nothing(statement: Node) -> bool:
    return statement.type in ("pass_statement", "comment") or text_of(statement) == "..."


def _has_else(statement: Node) -> bool:
    return any(child.type == "else_clause" for child in statement.children)


def _is_meant(statement: Node, body: Node) -> bool:
    return _is_explained(statement, body) or _only_imports(body) or _cleans(body) or _is_in_cleanup(statement)


def _is_explained(statement: Node, body: Node) -> bool:
    """A comment in the body of the try tells of the body, unless it stands first or last in it."""
    if any(child.type == "comment" for child in (*body.children[:1], *body.children[-1:])):
        return True
    parts = [child for child in statement.children if child.id != body.id]
    return any(is_commented(part) for part in parts) or is_commented_above(statement)


def is_commented_above(statement: Node) -> bool:
    """True when a comment ends on the line above."""
    before = statement.prev_sibling
    return (
        before is not None
        and before.type == "comment"
        and before.end_point.row >= statement.start_point.row - 1
    )


def _only_imports(body: Node) -> bool:
    return any(child.type in _IMPORTS for child in body.named_children)


def _cleans(body: Node) -> bool:
    calls = [one for one in inside(body) if one.type == "call"]
    return any(cleans_up(text_of(field(one, "function")).rsplit(".", 1)[-1]) for one in calls)


def _is_in_cleanup(statement: Node) -> bool:
    for above in ancestors(statement):
        if above.type in ("finally_clause", "except_clause"):
            return True
        if above.type == "function_definition":
            return is_for_cleanup(text_of(field(above, "name")))
    return False


def _suppresses_all(file: TouchedFile, call: Node) -> bool:
    if call.type != "call" or text_of(field(call, "function")) not in ("suppress", "contextlib.suppress"):
        return False
    taken = any(
        (one.module, one.name) in (("contextlib", "suppress"), ("contextlib", None))
        for one in file.code.imports
    )
    return taken and any(text_of(one) in _BROAD for one in field(call, "arguments").named_children)
