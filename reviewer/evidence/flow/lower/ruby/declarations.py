"""Calls in a class body that declare something: mixins, accessors, aliases, callbacks, associations."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby.classes import class_scope, reader, writer
from reviewer.evidence.flow.lower.ruby.functions import fill_block
from reviewer.evidence.flow.lower.ruby.lowering import (
    PREPENDED,
    SINGLETON,
    Lowering,
    beside,
    name_of,
    singleton_of,
)
from reviewer.evidence.syntax.grammars.row import text_of

Declaration = Callable[[Lowering, Node, list[Node]], ir.Expr | None]
"""Gets the call and its arguments; None when it is an ordinary call besides, or after all."""

_WHEN = ("before", "after", "around")
_EVENTS = (
    "action", "save", "create", "update", "destroy", "commit", "validation", "initialize", "find", "touch",
    "rollback", "perform", "enqueue", "create_commit", "update_commit", "destroy_commit", "save_commit", "filter",
)  # fmt: skip
CALLBACKS = frozenset(
    {f"{when}_{event}" for when in _WHEN for event in _EVENTS}
    | {f"{pre}_{when}_action" for pre in ("prepend", "append") for when in _WHEN}
    | {"validate", "set_callback", "helper_method"}
)
CONDITIONS = ("if", "unless")


def _symbols(nodes: list[Node]) -> list[tuple[str, int]]:
    """The literal names among the arguments, also in `%i[a b]` and `[:a, :b]`."""
    found: list[tuple[str, int]] = []
    for node in nodes:
        if node.type in ("symbol_array", "string_array", "array", "splat_argument"):
            found.extend(_symbols(node.named_children))
        elif (name := name_of(node)) is not None:
            found.append((name, node.start_byte))
    return found


def _mixin(hook: str, trait: str | None) -> Declaration:
    def declare(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
        target = low.owner
        for child in reversed(args):
            start = child.start_byte
            mixin = low.expression(child)
            if child.type == "self":
                mixin = ir.Closure(start, low.owner)
            side = trait or (SINGLETON if low.on_singleton else None)
            if target.kind == "class":
                (beside(target, side) if side else target).mixins.insert(0, mixin)
            low.hook(mixin, hook, start)
        return ir.Unknown(node.start_byte)

    return declare


def _accessors(*, reads: bool, writes: bool) -> Declaration:
    def declare(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
        for name, start in _symbols(args):
            if reads:
                reader(low, name, start)
            if writes:
                writer(low, name, start)
        return ir.Unknown(node.start_byte)

    return declare


def _class_accessors(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    for name, start in _symbols(args):
        for side in (True, False):
            with low.elsewhere(on_singleton=side):
                reader(low, name, start)
                writer(low, name, start)
    return ir.Unknown(node.start_byte)


def _visibility(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    for child in args:
        if name_of(child) is None:
            low.body.evaluate(low.expression(child))
    return ir.Unknown(node.start_byte)


def _module_function(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    if not args:
        low.module_function = True
    for child in args:
        name = name_of(child)
        if name is None and child.type == "method":
            low.body.evaluate(low.expression(child))
            name = text_of(child.child_by_field_name("name"))
        if name is not None:
            value = ir.Read(child.start_byte, low.owner, name, None)
            low.body.bind(name, value, scope=singleton_of(low.owner))
    return ir.Unknown(node.start_byte)


def _alias_method(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    names = _symbols(args)
    if len(names) != 2:
        return None
    alias(low, names[0][0], names[1][0], names[1][1])
    return ir.Unknown(node.start_byte)


def alias(low: Lowering, new: str, old: str, start: int) -> None:
    """Give the method `old` of the open class a second name."""
    home = singleton_of(low.owner) if low.on_singleton else low.owner
    if old in home.versions:
        low.define(new, ir.Read(start, home, old, (home.versions[old],)))
        return
    low.silent(new, start, lambda inner: inner.call(inner.self_at(start), old, start))


def _define_method(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    name = name_of(args[0]) if args else None
    block = node.child_by_field_name("block")
    singleton = text_of(node.child_by_field_name("method")) == "define_singleton_method"
    if name is None:
        return None
    if block is None and len(args) > 1 and args[1].type == "lambda":
        block = args[1]
    if block is None:
        if len(args) > 1:
            low.define(name, low.expression(args[1]), singleton=singleton)
        return ir.Unknown(node.start_byte)
    found = block

    def lower(scope: ir.Scope) -> None:
        fill_block(Lowering(scope, low.handlers, owner=low.owner, method=scope), found)

    scope = low.method_scope(name, block, lower, singleton=singleton)
    low.define(name, ir.Closure(args[0].start_byte, scope), singleton=singleton)
    return ir.Literal(node.start_byte, name)


def _delegate(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    options = _options(args)
    target = name_of(options.get("to"))
    if target is None:
        return None
    prefix = options.get("prefix")
    before = f"{target}_" if text_of(prefix) == "true" else f"{name_of(prefix)}_" if name_of(prefix) else ""
    for name, start in _symbols([child for child in args if child.type != "pair"]):
        _delegated(low, f"{before}{name}", target, name, start)
    return ir.Unknown(node.start_byte)


def _def_delegators(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    names = _symbols(args)
    single = text_of(node.child_by_field_name("method")) in ("def_delegator", "def_instance_delegator")
    if single and len(names) >= 2:
        (target, _), (name, start), (new, _) = names[0], names[1], names[-1]
        _delegated(low, new, target, name, start)
    else:
        for name, start in names[1:]:
            _delegated(low, name, names[0][0], name, start)
    return ir.Unknown(node.start_byte)


def _delegated(low: Lowering, new: str, target: str, name: str, start: int) -> None:
    """A method that passes on to what `target`, a method or field, gives; it has a name, so calls of it are edges."""

    def lower(scope: ir.Scope) -> None:
        inner = Lowering(scope, low.handlers, owner=low.owner, method=scope)
        scope.params = [ir.Param("*", "list"), ir.Param("**", "map"), ir.Param("&", "block")]
        scope.versions.update({"*": 0, "**": 0, "&": 0})
        me = inner.self_at(start)
        if target.startswith("@"):
            obj: ir.Expr = ir.Member(start, me, target, scope)
        elif target == "class":
            obj = ir.Closure(start, low.owner)
        else:
            obj = ir.Call(start, scope, ir.Member(start, me, target, scope))
        passed = [ir.Read(start, scope, param.name, None) for param in scope.params]
        call = ir.Call(
            start, scope, ir.Member(start, obj, name, scope), (), (("**", passed[1]),), passed[0], passed[2]
        )
        scope.effects.append(ir.Return(scope, call))

    scope = low.method_scope(new, None, lower)
    low.define(new, ir.Closure(start, scope))


def _options(args: list[Node]) -> dict[str, Node]:
    found = {}
    for child in args:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        name = name_of(key) if child.type == "pair" else None
        if name is not None and value is not None:
            found[name] = value
    return found


def _association(*, many: bool) -> Declaration:
    def declare(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:  # noqa: ARG001
        name = name_of(args[0]) if args else None
        if name is None or low.owner.kind != "class":
            return None
        start = args[0].start_byte
        written = name_of(_options(args).get("class_name"))
        path = (written or _class_name(name, many=many)).removeprefix("::").split("::")
        cls: ir.Expr = low.constant(path[0], start)
        for part in path[1:]:
            cls = ir.Member(start, cls, part, low.body.scope)
        one = ir.InstanceOf(start, cls)
        value: ir.Expr = ir.Container(start, "list", ((None, one),)) if many else one
        low.silent(name, start, lambda inner: value)  # noqa: ARG005 - the same whoever asks
        writer(low, name, start)
        _conditions(low, args)
        return None

    return declare


def _class_name(name: str, *, many: bool) -> str:
    """What Rails takes the class to be called: `line_items` holds each a `LineItem`."""
    if many:
        name = _singular(name)
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def _singular(name: str) -> str:
    for ending, single in (
        ("people", "person"),
        ("children", "child"),
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
    ):
        if name.endswith(ending):
            return name[: -len(ending)] + single
    return name.removesuffix("s") if not name.endswith("ss") else name


def _callback(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:  # noqa: ARG001
    if low.owner.kind != "class":
        return None
    for name, start in _symbols([child for child in args if child.type != "pair"]):
        _runs(low, name, start)
    _conditions(low, args)
    return None


def _conditions(low: Lowering, args: list[Node]) -> None:
    for option, value in _options(args).items():
        if option in CONDITIONS:
            for name, start in _symbols([value]):
                _runs(low, name, start)


def _runs(low: Lowering, name: str, start: int) -> None:
    """The framework calls a method of the object by its name."""
    args = (ir.Closure(start, low.owner), ir.Literal(start, name))
    low.body.evaluate(ir.Call(start, low.body.scope, low.machinery("callback", start), args))


def _included(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:  # noqa: ARG001
    block = node.child_by_field_name("block")
    body = block.child_by_field_name("body") if block is not None else None
    if block is None:
        return None
    low.owner.traits |= {"concern"}
    if body is not None:
        low.body.evaluate(low.statements(body))
    return ir.Unknown(node.start_byte)


def _class_methods(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:  # noqa: ARG001
    block = node.child_by_field_name("block")
    body = block.child_by_field_name("body") if block is not None else None
    if block is None:
        return None
    low.owner.traits |= {"concern"}

    def fill(inner: Lowering) -> None:
        if body is not None:
            inner.body.evaluate(inner.statements(body))

    scope = class_scope(low, "ClassMethods", block, [], fill)
    low.body.bind("ClassMethods", ir.Closure(block.start_byte, scope), scope=low.owner)
    return ir.Unknown(node.start_byte)


def _scope(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    """`scope :recent, -> { … }` makes a method of the class."""
    name = name_of(args[0]) if len(args) > 1 else None
    if name is None or args[1].type != "lambda":
        return None
    found = args[1]

    def lower(scope: ir.Scope) -> None:
        fill_block(Lowering(scope, low.handlers, owner=low.owner, method=scope), found)

    scope = low.method_scope(name, found, lower, singleton=True)
    low.define(name, ir.Closure(args[0].start_byte, scope), singleton=True)
    return ir.Unknown(node.start_byte)


def _require(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:
    if low.owner.kind not in ("class", "module") or any(name_of(child) is None for child in args):
        return None
    return ir.Unknown(node.start_byte)


def _nothing(low: Lowering, node: Node, args: list[Node]) -> ir.Expr | None:  # noqa: ARG001
    return ir.Unknown(node.start_byte)


ANYWHERE: dict[str, Declaration] = {
    **dict.fromkeys(("require", "require_relative", "load", "autoload", "require_dependency"), _require),
}
"""Understood wherever they stand."""
IN_CLASS: dict[str, Declaration] = {
    "include": _mixin("included", None),
    "extend": _mixin("extended", SINGLETON),
    "prepend": _mixin("prepended", PREPENDED),
    "attr_reader": _accessors(reads=True, writes=False),
    "attr_writer": _accessors(reads=False, writes=True),
    **dict.fromkeys(("attr_accessor", "attribute"), _accessors(reads=True, writes=True)),
    **dict.fromkeys(("class_attribute", "mattr_accessor", "cattr_accessor"), _class_accessors),
    **dict.fromkeys(
        ("private", "public", "protected", "private_class_method", "public_class_method"), _visibility
    ),
    **dict.fromkeys(("private_constant", "undef_method", "remove_method"), _nothing),
    "module_function": _module_function,
    "alias_method": _alias_method,
    **dict.fromkeys(("define_method", "define_singleton_method"), _define_method),
    "delegate": _delegate,
    **dict.fromkeys(
        ("def_delegators", "def_delegator", "def_instance_delegator", "def_instance_delegators"),
        _def_delegators,
    ),
    **dict.fromkeys(("has_many", "has_and_belongs_to_many"), _association(many=True)),
    **dict.fromkeys(("belongs_to", "has_one"), _association(many=False)),
    **dict.fromkeys(CALLBACKS, _callback),
    **dict.fromkeys(("included", "prepended"), _included),
    "class_methods": _class_methods,
    "scope": _scope,
}
"""Understood in the body of a class or module, and `include` and the like at the top of a file."""
