"""Reads the definitions of a file off its tree: names, extents, parameters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tree_sitter import Node, QueryCursor

from reviewer.domain.evidence import Parameters, SymbolKind
from reviewer.evidence.syntax.access import AccessReader
from reviewer.evidence.syntax.grammars.row import Grammar, Surroundings, named, text_of
from reviewer.evidence.syntax.parsed import Definition

MAX_NESTING = 20
"""Classes in classes; deeper ones are left out."""
_SIGNATURE_LINES = 30
_FIRST_CHILDREN = 20
_STATEMENTS = named(
    "export_statement lexical_declaration variable_declaration expression_statement "
    "decorated_definition type_declaration const_declaration var_declaration "
    "ambient_declaration"
)
"""What may stand around a definition and belongs to it."""
_ABOVE = named("superclass super_interfaces extends_interfaces")
"""What holds the types above a Java type."""
_OWNERLESS = ("exports", "module.exports")
_DYNAMIC_ACCESS = frozenset({"__getattr__", "__getattribute__"})


@dataclass(frozen=True)
class _Found:
    """A definition or a function scope as the query found it."""

    node: Node
    kind: SymbolKind | None
    """None for a scope that only hides what is inside."""
    name: Node | None = None
    owner: Node | None = None
    callable: Node | None = None


@dataclass(frozen=True)
class _Shape:
    """What a definition is made of, apart from its name."""

    signature: str
    bases: tuple[str, ...]
    embeds: bool


def read_definitions(
    root: Node, grammar: Grammar, *, exported: frozenset[str] | None
) -> tuple[Definition, ...]:
    """Definitions at the top or in classes, ordered by place.

    `exported` holds the local names that export statements offer; None where the language has none.
    """
    read: list[Definition] = []
    shapes: dict[int, _Shape] = {}
    access = AccessReader(grammar.family)
    enclosing: list[tuple[int, str | None]] = []
    hidden = 0
    for found in _in_order(root, grammar):
        while enclosing and enclosing[-1][0] <= found.node.start_byte:
            hidden -= enclosing.pop()[1] is None
        if found.kind is None:
            hidden += 1
            enclosing.append((found.node.end_byte, None))
            continue
        if hidden or len(enclosing) > MAX_NESTING or found.name is None:
            continue
        outer = enclosing[-1][1] if enclosing else None
        definition = _definition(found, outer, grammar, exported, shapes, access)
        if definition is None:
            continue
        read.append(definition)
        if definition.kind in (SymbolKind.CLASS, SymbolKind.INTERFACE):
            enclosing.append((found.node.end_byte, definition.qualified_name))
    return tuple(_with_constructors(read, grammar))


def _in_order(root: Node, grammar: Grammar) -> list[_Found]:
    """Outer before inner, a definition before the scope of its own body, one entry a name."""
    matches = QueryCursor(grammar.definitions_query).matches(root)
    found: dict[int, _Found] = {}
    scopes: list[_Found] = []
    for _, captures in sorted(matches, key=lambda match: match[0]):  # the query puts the exact pattern first
        if "scope" in captures:
            scopes.append(_Found(captures["scope"][0], None))
            continue
        label = next(label for label in captures if label.startswith("definition."))
        node, name = captures[label][0], captures["name"][0]
        owner, called = captures.get("owner", [None])[0], captures.get("callable", [None])[0]
        kind = SymbolKind(label.removeprefix("definition."))
        found.setdefault(name.start_byte, _Found(node, kind, name, owner, called))
    both = [*found.values(), *scopes]
    return sorted(both, key=lambda item: (item.node.start_byte, -item.node.end_byte, item.kind is None))


def _definition(
    found: _Found,
    outer: str | None,
    grammar: Grammar,
    exported: frozenset[str] | None,
    shapes: dict[int, _Shape],
    access: AccessReader,
) -> Definition | None:
    """`shapes` remembers those that were read, by node: `var a, b, c … = 1` is one node with many names."""
    name = text_of(found.name)
    owner = _owner(found.owner) if found.owner else outer
    kind = found.kind
    if kind is None or name == "_" or (name == "init" and grammar.family == "go" and owner is None):
        return None
    if kind is SymbolKind.CONSTANT and (owner is not None or _is_import(found.node)):
        return None
    if kind is SymbolKind.FUNCTION and owner is not None:
        kind = SymbolKind.METHOD
    if kind is SymbolKind.METHOD and owner is None:
        kind = SymbolKind.FUNCTION
    function = found.callable or found.node
    extent, decorators = _extent(found.node)
    around = Surroundings(in_class=outer is not None, decorators=decorators)
    if function.id not in shapes:
        shapes[function.id] = _Shape(_signature(function), tuple(_bases(function)), _embeds(function))
    shape = shapes[function.id]
    callable_kind = kind in (SymbolKind.FUNCTION, SymbolKind.METHOD)
    first_line = extent.start_point.row + 1
    signature_end = min(_signature_end(function, extent), first_line + _SIGNATURE_LINES)
    return Definition(
        name=name,
        owner=owner,
        kind=kind,
        first_line=first_line,
        signature_end=max(first_line, signature_end),
        last_line=extent.end_point.row + 1,
        start=extent.start_byte,
        end=extent.end_byte,
        parameters=grammar.parameters(function, around) if callable_kind else None,
        exported=_is_exported(name, owner, grammar, exported),
        bases=shape.bases,
        decorated=bool(decorators),
        open=bool(shape.bases or decorators) or shape.embeds,
        signature=shape.signature,
        access=access.of(found.node),
    )


def _owner(node: Node) -> str | None:
    """The type of a Go receiver, or the object a function is assigned to."""
    if node.type == "parameter_list":
        receiver = node.named_children[0].child_by_field_name("type") if node.named_children else None
        text = text_of(receiver).lstrip("*( ")
        return text.split("[")[0].rstrip(") ") or None
    text = text_of(node).removesuffix(".prototype")
    return None if text in _OWNERLESS else text


def _extent(node: Node) -> tuple[Node, tuple[str, ...]]:
    """The node with the statement around it, when it is alone there, and its decorators."""
    decorators: tuple[str, ...] = ()
    parent = node.parent
    while parent is not None and parent.type in _STATEMENTS:
        if _holds_several(parent):
            break
        written = [child for child in parent.named_children if child.type == "decorator"]
        decorators = (*decorators, *(text_of(child).lstrip("@").strip() for child in written))
        node, parent = parent, parent.parent
    return node, decorators


def _holds_several(statement: Node) -> bool:
    """True when more than one definition stands in it; a list may be long, so only few are looked at first."""
    first = [statement.named_child(at) for at in range(min(statement.named_child_count, _FIRST_CHILDREN))]
    return _definitions_among(first) > 1 or (
        statement.named_child_count > len(first) and _definitions_among(statement.named_children) > 1
    )


def _definitions_among(children: Sequence[Node | None]) -> int:
    return sum(child is not None and child.type not in ("decorator", "comment") for child in children)


def _signature_end(function: Node, extent: Node) -> int:
    """Last line, from 1, of the signature: where the body opens, or the end of what has no body."""
    body = function.child_by_field_name("body")
    if body is None:
        value = function.child_by_field_name("type")
        opens = value is not None and value.type in ("struct_type", "interface_type")
        last = value if opens and value is not None else extent
        return (last.start_point.row if opens else last.end_point.row) + 1
    if body.child_count and body.child(0).type == "{":
        return body.start_point.row + 1
    before = body.prev_sibling
    return (before.end_point.row if before else body.start_point.row) + 1


def _signature(function: Node) -> str:
    """The text up to the body, without white space; the whole text where there is no body."""
    body = function.child_by_field_name("body")
    text = function.text or b""
    end = body.start_byte - function.start_byte if body else len(text)
    return "".join(text[:end].decode("utf-8", "replace").split())


def _is_exported(name: str, owner: str | None, grammar: Grammar, exported: frozenset[str] | None) -> bool:
    if grammar.family == "go":
        return name[:1].isupper()
    return exported is None or (owner.split(".")[0] if owner else name) in exported


def _is_import(node: Node) -> bool:
    """`const x = require('y')` binds an import, it defines nothing."""
    return "require(" in text_of(node.child_by_field_name("value"))[:400]


def _bases(node: Node) -> Iterator[str]:
    listed = node.child_by_field_name("superclasses")
    for child in listed.named_children if listed else ():
        if text_of(child) != "object":
            yield text_of(child)
    for child in node.named_children if node.type.endswith(("class", "class_declaration")) else ():
        if child.type == "class_heritage":
            extends = [part for part in child.named_children if part.type != "implements_clause"]
            yield from (text_of(part).removeprefix("extends").strip() for part in extends)
    for child in node.named_children:
        if child.type in _ABOVE:
            parts = [child, *(part for part in child.named_children if part.type == "type_list")][-1]
            yield from (text_of(part) for part in parts.named_children)


def _embeds(node: Node) -> bool:
    """A Go struct that embeds another type; every alias, since its members are another type's."""
    if node.type == "type_alias":
        return True
    struct = node.child_by_field_name("type") if node.type == "type_spec" else None
    if struct is None or struct.type != "struct_type":
        return False
    fields = [field for listed in struct.named_children for field in listed.named_children]
    return any(
        field.type == "field_declaration" and not field.child_by_field_name("name") for field in fields
    )


def _with_constructors(read: list[Definition], grammar: Grammar) -> Iterator[Definition]:
    """Classes get the parameters of their one constructor, and are open when they answer for unknown members."""
    methods: dict[str, list[Definition]] = {}
    for definition in read:
        if definition.owner is not None:
            methods.setdefault(definition.owner, []).append(definition)
    for definition in read:
        if definition.kind is not SymbolKind.CLASS:
            yield definition
            continue
        own = methods.get(definition.qualified_name, [])
        dynamic = definition.open or any(method.name in _DYNAMIC_ACCESS for method in own)
        yield replace(definition, parameters=_constructed(definition, own, grammar), open=dynamic)


def _constructed(definition: Definition, methods: list[Definition], grammar: Grammar) -> Parameters | None:
    makes = ("new",) if grammar.family == "ruby" else ("__new__",)
    if any(method.name in makes for method in methods) or definition.decorated:
        return None
    named = (*grammar.constructors, definition.name)
    made = [method for method in methods if method.name in named]
    return made[0].parameters if len(made) == 1 else None
