"""The shape of a row in the grammar table: where names are bound, read and called, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.resources import files

from tree_sitter import Language as TreeSitterLanguage
from tree_sitter import Node, Query

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.evidence.syntax.parsed import Export, Import

Place = tuple[str, str | None]
"""Type of a parent node and the field its child stands in; None for a child without a field."""


@dataclass(frozen=True)
class Surroundings:
    """What a definition's parameters depend on besides its own node."""

    in_class: bool
    decorators: tuple[str, ...]
    """Decorators as written, without the `@`."""


@dataclass(frozen=True, eq=False)
class Grammar:
    """One language: how to parse it and how to read the tree."""

    language: str
    """The name people know: `python`."""
    family: str
    """Languages of one family import from each other and share the rules of names."""
    extensions: tuple[str, ...]
    module: str
    """The package of the grammar, imported when first asked for."""
    query: str
    """File under `queries/` that finds definitions."""
    names: frozenset[str]
    """Leaf types that are identifiers."""
    scopes: Mapping[str, str]
    """Node type to kind of scope; see `parsed.Scope`."""
    bindings: frozenset[Place]
    """Where a name is bound to a value."""
    patterns: frozenset[str]
    """Node types that may stand between a bound name and its place: tuples, splats, annotations."""
    definitions: frozenset[Place]
    """Where a definition gets its name."""
    labels: frozenset[Place]
    """Where an identifier is neither read nor bound: keyword arguments, keys."""
    members: Mapping[str, tuple[str, str]]
    """Member access: node type to the fields of object and member."""
    calls: Mapping[str, tuple[str, str]]
    """Calls: node type to the fields of callee and arguments."""
    wrappers: frozenset[str]
    """Node types that may stand between a callee and its call."""
    import_statements: frozenset[str]
    literals: frozenset[str]
    """Node types whose members are never ours."""
    call_shape: Callable[[Node | None], CallShape | None]
    parameters: Callable[[Node, Surroundings], Parameters | None]
    imports: Callable[[Node, "Grammar"], tuple[Import, ...]]
    builtins: frozenset[str]
    """Names that are bound without anybody binding them."""
    exports: Callable[[Node, "Grammar"], tuple[tuple[Export, ...], bool]] | None = None
    """Exports, and whether all of them could be told; None where the language has no export statement."""
    constructors: frozenset[str] = frozenset()
    """Methods whose parameters are those of the class."""
    hoisting: frozenset[str] = frozenset()
    """Declarations whose names belong to the function around, not to the block."""
    binds_after: frozenset[str] = frozenset()
    """Statements whose names count only after their end."""

    loader: str = "language"
    """What the package calls the function that gives the grammar."""
    scanned: bool = False
    """Angle brackets and comments nested too deep are found before parsing, as brackets are: see `nesting`."""

    @cached_property
    def tree_sitter(self) -> TreeSitterLanguage:
        """The loaded grammar."""
        load: Callable[[], object] = getattr(import_module(self.module), self.loader)
        return TreeSitterLanguage(load())

    @cached_property
    def definitions_query(self) -> Query:
        """The compiled query."""
        text = files("reviewer.evidence.syntax").joinpath("queries", self.query).read_text(encoding="utf-8")
        return Query(self.tree_sitter, text)

    def compile(self, text: str) -> Query:
        """A further query for this grammar, compiled once."""
        if text not in self._compiled:
            self._compiled[text] = Query(self.tree_sitter, text)
        return self._compiled[text]

    @cached_property
    def _compiled(self) -> dict[str, Query]:
        return {}


def named(text: str) -> frozenset[str]:
    """The words of `text` as a set: a table that can be read."""
    return frozenset(text.split())


def text_of(node: Node | None) -> str:
    """The node's source text; empty for no node."""
    return (node.text or b"").decode("utf-8", "replace") if node else ""
