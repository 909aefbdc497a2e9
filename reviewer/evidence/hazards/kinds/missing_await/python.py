"""Python: a coroutine that is made and never run."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.intent import inside
from reviewer.evidence.hazards.kinds.missing_await.called_function import CalledFunctions
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_COROUTINES = {
    "asyncio": named("sleep wait_for wait to_thread open_connection start_server create_subprocess_exec"),
    "anyio": named("sleep sleep_forever"),
    "trio": named("sleep sleep_forever"),
}
_CONDITIONS = named("if_statement elif_clause while_statement")
_LOGIC = named("not_operator boolean_operator parenthesized_expression")


def find(file: TouchedFile) -> Iterator[Spot]:
    """Calls as a statement, which never run, and as a condition, which always holds."""
    coroutines = _Coroutines(file)
    for statement in file.nodes("expression_statement"):
        inner = statement.named_children
        if len(inner) == 1 and inner[0].type == "call" and coroutines.are_made_by(inner[0]):
            yield Spot("coroutine-dropped", *lines_of(inner[0]), (text_of(field(inner[0], "function")),))
    for statement in file.nodes(*_CONDITIONS):
        for call in _asked(field(statement, "condition")):
            if file.touches(*lines_of(call)) and coroutines.are_made_by(call):
                yield Spot("coroutine-condition", *lines_of(call), (text_of(field(call, "function")),))


def _asked(condition: Node) -> Iterator[Node]:
    """Calls whose answer is asked for its truth."""
    if condition.type == "call":
        yield condition
    elif condition.type in _LOGIC:
        for part in condition.named_children:
            yield from _asked(part)


class _Coroutines:
    """Tells which calls of one file give a coroutine."""

    def __init__(self, file: TouchedFile) -> None:
        self._functions = CalledFunctions(file)
        self._around = Enclosing(file, "function_definition", "lambda")
        self._classes = Enclosing(file, "class_definition")

    def are_made_by(self, call: Node) -> bool:
        called = field(call, "function")
        if called.type == "identifier":
            return self._by_name(called)
        if called.type != "attribute" or field(called, "object").type != "identifier":
            return False
        receiver, name = field(called, "object"), text_of(field(called, "attribute"))
        if text_of(receiver) == "self":
            return _is_async_definition(_method(self._classes.around(call), name))
        if not any(name in words for words in _COROUTINES.values()):
            return False
        taken = self._functions.imported_from(receiver)
        return taken is not None and taken.name is None and name in _COROUTINES.get(taken.module, ())

    def _by_name(self, called: Node) -> bool:
        taken = self._functions.imported_from(called)
        if taken is not None:
            if taken.name in _COROUTINES.get(taken.module, ()):
                return True
            function = self._around.around(called)
            if function is None or function.children[0].type != "async":
                return False
        return _is_async_definition(self._functions.defined_at(called))


def _is_async_definition(name: Node | None) -> bool:
    """True for the name of an undecorated `async def` that is no generator."""
    function = name.parent if name is not None else None
    if function is None or function.type != "function_definition" or function.children[0].type != "async":
        return False
    above = function.parent
    if above is None or above.type == "decorated_definition":
        return False
    return not any(one.type == "yield" for one in inside(field(function, "body")))


def _method(around: Node | None, name: str) -> Node | None:
    """The name of the one method of a class that is called so."""
    found = []
    for member in field(around, "body").named_children if around is not None else ():
        function = member.child_by_field_name("definition") or member
        if function.type == "function_definition" and text_of(field(function, "name")) == name:
            found.append(field(function, "name"))
    return found[0] if len(found) == 1 else None
