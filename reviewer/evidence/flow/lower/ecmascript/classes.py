"""Classes, enumerations and namespaces."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import functions, hoisting, interfaces, patterns, types
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.flow.lower.literals import string_text
from reviewer.evidence.syntax.grammars.row import text_of

_FIELDS = ("field_definition", "public_field_definition")
_FUNCTIONS = ("arrow_function", "function_expression", "generator_function")


def class_scope(low: Lowering, node: Node, name: str) -> ir.Scope:
    """The scope of a class, with what it inherits from."""
    scope = low.child("class", name, node, _lower_class)
    scope.traits = frozenset({"apart"})
    for child in node.named_children:
        if child.type == "class_heritage":
            for part in child.named_children:
                _inherit(low, scope, part)
    return scope


def _inherit(low: Lowering, scope: ir.Scope, part: Node) -> None:
    if part.type == "implements_clause":
        for child in part.named_children:
            base = child.child_by_field_name("name") if child.type == "generic_type" else child
            if base is not None and base.type in ("type_identifier", "nested_type_identifier"):
                scope.bases.append(types.dotted(low, base))
    elif part.type == "extends_clause":
        scope.bases.append(low.expression(part.child_by_field_name("value")))
    else:
        scope.bases.append(low.expression(part))


def define(low: Lowering, node: Node, decorators: list[Node]) -> None:
    """Bind a class by its name."""
    name = text_of(node.child_by_field_name("name"))
    closure = ir.Closure(functions.name_start(node), class_scope(low, node, name))
    patterns.bind_beside(low, name, decorated(low, closure, decorators))


def decorated(
    low: Lowering, value: ir.Expr, decorators: list[Node], more: tuple[ir.Expr, ...] = ()
) -> ir.Expr:
    """What decorators make of a class or member; the last one is called first."""
    for node in reversed(decorators):
        written = node.named_children[0] if node.named_children else node
        callee = low.expression(written)
        call = ir.Call(callee.start, low.body.scope, callee, (value, *more))
        value = ir.Decorated(call.start, call, value)
    return value


def decorators_of(node: Node) -> list[Node]:
    """The decorators written in front of a class, inside its node."""
    return [child for child in node.named_children if child.type == "decorator"]


def _lower_class(scope: ir.Scope) -> None:
    body = scope.node.child_by_field_name("body") if scope.node is not None else None
    if scope.node is None or body is None:
        return
    low = Lowering(scope)
    types.type_parameters(low, scope.node)
    waiting: list[Node] = []
    signatures: list[Node] = []
    for child in body.named_children:
        own = [*waiting, *decorators_of(child)]
        if child.type == "decorator":
            waiting.append(child)
            continue
        if child.type == "method_definition":
            _method(low, child, own)
        elif child.type in _FIELDS:
            _field(low, child, own)
        elif child.type == "class_static_block":
            _static_block(low, child)
        elif child.type in ("abstract_method_signature", "method_signature"):
            signatures.append(child)
        waiting = waiting if child.type == "comment" else []
    for child in signatures:
        name = patterns.key_text(low, child.child_by_field_name("name") or child)
        if name is not None:
            interfaces.member(low, child, name)


def _words(node: Node) -> set[str]:
    return {word for child in node.children if not child.is_named for word in child.type.split()}


def _method(low: Lowering, node: Node, decorators: list[Node]) -> None:
    key = node.child_by_field_name("name")
    name = patterns.key_text(low, key) if key is not None else None
    if key is None:
        return
    words = _words(node)
    scope = functions.function_scope(low, node, name or text_of(key))
    scope.owner = low.scope
    scope.receives = None
    _parameter_decorators(low, node)
    if "static" in words:
        scope.traits |= {"classmethod"}
    value = decorated(low, ir.Closure(key.start_byte, scope), decorators, _context(low, key, name))
    if name is not None:
        low.body.bind(_bound_as(name, words), value)


def _parameter_decorators(low: Lowering, node: Node) -> None:
    listed = node.child_by_field_name("parameters")
    for param in listed.named_children if listed is not None else ():
        found = decorators_of(param)
        if found:
            low.body.evaluate(decorated(low, ir.Unknown(param.start_byte), found))


def _context(low: Lowering, key: Node, name: str | None) -> tuple[ir.Expr, ...]:
    del low
    start = key.start_byte
    return (ir.Literal(start, name),) if name is not None else (ir.Unknown(start),)


def _bound_as(name: str, words: set[str]) -> str:
    accessor = f"set {name}" if "set" in words else name
    return f"static {accessor}" if "static" in words else accessor


def _field(low: Lowering, node: Node, decorators: list[Node]) -> None:
    key = node.child_by_field_name("name") or node.child_by_field_name("property")
    name = patterns.key_text(low, key) if key is not None else None
    if key is None or name is None:
        return
    value = node.child_by_field_name("value")
    static = "static" in _words(node)
    if value is not None and value.type in _FUNCTIONS:
        _function_field(low, value, name, static=static)
        return
    written = types.of(low, node)
    with low.body.block():
        this = _this(low, key.start_byte, static=static)
        if value is not None:
            held = low.expression(value, name)
            types.fill(low, held, written)
            held = decorated(low, held, decorators)
            low.body.add(ir.SetMember(this, name, held))
        elif decorators:
            low.body.evaluate(decorated(low, ir.Unknown(key.start_byte), decorators))
        if written is not None:
            low.body.add(ir.Declare(low.body.scope, this, name, written))


def _function_field(low: Lowering, value: Node, name: str, *, static: bool) -> None:
    """A function in a field is called like a method, and an arrow knows the object by itself."""
    scope = functions.function_scope(low, value, name)
    scope.owner, scope.receiver, scope.receives = low.scope, "this", None
    scope.versions["this"] = 0
    if static:
        scope.traits |= {"classmethod"}
    low.body.bind(f"static {name}" if static else name, ir.Closure(value.start_byte, scope))


def _this(low: Lowering, start: int, *, static: bool) -> ir.Expr:
    of_class: ir.Expr = ir.Closure(start, low.scope)
    low.body.bind("this", of_class if static else ir.InstanceOf(start, of_class), scope=low.body.scope)
    return low.body.read("this", start)


def _static_block(low: Lowering, node: Node) -> None:
    body = node.child_by_field_name("body")
    with low.body.block():
        _this(low, node.start_byte, static=True)
        if body is not None:
            hoisting.hoist_block(low, body.named_children)
            low.statements(body.named_children)


def enumeration(low: Lowering, node: Node) -> None:
    """An enumeration is an object that holds its values."""
    name = text_of(node.child_by_field_name("name"))
    body = node.child_by_field_name("body")
    items: list[tuple[str | int | None, ir.Expr]] = []
    for child in body.named_children if body is not None else ():
        key = child.child_by_field_name("name") or child
        value = child.child_by_field_name("value")
        text = string_text(value) if value is not None else None
        if text is None:
            low.body.evaluate(low.expression(value))
        held: ir.Expr = ir.Literal(key.start_byte, text) if text else ir.Unknown(key.start_byte)
        if child.type != "comment":
            items.append((string_text(key) if key.type == "string" else text_of(key), held))
    start = functions.name_start(node)
    low.body.bind(name, ir.Container(start, "object", tuple(items)))


def namespace(low: Lowering, node: Node) -> None:
    """A namespace is seen like a class whose names its own code can use."""
    written = node.child_by_field_name("name")
    if written is None or written.type == "string":
        return
    _namespace(low, node, text_of(written).split("."))


def _namespace(low: Lowering, node: Node, names: list[str]) -> None:
    """`namespace A.B {}` is B inside A."""
    first, *rest = (name.strip() for name in names)
    scope = low.child("class", first, node, lambda made: _lower_namespace(made, rest))
    scope.traits = frozenset({"open"})
    patterns.bind_beside(low, first, ir.Closure(functions.name_start(node), scope))


def _lower_namespace(scope: ir.Scope, below: list[str]) -> None:
    body = scope.node.child_by_field_name("body") if scope.node is not None else None
    low = Lowering(scope)
    if below and scope.node is not None:
        _namespace(low, scope.node, below)
    elif body is not None:
        hoisting.hoist_block(low, body.named_children)
        low.statements(body.named_children)


def _class(low: Lowering, node: Node) -> ir.Expr:
    own = node.child_by_field_name("name")
    return _named_class(low, node, text_of(own) if own is not None else low.body.next_lambda())


def _named_class(low: Lowering, node: Node, name: str) -> ir.Expr:
    own = node.child_by_field_name("name")
    if own is None:
        scope = class_scope(low, node, name)
        return decorated(low, ir.Closure(node.start_byte, scope), decorators_of(node))
    with low.body.block():
        scope = class_scope(low, node, text_of(own))
        closure = ir.Closure(own.start_byte, scope)
        low.body.bind(text_of(own), closure, scope=low.body.scope)
    return decorated(low, closure, decorators_of(node))


EXPRESSIONS = {"class": _class}
NAMED = {"class": _named_class}


def _hoist(low: Lowering, node: Node) -> None:
    low.body.declare(text_of(node.child_by_field_name("name")))


HOISTED = dict.fromkeys(("class_declaration", "abstract_class_declaration", "enum_declaration"), _hoist)
