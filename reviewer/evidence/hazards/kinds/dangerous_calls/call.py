"""A call, written the same way whatever the language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from reviewer.evidence.hazards.touched_file import text_of

CALLS = {
    "python": ("call",),
    "javascript": ("call_expression", "new_expression"),
    "typescript": ("call_expression", "new_expression"),
    "tsx": ("call_expression", "new_expression"),
    "go": ("call_expression",),
    "java": ("method_invocation", "object_creation_expression"),
    "ruby": ("call",),
}
_ALL_CALLS = frozenset(kind for kinds in CALLS.values() for kind in kinds)
_MAX_CALLEE = 200
"""Characters of what is called; a longer chain has no name that is looked for."""


@dataclass(frozen=True)
class Call:
    """What is called, and with what."""

    node: Node
    receiver: Node | None
    """What stands before the last dot; None for a plain function."""
    name: str
    """The last part of what is called."""
    dotted: str
    """As written without blanks: `a.b.c`. Empty where it is longer than a name can be."""
    positional: tuple[Node, ...]
    keywords: Mapping[str, Node]

    def argument(self, at: int, keyword: str = "") -> Node | None:
        """The argument at `at`, or the one given as `keyword`."""
        if at < len(self.positional):
            return self.positional[at]
        return self.keywords.get(keyword)


def call_of(node: Node) -> Call | None:
    """`node` as a call; None when it is none, or calls what has no name."""
    if node.type not in _ALL_CALLS:
        return None
    receiver, name = _called(node)
    if name is None:
        return None
    last = text_of(name)
    written = last
    if receiver is not None:
        size = receiver.end_byte - receiver.start_byte
        written = f"{text_of(receiver)}.{last}" if size <= _MAX_CALLEE else ""
    arguments = node.child_by_field_name("arguments")
    positional: list[Node] = []
    keywords: dict[str, Node] = {}
    for key, value in _arguments(arguments):
        if key is None:
            positional.append(value)
        else:
            keywords[key] = value
    return Call(node, receiver, last, "".join(written.split()), tuple(positional), keywords)


def _called(node: Node) -> tuple[Node | None, Node | None]:
    if node.type == "method_invocation":
        return node.child_by_field_name("object"), node.child_by_field_name("name")
    if node.type == "object_creation_expression":
        return None, node.child_by_field_name("type")
    if node.type == "call" and node.child_by_field_name("method"):
        return node.child_by_field_name("receiver"), node.child_by_field_name("method")
    called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    if called is None:
        return None, None
    for above, last in (("object", "attribute"), ("object", "property"), ("operand", "field")):
        name = called.child_by_field_name(last)
        if name is not None:
            return called.child_by_field_name(above), name
    return (None, called) if called.type in ("identifier", "type_identifier") else (None, None)


def _arguments(arguments: Node | None) -> Iterator[tuple[str | None, Node]]:
    for child in arguments.named_children if arguments is not None else ():
        if child.type == "comment":
            continue
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and key is not None and value is not None:
            yield text_of(key), value
        elif (
            child.type == "pair"
            and (key := child.child_by_field_name("key")) is not None
            and value is not None
        ):
            yield text_of(key).strip(":\"'"), value
        else:
            yield None, child
