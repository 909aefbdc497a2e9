"""Parses a file and answers what it defines, imports, exports, and where it uses a name."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Self, cast

from tree_sitter import Node, Tree

from reviewer.domain.text import source_lines
from reviewer.evidence.syntax.bounded import parse
from reviewer.evidence.syntax.definitions import read_definitions
from reviewer.evidence.syntax.fields import read_fields
from reviewer.evidence.syntax.grammars.row import Grammar
from reviewer.evidence.syntax.occurrences import MAX_DEPTH, occurrence_at
from reviewer.evidence.syntax.parsed import Definition, Export, Import, Occurrence, Role, Scope
from reviewer.evidence.syntax.queried import QueryStopped
from reviewer.evidence.syntax.syntax_errors import SyntaxProblem, syntax_problem
from reviewer.evidence.syntax.tree_shelf import TreeShelf

MAX_OCCURRENCES = 2_000
"""Of one name in one file."""
_WORD_BYTES = frozenset(
    bytes([byte]) for byte in range(256) if byte >= 0x80 or chr(byte).isalnum() or byte in b"_$"
)


class SourceFile:
    """One parsed file. Parsing happens at construction, everything else when it is asked for.

    `partial` says why only part of the file was understood. What is answered for the rest holds all the same.
    """

    def __init__(self, path: str, source: bytes, grammar: Grammar, shelf: TreeShelf | None = None) -> None:
        self.path = path
        self.grammar = grammar
        self.source = source
        self._problems: dict[str, None] = {}
        self.syntax_problem: SyntaxProblem | None = None
        self._limits: dict[str, None] = {}
        self._unparsed: str | None = None
        self._occurrences: dict[str, tuple[Occurrence, ...]] = {}
        self._bound: dict[str, tuple[Occurrence, ...]] = {}
        self._scoped: dict[str, dict[Scope, list[Occurrence]]] = {}
        tree, limit = parse(source, grammar.tree_sitter, scan=grammar.scanned)
        if limit is not None:
            self._unparsed = f"{limit}: not parsed"
            self._limits[self._unparsed] = None
            source = b""
        problem = syntax_problem(tree.root_node)
        if problem is not None:
            self._problems[problem.text] = None
            self.syntax_problem = problem
            if problem.hopeless:
                source = b""
                tree, _ = parse(source, grammar.tree_sitter)
        self._parsed = source
        self._shelf = shelf
        self._kept: Tree | None = tree if shelf is None else None
        if shelf is not None:
            shelf.tree(self, len(source), lambda: tree)

    @classmethod
    def unreadable(cls, path: str, grammar: Grammar, reason: str) -> Self:
        """A file of which nothing is known but why."""
        file = cls(path, b"", grammar)
        file._limits[reason] = None
        file._unparsed = reason
        return file

    @property
    def root(self) -> Node:
        """The root of the tree; an empty file's where the source was too large or not understood at all."""
        return self._tree.root_node

    def keep_tree(self) -> Node:
        """The root, for one who holds on to nodes of the tree: it is not parsed a second time from now on."""
        self._kept = self._tree
        return self._kept.root_node

    @property
    def _tree(self) -> Tree:
        if self._kept is not None or self._shelf is None:
            return cast("Tree", self._kept)
        return self._shelf.tree(self, len(self._parsed), self._parse_again)

    def _parse_again(self) -> Tree:
        tree, limit = parse(self._parsed, self.grammar.tree_sitter, scan=self.grammar.scanned)
        if limit is not None:
            self._limits[f"{limit}: not parsed again"] = None
        return tree

    @property
    def unparsed(self) -> str | None:
        """Why nothing at all is known of the file; None when something is, if only that it is empty."""
        if self.syntax_problem is not None and self.syntax_problem.hopeless:
            return self.syntax_problem.text
        return self._unparsed

    @property
    def partial(self) -> str | None:
        """Why part of the file was not understood, as far as it has been looked at; None when all of it was."""
        return "; ".join([*self._problems, *self._limits]) or None

    @property
    def limits_reached(self) -> tuple[str, ...]:
        """Limits that kept uses of a name from being looked at, a phrase each."""
        return tuple(self._limits)

    @cached_property
    def garbled(self) -> tuple[bytes, ...]:
        """The statements that the grammar did not understand, as they are written."""
        problem = self.syntax_problem
        if problem is None:
            return ()
        if problem.hopeless:
            return (self.source,)
        return tuple(self.source[start:end] for start, end in dict.fromkeys(problem.spans))

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Ordered by place. A definition inside a function is none: nobody else can name it."""
        return read_definitions(self._tree.root_node, self.grammar, exported=self._exported_locals)

    @cached_property
    def fields(self) -> tuple[Definition, ...]:
        """What the types of `definitions` hold besides methods that have a body; ordered by place."""
        return tuple(read_fields(self._tree.root_node, self.grammar, self.inside))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Ordered by place."""
        try:
            return self.grammar.imports(self._tree.root_node, self.grammar)
        except QueryStopped as stopped:
            self._limits[f"imports are not known: {stopped}"] = None
            return ()

    @property
    def exports(self) -> tuple[Export, ...]:
        """What the file offers by export statement; empty in languages that have none."""
        return self._exports[0]

    @property
    def exports_known(self) -> bool:
        """False when something is exported by computation, so that a name may exist that nobody can see."""
        return self._exports[1]

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines as every stage counts them."""
        return source_lines(self.source)

    @cached_property
    def package(self) -> str:
        """The Go package clause; empty in other languages."""
        found = re.search(rb"^package[ \t]+(\w+)", self._parsed, re.MULTILINE)
        return found.group(1).decode() if found else ""

    def occurrences(self, name: str) -> tuple[Occurrence, ...]:
        """Every identifier `name`, ordered by place."""
        if name not in self._occurrences:
            self._occurrences[name] = tuple(self._find(name))
        return self._occurrences[name]

    def binding(self, occurrence: Occurrence, name: str | None = None) -> Occurrence | None:
        """Where the name of `occurrence` (or `name`, seen from there) is bound; None when this file does not.

        Of several bindings in one scope the first that counts at that place is returned.
        """
        bindings = self._by_scope(name or occurrence.name)
        for depth, scope in enumerate(occurrence.scopes):
            if scope.kind == "class" and depth > 0:
                continue
            here = bindings.get(scope, ())
            visible = [
                found for found in here if scope.kind == "file" or found.visible_from <= occurrence.start
            ]
            if visible:
                return visible[0]
        return None

    def binds_at_top(self, name: str) -> bool:
        """True when the file itself binds `name` at its top, in whatever way."""
        return any(found.scopes[0].kind == "file" for found in self._bindings(name))

    def import_at(self, occurrence: Occurrence) -> Import | None:
        """The import that binds the local name at `occurrence`, or that names its source there."""
        return self._imports_by_local.get(occurrence.start) or self._imports_by_start.get(occurrence.start)

    def line_of(self, start: int) -> int:
        """The line, from 1, that byte `start` stands on."""
        return bisect_right(self._line_starts, start)

    @cached_property
    def import_lines(self) -> frozenset[int]:
        """Lines on which an import names something."""
        return frozenset(self.line_of(found.start) for found in self.imports)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(at.end() for at in re.finditer(rb"\n", self.source))]

    def inside(self, start: int) -> Definition | None:
        """The innermost definition around byte `start`."""
        for at in range(bisect_right(self._starts, start) - 1, -1, -1):
            if self.definitions[at].end > start:
                return self.definitions[at]
        return None

    def definition(self, qualified_name: str) -> Definition | None:
        """The first definition of that qualified name."""
        return self._by_name.get(qualified_name)

    @cached_property
    def _by_name(self) -> dict[str, Definition]:
        return {found.qualified_name: found for found in reversed(self.definitions)}

    @cached_property
    def _exports(self) -> tuple[tuple[Export, ...], bool]:
        if self.grammar.exports is None:
            return (), True
        try:
            return self.grammar.exports(self._tree.root_node, self.grammar)
        except QueryStopped as stopped:
            self._limits[f"exports are not known: {stopped}"] = None
            return (), False

    @property
    def _exported_locals(self) -> frozenset[str] | None:
        if self.grammar.exports is None:
            return None
        return frozenset(export.local for export in self.exports if export.local)

    @cached_property
    def _imports_by_start(self) -> dict[int, Import]:
        return {found.start: found for found in self.imports}

    @cached_property
    def _imports_by_local(self) -> dict[int, Import]:
        return {found.local_start: found for found in self.imports if found.local}

    @cached_property
    def _starts(self) -> list[int]:
        return [found.start for found in self.definitions]

    def _bindings(self, name: str) -> tuple[Occurrence, ...]:
        if name not in self._bound:
            self._bound[name] = tuple(found for found in self.occurrences(name) if self._binds(found))
        return self._bound[name]

    def _by_scope(self, name: str) -> dict[Scope, list[Occurrence]]:
        """The bindings of a name by the innermost scope around each."""
        if name not in self._scoped:
            found: dict[Scope, list[Occurrence]] = {}
            for binding in self._bindings(name):
                if binding.scopes:
                    found.setdefault(binding.scopes[0], []).append(binding)
            self._scoped[name] = found
        return self._scoped[name]

    def _binds(self, found: Occurrence) -> bool:
        if found.role is Role.IMPORT:
            return found.start in self._imports_by_local
        return found.role in (Role.BINDING, Role.DEFINITION) and bool(found.scopes)

    def _find(self, name: str) -> Iterable[Occurrence]:
        places = self.places(name)
        if len(places) > MAX_OCCURRENCES:
            self._limits[f"{name} occurs {len(places)} times, limit {MAX_OCCURRENCES}"] = None
        for start in places[:MAX_OCCURRENCES]:
            found = occurrence_at(self._tree, start, name, self.grammar, self._import_starts)
            if found is None:
                self._limits[f"nested deeper than {MAX_DEPTH} levels"] = None
            elif isinstance(found, Occurrence):
                yield found

    def places(self, name: str) -> list[int]:
        """Bytes at which the word stands, in whatever role; a part of a longer word is none."""
        word = name.encode()
        found = []
        at = self._parsed.find(word)
        while at >= 0:
            end = at + len(word)
            if (
                self._parsed[at - 1 : at] not in _WORD_BYTES
                and self._parsed[end : end + 1] not in _WORD_BYTES
            ):
                found.append(at)
            at = self._parsed.find(word, end)
        return found

    @cached_property
    def _import_starts(self) -> frozenset[int]:
        return frozenset(self._imports_by_start) | frozenset(self._imports_by_local)
