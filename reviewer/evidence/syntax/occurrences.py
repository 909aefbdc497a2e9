"""Tells what an identifier does where it stands: read, bound, defined, imported, called.

Walks down from the root to one byte, since a tree-sitter node finds its parent only by such a walk, and asking
for each ancestor apart would take time quadratic in the depth.
"""

import re
from dataclasses import dataclass
from enum import Enum

from tree_sitter import Node, Tree

from reviewer.domain.evidence import CallShape
from reviewer.evidence.syntax.grammars.row import Grammar, text_of
from reviewer.evidence.syntax.parsed import Occurrence, Role, Scope

MAX_DEPTH = 400
_MAX_RECEIVER_BYTES = 200


class Nothing(Enum):
    """The word is no identifier there."""

    HERE = "here"


@dataclass(frozen=True)
class _Step:
    node: Node
    field: str | None
    """The field the node stands in within its parent."""


_MAX_STATEMENTS = 200
"""Of a body that is looked at for what it rescues, for each name in it."""
_RESCUED = re.compile(rb"\b(?:NameError|NoMethodError|LoadError)\b")


def _expects_failure(node: Node) -> bool:
    """True where a failure to find a name may be expected; in Ruby only where one is told to be."""
    if node.type in ("begin", "body_statement"):
        return node.child_count <= _MAX_STATEMENTS and any(
            one.type == "rescue" and _RESCUED.search((one.text or b"").split(b"\n", 1)[0])
            for one in node.children
        )
    return node.type in ("try_statement", "rescue_modifier")


def occurrence_at(
    tree: Tree, start: int, name: str, grammar: Grammar, import_starts: frozenset[int]
) -> Occurrence | Nothing | None:
    """The occurrence at byte `start`; `Nothing` when no identifier stands there, None when it is nested too deep."""
    steps = _descend(tree, start)
    if steps is None:
        return None
    leaf = steps[-1].node
    length = len(name.encode())
    if leaf.type not in grammar.names or leaf.start_byte != start or leaf.end_byte != start + length:
        return Nothing.HERE
    if len(steps) < 2:
        return Nothing.HERE
    return _Reader(grammar, steps, import_starts).occurrence(name)


def _descend(tree: Tree, start: int) -> list[_Step] | None:
    cursor = tree.walk()
    steps = [_Step(tree.root_node, None)]
    while cursor.goto_first_child_for_byte(start) is not None:
        node = cursor.node
        if node is None or node.start_byte > start:
            break
        steps.append(_Step(node, cursor.field_name))
        if len(steps) > MAX_DEPTH:
            return None
    return steps


class _Reader:
    """Reads one occurrence off the steps from the root to it."""

    def __init__(self, grammar: Grammar, steps: list[_Step], import_starts: frozenset[int]) -> None:
        self._grammar = grammar
        self._steps = steps
        self._imports = import_starts
        self._leaf, self._parent = steps[-1], steps[-2].node

    def occurrence(self, name: str) -> Occurrence | Nothing:
        role = self._role()
        if role is None:
            return Nothing.HERE
        member = self._grammar.members.get(self._parent.type) if role is Role.MEMBER else None
        receiver = self._parent.child_by_field_name(member[0]) if member else None
        return Occurrence(
            name=name,
            role=role,
            start=self._leaf.node.start_byte,
            line=self._leaf.node.start_point.row + 1,
            scopes=self._scopes(role),
            receiver=_dotted(receiver),
            literal_receiver=receiver is not None and receiver.type in self._grammar.literals,
            call=self._call(role),
            written=role is Role.MEMBER and self._is_written(),
            visible_from=self._visible_from() if role is Role.BINDING else 0,
            guarded=any(_expects_failure(step.node) for step in self._steps),
        )

    def _role(self) -> Role | None:
        if self._leaf.node.start_byte in self._imports:
            return Role.IMPORT
        if any(step.node.type in self._grammar.import_statements for step in self._steps):
            return None
        place = (self._parent.type, self._leaf.field)
        if place in self._grammar.definitions:
            return Role.DEFINITION
        if place in self._grammar.labels or self._is_struct_key():
            return None
        member = self._grammar.members.get(self._parent.type)
        if member is not None and self._leaf.field == member[1]:
            return Role.MEMBER
        return Role.BINDING if self._is_bound() else Role.READ

    def _is_bound(self) -> bool:
        if self._leaf.node.type == "shorthand_property_identifier_pattern":
            return True
        at = len(self._steps) - 1
        while at > 0:
            node, field, parent = self._steps[at].node, self._steps[at].field, self._steps[at - 1].node
            if node.type == "dotted_name" and node.named_child_count > 1:
                return False
            if (parent.type, field) in self._grammar.bindings:
                return parent.type != "for_in_statement" or parent.child_by_field_name("kind") is not None
            if parent.type not in self._grammar.patterns or field in ("right", "type", "key"):
                return False
            at -= 1
        return False

    def _is_struct_key(self) -> bool:
        """`T{Name: v}` names a field; in a map or list literal the same place reads a constant."""
        if self._parent.type != "literal_element" or len(self._steps) < 5:
            return False
        if self._steps[-2].field != "key":
            return False
        literal = self._steps[-5].node
        kind = literal.child_by_field_name("type") if literal.type == "composite_literal" else None
        return kind is None or kind.type not in (
            "map_type",
            "slice_type",
            "array_type",
            "implicit_length_array_type",
        )

    def _scopes(self, role: Role) -> tuple[Scope, ...]:
        """Scopes around, innermost first. A function's name, defaults and annotations belong outside of it."""
        found: list[Scope] = []
        hoisted = False
        for at in range(len(self._steps) - 2, -1, -1):
            node = self._steps[at].node
            hoisted = hoisted or node.type in self._grammar.hoisting
            kind = self._grammar.scopes.get(node.type)
            if kind is None or (role is not Role.BINDING and self._is_outside(at, role)):
                continue
            if role is Role.BINDING and hoisted and kind == "block" and not found:
                continue
            found.append(Scope(node.start_byte, node.end_byte, kind))
        return tuple(found)

    def _is_outside(self, at: int, role: Role) -> bool:
        field = self._steps[at + 1].field
        node = self._steps[at].node
        if role is Role.DEFINITION:
            expression = node.type in ("function_expression", "generator_function")
            return at == len(self._steps) - 2 and field == "name" and not expression
        return field in ("parameters", "return_type", "superclasses", "type_parameters") and (
            node.type in ("function_definition", "class_definition")
        )

    def _visible_from(self) -> int:
        for step in reversed(self._steps):
            if step.node.type in self._grammar.binds_after:
                return step.node.end_byte
        return 0

    def _expression(self, role: Role) -> int:
        """Index of the step that stands for the whole expression: the member access, or the name itself."""
        at = len(self._steps) - (2 if role is Role.MEMBER else 1)
        while at > 1 and self._steps[at - 1].node.type in self._grammar.wrappers:
            at -= 1
        return at

    def _call(self, role: Role) -> CallShape | None:
        if role is Role.MEMBER and (own := self._grammar.calls.get(self._parent.type)) is not None:
            # Where an access and its call are one node (Ruby); `a.b = c` only looks like one.
            called = not self._is_written()
            return self._grammar.call_shape(self._parent.child_by_field_name(own[1])) if called else None
        at = self._expression(role)
        parent = self._steps[at - 1].node
        if self._is_made(self._steps[at], parent):
            return self._grammar.call_shape(parent.child_by_field_name("arguments"))
        call = self._grammar.calls.get(parent.type)
        if role not in (Role.READ, Role.MEMBER) or call is None or self._steps[at].field != call[0]:
            return None
        return self._grammar.call_shape(parent.child_by_field_name(call[1]))

    def _is_made(self, step: _Step, parent: Node) -> bool:
        """True for the class in Ruby's `Class.new(…)`."""
        method = parent.child_by_field_name("method") if step.field == "receiver" else None
        return self._grammar.family == "ruby" and method is not None and text_of(method) == "new"

    def _is_written(self) -> bool:
        at = self._expression(Role.MEMBER)
        while at > 1 and self._steps[at - 1].node.type in (
            "expression_list",
            "pattern_list",
            "tuple_pattern",
        ):
            at -= 1
        return self._steps[at].field == "left" and "assignment" in self._steps[at - 1].node.type


def _dotted(node: Node | None) -> str | None:
    """`a.b` when the receiver is made of names only; `super()` is kept, since it is one too."""
    if node is None or node.end_byte - node.start_byte > _MAX_RECEIVER_BYTES:
        return None
    text = text_of(node)
    if text == "super()" or all(part.isidentifier() or part in ("this", "super") for part in text.split(".")):
        return text
    return None
