"""What only exists as a type: interfaces, aliases, and functions and members without a body."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import functions, patterns, types
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of


def signature(low: Lowering, node: Node, name: str) -> ir.Scope:
    """A function or method without a body."""
    scope = low.child("function", name, node, functions.lower_function)
    scope.traits = frozenset({"abstract"})
    scope.receiver = "this"
    scope.versions["this"] = 0
    return scope


def interface(low: Lowering, node: Node, name: str) -> ir.Scope:
    """An interface as a class whose members have no bodies."""
    scope = low.child("class", name, node, _lower_interface)
    scope.traits = frozenset({"interface", "apart"})
    for clause in node.named_children:
        if clause.type == "extends_type_clause":
            for child in clause.named_children:
                base = child.child_by_field_name("name") if child.type == "generic_type" else child
                if base is not None and base.type in types.NAMES:
                    scope.bases.append(types.dotted(low, base))
    return scope


def _lower_interface(scope: ir.Scope) -> None:
    if scope.node is None:
        return
    low = Lowering(scope)
    types.type_parameters(low, scope.node)
    body = scope.node.child_by_field_name("body") or scope.node.child_by_field_name("value")
    for child in body.named_children if body is not None else ():
        name = text_of(child.child_by_field_name("name"))
        if child.type == "method_signature":
            member(low, child, name)
        elif child.type == "property_signature":
            field(low, child, name)


def member(low: Lowering, node: Node, name: str) -> None:
    """Bind a member without a body, unless one is bound."""
    if name in low.scope.versions:
        return
    scope = signature(low, node, name)
    scope.owner = low.scope
    low.body.bind(name, ir.Closure(functions.name_start(node), scope))


def field(low: Lowering, node: Node, name: str) -> None:
    """Let a field's type speak where nothing is known of it."""
    written = types.of(low, node)
    if written is not None:
        start = node.start_byte
        this = ir.InstanceOf(start, ir.Closure(start, low.scope))
        low.body.add(ir.Declare(low.body.scope, this, name, written))


def alias(low: Lowering, node: Node, name: str) -> None:
    """Let the name of a type stand for the classes that it names."""
    value = node.child_by_field_name("value")
    if value is None or not name:
        return
    if value.type == "object_type":
        low.body.bind(name, ir.Closure(functions.name_start(node), interface(low, node, name)))
        return
    parts = value.named_children if value.type in ("union_type", "intersection_type") else [value]
    plain = [part.child_by_field_name("name") if part.type == "generic_type" else part for part in parts]
    reads = [types.dotted(low, part) for part in plain if part is not None and part.type in types.NAMES]
    if reads:
        low.body.bind(name, ir.Join(node.start_byte, tuple(reads)))
    else:
        low.body.declare(name)


def _hoist_signature(low: Lowering, node: Node) -> None:
    """A signature counts where no function of that name has a body."""
    name = text_of(node.child_by_field_name("name"))
    if not low.body.scope.versions.get(name, 0):
        low.body.bind(name, ir.Closure(functions.name_start(node), signature(low, node, name)))


def _hoist_interface(low: Lowering, node: Node) -> None:
    name, start = text_of(node.child_by_field_name("name")), functions.name_start(node)
    patterns.bind_beside(low, name, ir.Closure(start, interface(low, node, name)))


def _hoist_alias(low: Lowering, node: Node) -> None:
    alias(low, node, text_of(node.child_by_field_name("name")))


HOISTED = {
    "function_signature": _hoist_signature,
    "interface_declaration": _hoist_interface,
    "type_alias_declaration": _hoist_alias,
}
