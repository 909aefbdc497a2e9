"""Tests of Jest, Mocha, Vitest and their like."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.weakened_test.case import Case, is_explained, nodes_of, plain_title
from reviewer.evidence.hazards.touched_file import field, text_of
from reviewer.evidence.syntax.grammars.row import named

_TESTS = named(
    "it test specify xit xtest fit it.only it.skip test.only test.skip it.each test.each it.concurrent"
)
_GROUPS = named(
    "describe context suite xdescribe xcontext describe.skip describe.only suite.skip describe.each"
)
_SKIPS = named("xit xtest it.skip test.skip xdescribe xcontext describe.skip suite.skip")
_FUNCTIONS = named("arrow_function function_expression")


def cases(root: Node) -> Iterator[Case]:
    """Calls of a runner with a title and a function."""
    for call in nodes_of(root, "call_expression"):
        runner = _runner(field(call, "function"))
        if runner not in _TESTS and runner not in _GROUPS:
            continue
        given = field(call, "arguments").named_children
        function = next((one for one in given[1:] if one.type in _FUNCTIONS), None)
        if function is None or given[0].type not in ("string", "template_string"):
            continue
        statement = call.parent if call.parent is not None else call
        is_skipped = runner in _SKIPS
        bare = field(call, "function") if is_skipped and not is_explained(statement) else None
        body = field(function, "body") if runner in _TESTS else None
        yield Case(plain_title(given[0]), statement, body, is_skipped, bare)


def _runner(called: Node) -> str:
    """`it.each` of `it.each([…])`."""
    while called.type == "call_expression":
        called = field(called, "function")
    return text_of(called) if called.end_byte - called.start_byte < 40 else ""
