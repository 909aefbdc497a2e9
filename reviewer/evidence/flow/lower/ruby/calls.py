"""Calls: receivers, arguments, blocks, `super`, `yield`, operators."""

from __future__ import annotations

from dataclasses import dataclass, field

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.classes import made_class, reopened
from reviewer.evidence.flow.lower.ruby.declarations import ANYWHERE, IN_CLASS
from reviewer.evidence.flow.lower.ruby.functions import NAMED, PASSED, REST, block, lambda_, symbol_block
from reviewer.evidence.flow.lower.ruby.literals import entries, short
from reviewer.evidence.flow.lower.ruby.lowering import Handler, Lowering, name_of, singleton_of
from reviewer.evidence.syntax.grammars.row import text_of

_CLOSURES = ("proc", "lambda")
_RUN_ON_CLASS = ("class_eval", "module_eval", "class_exec", "module_exec")


@dataclass
class Arguments:
    """What a call passes."""

    args: tuple[ir.Expr, ...] = ()
    keywords: list[tuple[str, ir.Expr]] = field(default_factory=list)
    spread: ir.Expr | None = None
    block: ir.Expr | None = None


def arguments(low: Lowering, node: Node, *, skip: int = 0) -> Arguments:
    """Lower the children of an argument list from `skip` on."""
    found = Arguments()
    args: list[ir.Expr] = []
    loose: list[tuple[str | int | None, ir.Expr]] = []
    for child in [one for one in node.named_children if one.type != "comment"][skip:]:
        kind = child.type
        if kind == "block_argument":
            found.block = _block_argument(low, child)
        elif kind in ("splat_argument", "forward_argument"):
            _spread(low, child, found)
        elif kind == "hash_splat_argument":
            inner = child.named_children
            value = low.expression(inner[0]) if inner else _passed(low, NAMED, child)
            found.keywords.append(("**", value))
        elif kind == "pair":
            _pair(low, child, found, loose)
        elif kind not in ("heredoc_body", "block", "do_block"):
            args.append(low.expression(child))
    if loose:
        args.append(ir.Container(node.start_byte, "dict", tuple(loose)))
    found.args = tuple(args)
    return found


def _pair(low: Lowering, node: Node, found: Arguments, loose: list[tuple[str | int | None, ir.Expr]]) -> None:
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    name = name_of(key) if key is not None and key.type in ("hash_key_symbol", "simple_symbol") else None
    if name is None or key is None:
        loose.extend(entries(low, node))
    else:
        found.keywords.append((name, low.expression(value) if value is not None else short(low, key)))


def _spread(low: Lowering, node: Node, found: Arguments) -> None:
    if node.type == "forward_argument":
        found.keywords.append(("**", _passed(low, NAMED, node)))
        found.block = _passed(low, PASSED, node)
    inner = node.named_children
    value = low.expression(inner[0]) if inner else _passed(low, REST, node)
    if found.spread is not None:
        low.body.evaluate(found.spread)
    found.spread = value


def _passed(low: Lowering, name: str, node: Node) -> ir.Expr:
    """A parameter without a name, passed on."""
    return ir.Read(node.start_byte, low.body.scope, name, None)


def _block_argument(low: Lowering, node: Node) -> ir.Expr:
    inner = node.named_children
    if not inner:
        return _passed(low, PASSED, node)
    name = name_of(inner[0])
    if name is not None:
        return symbol_block(low, name, inner[0].start_byte)
    return low.expression(inner[0])


def _call(low: Lowering, node: Node) -> ir.Expr:
    method, receiver = node.child_by_field_name("method"), node.child_by_field_name("receiver")
    if method is not None and method.type == "super":
        return _super_call(low, node)
    name = text_of(method) if method is not None else "call"
    special = _special(low, node, receiver, name)
    if special is not None:
        return special
    listed, given = node.child_by_field_name("arguments"), node.child_by_field_name("block")
    start = method.start_byte if method is not None else node.start_byte
    obj = low.expression(receiver) if receiver is not None else low.self_at(start)
    passed = arguments(low, listed) if listed is not None else Arguments()
    if given is not None:
        passed.block = block(low, given)
    return made_call(low, obj, name, start, passed)


def _special(low: Lowering, node: Node, receiver: Node | None, name: str) -> ir.Expr | None:
    """A call that declares something, makes a function or class, or opens one; None for any other."""
    given = node.child_by_field_name("block")
    if receiver is None or receiver.type == "self":
        declared = _declared(low, name, node, node.child_by_field_name("arguments"))
        if declared is None and name in _CLOSURES and given is not None:
            return lambda_(low, given)
        if declared is None and name in _RUN_ON_CLASS and given is not None:
            body = given.child_by_field_name("body")
            return low.statements(body) if body is not None else ir.Unknown(node.start_byte)
        return declared
    if name in ("new", "define"):
        return _made(low, node, text_of(receiver), given)
    if name in _RUN_ON_CLASS and given is not None and _is_constant(receiver):
        return reopened(low, node, receiver, given)
    return None


def _is_constant(node: Node) -> bool:
    return node.type in ("constant", "scope_resolution")


def made_call(low: Lowering, obj: ir.Expr, name: str, start: int, passed: Arguments) -> ir.Call:
    """A call with everything that is passed."""
    callee = low.file.note(ir.Member(start, obj, name, low.body.scope))
    keywords = tuple(passed.keywords)
    return ir.Call(start, low.body.scope, callee, passed.args, keywords, passed.spread, passed.block)


def _made(low: Lowering, node: Node, receiver: str, given: Node | None) -> ir.Expr | None:
    """`Proc.new { … }` is its block; `Class.new { … }` is a class without a name."""
    if receiver == "Proc" and given is not None:
        return lambda_(low, given)
    return made_class(low, node, f"<{receiver.lower()}@{node.start_point.row + 1}>")


def _declared(low: Lowering, name: str, node: Node, listed: Node | None) -> ir.Expr | None:
    args = [one for one in listed.named_children if one.type != "comment"] if listed is not None else []
    declaration = ANYWHERE.get(name)
    if declaration is None and low.scope.kind in ("class", "module"):
        declaration = IN_CLASS.get(name)
    return declaration(low, node, args) if declaration is not None else None


def _bare(name: str) -> Handler:
    def handler(low: Lowering, node: Node) -> ir.Expr:
        found = _declared(low, name, node, None) if low.scope.kind in ("class", "module") else None
        return found or low.call(low.self_at(node.start_byte), name, node.start_byte)

    return handler


def _super(low: Lowering, node: Node) -> ir.Expr:
    """A bare `super` passes on what the method got."""
    passed = Arguments()
    method = low.method
    if method is None:
        return ir.Unknown(node.start_byte)
    args: list[ir.Expr] = []
    for param in method.params:
        value = ir.Read(node.start_byte, low.body.scope, param.name, None)
        if param.kind == "plain":
            args.append(value)
        elif param.kind == "list":
            passed.spread = value
        elif param.kind == "block":
            passed.block = value
        else:
            passed.keywords.append(("**" if param.kind == "map" else param.name, value))
    passed.args = tuple(args)
    passed.block = passed.block or _own_block(low, method, node.start_byte)
    return _above(low, node, passed)


def _super_call(low: Lowering, node: Node) -> ir.Expr:
    listed, given = node.child_by_field_name("arguments"), node.child_by_field_name("block")
    if listed is None:
        _super(low, node)
    passed = arguments(low, listed) if listed is not None else Arguments()
    if given is not None:
        passed.block = block(low, given)
    elif passed.block is None and low.method is not None:
        passed.block = _own_block(low, low.method, node.start_byte)
    return _above(low, node, passed)


def _above(low: Lowering, node: Node, passed: Arguments) -> ir.Expr:
    method, start = low.method, node.start_byte
    if method is None or method.owner is None:
        return ir.Unknown(start)
    on_singleton = "classmethod" in method.traits
    owner = singleton_of(method.owner) if on_singleton else method.owner
    above = ir.Super(start, owner, low.self_at(start))
    return made_call(low, above, method.name, start, passed)


def _own_block(low: Lowering, method: ir.Scope, start: int) -> ir.Expr:
    """The block that the method around was given."""
    return ir.Member(start, ir.Closure(start, method), "<block>", low.body.scope)


def _yield(low: Lowering, node: Node) -> ir.Expr:
    listed = next((child for child in node.named_children if child.type == "argument_list"), node)
    passed = arguments(low, listed)
    if low.method is None:
        return ir.Unknown(node.start_byte)
    callee = _own_block(low, low.method, node.start_byte)
    keywords = tuple(passed.keywords)
    return ir.Call(
        node.start_byte, low.body.scope, callee, passed.args, keywords, passed.spread, passed.block
    )


def _element(low: Lowering, node: Node) -> ir.Expr:
    """`a[k]` of a list or hash is an element; of an object it is a call of `[]`."""
    obj, start = low.field(node, "object") or ir.Unknown(node.start_byte), node.start_byte
    passed = arguments(low, node, skip=1)
    key = passed.args[0] if len(passed.args) == 1 else None
    called = made_call(low, obj, "[]", start, passed)
    return ir.Join(start, (ir.Item(start, obj, key), called))


def _binary(low: Lowering, node: Node) -> ir.Expr:
    left, right = low.field(node, "left"), node.child_by_field_name("right")
    sign = node.child_by_field_name("operator")
    if left is None or right is None or sign is None:
        return ir.Unknown(node.start_byte)
    word = text_of(sign)
    if word in ("||", "or", "&&", "and"):
        low.body.evaluate(left)
        ways = low.body.branches()
        with ways.way():
            value = low.expression(right)
        ways.end(may_skip=True)
        return ir.Join(node.start_byte, (left, value)) if word in ("||", "or") else value
    name = {"!=": "==", "!~": "=~"}.get(word, word)
    return low.call(left, name, sign.start_byte, (low.expression(right),))


def _unary(low: Lowering, node: Node) -> ir.Expr:
    sign, operand = text_of(node.child_by_field_name("operator")), node.child_by_field_name("operand")
    if operand is None or sign == "defined?":
        return ir.Unknown(node.start_byte)
    value = low.expression(operand)
    if sign in ("-", "+", "~"):
        return low.call(value, f"{sign}@" if sign != "~" else sign, node.start_byte)
    low.body.evaluate(value)
    return ir.Unknown(node.start_byte)


HANDLERS: dict[str, Handler] = {
    "call": _call,
    "super": _super,
    "yield": _yield,
    "element_reference": _element,
    "binary": _binary,
    "unary": _unary,
    "lambda": lambda_,
    **{f"bare {name}": _bare(name) for name in ("private", "public", "protected", "module_function")},
}
