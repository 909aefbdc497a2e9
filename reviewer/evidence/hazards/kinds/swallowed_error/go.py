"""Go: an error that is asked for and then dropped, and calls whose only answer is an error that nobody takes."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.intent import converts, first_line, inside, is_commented
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, field, lines_of, text_of

_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
_ONLY_ERRORS = {
    "encoding/json": ("Unmarshal",),
    "encoding/xml": ("Unmarshal",),
    "os": ("WriteFile", "Rename", "MkdirAll", "Truncate"),
}
"""Functions that tell of a failure by their error and nothing else, by module."""


def find(file: TouchedFile) -> Iterator[Spot]:
    """Errors that nobody hears of: by an empty branch, by `return nil`, or by a call that stands alone."""
    for statement in file.nodes("if_statement"):
        error = _error_asked(statement)
        if error is None or statement.child_by_field_name("alternative") or is_commented(statement):
            continue
        form = _form(statement, error, file)
        if form is not None:
            yield Spot(form, *lines_of(statement), (error, _source(statement, error)))
    for statement in file.nodes("expression_statement"):
        call = statement.named_children[0]
        if call.type == "call_expression" and not is_commented(statement):
            name = text_of(field(call, "function"))
            if _only_errs(file, name):
                yield Spot("ignored-result", *lines_of(statement), (name, first_line(call)))


def _form(statement: Node, error: str, file: TouchedFile) -> str | None:
    branch = field(statement, "consequence")
    statements = [one for part in branch.named_children for one in _statements(part)]
    if not statements:
        return "empty-branch"
    if len(statements) > 1 or not _returns_nil(statements[0]) or not file.touches(*lines_of(statements[0])):
        return None
    called = _source(statement, error).partition("(")[0].rsplit(".", 1)[-1]
    if converts(called) or not _gives_error(statement) or _was_looked_at(statement, error):
        return None
    return None if _only_tries(statement) else "returned-nil"


def _only_tries(statement: Node) -> bool:
    """True in a function whose name says that it may fail without harm: `tryReadUID`."""
    for above in ancestors(statement):
        name = above.child_by_field_name("name") if above.type in _FUNCTIONS else None
        if name is not None:
            return text_of(name).lower().startswith(("try", "maybe"))
    return False


def _statements(part: Node) -> list[Node]:
    return part.named_children if part.type == "statement_list" else [part]


def _error_asked(statement: Node) -> str | None:
    condition = field(statement, "condition")
    if condition.type != "binary_expression" or text_of(field(condition, "operator")) != "!=":
        return None
    left, right = field(condition, "left"), field(condition, "right")
    name = text_of(left)
    is_error = left.type == "identifier" and (name == "err" or name.endswith(("Err", "err")))
    return name if is_error and right.type == "nil" else None


def _returns_nil(statement: Node) -> bool:
    """`return nil`, or more values that are all nothing."""
    if statement.type != "return_statement" or not statement.named_children:
        return False
    values = statement.named_children[0].named_children
    return bool(values) and all(one.type == "nil" for one in values)


def _gives_error(statement: Node) -> bool:
    for above in ancestors(statement):
        if above.type in _FUNCTIONS:
            result = above.child_by_field_name("result")
            if result is None:
                return False
            last = result.named_children[-1] if result.type == "parameter_list" else result
            return text_of(last).split()[-1:] == ["error"]
    return False


def _source(statement: Node, error: str) -> str:
    """The call that gave the error, as far as it stands right before."""
    first = statement.child_by_field_name("initializer") or statement.prev_named_sibling
    if first is None or error not in text_of(first):
        return error
    right = first.child_by_field_name("right")
    return first_line(right) if right is not None else error


def _was_looked_at(statement: Node, error: str) -> bool:
    """True when the lines before compare the error, or hand it to somebody, or the call only asks whether."""
    before = statement.prev_named_sibling
    while before is not None and error in text_of(before):
        if before.type in ("if_statement", "switch_statement", "expression_switch_statement", "comment"):
            return True
        if before.type == "expression_statement":
            return True
        before = before.prev_named_sibling
    return any(
        one.type == "call_expression" and text_of(field(one, "function")).startswith("errors.")
        for above in ancestors(statement)
        if above.type in ("if_statement", "expression_switch_statement")
        for one in inside(above)
    )


def _only_errs(file: TouchedFile, name: str) -> bool:
    local, _, function = name.partition(".")
    return any(
        function in _ONLY_ERRORS.get(one.module, ()) and (one.local or one.module.rsplit("/", 1)[-1]) == local
        for one in file.code.imports
    )
