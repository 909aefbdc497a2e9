"""Ruby: files that are opened without a block."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.kinds.unclosed_resource.uses import Use, is_left_open, uses
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_MEMBERS = named(
    """
    read readline readlines readbyte readchar each_line each_byte gets getc write print puts printf << eof? rewind
    seek pos size sync= binmode flush flock path set_encoding
    """
)
_CHAINED = named("read readlines readline each_line each gets write puts")
_FUNCTIONS = named("method singleton_method lambda class module")
_NAMES = frozenset({"identifier"})


def find(file: TouchedFile) -> Iterator[Spot]:
    """`f = File.open(…)` and `File.open(…).read`."""
    around = Enclosing(file, *_FUNCTIONS)
    for assignment in file.nodes("assignment"):
        left, right = field(assignment, "left"), field(assignment, "right")
        function = around.around(assignment)
        if left.type != "identifier" or not _opens(right) or function is None:
            continue
        if function.type not in ("method", "singleton_method"):
            continue
        if len(list(uses(function, text_of(left), _NAMES))[:2]) < 2:
            continue  # The value of a method is that of its last line, which may be this one.
        if is_left_open(function, left, kinds=_NAMES, functions=_FUNCTIONS, is_harmless=_is_harmless):
            yield Spot("left-open", *lines_of(assignment), (text_of(left), _opener(right)))
    for call in file.nodes("call"):
        receiver = call.child_by_field_name("receiver")
        if receiver is not None and _opens(receiver) and text_of(field(call, "method")) in _CHAINED:
            yield Spot("opened-in-passing", *lines_of(call), (text_of(receiver),))


def _opens(call: Node) -> bool:
    if call.type != "call" or call.child_by_field_name("block") is not None:
        return False
    receiver = call.child_by_field_name("receiver")
    if receiver is None or text_of(receiver) not in ("File", "::File"):
        return False
    given = call.child_by_field_name("arguments")
    if given is not None and any(one.type == "block_argument" for one in given.named_children):
        return False
    return text_of(field(call, "method")) in ("open", "new")


def _opener(call: Node) -> str:
    return f"{text_of(field(call, 'receiver'))}.{text_of(field(call, 'method'))}"


def _is_harmless(use: Use) -> bool:
    above = use.above[0]
    if above.type == "call":
        return use.is_field("method") or (
            use.is_field("receiver") and text_of(field(above, "method")) in _MEMBERS
        )
    return above.type == "binary" and use.is_field("left") and text_of(field(above, "operator")) == "<<"
