"""Reads the definitions of a file off its tree by a tag query: names, owners, extents, signatures."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node, QueryCursor

from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.grammars.tagged import TaggedGrammar
from reviewer.evidence.syntax.occurrences import MAX_DEPTH
from reviewer.evidence.syntax.parsed import Definition

MAX_DEFINITIONS = 30_000
"""Of one file."""
MAX_NESTING = 20
"""Definitions in definitions."""
_MAX_UNFINISHED = 20_000
"""Matches that a query may have begun at a time."""
_SIGNATURE_LINES = 30
_MAX_SIGNATURE_BYTES = 4_000
_HIDING = frozenset({SymbolKind.FUNCTION, SymbolKind.METHOD})
_OWNING = frozenset({SymbolKind.CLASS, SymbolKind.INTERFACE, None})
_KINDS = {
    "function": SymbolKind.FUNCTION,
    "macro": SymbolKind.FUNCTION,
    "method": SymbolKind.METHOD,
    "class": SymbolKind.CLASS,
    "object": SymbolKind.CLASS,
    "enum": SymbolKind.CLASS,
    "interface": SymbolKind.INTERFACE,
    "type": SymbolKind.TYPE,
    "constant": SymbolKind.CONSTANT,
    "variable": SymbolKind.CONSTANT,
    "property": SymbolKind.CONSTANT,
    "field": SymbolKind.CONSTANT,
    "module": None,
}


@dataclass(frozen=True)
class _Tag:
    """What the query found around one name."""

    node: Node
    label: str
    """`scope`, or the label of a definition without its prefix."""
    name: Node
    owner: Node | None = None


@dataclass(frozen=True)
class _Around:
    """What a definition stands in."""

    end: int
    owner: str | None
    hides: bool
    in_type: bool


@dataclass(frozen=True)
class Tags:
    """The definitions of one file."""

    definitions: tuple[Definition, ...]
    """Ordered by place, outer before inner. One inside a function is none: nobody else can name it."""
    names: frozenset[int]
    """Bytes where a definition gets its name, also one inside a function: no reference stands there."""
    limits: tuple[str, ...]
    """What kept definitions from being looked at, a phrase each."""


def read_tags(root: Node, grammar: TaggedGrammar) -> Tags:
    """What the query of definitions finds below `root`."""
    cursor = QueryCursor(grammar.definitions_query, match_limit=_MAX_UNFINISHED)
    cursor.set_max_start_depth(MAX_DEPTH)  # a query takes time quadratic in the depth of the tree
    tags = _in_order(cursor.matches(root))
    limits: dict[str, None] = {}
    if cursor.did_exceed_match_limit:
        limits[f"more than {_MAX_UNFINISHED} matches begun at a time"] = None
    names = frozenset(_bare_start(tag.name) for tag in tags if tag.label not in ("scope", "module"))
    definitions = tuple(_definitions(tags, grammar, limits))
    return Tags(definitions, names, tuple(limits))


def _bare_start(name: Node) -> int:
    """Where the last part of a qualified name stands."""
    return name.start_byte + max((name.text or b"").rfind(_parts(name)[-1].encode()), 0)


def _in_order(matches: list[tuple[int, dict[str, list[Node]]]]) -> list[_Tag]:
    """One entry a name, from the first pattern that has it."""
    found: dict[tuple[str, int], _Tag] = {}
    for _, captures in sorted(matches, key=lambda match: match[0]):
        if "scope" in captures:
            node = captures["scope"][0]
            found.setdefault(("scope", node.start_byte), _Tag(node, "scope", node))
        elif "name" in captures:
            label = next(label for label in captures if label.startswith(("definition.", "mention")))
            name, owner = captures["name"][0], captures.get("owner", [None])[0]
            tag = _Tag(captures[label][0], label.removeprefix("definition."), name, owner)
            found.setdefault(("name", name.start_byte), tag)
    tags = [tag for tag in found.values() if tag.label != "mention"]
    return sorted(tags, key=lambda tag: (tag.node.start_byte, -tag.node.end_byte, tag.label == "scope"))


def _definitions(tags: list[_Tag], grammar: TaggedGrammar, limits: dict[str, None]) -> Iterator[Definition]:
    enclosing: list[_Around] = []
    signatures: dict[tuple[int, SymbolKind], tuple[int, str]] = {}
    count = 0
    for tag in tags:
        while enclosing and enclosing[-1].end <= tag.node.start_byte:
            enclosing.pop()
        around = enclosing[-1] if enclosing else _Around(0, None, hides=False, in_type=False)
        if around.hides or (tag.label == "field" and not around.in_type):
            continue
        if len(enclosing) > MAX_NESTING:
            limits[f"definitions nested deeper than {MAX_NESTING} levels are left out"] = None
            continue
        if count >= MAX_DEFINITIONS:
            limits[f"more than {MAX_DEFINITIONS} definitions: the rest is left out"] = None
            return
        end = tag.node.end_byte
        if tag.label == "scope":
            enclosing.append(_Around(end, around.owner, hides=True, in_type=False))
            continue
        kind = _KINDS[tag.label]
        outer, bare = _parts(tag.name)[:-1], _parts(tag.name)[-1]
        owner = (
            ".".join([*filter(None, [around.owner]), *(_parts(tag.owner) if tag.owner else ()), *outer])
            or None
        )
        if kind is not None:
            kind = _kind(kind, in_type=around.in_type or tag.owner is not None)
            count += 1
            yield _definition(tag.node, bare, owner, kind, grammar, signatures)
        if kind in _OWNING:
            in_type = kind is not None or tag.node.type in _EXTENDS
            enclosing.append(_Around(end, f"{owner}.{bare}" if owner else bare, hides=False, in_type=in_type))
        elif kind in _HIDING:
            enclosing.append(_Around(end, owner, hides=True, in_type=False))


_EXTENDS = frozenset({"impl_item", "class_declaration"})
"""What adds members to a type that stands elsewhere."""


def _kind(kind: SymbolKind, *, in_type: bool) -> SymbolKind:
    if kind not in _HIDING:
        return kind
    return SymbolKind.METHOD if in_type else SymbolKind.FUNCTION


def _parts(node: Node) -> list[str]:
    """The name without type arguments and quoting: `a` and `B` for `a::B<T>`."""
    text = text_of(node).strip()
    if text.startswith(("`", "operator")):
        return [text.strip("`")]
    plain = "".join(text.split("<")[0].split()).replace("::", ".").replace("\\", ".")
    return [part for part in plain.split(".") if part] or [plain]


def _definition(
    node: Node,
    name: str,
    owner: str | None,
    kind: SymbolKind,
    grammar: TaggedGrammar,
    signatures: dict[tuple[int, SymbolKind], tuple[int, str]],
) -> Definition:
    """`signatures` remembers last lines and texts by node: `let a = 1, b = 2, …` is one node with many names."""
    first, last = node.start_point.row + 1, _last_line(node)
    if (node.id, kind) not in signatures:
        body = _body(node, grammar)
        ends = min(body.start_point.row + 1 if body else last, first + _SIGNATURE_LINES)
        signatures[node.id, kind] = ends, _signature(node, body, kind)
    signature_end, signature = signatures[node.id, kind]
    return Definition(
        name=name,
        owner=owner,
        kind=kind,
        first_line=first,
        signature_end=max(first, signature_end),
        last_line=last,
        start=node.start_byte,
        end=node.end_byte,
        parameters=None,
        exported=True,
        signature=signature,
        by_name=True,
    )


def _last_line(node: Node) -> int:
    """From 1. A preprocessor line includes its line feed."""
    end = node.end_point
    return end.row if end.column == 0 and end.row > node.start_point.row else end.row + 1


def _body(node: Node, grammar: TaggedGrammar) -> Node | None:
    """What follows the signature: the first of the row's types, for some languages have no field for it."""
    return next((child for child in node.children if child.type in grammar.bodies), None) or (
        node.child_by_field_name("body")
    )


def _signature(node: Node, body: Node | None, kind: SymbolKind) -> str:
    """The text up to the body, or up to the value of a constant, without white space."""
    text = node.text or b""
    end = body.start_byte - node.start_byte if body else len(text)
    signature = "".join(text[: min(end, _MAX_SIGNATURE_BYTES)].decode("utf-8", "replace").split())
    return (signature.split("=")[0] if kind is SymbolKind.CONSTANT else signature).rstrip(";=")
