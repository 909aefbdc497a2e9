"""Assignment targets: names, members and patterns that take values apart."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.flow.lower.literals import integer, string_text
from reviewer.evidence.syntax.grammars.row import text_of


def bind(low: Lowering, target: Node, value: ir.Expr, scope: ir.Scope) -> None:
    """Give a value to names that `scope` declares."""
    _store(low, target, value, scope)


def assign(low: Lowering, target: Node, value: ir.Expr) -> None:
    """Give a value to names that are declared somewhere around, and to members."""
    _store(low, target, value, None)


def bind_beside(low: Lowering, name: str, value: ir.Expr) -> None:
    """Bind a class, interface or namespace, beside what already has the name in this block."""
    if low.body.scope.versions.get(name, 0) > 0:
        value = ir.Join(value.start, (low.body.read(name, value.start), value))
    low.body.bind(name, value)


def _store(low: Lowering, target: Node, value: ir.Expr, scope: ir.Scope | None) -> None:
    kind = target.type
    if kind in ("identifier", "shorthand_property_identifier_pattern", "undefined"):
        _name(low, text_of(target), value, scope)
    elif kind == "member_expression":
        _member(low, target, value)
    elif kind == "subscript_expression":
        _item(low, target, value)
    elif kind == "object_pattern":
        _object(low, target, value, scope)
    elif kind == "array_pattern":
        _array(low, target, value, scope)
    elif kind in ("assignment_pattern", "object_assignment_pattern"):
        left, right = target.child_by_field_name("left"), target.child_by_field_name("right")
        if left is not None and right is not None:
            named = text_of(left) if left.type != "object_pattern" else None
            both = ir.Join(target.start_byte, (value, low.expression(right, named)))
            _store(low, left, both, scope)
    elif kind in ("parenthesized_expression", "non_null_expression", "as_expression", "rest_pattern"):
        for child in target.named_children[:1]:
            _store(low, child, value, scope)


def _name(low: Lowering, name: str, value: ir.Expr, scope: ir.Scope | None) -> None:
    if scope is not None:
        low.body.bind(name, value, scope=scope)
        return
    home: ir.Scope | None = low.body.scope
    while home is not None and (name not in home.versions or home.kind == "class"):
        home = home.parent
    # A name that nothing declares is a global one.
    low.body.bind(name, value, scope=home or low.file.scope)


def _member(low: Lowering, target: Node, value: ir.Expr) -> None:
    obj, name = target.child_by_field_name("object"), target.child_by_field_name("property")
    if obj is not None and name is not None:
        owner = low.expression(obj)
        low.body.add(ir.SetMember(owner, text_of(name), value, low.body.scope, name.start_byte))


def _item(low: Lowering, target: Node, value: ir.Expr) -> None:
    obj, index = target.child_by_field_name("object"), target.child_by_field_name("index")
    owner, key = low.expression(obj), key_of(low, index)
    if isinstance(key, ir.Literal) and isinstance(key.value, str):
        low.body.add(ir.SetMember(owner, key.value, value, low.body.scope, key.start))
    else:
        low.body.add(ir.SetItem(owner, key, value))


def _object(low: Lowering, target: Node, value: ir.Expr, scope: ir.Scope | None) -> None:
    taken: set[str] = set()
    for child in target.named_children:
        if child.type == "rest_pattern":
            copies = ((value, frozenset(taken)),)
            _store(low, child, ir.Container(child.start_byte, "object", (), copies), scope)
            continue
        key, inner = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "object_assignment_pattern":
            key, inner = child.child_by_field_name("left"), child
        elif child.type == "shorthand_property_identifier_pattern":
            key, inner = child, child
        if key is None or inner is None:
            continue
        name = key_text(low, key)
        if name is not None:
            taken.add(name)
            part: ir.Expr = low.file.note(ir.Member(key.start_byte, value, name, low.body.scope))
        else:
            part = ir.Item(key.start_byte, value, _computed(low, key))
        _store(low, inner, part, scope)


def _array(low: Lowering, target: Node, value: ir.Expr, scope: ir.Scope | None) -> None:
    at = 0
    for child in target.children:
        if child.type == ",":
            at += 1
        elif child.type == "rest_pattern":
            _store(low, child, ir.Rest(child.start_byte, value, at), scope)
        elif child.is_named and child.type != "comment":
            part = ir.Item(child.start_byte, value, ir.Literal(child.start_byte, at))
            _store(low, child, part, scope)


def key_text(low: Lowering, key: Node) -> str | None:  # noqa: ARG001 - all readers of nodes take the state
    """The name of a property; None for one that is computed. `Symbol.x` is known as `@@x`."""
    if key.type == "computed_property_name":
        inner = key.named_children[0] if key.named_children else key
        if inner.type == "string":
            return string_text(inner)
        text = text_of(inner)
        return f"@@{text[7:]}" if text.startswith("Symbol.") else None
    if key.type == "string":
        return string_text(key)
    if key.type == "number":
        number = integer(key)
        return str(number) if number is not None else None
    return text_of(key)


def _computed(low: Lowering, key: Node) -> ir.Expr | None:
    return low.expression(key.named_children[0]) if key.named_children else None


def key_of(low: Lowering, index: Node | None) -> ir.Expr:
    """What stands between brackets; numbers are followed nowhere else."""
    number = integer(index) if index is not None and index.type == "number" else None
    return low.expression(index) if number is None or index is None else ir.Literal(index.start_byte, number)


def written_name(target: Node | None) -> str | None:
    """What a function is called that is assigned to `target`: `x.prototype.y` gives `x.y`."""
    if target is None:
        return None
    if target.type in ("identifier", "shorthand_property_identifier_pattern"):
        return text_of(target)
    if target.type != "member_expression" or target.end_byte - target.start_byte > 100:
        return None
    parts = text_of(target).split(".")
    if not all(part.strip("#").replace("_", "a").replace("$", "a").isalnum() for part in parts):
        return parts[-1] if parts[-1].isidentifier() else None
    kept = [part for part in parts if part not in ("prototype", "this", "exports")]
    if parts[0] == "module" and "exports" in parts:
        kept = kept[1:]
    return ".".join(kept) or None
