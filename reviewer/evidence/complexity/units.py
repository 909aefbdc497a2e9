"""Finds the functions of a file that are measured each for itself."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from tree_sitter import Node

from reviewer.evidence.complexity.row import Row

_MAX_NAME_BYTES = 200
_BLOCK_START = 500
_NAMED_BY = ("name", "left", "key", "property")
"""Fields of a parent that give a function its name, as in `f = lambda: 1`."""
_RECEIVER = re.compile(r"(\w+)\s*(?:\[[^\]]*\])?\s*\)$")


@dataclass(frozen=True, eq=False)
class Unit:
    """One function that stands in no other; functions inside belong to it.

    A function that has no name and stands in no other, as a block that is handed to a call at the top of a file, is a
    unit without what is inside: each function there is a unit again.
    """

    node: Node
    source: bytes
    """Of the whole file."""
    owner: str
    """Qualified name of the types around; empty at the top of the file."""
    name: str
    """Empty for a block."""
    body: Node

    @property
    def is_block(self) -> bool:
        """True for a function without a name."""
        return not self.name

    @property
    def qualified_name(self) -> str:
        """`Owner.name`, or the name alone; empty for a block."""
        return f"{self.owner}.{self.name}" if self.owner and self.name else self.name

    @property
    def first_line(self) -> int:
        """From 1."""
        return self.node.start_point.row + 1

    @property
    def last_line(self) -> int:
        """From 1, included."""
        return self.node.end_point.row + 1

    @cached_property
    def signature(self) -> bytes:
        """A digest of what stands before the body, white space left out."""
        return _digest(self.source[self.node.start_byte : self.body.start_byte])

    @cached_property
    def content(self) -> bytes:
        """A digest of the body, white space left out: it stays when a function moves or is renamed.

        Of a block, of how it starts and its length only: blocks can stand in each other, and all are measured.
        """
        start, end = self.body.start_byte, self.body.end_byte
        if self.is_block:
            return _digest(self.source[start : min(end, start + _BLOCK_START)] + b" %d" % (end - start))
        return _digest(self.source[start:end])

    @cached_property
    def garbled(self) -> tuple[bytes, ...]:
        """A digest of each text in it that was not understood; of a block, none."""
        found: list[bytes] = []
        stack = [self.node] if self.name and self.node.has_error else []
        while stack:
            node = stack.pop()
            if node.is_error or node.is_missing:
                found.append(_digest(self.source[node.start_byte : node.end_byte]))
            else:
                stack.extend(child for child in node.children if child.has_error or child.is_missing)
        return tuple(found)


@dataclass(frozen=True)
class Units:
    """What was found in one file."""

    units: tuple[Unit, ...]
    """Ordered by place; a block comes before what is inside."""
    garbled: tuple[tuple[int, int], ...]
    """First and last line of what was not understood outside of functions with a name, and of what it holds."""


def read_units(root: Node, source: bytes, row: Row) -> Units:
    """All units below `root`. Takes time linear in the nodes outside of functions."""
    units: list[Unit] = []
    garbled: list[tuple[int, int]] = []
    stack: list[tuple[Node, str, Node | None]] = [(root, "", None)]
    while stack:
        node, owner, parent = stack.pop()
        if node.is_named and node.type in row.functions:
            units.append(_unit(node, source, owner, parent))
            if units[-1].name:
                continue
        elif node.is_error or node.is_missing:
            garbled.extend(_own_lines(node))
        elif node.type in row.scopes:
            owner = ".".join(filter(None, (owner, _scope_name(node))))
        stack.extend((child, owner, node) for child in reversed(node.children))
    return Units(tuple(units), tuple(garbled))


def _own_lines(node: Node) -> list[tuple[int, int]]:
    """Of the loose words of an error: what has a structure in it was understood."""
    loose = [child for child in node.children if child.child_count == 0] or [node]
    return [(one.start_point.row + 1, one.end_point.row + 1) for one in loose if not one.is_extra]


def _unit(node: Node, source: bytes, owner: str, parent: Node | None) -> Unit:
    receiver = _RECEIVER.search(_text(node.child_by_field_name("receiver")))
    named = [child for child in node.named_children if not child.is_extra]
    body = node.child_by_field_name("body") or (named[-1] if named else node)
    return Unit(node, source, receiver.group(1) if receiver else owner, _name(node, parent), body)


def _name(node: Node, parent: Node | None) -> str:
    own = node.child_by_field_name("name") or _declared(node)
    if own is not None:
        of = _text(node.child_by_field_name("object"))
        return f"{of}.{_text(own)}" if of else _text(own) or node.type
    if parent is not None:
        for field in _NAMED_BY:
            given = parent.child_by_field_name(field)
            if given is not None and given.id != node.id:
                return _text(given)
    return ""


def _declared(node: Node) -> Node | None:
    """What a declarator of C or C++ declares: `A::f` of `int *A::f(int)`."""
    found = None
    while (inner := (found or node).child_by_field_name("declarator")) is not None:
        found = inner
    return None if found is None or found.type == "abstract_function_declarator" else found


def _scope_name(node: Node) -> str:
    return _text(node.child_by_field_name("name") or node.child_by_field_name("type")).split("<")[0]


def _text(node: Node | None) -> str:
    """On one line, cut where it is too long for a name."""
    if node is None:
        return ""
    text = (node.text or b"")[:_MAX_NAME_BYTES] if node.end_byte - node.start_byte < _MAX_NAME_BYTES else b""
    return "".join(text.decode("utf-8", "replace").split())


def _digest(text: bytes) -> bytes:
    return blake2b(b"".join(text.split()), digest_size=16).digest()
