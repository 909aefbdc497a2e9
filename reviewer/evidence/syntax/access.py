"""Who may name a definition, where the language lets its author say so: Java, TypeScript and Ruby."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.domain.evidence import Access
from reviewer.evidence.syntax.grammars.row import text_of

_WORDS = {"public": Access.PUBLIC, "protected": Access.PROTECTED, "private": Access.PRIVATE}
_ALWAYS_PUBLIC = ("interface_body", "annotation_type_body", "enum_body")
"""Java: what stands in these is public without a word, constants of enums among it."""


class AccessReader:
    """Reads access in the files of one language; what a Ruby class says is read once for all of its methods."""

    def __init__(self, family: str) -> None:
        self._family = family
        self._said: dict[int, dict[int, Access]] = {}

    def of(self, node: Node) -> Access:
        """The access of a definition; PUBLIC where nothing is said, and in languages that say nothing."""
        if self._family == "java":
            return _java(node)
        if self._family == "ecmascript":
            return next((_WORDS[text_of(word)] for word in _typescript(node)), Access.PUBLIC)
        return self._ruby(node) if self._family == "ruby" else Access.PUBLIC

    def _ruby(self, node: Node) -> Access:
        body = node.parent
        while body is not None and body.type in ("argument_list", "call"):
            body = body.parent
        if node.type != "method" or body is None or body.type != "body_statement":
            return Access.PUBLIC
        if body.id not in self._said:
            self._said[body.id] = dict(_said_in(body))
        return self._said[body.id].get(node.start_byte, Access.PUBLIC)


def _java(node: Node) -> Access:
    if node.parent is not None and node.parent.type in _ALWAYS_PUBLIC:
        return Access.PUBLIC
    modifiers = next((child for child in node.children if child.type == "modifiers"), None)
    said = [_WORDS[child.type] for child in (modifiers.children if modifiers else ()) if child.type in _WORDS]
    return said[0] if said else Access.PACKAGE


def _typescript(node: Node) -> Iterator[Node]:
    return (child for child in node.children if child.type == "accessibility_modifier")


def _said_in(body: Node) -> Iterator[tuple[int, Access]]:
    """Start of each method of a Ruby class with its access; a later line about a name overrides an earlier one."""
    from_here = Access.PUBLIC
    named: dict[str, list[int]] = {}
    for child in body.named_children:
        if child.type == "identifier" and text_of(child) in _WORDS:
            from_here = _WORDS[text_of(child)]
        elif child.type == "method":
            named.setdefault(text_of(child.child_by_field_name("name")), []).append(child.start_byte)
            yield child.start_byte, from_here
        elif child.type == "call" and text_of(child.child_by_field_name("method")) in _WORDS:
            access = _WORDS[text_of(child.child_by_field_name("method"))]
            arguments = child.child_by_field_name("arguments")
            for argument in arguments.named_children if arguments else ():
                if argument.type == "method":
                    yield argument.start_byte, access
                for start in named.get(text_of(argument).lstrip(":"), ()):
                    yield start, access
