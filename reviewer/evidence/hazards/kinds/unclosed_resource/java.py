"""Java: streams, readers, sockets and archives outside of a try with resources."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.enclosing import Enclosing
from reviewer.evidence.hazards.kinds.unclosed_resource.uses import Use, is_left_open
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_CLASSES = named(
    """
    FileInputStream FileOutputStream FileReader FileWriter RandomAccessFile Socket ServerSocket ZipFile JarFile
    """
)
_WRAPPERS = named(
    """
    BufferedReader BufferedWriter BufferedInputStream BufferedOutputStream InputStreamReader OutputStreamWriter
    ObjectInputStream ObjectOutputStream DataInputStream DataOutputStream PrintWriter GZIPInputStream
    GZIPOutputStream ZipInputStream ZipOutputStream
    """
)
"""Classes that close what they are made of."""
_FILES = named("newInputStream newOutputStream newBufferedReader newBufferedWriter lines list walk find")
_MEMBERS = named(
    """
    read readLine readAllBytes readObject readInt readUTF write writeObject println print append flush available skip
    ready lines entries getEntry length seek setSoTimeout forEach
    """
)
_FUNCTIONS = named("method_declaration constructor_declaration lambda_expression class_body")
_NAMES = frozenset({"identifier"})


def find(file: TouchedFile) -> Iterator[Spot]:
    """Local variables that are set where they are declared."""
    around = Enclosing(file, *_FUNCTIONS)
    for declaration in file.nodes("local_variable_declaration"):
        for declarator in declaration.children_by_field_name("declarator"):
            name, value = field(declarator, "name"), declarator.child_by_field_name("value")
            function = around.around(declaration)
            if value is None or function is None or not _opens(value):
                continue
            if is_left_open(function, name, kinds=_NAMES, functions=_FUNCTIONS, is_harmless=_is_harmless):
                yield Spot("left-open", *lines_of(declaration), (text_of(name), _opener(value)))


def _opens(value: Node) -> bool:
    if value.type == "object_creation_expression":
        made = text_of(field(value, "type")).split("<", 1)[0].rsplit(".", 1)[-1]
        given = field(value, "arguments").named_children
        return made in _CLASSES or (made in _WRAPPERS and any(_opens(one) for one in given))
    if value.type != "method_invocation":
        return False
    receiver = value.child_by_field_name("object")
    return receiver is not None and text_of(receiver) == "Files" and text_of(field(value, "name")) in _FILES


def _opener(value: Node) -> str:
    if value.type == "object_creation_expression":
        return f"new {text_of(field(value, 'type'))}"
    return f"Files.{text_of(field(value, 'name'))}"


def _is_harmless(use: Use) -> bool:
    above = use.above[0]
    if above.type == "method_invocation":
        return use.is_field("name") or text_of(field(above, "name")) in _MEMBERS
    if above.type == "field_access":
        return use.is_field("field")
    return above.type == "binary_expression" and text_of(field(above, "right")) == "null"
