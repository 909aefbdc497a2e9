"""Reads which members a type demands of what implements it, and which members a class has of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reviewer.domain.evidence import Parameters
from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile

Key = tuple[str, int | None]
"""A member's name, and how many parameters it takes where the language tells members apart by them."""
_COUNTED = ("java", "go")
_OF_EVERY_OBJECT = frozenset({("equals", 1), ("hashCode", 0), ("toString", 0)})


@dataclass(frozen=True)
class Demand:
    """One member that implementations must have."""

    key: Key
    first_line: int
    """Lines count from 1."""
    last_line: int


def demands(file: SourceFile, definition: Definition) -> dict[Key, Demand]:
    """The members that `definition`, an interface or class of `file`, leaves to be written; empty for other types."""
    found: dict[Key, Demand] = {}
    node = type_node(file, definition)
    for member in _left_to_write(node) if node is not None else ():
        key = _key(member, file)
        if key is not None and key not in _OF_EVERY_OBJECT:
            found[key] = Demand(key, member.start_point.row + 1, member.end_point.row + 1)
    return found


def own_members(file: SourceFile, owner: str) -> frozenset[Key]:
    """What the class called `owner` has itself, with a body or as a field."""
    definition = file.definition(owner)
    left = demands(file, definition) if definition is not None else {}
    counted = file.grammar.family in _COUNTED
    found = {
        (one.name, _count(one.parameters) if counted else None)
        for one in (*file.definitions, *file.fields)
        if one.owner == owner
    }
    return frozenset(found | set(_components(file, definition))) - left.keys()


def type_node(file: SourceFile, definition: Definition) -> Node | None:
    """The node of the type itself, without what stands around it."""
    node = file.root.descendant_for_byte_range(definition.start, definition.end - 1)
    todo = [node] if node is not None else []
    while todo:
        one = todo.pop(0)
        if text_of(one.child_by_field_name("name")) == definition.name:
            return one
        todo.extend(child for child in one.named_children if child.start_byte < definition.end)
    return None


def _left_to_write(node: Node) -> Iterator[Node]:
    body = node.child_by_field_name("body") or node.child_by_field_name("value")
    body = body or node.child_by_field_name("type")
    for child in body.named_children if body is not None else ():
        inner = child.child_by_field_name("definition") if child.type == "decorated_definition" else child
        reader = _READERS.get(child.type)
        if reader is not None and inner is not None and reader(child, node):
            yield inner


def _java_method(member: Node, owner: Node) -> bool:
    if owner.type == "interface_declaration":
        return member.child_by_field_name("body") is None
    modifiers = next((child for child in member.named_children if child.type == "modifiers"), None)
    return modifiers is not None and any(child.type == "abstract" for child in modifiers.children)


def _is_required(member: Node, owner: Node) -> bool:  # noqa: ARG001 - the shape of all readers
    return all(child.type != "?" for child in member.children)


def _is_abstract(member: Node, owner: Node) -> bool:  # noqa: ARG001 - the shape of all readers
    decorators = [text_of(child) for child in member.named_children if child.type == "decorator"]
    return any(text.rsplit(".", 1)[-1].strip("@") == "abstractmethod" for text in decorators)


_READERS: dict[str, Callable[[Node, Node], bool]] = {
    "method_declaration": _java_method,
    "method_signature": _is_required,
    "property_signature": _is_required,
    "abstract_method_signature": _is_required,
    "decorated_definition": _is_abstract,
    "method_elem": _is_required,
}


def _key(member: Node, file: SourceFile) -> Key | None:
    name = text_of(member.child_by_field_name("name"))
    if not name.isidentifier():
        return None
    if file.grammar.family not in _COUNTED:
        return name, None
    around = [one for one in (*file.definitions, *file.fields) if one.start == member.start_byte]
    return (name, _count(around[0].parameters)) if around else None


def _count(parameters: Parameters | None) -> int | None:
    if parameters is None:
        return None
    return len(parameters.required) + (parameters.positional_limit is None)


def _components(file: SourceFile, definition: Definition | None) -> Iterator[Key]:
    """The accessors of a Java record."""
    node = type_node(file, definition) if definition is not None else None
    if node is not None and node.type == "record_declaration":
        listed = node.child_by_field_name("parameters")
        for child in listed.named_children if listed is not None else ():
            yield text_of(child.child_by_field_name("name")), 0
