"""JavaScript and TypeScript: a promise that nobody waits for where the code around could."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.intent import inside, is_commented
from reviewer.evidence.hazards.kinds.missing_await.called_function import CalledFunctions
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.literals.roles import is_test
from reviewer.evidence.syntax.grammars.row import named

_FUNCTIONS = named(
    """
    function_declaration function_expression arrow_function method_definition generator_function
    generator_function_declaration
    """
)
_LOGIC = named("unary_expression binary_expression parenthesized_expression")
_CONDITIONS = named("if_statement while_statement ternary_expression")


def find(file: TouchedFile) -> Iterator[Spot]:
    """Calls in asynchronous functions, and promises as conditions anywhere."""
    promises = _Promises(file)
    for call in file.nodes("call_expression"):
        if promises.run_apart_by(call):
            yield Spot(
                "async-for-each", *_head(call, file), (text_of(field(field(call, "function"), "object")),)
            )
    for statement in file.nodes("expression_statement"):
        call = statement.named_children[0]
        if call.type != "call_expression":
            continue
        called = field(call, "function")
        if _is_expectation(called):
            yield Spot("expectation-dropped", *lines_of(call), (text_of(called),))
        elif not is_test(file.path) and promises.are_dropped_by(call) and not is_commented(statement):
            yield Spot("promise-dropped", *lines_of(call), (text_of(called),))
    for statement in file.nodes(*_CONDITIONS):
        for call in _asked(field(statement, "condition")):
            if file.touches(*lines_of(call)) and promises.are_made_by(call):
                yield Spot("promise-condition", *lines_of(call), (text_of(field(call, "function")),))


def _asked(condition: Node) -> Iterator[Node]:
    """Calls whose answer is asked for its truth."""
    if condition.type == "call_expression":
        yield condition
    elif condition.type in _LOGIC and _is_logical(condition):
        for part in condition.named_children:
            yield from _asked(part)


def _is_logical(node: Node) -> bool:
    operator = node.child_by_field_name("operator")
    return operator is None or text_of(operator) in ("!", "&&", "||")


def _head(call: Node, file: TouchedFile) -> tuple[int, int]:
    """The line of `.forEach(async` when the change touches it, else the whole call."""
    row = field(field(call, "function"), "property").start_point.row + 1
    return (row, row) if file.touches(row, row) else lines_of(call)


class _Promises:
    """Tells which calls of one file give a promise."""

    def __init__(self, file: TouchedFile) -> None:
        self._functions = CalledFunctions(file)
        self._around = Enclosing(file, *_FUNCTIONS)
        self._classes = Enclosing(file, "class_body")

    def run_apart_by(self, call: Node) -> bool:
        """`list.forEach(async …)` with an await inside, in a function that could wait."""
        called = field(call, "function")
        if called.type != "member_expression" or text_of(field(called, "property")) != "forEach":
            return False
        given = field(call, "arguments").named_children
        if not given or not _is_async(given[0]) or not self._could_wait(call):
            return False
        if _handles_itself(given[0]) or is_commented(call):
            return False
        return any(one.type == "await_expression" for one in inside(field(given[0], "body")))

    def are_dropped_by(self, call: Node) -> bool:
        """A call in a function that could wait, of one that leaves its failures to the caller."""
        function = self._function(call) if self._could_wait(call) else None
        return function is not None and _is_async(function) and not _handles_itself(function)

    def are_made_by(self, call: Node) -> bool:
        function = self._function(call)
        return function is not None and _is_async(function)

    def _could_wait(self, node: Node) -> bool:
        function = self._around.around(node)
        return function is not None and _is_async(function)

    def _function(self, call: Node) -> Node | None:
        """The function that `f(…)` or `this.f(…)` calls; None when that is not sure."""
        called = field(call, "function")
        if called.type == "member_expression" and field(called, "object").type == "this":
            return _method(self._classes.around(call), text_of(field(called, "property")))
        name = self._functions.defined_at(called) if called.type == "identifier" else None
        declared = name.parent if name is not None else None
        if declared is None or declared.type != "variable_declarator":
            return declared if declared is not None and declared.type == "function_declaration" else None
        around = declared.parent
        is_const = around is not None and text_of(around.children[0]) == "const"
        return declared.child_by_field_name("value") if is_const else None


def _is_async(function: Node) -> bool:
    return function.type in _FUNCTIONS and any(
        child.type == "async" for child in function.children if not child.is_named
    )


def _is_expectation(called: Node) -> bool:
    """`expect(x).resolves.toBe` and the like, of Jest and Vitest."""
    words: set[str] = set()
    while called.type in ("member_expression", "call_expression"):
        if called.type == "call_expression":
            return text_of(field(called, "function")) == "expect" and bool(words & {"resolves", "rejects"})
        words.add(text_of(field(called, "property")))
        called = field(called, "object")
    return False


def _method(around: Node | None, name: str) -> Node | None:
    members = around.named_children if around is not None else []
    found = [
        one for one in members if one.type == "method_definition" and text_of(field(one, "name")) == name
    ]
    return found[0] if len(found) == 1 else None


def _handles_itself(function: Node) -> bool:
    """True when a `try` with a `catch` holds all that may fail: then it is made to be left alone."""
    body = field(function, "body")
    statements = [one for one in body.named_children if one.type != "comment"]
    tries = [one for one in statements if one.type == "try_statement" and one.child_by_field_name("handler")]
    waiting = [one for one in statements if one not in tries]
    return bool(tries) and not any(
        inner.type == "await_expression" for one in waiting for inner in inside(one)
    )
