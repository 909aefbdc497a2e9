"""Python: files and sockets."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.kinds.unclosed_resource.uses import Use, is_left_open
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_OPENERS = {
    "io": named("open"),
    "os": named("fdopen"),
    "socket": named("socket create_connection"),
    "tempfile": named("NamedTemporaryFile TemporaryFile"),
    "zipfile": named("ZipFile"),
    "tarfile": named("open"),
    "gzip": named("open GzipFile"),
    "bz2": named("open"),
    "lzma": named("open"),
    "urllib.request": named("urlopen"),
}
_CLOSERS = named("close detach __exit__ shutdown makefile __enter__ release")
_READERS = named(
    """
    json.load json.dump pickle.load pickle.dump csv.reader csv.writer csv.DictReader csv.DictWriter yaml.load
    yaml.safe_load yaml.dump yaml.safe_dump tomllib.load len str list sorted
    """
)
"""Functions that use what they are given and leave it open."""
_CHAINED = named("read readlines readline write writelines")
_FUNCTIONS = frozenset({"function_definition", "lambda"})
_NAMES = frozenset({"identifier"})


def find(file: TouchedFile) -> Iterator[Spot]:
    """What is opened in a function and kept in one variable, or in none."""
    around = Enclosing(file, *_FUNCTIONS)
    for assignment in file.nodes("assignment"):
        left, right = field(assignment, "left"), assignment.child_by_field_name("right")
        if right is None or left.type != "identifier" or not _opens(file, right):
            continue
        function = around.around(assignment)
        if function is None or function.type == "lambda" or not file.touches(*lines_of(assignment)):
            continue
        if is_left_open(function, left, kinds=_NAMES, functions=_FUNCTIONS, is_harmless=_is_harmless):
            yield Spot("left-open", *lines_of(assignment), (text_of(left), text_of(field(right, "function"))))
    for call in file.nodes("call"):
        opened = _opened_in_passing(call)
        if opened is not None and _opens(file, opened):
            yield Spot("opened-in-passing", *lines_of(call), (text_of(opened),))


def _opens(file: TouchedFile, call: Node) -> bool:
    if call.type != "call":
        return False
    called = text_of(field(call, "function"))
    if called == "open":
        return not file.code.binds_at_top("open")
    module, _, name = called.rpartition(".")
    return any(
        name in _OPENERS.get(one.module, ()) and (one.local or "") == module and one.name is None
        for one in file.code.imports
    ) or any(called == one.local and one.name in _OPENERS.get(one.module, ()) for one in file.code.imports)


def _opened_in_passing(call: Node) -> Node | None:
    """The call in `open(…).read()` and `json.load(open(…))`."""
    called = field(call, "function")
    if called.type == "attribute" and text_of(field(called, "attribute")) in _CHAINED:
        return field(called, "object")
    given = field(call, "arguments").named_children
    return next((one for one in given if one.type == "call"), None) if text_of(called) in _READERS else None


def _is_harmless(use: Use) -> bool:
    above, further = use.above[0], use.above[1]
    if above.type == "attribute":
        if use.is_field("attribute"):
            return True
        is_called = further.type == "call" and field(further, "function").id == above.id
        return is_called and text_of(field(above, "attribute")) not in _CLOSERS
    if above.type == "keyword_argument":
        return use.is_field("name")
    if above.type == "argument_list":
        return further.type == "call" and text_of(field(further, "function")) in _READERS
    return above.type == "for_statement" and use.is_field("right")
