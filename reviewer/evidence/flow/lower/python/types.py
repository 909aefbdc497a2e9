"""Reads type annotations."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.literals import string_text
from reviewer.evidence.flow.lower.python.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of

_WRAPPERS = ("Annotated", "Final", "ClassVar", "Required", "NotRequired")
_OPTIONAL = ("Optional", "Union")


def declared_type(low: Lowering, node: Node) -> ir.Expr | None:
    """The values that a type annotation stands for; None when it names no class."""
    parts = list(_type_parts(low, node))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else ir.Join(node.start_byte, tuple(parts))


def _type_parts(low: Lowering, node: Node) -> Iterator[ir.Expr]:
    kind = node.type
    if kind == "type":
        for child in node.named_children:
            yield from _type_parts(low, child)
    elif kind in ("identifier", "attribute", "member_type"):
        yield ir.InstanceOf(node.start_byte, dotted(low, node))
    elif kind == "string":
        text = string_text(node)
        if text is not None and all(part.isidentifier() for part in text.split(".")):
            yield ir.InstanceOf(node.start_byte, _read_dotted(low, text, node.start_byte))
    elif kind in ("binary_operator", "union_type"):
        for child in node.named_children:
            yield from _type_parts(low, child)
    elif kind in ("subscript", "generic_type"):
        yield from _generic(low, node)


def _generic(low: Lowering, node: Node) -> Iterator[ir.Expr]:
    name = text_of(node.named_children[0]).rsplit(".", 1)[-1]
    inner = node.named_children[1:]
    if name in _WRAPPERS and inner:
        yield from _type_parts(low, inner[0])
    elif name in _OPTIONAL:
        for child in inner:
            yield from _type_parts(low, child)
    elif name in ("list", "List", "Sequence", "Iterable", "Iterator", "set", "Set", "tuple", "Tuple"):
        parts = [part for child in inner for part in _type_parts(low, child)]
        yield ir.Container(node.start_byte, "list", tuple((None, part) for part in parts))
    elif name in ("dict", "Dict", "Mapping", "defaultdict"):
        parts = [part for child in _last_argument(inner) for part in _type_parts(low, child)]
        yield ir.Container(node.start_byte, "dict", tuple((None, part) for part in parts))
    elif name == "type_parameter":
        for child in inner:
            yield from _type_parts(low, child)
    elif node.named_children[0].type in ("identifier", "attribute"):
        yield ir.InstanceOf(node.start_byte, dotted(low, node.named_children[0]))


def _last_argument(inner: list[Node]) -> list[Node]:
    parts = [
        part
        for child in inner
        for part in (child.named_children if child.type == "type_parameter" else [child])
    ]
    return parts[-1:]


def dotted(low: Lowering, node: Node) -> ir.Expr:
    """The value of a name with dots, as it stands in a type or a pattern."""
    return _read_dotted(low, text_of(node), node.start_byte)


def _read_dotted(low: Lowering, text: str, start: int) -> ir.Expr:
    first, *rest = text.split(".")
    found: ir.Expr = ir.Read(start, low.body.scope, first, None)
    for name in rest:
        found = ir.Member(start, found, name, low.body.scope)
    return found
