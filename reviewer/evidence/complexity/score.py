"""Measures one function: cognitive complexity, nesting, lines.

The rules are those of G. Ann Campbell, "Cognitive Complexity: a new way of measuring understandability"
(SonarSource).
Of recursion only a function that calls itself is seen, and only where its name can mean no other function.
Comprehensions, guards of a case and `let … else` count nothing themselves: the paper does not name them, and they are
shorthand or belong to what is counted already.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from tree_sitter import Node

from reviewer.domain.complexity import FunctionMeasure
from reviewer.evidence.complexity.row import Row
from reviewer.evidence.complexity.units import Unit

_MAX_CALLEE_BYTES = 250
_HEADERS = (
    "condition",
    "value",
    "subject",
    "initializer",
    "init",
    "update",
    "left",
    "right",
    "collection",
    "expr",
)
"""Fields of a branch or loop that stand before what it holds, and so on the level around it."""


class _Mode(Enum):
    """What is known of a node before it is looked at."""

    PLAIN = auto()
    ELSE = auto()
    """Counted already, because it stands in the place of an `else`."""
    OPERATOR = auto()
    """A logical operator."""


class _Run:
    """The logical operators of one expression, in the order of reading."""

    last = ""


@dataclass(frozen=True, eq=False)
class _Step:
    node: Node
    level: int
    run: _Run | None = None
    mode: _Mode = _Mode.PLAIN


def measure(unit: Unit, row: Row) -> FunctionMeasure:
    """The measure of `unit`. Takes time linear in its nodes, and no recursion."""
    walk = _Walk(unit, row)
    walk.all()
    lines = unit.last_line - unit.first_line + 1 - walk.lines_elsewhere
    return FunctionMeasure(cognitive=walk.cognitive, nesting=walk.nesting, lines=max(lines, 1))


@dataclass
class _Walk:
    unit: Unit
    row: Row
    cognitive: int = 0
    nesting: int = 0
    lines_elsewhere: int = 0
    """Of functions inside a block, which are units of their own."""
    _steps: list[_Step] = field(default_factory=list)
    _flat: set[int] = field(default_factory=set)
    """Functions inside that add no level."""
    _calls_itself: bool = False

    def all(self) -> None:
        """Walk through the whole function, in the order of reading."""
        kinds = _kinds(self.row)
        self._hold(self.unit.node)
        self._push(_Step(child, 0) for child in self.unit.node.children)
        while self._steps:
            step = self._steps.pop()
            if step.mode is _Mode.OPERATOR:
                self._operator(step)
            elif step.node.is_named and (enter := kinds.get(step.node.type)) is not None:
                enter(self, step)
            else:
                # A word alone counts only as an operator, which its expression has pushed.
                inside = [child for child in step.node.children if child.child_count]
                self._steps.extend(_Step(child, step.level) for child in reversed(inside))

    def function(self, step: _Step) -> None:
        """A function inside: one level, or a unit of its own in a block."""
        node = step.node
        if self.unit.is_block:
            self.lines_elsewhere += node.end_point.row - node.start_point.row + 1
            return
        self._hold(node)
        level = step.level if node.id in self._flat else step.level + 1
        self.nesting = max(self.nesting, level)
        self._push(_Step(child, level) for child in node.children)

    def branch(self, step: _Step) -> None:
        """An `if` or a loop: what it holds is a level deeper, and an `else` counts."""
        if step.mode is not _Mode.ELSE:
            self.cognitive += 1 + step.level
        self.nesting = max(self.nesting, step.level + 1)
        self._push(self._held(step))

    def structure(self, step: _Step) -> None:
        """A switch, a catch or a ternary."""
        self.cognitive += 1 + step.level
        self.nesting = max(self.nesting, step.level + 1)
        headers = _headers(step.node)
        self._push(_Step(child, step.level + (child.id not in headers)) for child in step.node.children)

    def else_if(self, step: _Step) -> None:
        """Nodes such as `elif`; an `else` of a `case` or a `try` comes here too and was not counted."""
        if step.mode is _Mode.ELSE:
            self._push(self._held(step))
        else:
            self._push(_Step(child, step.level) for child in step.node.children)

    def otherwise(self, step: _Step) -> None:
        """An `else` with a node of its own; all it holds may be the next `if` of a chain."""
        held = [child for child in step.node.named_children if not child.is_extra]
        if step.mode is not _Mode.ELSE:
            self._push(_Step(child, step.level) for child in held)
        elif len(held) == 1 and held[0].type in self.row.ifs:
            self._push([_Step(held[0], step.level, mode=_Mode.ELSE)])
        else:
            self._push(_Step(child, step.level + 1) for child in held)

    def jump(self, step: _Step) -> None:
        """A `break` or `continue` to a place with a name."""
        children = step.node.children
        labels = self.row.jumps[step.node.type]
        if any(child.type in labels for child in children) and _is_jump(children[0]):
            self.cognitive += 1
        self._push(_Step(child, step.level) for child in children)

    def goto(self, step: _Step) -> None:
        """A `goto`, whatever it names."""
        self.cognitive += 1
        self._push(_Step(child, step.level) for child in step.node.children)

    def expression(self, step: _Step) -> None:
        """An expression with operators: only where one is logical does a run of them go on."""
        children = step.node.children
        logical = {child.id for child in children if self._meaning(child)}
        run = (step.run or _Run()) if logical else None
        self._push(
            _Step(child, step.level, run, _Mode.OPERATOR if child.id in logical else _Mode.PLAIN)
            for child in children
        )

    def parenthesis(self, step: _Step) -> None:
        """Parentheses alone do not end a run of operators."""
        self._push(_Step(child, step.level, step.run) for child in step.node.children)

    def call(self, step: _Step) -> None:
        """A call, which may be of the function itself: that counts once."""
        called = step.node.child_by_field_name(self.row.calls[step.node.type])
        if not self._calls_itself and called is not None and _short_text(called) in self._own_names():
            self._calls_itself = True
            self.cognitive += 1
        self._push(_Step(child, step.level) for child in step.node.children)

    def _held(self, step: _Step) -> Iterator[_Step]:
        """What stands in an `if`, in a loop, or in a node such as `elif`."""
        headers = _headers(step.node)
        after_else = False
        for child in step.node.children:
            if child.type == "else" and child.child_count == 0:
                after_else = step.node.type in self.row.ifs
            elif child.is_named and child.type in self.row.else_ifs | self.row.elses:
                self.cognitive += 1
                yield _Step(child, step.level, mode=_Mode.ELSE)
            elif after_else and not child.is_extra and child.is_named:
                after_else = False
                self.cognitive += 1
                chained = child.type in self.row.ifs
                yield _Step(child, step.level, mode=_Mode.ELSE) if chained else _Step(child, step.level + 1)
            else:
                yield _Step(child, step.level + (child.id not in headers))

    def _push(self, steps: "Iterator[_Step] | list[_Step]") -> None:
        self._steps.extend(reversed(list(steps)))

    def _operator(self, step: _Step) -> None:
        meaning = self._meaning(step.node)
        if step.run is not None and meaning != step.run.last:
            step.run.last = meaning
            self.cognitive += 1

    def _meaning(self, node: Node) -> str:
        written = _short_text(node) if node.type == "operator_identifier" else node.type
        return self.row.operators.get(written, "")

    def _own_names(self) -> set[str]:
        name = self.unit.name
        return {f"{before}{name}" for before in self.row.receivers} if self.unit.owner else {name}

    def _hold(self, node: Node) -> None:
        """Let the functions in `node` add no level where it does nothing but hold them."""
        if not self.row.declarations:
            return
        body = node.child_by_field_name("body")
        statements = [] if body is None else [child for child in body.named_children if not _is_note(child)]
        if statements and all(child.type in self.row.declarations for child in statements):
            for statement in statements:
                near = [statement, *statement.named_children]
                near += [below for child in statement.named_children for below in child.named_children]
                self._flat.update(each.id for each in near if each.type in self.row.functions)


_Enter = Callable[[_Walk, _Step], None]


@lru_cache(maxsize=32)
def _kinds(row: Row) -> Mapping[str, _Enter]:
    """What is done at a node, by its type."""
    table: tuple[tuple[Iterable[str], _Enter], ...] = (
        (row.parentheses, _Walk.parenthesis),
        (row.calls, _Walk.call),
        (row.logical, _Walk.expression),
        (row.jumps, _Walk.jump),
        (row.gotos, _Walk.goto),
        (row.elses, _Walk.otherwise),
        (row.else_ifs, _Walk.else_if),
        (row.switches | row.catches | row.ternaries, _Walk.structure),
        (row.ifs | row.loops, _Walk.branch),
        (row.functions, _Walk.function),
    )
    return {kind: enter for kinds, enter in table for kind in kinds}


def _is_jump(first: Node) -> bool:
    return _short_text(first).startswith(("break", "continue"))


def _is_note(node: Node) -> bool:
    """A comment, or a text on its own such as a docstring."""
    inside = node.named_children
    return node.is_extra or (
        node.type == "expression_statement" and len(inside) == 1 and inside[0].type == "string"
    )


def _headers(node: Node) -> set[int]:
    found = (node.child_by_field_name(name) for name in _HEADERS)
    return {child.id for child in found if child is not None}


def _short_text(node: Node) -> str:
    if node.end_byte - node.start_byte > _MAX_CALLEE_BYTES:
        return ""
    return (node.text or b"").decode("utf-8", "replace")
