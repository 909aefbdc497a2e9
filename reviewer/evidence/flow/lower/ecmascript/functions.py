"""Functions: their scopes, parameters and bodies."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import hoisting, patterns, types
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of

_SURPLUS = 8
"""Arguments beyond the parameters that `arguments` is known to hold."""
_ANONYMOUS = ("function_expression", "generator_function", "arrow_function")


def function_scope(low: Lowering, node: Node, name: str, *, receives: ir.Expr | None = None) -> ir.Scope:
    """The scope of a function that is no member of a class."""
    scope = low.child("function", name, node, lower_function)
    traits = {"rebinds"} if node.type != "arrow_function" else set()
    words = {child.type for child in node.children if not child.is_named}
    if "*" in words:
        traits.add("generator")
    if "async" in words:
        traits.add("async")
    if "get" in words:
        traits.add("property")
    scope.traits = frozenset(traits)
    if node.type != "arrow_function":
        scope.receiver = "this"
        scope.versions["this"] = 0
        scope.receives = receives
        if receives is None and name[:1].isupper() and "." not in name:
            scope.receives = ir.Member(
                node.start_byte, ir.Closure(node.start_byte, scope), "prototype", scope
            )
    return scope


def name_start(node: Node) -> int:
    """Where the name of a definition stands, or its first byte."""
    name = node.child_by_field_name("name")
    return name.start_byte if name is not None else node.start_byte


def lower_function(scope: ir.Scope) -> None:
    """Fill in a function's parameters and effects."""
    node = scope.node
    if node is None:
        return
    low = Lowering(scope)
    types.type_parameters(low, node)
    if scope.receiver is not None:
        low.body.start_with("this")
    parameters(low, node)
    _own_name(low, node)
    returns = node.child_by_field_name("return_type")
    if returns is not None and "generator" not in scope.traits:
        scope.returns = types.declared(low, returns)
    body = node.child_by_field_name("body")
    if body is None:
        return
    if "async" in scope.traits and "generator" not in scope.traits:
        low.body.add(ir.Return(scope, ir.Container(node.start_byte, "promise")))
    if body.type == "statement_block":
        hoisting.hoist_variables(low, body)
        hoisting.hoist_block(low, body.named_children)
        low.statements(body.named_children)
    else:
        give_back(low, low.expression(body))


def give_back(low: Lowering, value: ir.Expr) -> None:
    """Return a value; an async function wraps it into a promise."""
    if "async" in low.scope.traits and "generator" not in low.scope.traits:
        value = ir.Container(value.start, "promise", ((None, ir.Awaited(value.start, value)),))
    low.body.add(ir.Return(low.scope, value))


def _own_name(low: Lowering, node: Node) -> None:
    """A function expression knows itself by its name, unless something inside is called the same."""
    name = node.child_by_field_name("name") if node.type in _ANONYMOUS else None
    if name is not None and text_of(name) not in low.scope.versions:
        low.body.bind(text_of(name), ir.Closure(name.start_byte, low.scope))


def parameters(low: Lowering, node: Node) -> None:
    """Fill in the parameters; patterns are taken apart at once."""
    single = node.child_by_field_name("parameter")
    listed = node.child_by_field_name("parameters")
    nodes = [single] if single is not None else listed.named_children if listed is not None else []
    nodes = [one for one in nodes if one.type not in ("comment", "decorator")]
    patterned: list[tuple[Node, ir.Param]] = []
    for one in nodes:
        target = one.child_by_field_name("pattern") or one.child_by_field_name("left") or one
        if target.type == "this":
            low.scope.receives = types.of(low, one)
            continue
        param = _parameter(low, one, target, len(low.scope.params))
        low.scope.params.append(param)
        low.scope.versions.setdefault(param.name, 0)
        low.body.start_with(param.name)
        patterned.append((target, param))
    _arguments(low, node)
    for (target, param), one in zip(patterned, [n for n in nodes if not _is_this(n)], strict=True):
        param.default = _default(low, one)
        _take_apart(low, target, param)
        if any(child.type in ("accessibility_modifier", "readonly") for child in one.children):
            receiver, value = low.body.read("this", one.start_byte), low.body.read(param.name, one.start_byte)
            low.body.add(ir.SetMember(receiver, param.name, value))


def _is_this(node: Node) -> bool:
    target = node.child_by_field_name("pattern")
    return target is not None and target.type == "this"


def _parameter(low: Lowering, node: Node, target: Node, at: int) -> ir.Param:
    kind = "list" if target.type in ("rest_pattern", "rest_parameter") else "plain"
    inner = target.named_children[0] if kind == "list" and target.named_children else target
    name = text_of(inner) if inner.type == "identifier" else f"<parameter{at}>"
    return ir.Param(name, kind, None, types.of(low, node) if kind == "plain" else None)


def _default(low: Lowering, node: Node) -> ir.Expr | None:
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    target = node.child_by_field_name("pattern") or node.child_by_field_name("left")
    named = text_of(target) if target is not None and target.type == "identifier" else None
    return low.expression(value, named) if value is not None else None


def _take_apart(low: Lowering, target: Node, param: ir.Param) -> None:
    inner = target.named_children[0] if param.kind == "list" and target.named_children else target
    if inner.type != "identifier":
        patterns.bind(low, inner, low.body.read(param.name, inner.start_byte), low.scope)


def _arguments(low: Lowering, node: Node) -> None:
    """`arguments` is the parameters and what is passed beyond them."""
    scope = low.scope
    if scope.receiver is None or "arguments" in scope.versions:
        return
    if scope.file.source.source.find(b"arguments", node.start_byte, node.end_byte) < 0:
        return
    start = node.start_byte
    plain = [param for param in scope.params if param.kind == "plain"]
    given: list[tuple[str | int | None, ir.Expr]] = [
        (at, ir.Read(start, scope, param.name, (0,))) for at, param in enumerate(plain)
    ]
    if len(plain) == len(scope.params):
        scope.params.append(ir.Param("<surplus>", "list"))
        scope.versions["<surplus>"] = 0
    rest = scope.params[-1].name
    surplus = ir.Read(start, scope, rest, (0,))
    for at in range(_SURPLUS):
        given.append((len(plain) + at, ir.Item(start, surplus, ir.Literal(start, at))))
    low.body.bind("arguments", ir.Container(start, "list", tuple(given)), scope=scope)


def _named_function(low: Lowering, node: Node, name: str) -> ir.Expr:
    own = node.child_by_field_name("name")
    scope = function_scope(low, node, text_of(own) if own is not None else name)
    return ir.Closure(node.start_byte, scope)


def _function(low: Lowering, node: Node) -> ir.Expr:
    own = node.child_by_field_name("name")
    return _named_function(low, node, text_of(own) if own is not None else low.body.next_lambda())


EXPRESSIONS = dict.fromkeys(_ANONYMOUS, _function)
NAMED = dict.fromkeys(_ANONYMOUS, _named_function)


def _hoist(low: Lowering, node: Node) -> None:
    name = text_of(node.child_by_field_name("name"))
    low.body.bind(name, ir.Closure(name_start(node), function_scope(low, node, name)))


HOISTED = dict.fromkeys(hoisting.FUNCTIONS, _hoist)
