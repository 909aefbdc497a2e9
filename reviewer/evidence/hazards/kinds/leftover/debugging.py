"""A debugger that stops the program, a test that keeps the others from running, and what is printed to look at it."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.by_language import ECMASCRIPT, ByLanguage
from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.intent import is_commented
from reviewer.evidence.hazards.paths import code_in
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.literals.roles import is_test
from reviewer.evidence.syntax.grammars.row import named

_DEBUGGERS = named("pdb ipdb pudb celery.contrib.rdb")
_FOCUSED = named("fit fdescribe fcontext ftest")
_RUNNERS = named("it describe test context suite specify")
_LOGGERS = ("Logger", "Log", "Slf4j", "Log4j2")
_STATEMENTS = named("body_statement program then else block_body begin do ensure rescue")
_RUBY_STOPS = named("byebug debugger binding.pry binding.irb binding.b")


def _python(file: TouchedFile) -> Iterator[Spot]:
    for statement in file.nodes("expression_statement"):
        call = statement.named_children[0] if len(statement.named_children) == 1 else None
        if call is None or call.type != "call":
            continue
        called = text_of(field(call, "function"))
        module, _, name = called.rpartition(".")
        stops = called == "breakpoint" and not file.code.binds_at_top("breakpoint")
        if module in _DEBUGGERS and name == "set_trace":
            stops = any(one.module == module for one in file.code.imports)
        if stops and not is_commented(statement):
            yield Spot("debugger", *lines_of(call), (text_of(call),))


def _ecmascript(file: TouchedFile) -> Iterator[Spot]:
    for statement in file.nodes("debugger_statement"):
        yield Spot("debugger", *lines_of(statement), ("debugger",))
    if not is_test(file.path):
        return
    for call in file.nodes("call_expression"):
        called = text_of(field(call, "function"))
        runner, _, only = called.partition(".")
        is_only = only == "only" and runner in _RUNNERS
        if (is_only or called in _FOCUSED) and _runs_function(call) and not _is_ours(file, runner):
            row = call.start_point.row + 1
            if file.touches(row, row):
                yield Spot("focused-test", row, row, (called, _title(call)))


def _runs_function(call: Node) -> bool:
    given = field(call, "arguments").named_children
    return len(given) >= 2 and any(one.type in ("arrow_function", "function_expression") for one in given)


def _is_ours(file: TouchedFile, name: str) -> bool:
    """True for a name that the file gives itself; one that is imported is a test runner's."""
    return file.code.binds_at_top(name) and not any(one.local == name for one in file.code.imports)


def _title(call: Node) -> str:
    return text_of(field(call, "arguments").named_children[0])


def _go(file: TouchedFile) -> Iterator[Spot]:
    printers = [one for one in ("println", "print") if not file.code.binds_at_top(one)]
    if any(one.module == "github.com/davecgh/go-spew/spew" for one in file.code.imports):
        printers.append("spew.Dump")
    for statement in file.nodes("expression_statement"):
        call = statement.named_children[0]
        if call.type == "call_expression" and text_of(field(call, "function")) in printers:
            yield Spot("printed", *lines_of(call), (text_of(call),))


def _java(file: TouchedFile) -> Iterator[Spot]:
    """Traces that are printed where the class has a logger; without one there may be no better place."""
    is_logger = "log" in file.path.rsplit("/", 1)[-1].lower()
    if is_test(file.path) or is_logger or "src/main/" not in f"/{file.path}" or not _has_logger(file):
        return
    methods = Enclosing(file, "method_declaration")
    for call in file.nodes("method_invocation"):
        if text_of(field(call, "name")) != "printStackTrace" or field(call, "arguments").named_children:
            continue
        method = methods.around(call)
        if method is not None and text_of(field(method, "name")) != "main":
            yield Spot("printed", *lines_of(call), (text_of(call),))


def _has_logger(file: TouchedFile) -> bool:
    return any((one.name or one.module).endswith(_LOGGERS) for one in file.code.imports)


def _ruby(file: TouchedFile) -> Iterator[Spot]:
    for node in file.nodes("call", "identifier"):
        word = text_of(node) if node.end_byte - node.start_byte < 20 else ""
        if word not in _RUBY_STOPS or file.code.binds_at_top(word):
            continue
        above = node.parent
        if above is not None and above.type in _STATEMENTS:
            yield Spot("debugger", *lines_of(node), (word,))


DEBUGGING = ByLanguage(
    {
        "python": _python,
        **dict.fromkeys(ECMASCRIPT, _ecmascript),
        "go": _go,
        "java": _java,
        "ruby": _ruby,
    }
)
"""What nobody wants in a branch that others use."""
_is_code = code_in(*DEBUGGING.languages)


def applies(path: str) -> bool:
    """Code, but for samples that a test is fed with."""
    return _is_code(path) and "fixture" not in path and "testdata/" not in path
