"""Methods, blocks, procs and lambdas as scopes of their own."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.lowering import BLOCK, SILENT, Lowering
from reviewer.evidence.flow.lower.ruby.targets import store
from reviewer.evidence.syntax.grammars.row import text_of

_NUMBERED = ("_1", "_2")
_KINDS = {"splat_parameter": "list", "hash_splat_parameter": "map", "block_parameter": "block"}
REST, NAMED, PASSED = "*", "**", "&"
"""What parameters without a name are called; `...` is all three."""
_NAMELESS = {"splat_parameter": REST, "hash_splat_parameter": NAMED, "block_parameter": PASSED}


def lower_method(low: Lowering, scope: ir.Scope, node: Node) -> None:
    """Fill in a method's parameters and body."""
    inner = Lowering(
        scope, low.handlers, owner=low.owner, method=scope, on_singleton="classmethod" in scope.traits
    )
    parameters(inner, node.child_by_field_name("parameters"))
    inner.on_singleton = False
    body = node.child_by_field_name("body")
    if body is not None:
        inner.body.add(ir.Return(scope, inner.expression(body)))


def block(low: Lowering, node: Node) -> ir.Expr:
    """A block, with the variables and the `self` of what is around it."""
    return ir.Closure(node.start_byte, _block_scope(low, node, BLOCK))


def lambda_(low: Lowering, node: Node) -> ir.Expr:
    """`->(x) { … }`."""
    return ir.Closure(node.start_byte, _block_scope(low, node, "lambda"))


def _block_scope(low: Lowering, node: Node, trait: str) -> ir.Scope:
    start = node.start_byte

    def lower(scope: ir.Scope) -> None:
        inner = Lowering(scope, low.handlers, owner=low.owner, method=low.method, depth=low.depth)
        inner.on_singleton = low.on_singleton
        outer_self = ir.Read(start, scope.parent or scope, "self", None)
        inner.body.bind("self", outer_self, scope=scope)
        fill_block(inner, node)

    scope = low.child("function", low.body.next_lambda(), node, lower)
    scope.traits |= {trait}
    low.run_inside(scope)
    return scope


def fill_block(inner: Lowering, node: Node) -> None:
    """Lower the parameters and the body of a block."""
    listed = node.child_by_field_name("parameters")
    if listed is not None:
        parameters(inner, listed)
    else:
        _numbered(inner, node)
    body = node.child_by_field_name("body")
    if body is not None and body.type in ("block", "do_block"):
        body = body.child_by_field_name("body")
    if body is not None:
        inner.body.add(ir.Return(inner.scope, inner.expression(body)))


def _numbered(inner: Lowering, node: Node) -> None:
    """`_1`, `_2` and `it` are parameters of a block that declares none."""
    text = text_of(node)
    if "_1" in text or "it" in text:
        inner.scope.params = [ir.Param(name) for name in _NUMBERED if name == "_1" or name in text]
        for param in inner.scope.params:
            inner.scope.versions.setdefault(param.name, 0)
            inner.body.start_with(param.name)


def parameters(low: Lowering, node: Node | None) -> None:
    """Declare parameters; what stands in a pattern is taken apart."""
    patterns: list[tuple[Node, str]] = []
    own = node.children_by_field_name("locals") if node is not None else []
    for child in own:
        low.scope.versions.setdefault(text_of(child), 0)
    for child in node.named_children if node is not None else ():
        if child in own:
            continue
        if child.type == "forward_parameter":
            for name, kind in ((REST, "list"), (NAMED, "map"), (PASSED, "block")):
                _declare(low, ir.Param(name, kind))
        elif child.type == "destructured_parameter":
            patterns.append((child, f"({len(low.scope.params)})"))
            _declare(low, ir.Param(patterns[-1][1]))
        elif child.type != "comment":
            _parameter(low, child)
    for pattern, name in patterns:
        store(low, pattern, low.body.read(name, pattern.start_byte))


def _parameter(low: Lowering, node: Node) -> None:
    name = node.child_by_field_name("name")
    if node.type == "identifier":
        _declare(low, ir.Param(text_of(node)))
    elif node.type in ("optional_parameter", "keyword_parameter") and name is not None:
        default = low.field(node, "value")
        low.body.evaluate(default)
        kind = "keyword" if node.type == "keyword_parameter" else "plain"
        _declare(low, ir.Param(text_of(name), kind, default))
    elif node.type in _KINDS:
        _declare(low, ir.Param(text_of(name) or _NAMELESS[node.type], _KINDS[node.type]))


def _declare(low: Lowering, param: ir.Param) -> None:
    low.scope.params.append(param)
    low.scope.versions.setdefault(param.name, 0)
    low.body.start_with(param.name)


def symbol_block(low: Lowering, name: str, start: int) -> ir.Expr:
    """`&:name`: calls the method `name` of what it is given; the call is one of the code around."""
    around = low.body.scope

    def lower(scope: ir.Scope) -> None:
        scope.params = [ir.Param("it")]
        scope.versions["it"] = 0
        member = low.file.note(ir.Member(start, ir.Read(start, scope, "it", None), name, around))
        scope.effects.append(ir.Return(scope, ir.Call(start, around, member)))

    scope = ir.Scope("function", f"&{name}", around, low.file, None, lower)
    scope.traits = frozenset({SILENT})
    low.body.function.children.append(scope)
    return ir.Closure(start, scope)
