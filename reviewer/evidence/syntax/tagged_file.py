"""Parses a file of a language that is known by name: what it defines, and where a name is referred to."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Self

from tree_sitter import Node, QueryCursor, Tree

from reviewer.domain.text import source_lines
from reviewer.evidence.syntax.bounded import parse
from reviewer.evidence.syntax.grammars.tagged import TaggedGrammar
from reviewer.evidence.syntax.occurrences import MAX_DEPTH
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import MAX_OCCURRENCES
from reviewer.evidence.syntax.syntax_errors import SyntaxProblem, syntax_problem
from reviewer.evidence.syntax.tags import Tags, read_tags

_PATTERN_DEPTH = 5
"""Nodes above a name that a pattern of a reference may look at."""
_MAX_CODE_BYTES = 20_000
"""Of one macro's body."""


class ReferenceKind(Enum):
    """What a reference does with the name."""

    CALL = "call"
    TYPE = "type"
    OTHER = "other"


_KINDS = {
    "reference.call": ReferenceKind.CALL,
    "reference.send": ReferenceKind.CALL,
    "reference.class": ReferenceKind.TYPE,
    "reference.interface": ReferenceKind.TYPE,
    "reference.implementation": ReferenceKind.TYPE,
    "reference.type": ReferenceKind.TYPE,
    "reference.field": ReferenceKind.OTHER,
}


@dataclass(frozen=True)
class Reference:
    """One place that names something: never in a comment or a string, never where a definition gets its name."""

    name: str
    kind: ReferenceKind
    start: int
    """Bytes from 0."""
    line: int
    """From 1."""


class TaggedFile:
    """One parsed file. Parsing happens at construction, everything else when it is asked for.

    `partial` says why only part of the file was understood. What is answered for the rest holds all the same.
    """

    def __init__(self, path: str, source: bytes, grammar: TaggedGrammar) -> None:
        self.path = path
        self.grammar = grammar
        self.source = source
        self.syntax_problem: SyntaxProblem | None = None
        self._limits: dict[str, None] = {}
        self._unparsed: str | None = None
        self._references: dict[str, tuple[Reference, ...]] = {}
        self._macros: dict[int, Tree] = {}
        self._tree, limit = parse(source, grammar.tree_sitter, scan=True)
        if limit is not None:
            self._unparsed = f"{limit}: not parsed"
            self._limits[self._unparsed] = None
            source = b""
        self.syntax_problem = syntax_problem(self._tree.root_node)
        if self.syntax_problem is not None and self.syntax_problem.hopeless:
            source = b""
            self._tree, _ = parse(source, grammar.tree_sitter)
        self._parsed = source

    @classmethod
    def unreadable(cls, path: str, grammar: TaggedGrammar, reason: str) -> Self:
        """A file of which nothing is known but why."""
        file = cls(path, b"", grammar)
        file._limits[reason] = None
        file._unparsed = reason
        return file

    @property
    def unparsed(self) -> str | None:
        """Why nothing at all is known of the file; None when something is, if only that it is empty."""
        if self.syntax_problem is not None and self.syntax_problem.hopeless:
            return self.syntax_problem.text
        return self._unparsed

    @property
    def partial(self) -> str | None:
        """Why part of the file was not understood, as far as it has been looked at; None when all of it was."""
        problem = [self.syntax_problem.text] if self.syntax_problem else []
        return "; ".join([*problem, *self.limits_reached]) or None

    @property
    def limits_reached(self) -> tuple[str, ...]:
        """Limits that kept something from being looked at, a phrase each."""
        return (*self._limits, *self._tags.limits)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Ordered by place. A definition inside a function is none: nobody else can name it."""
        return self._tags.definitions

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines as every stage counts them."""
        return source_lines(self.source)

    def references(self, name: str) -> tuple[Reference, ...]:
        """Every reference to `name`, ordered by place."""
        if name not in self._references:
            self._references[name] = tuple(self._find(name))
        return self._references[name]

    def may_hide(self, name: str) -> bool:
        """True when `name` stands in what was not understood, at a place that does not look like a reference."""
        problem = self.syntax_problem
        if problem is None:
            return False
        if problem.hopeless:
            return bool(_places(self.source, name))
        seen = {found.start for found in self.references(name)} | self._tags.names
        unseen = [start for start in _places(self._parsed, name) if start not in seen]
        return any(first <= start < end for start in unseen for first, end in dict.fromkeys(problem.spans))

    def inside(self, start: int) -> Definition | None:
        """The innermost definition around byte `start`."""
        for at in range(bisect_right(self._starts, start) - 1, -1, -1):
            if self.definitions[at].end > start:
                return self.definitions[at]
        return None

    @cached_property
    def _tags(self) -> Tags:
        return read_tags(self._tree.root_node, self.grammar)

    @cached_property
    def _starts(self) -> list[int]:
        return [found.start for found in self.definitions]

    def _find(self, name: str) -> Iterable[Reference]:
        places = [start for start in _places(self._parsed, name) if start not in self._tags.names]
        if len(places) > MAX_OCCURRENCES:
            self._limits[f"{name} occurs {len(places)} times, limit {MAX_OCCURRENCES}"] = None
        for start in places[:MAX_OCCURRENCES]:
            kind = self._kind_at(self._tree, start, name)
            if kind is not None:
                line = bisect_right(self._line_starts, start)
                yield Reference(name, kind, start, line)

    def _kind_at(self, tree: Tree, start: int, name: str) -> ReferenceKind | None:
        """What the name at byte `start` is, by the patterns that capture just this name; None for no reference."""
        above = self._descend(tree, start)
        if not above:
            return None
        length = len(name.encode())
        cursor = QueryCursor(self.grammar.references_query)
        cursor.set_byte_range(start, start + length)
        found: set[str] = set()
        for _, captures in cursor.matches(above[-_PATTERN_DEPTH:][0]):
            if any(_is_text(node, start, length) for node in captures.get("name", ())):
                found |= captures.keys()
            elif "code" in captures and tree is self._tree:
                return self._kind_in_macro(captures["code"][0], start, name)
            elif "dollar" in captures and self._parsed[start - 1 : start] == b"$":
                return ReferenceKind.OTHER
        return _kind(found)

    def _kind_in_macro(self, code: Node, start: int, name: str) -> ReferenceKind | None:
        """What the name is in raw text that is code: the text is parsed for itself, errors and all."""
        text = code.text or b""
        if len(text) > _MAX_CODE_BYTES:
            self._limits[f"a macro of {len(text)} bytes, limit {_MAX_CODE_BYTES}: not parsed"] = None
            return None
        if code.start_byte not in self._macros:
            self._macros[code.start_byte], limit = parse(text, self.grammar.tree_sitter, scan=True)
            if limit is not None:
                self._limits[f"a macro: {limit}: not parsed"] = None
        return self._kind_at(self._macros[code.start_byte], start - code.start_byte, name)

    def _descend(self, tree: Tree, start: int) -> list[Node]:
        """The nodes above and at byte `start`, outermost first; none when they are too many."""
        cursor = tree.walk()
        nodes = [tree.root_node]
        while cursor.goto_first_child_for_byte(start) is not None:
            node = cursor.node
            if node is None or node.start_byte > start:
                break
            nodes.append(node)
            if len(nodes) > MAX_DEPTH:
                self._limits[f"nested deeper than {MAX_DEPTH} levels"] = None
                return []
        return nodes

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(rb"\n", self._parsed))]


def _kind(labels: set[str]) -> ReferenceKind | None:
    """The surest label counts: a call or a type, then what is no reference, then any other."""
    for label, kind in _KINDS.items():
        if label in labels:
            return kind
    return ReferenceKind.OTHER if "local" not in labels and "reference.other" in labels else None


def _is_text(node: Node, start: int, length: int) -> bool:
    """True when the node is the name at `start`, quoted by backticks or marked by a dollar sign or not."""
    text = node.text or b""
    inner = text.strip(b"`").removeprefix(b"$")
    return len(inner) == length and node.start_byte + text.find(inner) == start


def _places(source: bytes, name: str) -> list[int]:
    """Bytes where the word stands, in whatever role; a part of a longer word is none."""
    word = re.escape(name.encode())
    return [
        found.start() for found in re.finditer(rb"(?<![\w\x80-\xff])" + word + rb"(?![\w\x80-\xff])", source)
    ]
