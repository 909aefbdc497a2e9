"""Reads what types hold besides methods with a body: fields, enum constants, elements of annotations, signatures."""

from collections.abc import Callable, Iterator
from importlib.resources import files

from tree_sitter import Node, Query, QueryCursor

from reviewer.domain.evidence import Access, SymbolKind
from reviewer.evidence.syntax.access import AccessReader
from reviewer.evidence.syntax.grammars.row import Grammar, Surroundings, text_of
from reviewer.evidence.syntax.parsed import Definition

_OWNERS = (SymbolKind.CLASS, SymbolKind.INTERFACE, SymbolKind.TYPE)


def read_fields(
    root: Node, grammar: Grammar, inside: Callable[[int], Definition | None]
) -> Iterator[Definition]:
    """Ordered by place. `inside` tells the innermost definition around a byte, which is the type they belong to."""
    access = AccessReader(grammar.family)
    matches = QueryCursor(_query(grammar)).matches(root)
    nodes = [(captures["name"][0], captures) for _, captures in matches]
    for name, captures in sorted(nodes, key=lambda item: item[0].start_byte):
        method = captures.get("method")
        node = (method or captures["field"])[0]
        owner = _owner(name, inside)
        if owner is not None and text_of(name) != "_":
            yield _definition(
                node, name, owner, grammar, is_method=method is not None, access=access.of(node)
            )


def _query(grammar: Grammar) -> Query:
    text = files("reviewer.evidence.syntax").joinpath("queries", f"fields-{grammar.query}")
    return grammar.compile(text.read_text(encoding="utf-8"))


def _owner(name: Node, inside: Callable[[int], Definition | None]) -> Definition | None:
    found = inside(name.start_byte)
    if found is not None and found.name == "constructor":
        # TypeScript declares fields among the parameters of a constructor.
        parent = name.parent.parent.parent if name.parent and name.parent.parent else None
        found = inside(parent.start_byte - 1) if parent is not None else None
    return found if found is not None and found.kind in _OWNERS else None


def _definition(
    node: Node, name: Node, owner: Definition, grammar: Grammar, *, is_method: bool, access: Access
) -> Definition:
    written = text_of(name)
    return Definition(
        name=written,
        owner=owner.qualified_name,
        kind=SymbolKind.METHOD if is_method else SymbolKind.FIELD,
        first_line=node.start_point.row + 1,
        signature_end=node.end_point.row + 1,
        last_line=node.end_point.row + 1,
        start=node.start_byte,
        end=node.end_byte,
        parameters=grammar.parameters(node, Surroundings(in_class=True, decorators=()))
        if is_method
        else None,
        exported=written[:1].isupper() if grammar.family == "go" else owner.exported,
        signature="".join(text_of(node).split()),
        access=access,
    )
