"""Finds the classes that say they are below a type, and tells which members they lack."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from tree_sitter import Node, QueryCursor

from reviewer.evidence.flow import ir
from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.demands.members import Key, own_members
from reviewer.evidence.trace.meanings import Meanings

_JAVA = """
(class_declaration (superclass (_) @above)) @class
(class_declaration (super_interfaces (type_list (_) @above))) @class
(record_declaration (super_interfaces (type_list (_) @above))) @class
(enum_declaration (super_interfaces (type_list (_) @above))) @class
(interface_declaration (extends_interfaces (type_list (_) @above))) @class
(object_creation_expression type: (_) @above (class_body)) @class
"""
_TYPESCRIPT = """
(class_declaration (class_heritage (implements_clause (_) @above))) @class
(class_declaration (class_heritage (extends_clause value: (_) @above))) @class
(abstract_class_declaration (class_heritage (implements_clause (_) @above))) @class
(abstract_class_declaration (class_heritage (extends_clause value: (_) @above))) @class
(interface_declaration (extends_type_clause (_) @above)) @class
"""
_QUERIES = {
    "java": _JAVA,
    "typescript": _TYPESCRIPT,
    "tsx": _TYPESCRIPT,
    "python": "(class_definition superclasses: (argument_list (_) @above)) @class",
}
"""By language: classes with the names of what they say is above them."""
_ADD_NOTHING = frozenset({"ABC", "Generic", "Protocol", "object", "metaclass"})
"""Python's bases that have no members for a class of the repository."""
_WRITES_MEMBERS = (b"lombok", b"AutoValue", b"org.immutables")
"""Words of a Java file in which a tool may write the members."""


@dataclass(frozen=True)
class Implementer:
    """A class that is below a type."""

    file: SourceFile
    definition: Definition | None
    """None for a class without a name."""
    node: Node

    @property
    def name(self) -> str:
        """What people call it."""
        return self.definition.qualified_name if self.definition else "an anonymous class"

    @property
    def passes_on(self) -> bool:
        """True when it may leave members to those below: an interface, an abstract class."""
        modifiers = [child for child in self.node.named_children if child.type == "modifiers"]
        listed = [word.type for child in modifiers for word in child.children]
        kinds = ("interface_declaration", "abstract_class_declaration")
        return self.node.type in kinds or "abstract" in listed


def implementers(file: SourceFile, names: Set[str], lines: Set[int]) -> Iterator[Implementer]:
    """The classes of `file` that name one of `names` on one of `lines` as what is above them; ordered by place."""
    text = _QUERIES.get(file.grammar.language)
    if text is None:
        return
    matches = QueryCursor(file.grammar.compile(text)).matches(file.root)
    found = [(captures["class"][0], captures["above"][0]) for _, captures in matches]
    for node, above in sorted(found, key=lambda pair: pair[0].start_byte):
        if above.start_point.row + 1 in lines and _written_name(above) in names:
            name = text_of(node.child_by_field_name("name"))
            defined = [
                one
                for one in file.definitions
                if one.name == name and one.start <= node.start_byte and node.end_byte <= one.end
            ]
            if defined or node.type == "object_creation_expression":
                yield Implementer(file, defined[-1] if defined else None, node)


def lacks(implementer: Implementer, wanted: Key, meanings: Meanings) -> bool:
    """True when neither the class nor anything above it has the member, and all of that is known."""
    file, definition = implementer.file, implementer.definition
    if file.partial or any(word in file.source for word in _WRITES_MEMBERS):
        return False
    if definition is None:
        return wanted not in _of_body(implementer.node, file)
    name = definition.qualified_name
    is_one = sum(one.qualified_name == name for one in file.definitions) == 1
    if not is_one or wanted in own_members(file, name) or _gets_members_by_itself(implementer.node):
        return False
    scope = meanings.scope_at(file.path, definition.start, definition.end, definition.name)
    order = meanings.solver.classes.settled_ancestors(scope) if scope is not None else []
    known = bool(order) and not any(_may_have_more(one, meanings) for one in order)
    return known and not any(wanted in own_members(one.file.source, one.qualified_name) for one in order)


def _gets_members_by_itself(node: Node) -> bool:
    return _is_decorated(node) or _constants_have_bodies(node)


def _written_name(above: Node) -> str:
    """The last word of the name, without type arguments."""
    return text_of(above).split("<")[0].split("[")[0].rsplit(".", 1)[-1].strip()


def _of_body(node: Node, file: SourceFile) -> frozenset[Key]:
    body = next((child for child in node.named_children if child.type == "class_body"), None)
    found = set()
    for child in body.named_children if body is not None else ():
        listed = child.child_by_field_name("parameters")
        if child.type == "method_declaration" and listed is not None:
            parameters = [one for one in listed.named_children if one.type.endswith("parameter")]
            found.add((text_of(child.child_by_field_name("name")), len(parameters)))
    return frozenset(found) if file.grammar.family == "java" else frozenset()


def _is_decorated(node: Node) -> bool:
    """True for a class that a decorator may give members."""
    parent = node.parent
    around = parent.named_children if parent is not None and parent.type == "decorated_definition" else ()
    written = [text_of(child) for child in (*around, *node.named_children) if child.type == "decorator"]
    return any(not text.startswith(("@dataclass", "@dataclasses.", "@final")) for text in written)


def _constants_have_bodies(node: Node) -> bool:
    body = node.child_by_field_name("body")
    constants = body.named_children if body is not None and node.type == "enum_declaration" else ()
    return any(child.child_by_field_name("body") is not None for child in constants)


def _may_have_more(scope: ir.Scope, meanings: Meanings) -> bool:
    """True when a class above may be one that the repository does not have."""
    node = scope.node
    if node is None:
        return True
    known = [one for one in meanings.solver.classes.direct_bases(scope) if "interface" not in one.traits]
    return _superclasses(node) > len(known)


def _superclasses(node: Node) -> int:
    listed = node.child_by_field_name("superclasses")
    if listed is not None:
        words = [text_of(child.child_by_field_name("name") or child) for child in listed.named_children]
        return sum(word.split("[")[0].rsplit(".", 1)[-1] not in _ADD_NOTHING for word in words)
    clauses = [part for child in node.named_children for part in (child, *child.named_children)]
    return sum(part.type in ("superclass", "extends_clause") for part in clauses)
