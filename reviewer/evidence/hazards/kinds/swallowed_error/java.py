"""Java: an empty `catch` of every exception, and an interruption that nobody hears of."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.intent import (
    COMMENTS,
    cleans_up,
    first_line,
    inside,
    is_commented,
    is_for_cleanup,
)
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_BROAD = named("Exception Throwable RuntimeException Error java.lang.Exception java.lang.Throwable")
_MEANT = ("ignore", "expected", "unused", "_")
_LEAVES = named("throw_statement return_statement break_statement")


def find(file: TouchedFile) -> Iterator[Spot]:
    """Handlers without a comment whose variable's name does not say that it is ignored."""
    for clause in file.nodes("catch_clause"):
        statement, parameter, handler = clause.parent, _parameter(clause), field(clause, "body")
        if statement is None or parameter is None or is_commented(clause):
            continue
        body, caught = field(statement, "body"), _classes(parameter)
        name = text_of(field(parameter, "name"))
        if "InterruptedException" in caught and _loses_interrupt(handler):
            if not _may_lose(_method(clause) or "", name):
                yield Spot("lost-interrupt", *lines_of(clause), (first_line(body),))
        elif not handler.named_children and _BROAD & set(caught) and not _is_meant(name, statement, body):
            yield Spot("empty-catch", *lines_of(clause), (first_line(body),))


def _may_lose(method: str, name: str) -> bool:
    """True where the thread ends soon anyway, or the variable's name says that it is meant."""
    return method == "main" or is_for_cleanup(method) or name.lower().startswith(_MEANT)


def _parameter(clause: Node) -> Node | None:
    return next((one for one in clause.named_children if one.type == "catch_formal_parameter"), None)


def _classes(parameter: Node) -> list[str]:
    kinds = next((one for one in parameter.named_children if one.type == "catch_type"), None)
    return [text_of(one) for one in kinds.named_children] if kinds is not None else []


def _is_meant(name: str, statement: Node, body: Node) -> bool:
    if name.lower().startswith(_MEANT):
        return True
    calls = [one for one in inside(body) if one.type == "method_invocation"]
    if any(cleans_up(text_of(field(one, "name"))) or _is_log(one) for one in calls):
        return True
    return any(one.type in ("finally_clause", "catch_clause") for one in ancestors(statement)) or (
        is_for_cleanup(_method(statement) or "")
    )


def _method(node: Node) -> str | None:
    return next(
        (text_of(field(one, "name")) for one in ancestors(node) if one.type == "method_declaration"), None
    )


def _loses_interrupt(handler: Node) -> bool:
    """True when the handler goes on as if nothing was: it neither leaves, nor interrupts, nor keeps the exception."""
    for one in inside(handler):
        if one.type in _LEAVES or one.type in COMMENTS or one.type.endswith("assignment_expression"):
            return False
        if one.type == "method_invocation" and not _is_log(one):
            return False
    return True


def _is_log(call: Node) -> bool:
    receiver = call.child_by_field_name("object")
    name = text_of(field(call, "name"))
    if name in ("printStackTrace", "getMessage"):
        return True
    return receiver is not None and text_of(receiver).lower() in ("log", "logger", "system.out", "system.err")
