"""One side of a changed file, with the lines that the change touches."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from tree_sitter import Node

from reviewer.domain.change import Side
from reviewer.domain.text import source_text
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.workspace import Workspace

_MAX_WRITTEN = 5_000
"""Bytes of a line."""


class TouchedFile:
    """What a detector may look at: the file before or after the change. Trees are parsed when they are asked for."""

    def __init__(
        self, path: str, side: Side, raw: bytes, *, units: Mapping[int, str], workspace: Workspace
    ) -> None:
        self.path = path
        self.side = side
        self.units = units
        """Line, from 1, to the change unit that adds it (head) or deletes it (base)."""
        self.workspace = workspace
        self.raw = raw
        grammar = grammar_of(path)
        self.language = grammar.language if grammar else None
        """Of a full grammar; None for every other file."""
        self._grammar = grammar
        self._order = sorted(units)

    @cached_property
    def text(self) -> str:
        """The whole file."""
        return source_text(self.raw)

    @cached_property
    def code(self) -> SourceFile:
        """The parsed file; `ValueError` for a language without a full grammar."""
        if self._grammar is None:
            raise ValueError(f"{self.path}: no full grammar")
        return SourceFile(self.path, self.text.encode(), self._grammar)

    def refuse_packed(self) -> None:
        """`ValueError` when a program put the file together, so that its forms say nothing of who wrote it."""
        longest = max(map(len, self.raw.split(b"\n")))
        if longest > _MAX_WRITTEN:
            raise ValueError(f"a line of {longest} bytes, limit {_MAX_WRITTEN} for what people write")

    def touches(self, first_line: int, last_line: int) -> bool:
        """True when the change touches a line from `first_line` to `last_line`, both included."""
        at = bisect_left(self._order, first_line)
        return at < len(self._order) and self._order[at] <= last_line

    def units_of(self, first_line: int, last_line: int) -> tuple[str, ...]:
        """The units that touch these lines, in their order."""
        at = bisect_left(self._order, first_line)
        found: dict[str, None] = {}
        while at < len(self._order) and self._order[at] <= last_line:
            found[self.units[self._order[at]]] = None
            at += 1
        return tuple(found)

    def nodes(self, *kinds: str) -> Iterator[Node]:
        """Nodes of the tree, of these types, that stand on a touched line at least in part; in order by kind."""
        for kind in kinds:
            yield from self._touched.get(kind, ())

    @cached_property
    def _touched(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        waiting = [self.code.keep_tree()] if self._order else []
        while waiting:
            node = waiting.pop()
            if self.touches(*lines_of(node)):
                found[node.type].append(node)
                waiting += reversed(node.children)
        return found

    @property
    def not_understood(self) -> str | None:
        """Why touched lines cannot be looked at by syntax; None when they can."""
        if self._grammar is None or not self._order:
            return None
        if self.code.unparsed:
            return f"{self.path}: {self.code.unparsed}"
        problem = self.code.syntax_problem
        for start, end in problem.spans if problem else ():
            if self.touches(self.code.line_of(start), self.code.line_of(max(start, end - 1))):
                return f"{self.path}: {problem.text}" if problem else None
        return None


def lines_of(node: Node) -> tuple[int, int]:
    """First and last line of `node`, from 1; a line feed at its end belongs to the line before."""
    first, last = node.start_point.row + 1, node.end_point.row + 1
    return first, max(first, last - 1 if node.end_point.column == 0 else last)


def text_of(node: Node) -> str:
    """What `node` is written as."""
    return (node.text or b"").decode("utf-8", errors="replace")


def field(node: Node, name: str) -> Node:
    """A child that the grammar promises; `ValueError` where a damaged tree lacks it."""
    child = node.child_by_field_name(name)
    if child is None:
        raise ValueError(f"{node.type} without {name}")
    return child


def ancestors(node: Node) -> Iterator[Node]:
    """From the parent up to the root."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent
