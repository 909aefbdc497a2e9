"""Which files may define a name, read off their trees without understanding them."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tree_sitter import Query, QueryCursor

from reviewer.domain.change import Side
from reviewer.domain.text import path_bytes
from reviewer.evidence.search.found import (
    FileFound,
    FilesFound,
    NotSearched,
    PassedOver,
    PathFilter,
    WordSearch,
)
from reviewer.evidence.syntax.bounded import MAX_FILE_BYTES, MAX_SECONDS, MAX_STEPS_PER_BYTE, parse
from reviewer.evidence.syntax.grammars.row import Grammar
from reviewer.evidence.syntax.languages import grammar_of

Names = frozenset[bytes] | None
"""Names a blob may define; None when it is too large to be parsed, or a limit ended that."""


@dataclass(frozen=True)
class Unit:
    """A blob read as one language."""

    object_id: str
    grammar: Grammar


ReadNames = Callable[[Sequence[Unit]], Mapping[Unit, Names]]
"""Gives the names of every unit asked for."""


def definers(
    search: WordSearch, names: Collection[str], side: Side, *, within: PathFilter | None, read: ReadNames
) -> FilesFound:
    """`WordSearch.definers` by way of `search.files`: a file that defines a name holds it as a word."""

    def parsed(path: str) -> bool:
        return grammar_of(path) is not None and (within is None or within(path))

    holding = search.files(names, side, within=parsed)
    units = {file.path: _unit(file) for file in holding.files}
    read_names = read(list(dict.fromkeys(units.values())))
    found: list[FileFound] = []
    passed = list(holding.passed_over)
    for file in holding.files:
        defined = read_names[units[file.path]]
        if defined is None:
            passed.append(PassedOver(file.path, NotSearched.TOO_LARGE))
        elif here := frozenset(name for name in file.words if name.encode() in defined):
            found.append(FileFound(file.path, file.object_id, here))
    passed.sort(key=lambda one: path_bytes(one.path))
    return FilesFound(tuple(found), tuple(passed), ())


def names_defined(raw: bytes, grammar: Grammar) -> Names:
    """Every name that the grammar's query calls defined, inside functions too; None for what cannot be parsed."""
    tree, limit = parse(raw, grammar.tree_sitter, scan=grammar.scanned)
    if limit is not None:
        return None
    captured = QueryCursor(_names_query(grammar)).captures(tree.root_node)
    return frozenset(raw[node.start_byte : node.end_byte] for node in captured.get("name", ()))


def grammars_by_blob(units: Iterable[Unit]) -> dict[str, list[Grammar]]:
    """The languages that each blob is to be read as."""
    grouped: dict[str, list[Grammar]] = {}
    for unit in units:
        grouped.setdefault(unit.object_id, []).append(unit.grammar)
    return grouped


@lru_cache(maxsize=64)
def reading_of(grammar: Grammar) -> str:
    """Changes whenever `names_defined` could answer otherwise for the same bytes: a key for what is kept."""
    language = grammar.tree_sitter
    parts = (
        grammar.language,
        _query_text(grammar),
        language.abi_version,
        language.semantic_version,
        MAX_FILE_BYTES,
        MAX_SECONDS,
        MAX_STEPS_PER_BYTE,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _unit(file: FileFound) -> Unit:
    grammar = grammar_of(file.path)
    if grammar is None:
        raise ValueError(f"{file.path}: searched for definitions without a grammar")
    return Unit(file.object_id, grammar)


@lru_cache(maxsize=64)
def _names_query(grammar: Grammar) -> Query:
    """The definitions query without the captures that are not looked at here: they cost time."""
    query = Query(grammar.tree_sitter, _query_text(grammar))
    for at in range(query.capture_count):
        if query.capture_name(at) != "name":
            query.disable_capture(query.capture_name(at))
    return query


def _query_text(grammar: Grammar) -> str:
    return files("reviewer.evidence.syntax").joinpath("queries", grammar.query).read_text(encoding="utf-8")
