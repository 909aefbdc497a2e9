"""Names, members, calls and operators."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import modules, patterns, types
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.syntax.grammars.row import text_of

_LIST_MEMBERS = frozenset(
    [
        "forEach",
        "map",
        "filter",
        "reduce",
        "reduceRight",
        "some",
        "every",
        "find",
        "findIndex",
        "findLast",
        "flatMap",
        "sort",
    ]
)
_PROMISE_MEMBERS = frozenset({"then", "catch", "finally"})
_INHERITING = frozenset({"inherits", "__extends", "_inherits", "_inheritsLoose"})
"""Functions by which older code and compilers let one constructor inherit from another."""
_REACT = ("react", "preact/hooks", "preact/compat")
_RUN_AT_ONCE = frozenset(
    [
        "useEffect",
        "useLayoutEffect",
        "useInsertionEffect",
        "useMemo",
        "useState",
        "useReducer",
        "useImperativeHandle",
    ]
)
_KEEP_FUNCTION = frozenset({"useCallback", "memo", "forwardRef", "useMemo"})


def _identifier(low: Lowering, node: Node) -> ir.Expr:
    return low.file.note(low.body.read(text_of(node), node.start_byte))


def _this(low: Lowering, node: Node) -> ir.Expr:
    return low.body.read("this", node.start_byte)


def _member(low: Lowering, node: Node) -> ir.Expr:
    obj, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    if obj is None or name is None:
        return ir.Unknown(node.start_byte)
    if obj.type == "super":
        return _of_super(low, name.start_byte, text_of(name))
    text = text_of(name)
    owner = low.expression(obj)
    if text == "constructor":
        # The class that made an object, not the member that is called like that.
        text = "<class>"
    return low.file.note(ir.Member(name.start_byte, owner, text, low.body.scope))


def _of_super(low: Lowering, start: int, name: str) -> ir.Expr:
    method = low.scope.function
    while method.receiver is None and method.parent is not None:
        method = method.parent.function
    if method.owner is None:
        return ir.Unknown(start)
    above = ir.Super(start, method.owner, ir.Read(start, method, "this", None))
    return low.file.note(ir.Member(start, above, name, low.body.scope))


def _subscript(low: Lowering, node: Node) -> ir.Expr:
    obj, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    if obj is None:
        return ir.Unknown(node.start_byte)
    key = patterns.key_of(low, index)
    if isinstance(key, ir.Literal) and isinstance(key.value, str):
        return low.file.note(ir.Member(key.start, low.expression(obj), key.value, low.body.scope))
    if index is not None and text_of(index).startswith("Symbol."):
        name = f"@@{text_of(index)[7:]}"
        return ir.Member(index.start_byte, low.expression(obj), name, low.body.scope)
    return ir.Item(node.start_byte, low.expression(obj), key)


def _call(low: Lowering, node: Node) -> ir.Expr:
    function, listed = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None:
        return ir.Unknown(node.start_byte)
    imported = modules.required(low, function, listed)
    if imported is not None:
        return imported
    callee = _callee(low, function)
    args, spread = arguments(low, listed)
    call = ir.Call(callee.start, low.body.scope, callee, args, (), spread)
    if text_of(function).rpartition(".")[2] in _INHERITING and len(args) == 2:
        above = ir.Member(args[1].start, args[1], "prototype", low.body.scope)
        low.body.add(ir.SetMember(args[0], "prototype", above))
    return _known_library(low, function, call)


def _callee(low: Lowering, function: Node) -> ir.Expr:
    if function.type == "super":
        return _of_super(low, function.start_byte, "constructor")
    callee = low.expression(function)
    if isinstance(callee, ir.Member):
        callee.called = True
    if isinstance(callee, ir.Member) and callee.name in _LIST_MEMBERS | _PROMISE_MEMBERS:
        kind = "list" if callee.name in _LIST_MEMBERS else "promise"
        likely = ir.Container(callee.start, kind)
        callee.obj = ir.Typed(callee.obj.start, callee.obj, likely, guess=True)
    return callee


def arguments(low: Lowering, node: Node | None) -> tuple[tuple[ir.Expr, ...], ir.Expr | None]:
    """Arguments by position, and the sequence that follows them."""
    args: list[ir.Expr] = []
    rest: list[tuple[bool, ir.Expr]] = []
    if node is not None and node.type == "template_string":
        return (ir.Unknown(node.start_byte), *_substitutions(low, node)), None
    for child in node.named_children if node is not None else ():
        if child.type == "comment":
            continue
        if child.type == "spread_element" and child.named_children:
            rest.append((True, low.expression(child.named_children[0])))
        elif rest:
            rest.append((False, low.expression(child)))
        else:
            args.append(low.expression(child))
    if len(rest) < 2:
        return tuple(args), rest[0][1] if rest else None
    held = [ir.Each(value.start, value, low.body.scope) if spread else value for spread, value in rest]
    return tuple(args), ir.Container(held[0].start, "list", tuple((None, value) for value in held))


def _substitutions(low: Lowering, node: Node) -> tuple[ir.Expr, ...]:
    return tuple(
        low.expression(child.named_children[0])
        for child in node.named_children
        if child.type == "template_substitution" and child.named_children
    )


def _known_library(low: Lowering, function: Node, call: ir.Call) -> ir.Expr:
    """Functions of React that run or keep what they get."""
    name = text_of(function).rpartition(".")[2]
    if not call.args or name not in _RUN_AT_ONCE | _KEEP_FUNCTION or not _from_react(low, function, name):
        return call
    given = call.args[0]
    parts: list[ir.Expr] = [call]
    if name in _KEEP_FUNCTION - _RUN_AT_ONCE:
        parts.append(given)
    elif isinstance(given, ir.Closure | ir.Read):
        parts.append(ir.Call(call.start, low.body.scope, given))
    return ir.Join(call.start, tuple(parts))


def _from_react(low: Lowering, function: Node, name: str) -> bool:
    local = text_of(function).partition(".")[0]
    wanted = (name, None) if local == name else (None, "default")
    return any(
        taken.module in _REACT and taken.local == local and (taken.name in wanted)
        for taken in low.file.source.imports
    )


def _new(low: Lowering, node: Node) -> ir.Expr:
    callee = low.expression(node.child_by_field_name("constructor"))
    args, spread = arguments(low, node.child_by_field_name("arguments"))
    call = ir.Call(callee.start, low.body.scope, callee, args, (), spread, makes=True)
    name = text_of(node.child_by_field_name("constructor"))
    types.made_of(low, call, name, node.child_by_field_name("type_arguments"))
    return call


def _assignment(low: Lowering, node: Node) -> ir.Expr:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None:
        return ir.Unknown(node.start_byte)
    value = low.expression(right, patterns.written_name(left))
    if isinstance(value, ir.Closure) and left.type == "member_expression":
        _receive(low, left, value.scope)
    patterns.assign(low, left, value)
    return value


def _receive(low: Lowering, target: Node, scope: ir.Scope) -> None:
    """A function that is put into an object is called on it, as far as is known."""
    obj = target.child_by_field_name("object")
    if scope.receiver is not None and scope.receives is None and obj is not None:
        scope.receives = low.expression(obj)


def _augmented(low: Lowering, node: Node) -> ir.Expr:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    value = low.expression(right, patterns.written_name(left))
    if left is None or text_of(node.child_by_field_name("operator")) not in ("??=", "||=", "&&="):
        low.body.evaluate(value)
        return ir.Unknown(node.start_byte)
    both = ir.Join(node.start_byte, (low.expression(left), value))
    patterns.assign(low, left, both)
    return both


def _binary(low: Lowering, node: Node) -> ir.Expr:
    """Operators; a long chain is walked, not descended into."""
    parts: list[tuple[Node | None, str]] = []
    here: Node | None = node
    while here is not None and here.type == "binary_expression":
        parts.append((here.child_by_field_name("right"), text_of(here.child_by_field_name("operator"))))
        here = here.child_by_field_name("left")
    values = [low.expression(here)]
    texts = False
    for right, operator in reversed(parts):
        value = low.expression(right)
        if operator in ("||", "??", "&&"):
            if operator == "&&":
                low.body.evaluate(values.pop())
            values.append(value)
        else:
            for one in (*values, value):
                low.body.evaluate(one)
                texts = texts or (isinstance(one, ir.Literal) and isinstance(one.value, str))
            values = [
                ir.Container(node.start_byte, "str")
                if texts and operator == "+"
                else ir.Unknown(node.start_byte)
            ]
    return values[0] if len(values) == 1 else ir.Join(node.start_byte, tuple(values))


def _ternary(low: Lowering, node: Node) -> ir.Expr:
    low.body.evaluate(low.expression(node.child_by_field_name("condition")))
    parts = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
    return ir.Join(node.start_byte, tuple(low.expression(part) for part in parts))


def _sequence(low: Lowering, node: Node) -> ir.Expr:
    value: ir.Expr = ir.Unknown(node.start_byte)
    for child in node.named_children:
        low.body.evaluate(value)
        value = low.expression(child)
    return value


def _await(low: Lowering, node: Node) -> ir.Expr:
    return ir.Awaited(node.start_byte, _inner(low, node))


def _yield(low: Lowering, node: Node) -> ir.Expr:
    value = _inner(low, node)
    if any(child.type == "*" for child in node.children):
        value = ir.Each(value.start, value, low.body.scope)
    low.body.add(ir.Yield(low.scope, ir.Awaited(value.start, value)))
    return ir.Unknown(node.start_byte)


def _inner(low: Lowering, node: Node) -> ir.Expr:
    inner = [child for child in node.named_children if child.type != "comment"]
    return low.expression(inner[0]) if inner else ir.Unknown(node.start_byte)


def _cast(low: Lowering, node: Node) -> ir.Expr:
    """`x as T`, `<T>x`, `x satisfies T`."""
    parts = node.named_children
    if len(parts) < 2:
        return _inner(low, node)
    first = parts[0].type == "type_arguments"
    value = low.expression(parts[1] if first else parts[0])
    written = types.declared(
        low, parts[0].named_children[0] if first and parts[0].named_children else parts[1]
    )
    return ir.Typed(node.start_byte, value, written) if written is not None else value


def _regex(low: Lowering, node: Node) -> ir.Expr:  # noqa: ARG001
    return ir.Container(node.start_byte, "RegExp")


def _named_inner(low: Lowering, node: Node, name: str) -> ir.Expr:
    inner = [child for child in node.named_children if child.type != "comment"]
    return low.expression(inner[0], name) if inner else ir.Unknown(node.start_byte)


EXPRESSIONS = {
    "identifier": _identifier,
    "undefined": lambda low, node: ir.Unknown(node.start_byte),  # noqa: ARG005
    "this": _this,
    "member_expression": _member,
    "subscript_expression": _subscript,
    "call_expression": _call,
    "new_expression": _new,
    "assignment_expression": _assignment,
    "augmented_assignment_expression": _augmented,
    "binary_expression": _binary,
    "ternary_expression": _ternary,
    "sequence_expression": _sequence,
    "await_expression": _await,
    "yield_expression": _yield,
    "parenthesized_expression": _inner,
    "non_null_expression": _inner,
    "instantiation_expression": _inner,
    "as_expression": _cast,
    "satisfies_expression": _cast,
    "type_assertion": _cast,
    "regex": _regex,
}
NAMED = {"parenthesized_expression": _named_inner}
