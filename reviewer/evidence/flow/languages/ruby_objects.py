"""What every Ruby object and class can be asked: methods by name, classes, mixins, other selves."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.ruby_blocks import CoreCall, single
from reviewer.evidence.flow.lower.ruby.lowering import singleton_of
from reviewer.evidence.flow.values import Class, Function, Instance, Value
from reviewer.evidence.syntax.grammars.row import named

_GIVES_ITSELF = named("freeze dup clone itself tap extend")
_HOOKS = {"include": "included", "extend": "extended", "prepend": "prepended"}


def run(asked: CoreCall) -> None:
    """Model a call of a method that every object, or every class, has."""
    handler = _HANDLERS.get(asked.name)
    if handler is not None:
        handler(asked)
    if asked.name in _GIVES_ITSELF and asked.receiver is not None:
        asked.solver.graph.add(asked.result, asked.receiver)
    if asked.name not in _RUNS_BLOCK_ITSELF:
        passes_self = asked.name in ("tap", "then", "yield_self") and asked.receiver is not None
        args = (single(asked.receiver),) if passes_self and asked.receiver is not None else ()
        asked.with_block(args, None if asked.name == "tap" else asked.result)


def _send(asked: CoreCall) -> None:
    call = asked.call
    passed = ir.Call(
        call.start, call.scope, call.callee, call.args[1:], call.keywords, call.spread, call.block
    )
    asked.named(
        0,
        lambda name: asked.watch(
            _own(asked, name), lambda got: asked.solver.calls.pass_on(got, passed, asked.result)
        ),
    )


def _own(asked: CoreCall, name: str) -> Node:
    return asked.member(asked.receiver, name) if asked.receiver is not None else Node()


def _get(asked: CoreCall) -> None:
    """A method, field or constant by its name."""
    receiver = asked.receiver
    if asked.name == "instance_method" and isinstance(receiver, Class):
        receiver = Instance(receiver.scope)

    def found(name: str) -> None:
        node = single(receiver) if receiver is not None else Node()
        for part in name.removeprefix("::").split("::"):
            inner = Node()
            asked.solver.members.read(node, part, inner, asked.call.scope, asked.call.start)
            node = inner
        asked.solver.graph.edge(node, asked.result)

    asked.named(0, found)


def _set(asked: CoreCall) -> None:
    if len(asked.call.args) > 1 and asked.receiver is not None:
        owner = single(asked.receiver)
        asked.named(0, lambda name: asked.solver.members.store(owner, name, asked.argument(1)))


def _class(asked: CoreCall) -> None:
    if isinstance(asked.receiver, Instance) and asked.receiver.cls.kind == "class":
        asked.solver.graph.add(asked.result, Class(asked.receiver.cls))


def _as_self(asked: CoreCall) -> None:
    """The block runs with another `self`."""
    receiver, call, solver = asked.receiver, asked.call, asked.solver
    if call.block is None or receiver is None:
        return

    def found(value: Value) -> None:
        if isinstance(value, Function):
            solver.graph.add(solver.variable(value.scope, "self", 0), receiver)
            args = tuple(solver.node(arg) for arg in call.args) or (single(receiver),)
            solver.calls.call_with(value, call, args, asked.result)

    asked.watch(solver.node(call.block), found)


def _mix_in(asked: CoreCall) -> None:
    receiver = asked.receiver
    if not isinstance(receiver, Class):
        return
    target = singleton_of(receiver.scope) if asked.name == "extend" else receiver.scope

    def found(value: Value) -> None:
        if isinstance(value, Class):
            asked.solver.classes.add_mixin(target, value.scope)
            asked.run_hook(value, _HOOKS[asked.name], receiver)

    for at in range(len(asked.call.args)):
        asked.watch(asked.argument(at), found)


def _raise(asked: CoreCall) -> None:
    """`raise A, "text"` makes an A."""
    call = asked.call
    if call.args:
        asked.solver.node(ir.Call(call.args[0].start, call.scope, call.args[0], call.args[1:2], makes=True))


def _show(asked: CoreCall) -> None:
    word = "inspect" if asked.name == "p" else "to_s"
    for at in range(len(asked.call.args)):
        asked.watch(asked.argument(at), lambda value: asked.run_member(value, word))


def _define(asked: CoreCall) -> None:
    """A method whose name is a value: `define_method(name) { … }`.

    Where both name and body come from elsewhere, nobody can tell which go together: nothing is defined.
    """
    call, receiver, solver = asked.call, asked.receiver, asked.solver
    body = call.block if call.block is not None else call.args[1] if len(call.args) > 1 else None
    together = isinstance(body, ir.Closure) or (call.args and isinstance(call.args[0], ir.Literal))
    if body is None or not together or not isinstance(receiver, Class | Instance):
        return
    cls = receiver.scope if isinstance(receiver, Class) else receiver.cls
    source, on_object = solver.node(body), asked.name == "define_method"
    owner: object = cls if on_object else ("class", cls)
    asked.named(0, lambda name: solver.graph.edge(source, solver.field(owner, name)))
    me: Value = Instance(cls, exact=False) if on_object else Class(cls)
    asked.watch(
        source,
        lambda value: (
            solver.graph.add(solver.variable(value.scope, "self", 0), me)
            if isinstance(value, Function)
            else None
        ),
    )


def _allocate(asked: CoreCall) -> None:
    if isinstance(asked.receiver, Class):
        asked.solver.graph.add(asked.result, Instance(asked.receiver.scope))


def _bind(asked: CoreCall) -> None:
    """An unbound method with its object."""
    function = asked.receiver
    if isinstance(function, Function) and asked.call.args:
        asked.watch(
            asked.argument(0),
            lambda value: asked.solver.graph.add(asked.result, Function(function.scope, value)),
        )


def _same(asked: CoreCall) -> None:
    if asked.receiver is not None:
        asked.solver.graph.add(asked.result, asked.receiver)


def _block_itself(asked: CoreCall) -> None:
    if asked.call.block is not None:
        asked.solver.graph.edge(asked.solver.node(asked.call.block), asked.result)


_HANDLERS: dict[str, Callable[[CoreCall], None]] = {
    **dict.fromkeys(("send", "public_send", "__send__", "try"), _send),
    **dict.fromkeys(
        (
            "method", "public_method", "singleton_method", "instance_method", "instance_variable_get",
            "class_variable_get", "const_get",
        ),
        _get,
    ),
    **dict.fromkeys(("instance_variable_set", "class_variable_set", "const_set"), _set),
    "class": _class,
    **dict.fromkeys(
        ("instance_eval", "instance_exec", "class_eval", "class_exec", "module_eval", "module_exec"), _as_self
    ),
    **dict.fromkeys(_HOOKS, _mix_in),
    **dict.fromkeys(("raise", "fail"), _raise),
    **dict.fromkeys(("puts", "print", "p", "pp"), _show),
    **dict.fromkeys(("define_method", "define_singleton_method"), _define),
    "allocate": _allocate,
    "bind": _bind,
    **dict.fromkeys(("to_proc", "curry", "unbind"), _same),
    **dict.fromkeys(("lambda", "proc"), _block_itself),
}  # fmt: skip
_RUNS_BLOCK_ITSELF = frozenset(
    name for name, handler in _HANDLERS.items() if handler in (_send, _as_self, _define, _block_itself)
)
