"""Strings, symbols, numbers, arrays and hashes."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.literals import integer
from reviewer.evidence.flow.lower.ruby.lowering import Handler, Lowering, name_of
from reviewer.evidence.syntax.grammars.row import text_of

_MOST_ITEMS = 1_000
_LONGEST = 200
_PLAIN = ("integer", "string", "simple_symbol", "float", "nil", "true", "false", "comment")


def _string(low: Lowering, node: Node) -> ir.Expr:
    text = name_of(node) if node.end_byte - node.start_byte <= _LONGEST else None
    if text is not None:
        return ir.Literal(node.start_byte, text)
    _interpolated(low, node)
    return ir.Container(node.start_byte, "str")


def _interpolated(low: Lowering, node: Node) -> None:
    for child in node.named_children:
        if child.type == "interpolation":
            value = low.statements(child)
            start = value.start
            shown = (value, ir.Literal(start, "to_s"))
            low.body.evaluate(ir.Call(start, low.body.scope, low.machinery("run", start), shown))
        elif child.type == "string":
            _interpolated(low, child)


def _heredoc(low: Lowering, node: Node) -> ir.Expr:
    _interpolated(low, node)
    return ir.Container(node.start_byte, "str")


def _heredoc_beginning(low: Lowering, node: Node) -> ir.Expr:  # noqa: ARG001 - a handler's shape
    return ir.Container(node.start_byte, "str")


def _integer(low: Lowering, node: Node) -> ir.Expr:  # noqa: ARG001
    value = integer(node)
    return ir.Literal(node.start_byte, value) if value is not None else ir.Unknown(node.start_byte)


def _nothing(low: Lowering, node: Node) -> ir.Expr:  # noqa: ARG001
    return ir.Unknown(node.start_byte)


def bounded(low: Lowering, node: Node) -> list[Node]:
    """The elements of a literal; of a very long one those that are plain are left out behind a limit."""
    found = [child for child in node.named_children if child.type not in ("comment", "heredoc_body")]
    if len(found) <= _MOST_ITEMS:
        return found
    low.scope.partial = f"a literal of {len(found)} elements, plain ones followed to {_MOST_ITEMS}"
    return found[:_MOST_ITEMS] + [child for child in found[_MOST_ITEMS:] if child.type not in _PLAIN]


def _array(low: Lowering, node: Node) -> ir.Expr:
    items: list[tuple[str | int | None, ir.Expr]] = []
    pairs: list[tuple[str | int | None, ir.Expr]] = []
    sure = True
    for child in bounded(low, node):
        start = child.start_byte
        if child.type == "splat_argument":
            sure = False
            inner = low.expression(child.named_children[0]) if child.named_children else ir.Unknown(start)
            items.append((None, ir.Each(start, inner, low.body.scope)))
        elif child.type in ("pair", "hash_splat_argument"):
            pairs.extend(entries(low, child))
        else:
            items.append((len(items) if sure else None, low.expression(child)))
    if pairs:
        items.append((None, ir.Container(node.start_byte, "dict", tuple(pairs))))
    return ir.Container(node.start_byte, "list", tuple(items))


def _hash(low: Lowering, node: Node) -> ir.Expr:
    items = tuple(item for child in bounded(low, node) for item in entries(low, child))
    return ir.Container(node.start_byte, "dict", items)


def entries(low: Lowering, node: Node) -> list[tuple[str | int | None, ir.Expr]]:
    """What one piece of a hash adds to it."""
    if node.type == "hash_splat_argument":
        return [
            (None, ir.Item(child.start_byte, low.expression(child), None)) for child in node.named_children
        ]
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is None:
        return []
    name: str | int | None = name_of(key)
    if name is None:
        found = low.expression(key)
        name = found.value if isinstance(found, ir.Literal) else None
        low.body.evaluate(found)
    if value is None:
        return [(name, short(low, key))]
    return [(name, low.expression(value))]


def short(low: Lowering, key: Node) -> ir.Expr:
    """`{x:}` means `{x: x}`."""
    name = text_of(key)
    if low.home(name) is not None:
        return low.body.read(name, key.start_byte)
    return low.call(low.self_at(key.start_byte), name, key.start_byte)


def _range(low: Lowering, node: Node) -> ir.Expr:
    for child in node.named_children:
        low.body.evaluate(low.expression(child))
    return ir.Container(node.start_byte, "range")


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("string", "simple_symbol", "delimited_symbol", "bare_symbol", "bare_string"), _string),
    **dict.fromkeys(("chained_string", "heredoc_body", "subshell", "regex"), _heredoc),
    "heredoc_beginning": _heredoc_beginning,
    "character": _heredoc_beginning,
    "integer": _integer,
    **dict.fromkeys(("nil", "true", "false", "float", "comment", "retry", "redo", "undef"), _nothing),
    **dict.fromkeys(("array", "string_array", "symbol_array", "right_assignment_list"), _array),
    "hash": _hash,
    "range": _range,
}
