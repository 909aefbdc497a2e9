"""Lowers functions, classes and lambdas, with their decorators."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python.calls import name_start
from reviewer.evidence.flow.lower.python.lowering import Expression, Lowering, Statement
from reviewer.evidence.flow.lower.python.parameters import parameters
from reviewer.evidence.flow.lower.python.types import declared_type
from reviewer.evidence.syntax.grammars.row import text_of

_TRAITS = {
    "staticmethod": "static",
    "classmethod": "classmethod",
    "property": "property",
    "cached_property": "property",
    "abstractmethod": "abstract",
    "setter": "setter",
    "getter": "property",
    "deleter": "setter",
    "overload": "abstract",
}


def _function(low: Lowering, node: Node) -> None:
    _define(low, node, _function_scope(low, node), [])


def _class(low: Lowering, node: Node) -> None:
    _define(low, node, _class_scope(low, node), [])


def _decorated(low: Lowering, node: Node) -> None:
    decorators = [child for child in node.named_children if child.type == "decorator"]
    inner = node.child_by_field_name("definition")
    if inner is None:
        return
    scope = _function_scope(low, inner) if inner.type == "function_definition" else _class_scope(low, inner)
    _define(low, inner, scope, decorators)


def _define(low: Lowering, node: Node, scope: ir.Scope, decorators: list[Node]) -> None:
    name = node.child_by_field_name("name")
    start = name.start_byte if name is not None else node.start_byte
    value: ir.Expr = ir.Closure(start, scope)
    traits = set(scope.traits)
    for decorator in reversed(decorators):
        written = decorator.named_children[0] if decorator.named_children else decorator
        plain = text_of(written).split("(")[0].rsplit(".", 1)[-1]
        if plain in _TRAITS:
            traits.add(_TRAITS[plain])
            continue
        call = ir.Call(written.start_byte, low.body.scope, low.expression(written), (value,))
        call.start = name_start(written)
        value = ir.Decorated(call.start, call, value)
    scope.traits = frozenset(traits)
    low.body.bind(scope.name, value)


def _function_scope(low: Lowering, node: Node) -> ir.Scope:
    name = text_of(node.child_by_field_name("name"))
    scope = low.child("function", name, node, _lower_function)
    body = node.child_by_field_name("body")
    if body is not None and _yields(body):
        scope.traits |= {"generator"}
    if low.scope.kind == "class":
        scope.owner, scope.receiver_is_parameter = low.scope, True
    return scope


def _class_scope(low: Lowering, node: Node) -> ir.Scope:
    scope = low.child("class", text_of(node.child_by_field_name("name")), node, _lower_class)
    listed = node.child_by_field_name("superclasses")
    for child in listed.named_children if listed is not None else ():
        if child.type == "keyword_argument":
            continue
        base = child.child_by_field_name("value") if child.type == "subscript" else child
        if base is not None and base.type in ("identifier", "attribute", "call"):
            scope.bases.append(low.expression(base))
    return scope


def _lambda(low: Lowering, node: Node) -> ir.Expr:
    scope = low.child("function", low.body.next_lambda(), node, _lower_lambda)
    return ir.Closure(node.start_byte, scope)


def _lower_function(scope: ir.Scope) -> None:
    low = Lowering(scope)
    assert scope.node is not None  # noqa: S101 - functions are made from nodes
    parameters(low, scope.node.child_by_field_name("parameters"))
    returns = scope.node.child_by_field_name("return_type")
    if returns is not None and "generator" not in scope.traits:
        scope.returns = declared_type(low, returns)
    low.statements(scope.node.child_by_field_name("body"))


def _lower_lambda(scope: ir.Scope) -> None:
    low = Lowering(scope)
    assert scope.node is not None  # noqa: S101
    parameters(low, scope.node.child_by_field_name("parameters"))
    body = scope.node.child_by_field_name("body")
    if body is not None:
        low.body.add(ir.Return(scope, low.expression(body)))


def _lower_class(scope: ir.Scope) -> None:
    assert scope.node is not None  # noqa: S101
    Lowering(scope).statements(scope.node.child_by_field_name("body"))


def _yields(node: Node) -> bool:
    """True when a `yield` belongs to the function whose body this is."""
    todo = [node]
    while todo:
        for child in todo.pop().named_children:
            if child.type == "yield":
                return True
            if child.type not in ("function_definition", "class_definition", "lambda"):
                todo.append(child)
    return False


STATEMENTS: dict[str, Statement] = {
    "function_definition": _function,
    "class_definition": _class,
    "decorated_definition": _decorated,
}
EXPRESSIONS: dict[str, Expression] = {"lambda": _lambda}
