"""Object and array literals, and JSX."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import functions, patterns
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.flow.lower.literals import string_text
from reviewer.evidence.syntax.grammars.row import text_of

_MAX_ELEMENTS = 1000
_Items = list[tuple[str | int | None, ir.Expr]]


def _object(low: Lowering, node: Node) -> ir.Expr:
    return _named_object(low, node, "")


def _named_object(low: Lowering, node: Node, name: str) -> ir.Expr:
    made = ir.Container(node.start_byte, "object")
    items: dict[str | int | None, list[ir.Expr]] = {}
    copied: list[tuple[ir.Expr, set[str]]] = []
    for child in _bounded(low, node.named_children):
        if child.type == "spread_element" and child.named_children:
            copied.append((low.expression(child.named_children[0]), set()))
            continue
        key, value = _entry(low, child, name, made)
        if value is None:
            continue
        if isinstance(key, str):
            items[key] = [value]
            for _, without in copied:
                without.add(key)
        else:
            items.setdefault(key, []).append(value)
    made.items = tuple((key, value) for key, values in items.items() for value in values)
    made.copies = tuple((source, frozenset(without)) for source, without in copied)
    return made


def _entry(low: Lowering, node: Node, name: str, made: ir.Container) -> tuple[str | None, ir.Expr | None]:
    """Key and value of one entry; no key for one that is computed, no value for what is no entry."""
    if node.type == "shorthand_property_identifier":
        return text_of(node), low.file.note(low.body.read(text_of(node), node.start_byte))
    written = node.child_by_field_name("name") or node.child_by_field_name("key")
    if written is None or node.type not in ("pair", "method_definition"):
        return None, None
    key = patterns.key_text(low, written)
    if key is None and written.named_children:
        low.body.evaluate(low.expression(written.named_children[0]))
    inner = f"{name}.{key or text_of(written)}" if name else key or text_of(written)
    if node.type == "pair":
        value = low.expression(node.child_by_field_name("value"), inner)
        if isinstance(value, ir.Closure) and value.scope.receiver is not None:
            value.scope.receives = made
        return key, value
    scope = functions.function_scope(low, node, inner, receives=made)
    accessor = any(child.type == "set" for child in node.children)
    return f"set {key}" if accessor else key, ir.Closure(written.start_byte, scope)


def _array(low: Lowering, node: Node) -> ir.Expr:
    items: _Items = []
    sure = True
    for child in _bounded(low, node.named_children):
        if child.type == "comment":
            continue
        if child.type == "spread_element" and child.named_children:
            sure = False
            inner = low.expression(child.named_children[0])
            items.append((None, ir.Each(child.start_byte, inner, low.body.scope)))
        else:
            items.append((len(items) if sure else None, low.expression(child)))
    return ir.Container(node.start_byte, "list", tuple(items))


def _bounded(low: Lowering, nodes: list[Node]) -> list[Node]:
    """The elements of a literal; beyond a number only those that call."""
    if len(nodes) <= _MAX_ELEMENTS:
        return nodes
    low.skip(f"a literal of {len(nodes)} elements, limit {_MAX_ELEMENTS}: of the rest, only calls")
    source = low.file.source.source
    return nodes[:_MAX_ELEMENTS] + [
        node
        for node in nodes[_MAX_ELEMENTS:]
        if source.find(b"(", node.start_byte, node.end_byte) >= 0 or node.type.startswith("jsx")
    ]


def _jsx(low: Lowering, node: Node) -> ir.Expr:
    """`<Foo a={b}/>` calls `Foo` with its attributes; of a class it also calls `render`."""
    opening = node.child_by_field_name("open_tag") or node
    name = opening.child_by_field_name("name")
    props = _props(low, node, opening)
    if (
        name is None
        or name.type == "jsx_namespace_name"
        or (text_of(name)[:1].islower() and "." not in text_of(name))
    ):
        low.body.evaluate(props)
        return ir.Unknown(node.start_byte)
    component = low.expression(name)
    scope = low.body.scope
    made = ir.InstanceOf(component.start, component, ours=True)
    low.body.add(ir.SetMember(made, "props", props))
    low.body.evaluate(ir.Call(component.start, scope, component, (props,)))
    render = ir.Member(component.start, made, "render", scope)
    low.body.evaluate(ir.Call(component.start, scope, render))
    return ir.Unknown(node.start_byte)


def _props(low: Lowering, node: Node, opening: Node) -> ir.Container:
    items: _Items = []
    copies: list[tuple[ir.Expr, frozenset[str]]] = []
    for attribute in opening.children_by_field_name("attribute"):
        if attribute.type == "jsx_expression":
            for child in attribute.named_children:
                inner = (
                    child.named_children[0]
                    if child.type == "spread_element" and child.named_children
                    else child
                )
                copies.append((low.expression(inner), frozenset()))
            continue
        parts = attribute.named_children
        if len(parts) > 1:
            items.append((text_of(parts[0]), low.expression(parts[1])))
    children = [low.expression(child) for child in node.named_children if _is_child(child)]
    if children:
        held = (
            children[0]
            if len(children) == 1
            else ir.Container(node.start_byte, "list", tuple(enumerate(children)))
        )
        items.append(("children", held))
    return ir.Container(opening.start_byte, "object", tuple(items), tuple(copies))


def _is_child(node: Node) -> bool:
    return node.type in ("jsx_expression", "jsx_element", "jsx_self_closing_element", "jsx_fragment")


def _jsx_expression(low: Lowering, node: Node) -> ir.Expr:
    inner = [child for child in node.named_children if child.type != "comment"]
    return low.expression(inner[0]) if inner else ir.Unknown(node.start_byte)


def _text(low: Lowering, node: Node) -> ir.Expr:
    for child in node.named_children:
        if child.type == "template_substitution":
            for part in child.named_children:
                low.body.evaluate(low.expression(part))
    text = string_text(node)
    return ir.Literal(node.start_byte, text) if text is not None else ir.Container(node.start_byte, "str")


EXPRESSIONS = {
    "object": _object,
    "array": _array,
    "jsx_element": _jsx,
    "jsx_self_closing_element": _jsx,
    "jsx_expression": _jsx_expression,
    "string": _text,
    "template_string": _text,
}
NAMED = {"object": _named_object}
