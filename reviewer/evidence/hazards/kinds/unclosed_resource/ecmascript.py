"""JavaScript and TypeScript: file descriptors of `fs.openSync`."""

from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.kinds.unclosed_resource.uses import Use, is_left_open
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_MODULES = ("fs", "node:fs")
_READERS = named("readSync writeSync fstatSync fsyncSync ftruncateSync readvSync writevSync futimesSync")
_FUNCTIONS = named(
    """
    function_declaration function_expression arrow_function method_definition generator_function
    generator_function_declaration
    """
)
_NAMES = named("identifier shorthand_property_identifier")


def find(file: TouchedFile) -> Iterator[Spot]:
    """Descriptors that a function keeps in one variable."""
    around = Enclosing(file, *_FUNCTIONS)
    for declarator in file.nodes("variable_declarator"):
        name, value = field(declarator, "name"), declarator.child_by_field_name("value")
        if value is None or name.type != "identifier" or value.type != "call_expression":
            continue
        opener, function = text_of(field(value, "function")), around.around(declarator)
        if function is None or not _opens(file, opener):
            continue
        if is_left_open(function, name, kinds=_NAMES, functions=_FUNCTIONS, is_harmless=_is_harmless):
            yield Spot("left-open", *lines_of(declarator), (text_of(name), opener))


def _opens(file: TouchedFile, called: str) -> bool:
    local, _, name = called.rpartition(".")
    if (name or called) != "openSync":
        return False
    return any(
        one.module in _MODULES and (one.local == local if local else one.name == "openSync")
        for one in file.code.imports
    )


def _is_harmless(use: Use) -> bool:
    above, further = use.above[0], use.above[1]
    if above.type != "arguments" or further.type != "call_expression":
        return False
    return text_of(field(further, "function")).rsplit(".", 1)[-1] in _READERS
