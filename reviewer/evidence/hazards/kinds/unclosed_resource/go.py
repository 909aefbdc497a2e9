"""Go: files, connections, answers of an HTTP server, and contexts that nobody can cancel."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.kinds.unclosed_resource.uses import Use, is_left_open
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_FILES = {
    "os": named("Open Create OpenFile CreateTemp"),
    "net": named("Dial DialTimeout Listen"),
    "archive/zip": named("OpenReader"),
}
_ANSWERS = named("Get Post PostForm Head")
_CONTEXTS = named("WithCancel WithTimeout WithDeadline")
_READERS = named(
    """
    io.ReadAll ioutil.ReadAll io.Copy io.CopyN json.NewDecoder json.NewEncoder xml.NewDecoder csv.NewReader
    csv.NewWriter bufio.NewReader bufio.NewScanner bufio.NewWriter fmt.Fprintf fmt.Fprintln fmt.Fprint io.WriteString
    """
)
"""Functions that use what they are given and leave it open."""
_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
_NAMES = frozenset({"identifier"})


def find(file: TouchedFile) -> Iterator[Spot]:
    """`x, err := os.Open(…)` and the like."""
    around = Enclosing(file, *_FUNCTIONS)
    for declaration in file.nodes("short_var_declaration"):
        left, right = field(declaration, "left").named_children, field(declaration, "right").named_children
        if len(left) != 2 or len(right) != 1 or right[0].type != "call_expression":
            continue
        opener = text_of(field(right[0], "function"))
        module, name = _imported(file, opener)
        where = lines_of(declaration)
        if module == "context" and name in _CONTEXTS and text_of(left[1]) == "_":
            yield Spot("dropped-cancel", *where, (text_of(left[0]), opener))
        function = around.around(declaration)
        if function is None or text_of(left[0]) == "_":
            continue
        if module == "net/http" and name in _ANSWERS:
            if _is_open(function, left[0], _is_harmless_answer):
                yield Spot("unread-body", *where, (text_of(left[0]), opener))
        elif name in _FILES.get(module, ()) and _is_open(function, left[0], _is_harmless):
            yield Spot("left-open", *where, (text_of(left[0]), opener))


def _imported(file: TouchedFile, called: str) -> tuple[str, str]:
    """The package and the function of `package.Function`, as the file imports it; empty when it does not."""
    local, _, name = called.partition(".")
    for one in file.code.imports:
        if (one.local or one.module.rsplit("/", 1)[-1]) == local and "." not in name:
            return one.module, name
    return "", ""


def _is_open(function: Node, declared: Node, is_harmless: Callable[[Use], bool]) -> bool:
    return is_left_open(function, declared, kinds=_NAMES, functions=_FUNCTIONS, is_harmless=is_harmless)


def _is_harmless(use: Use) -> bool:
    """For what is closed itself."""
    above = use.above[0]
    if above.type == "selector_expression":
        return text_of(field(above, "field")) not in ("Close", "Shutdown", "Fd", "SyscallConn")
    return _is_read(use.above)


def _is_harmless_answer(use: Use) -> bool:
    """For what is closed by its body."""
    above = use.above[0]
    if above.type != "selector_expression":
        return _is_compared(above)
    if text_of(field(above, "field")) != "Body":
        return text_of(field(above, "field")) not in ("Write", "Close")
    further = use.above[1]
    if further.type == "selector_expression":
        return text_of(field(further, "field")) != "Close"
    return _is_read(use.above[1:])


def _is_read(above: tuple[Node, ...]) -> bool:
    if above[0].type == "argument_list":
        return above[1].type == "call_expression" and text_of(field(above[1], "function")) in _READERS
    return _is_compared(above[0])


def _is_compared(above: Node) -> bool:
    return above.type == "binary_expression" and text_of(field(above, "right")) == "nil"
