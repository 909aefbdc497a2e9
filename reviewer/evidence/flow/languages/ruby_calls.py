"""Models calls of what Ruby provides, and of what the lowering writes in angle brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages import ruby_collections, ruby_objects
from reviewer.evidence.flow.languages.ruby_blocks import CoreCall, single
from reviewer.evidence.flow.values import Builtin, Class, Instance, Object, Text, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver


def call_core(builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
    """See `Semantics.call_builtin`."""
    receiver = builtin.receiver
    asked = CoreCall(builtin.name.rpartition(".")[2], receiver, call, result, solver)
    if builtin.name in _MACHINERY:
        _MACHINERY[builtin.name](asked)
    elif isinstance(receiver, Object | Text) or builtin.name.startswith("Enumerable."):
        ruby_collections.run(asked)
    elif isinstance(receiver, Builtin):
        _of_core_class(builtin.name, asked)
    elif receiver is not None:
        ruby_objects.run(asked)


def _literal(expr: ir.Expr) -> str:
    return str(expr.value) if isinstance(expr, ir.Literal) else ""


def _callback(asked: CoreCall) -> None:
    """`<callback>(class, name)`: a framework calls the method of the class's objects."""
    word = _literal(asked.call.args[1])

    def found(value: Value) -> None:
        if isinstance(value, Class):
            asked.watch(
                asked.member(Instance(value.scope, exact=False), word),
                lambda got: asked.solver.calls.call_with(got, asked.call, (), Node()),
            )

    asked.watch(asked.argument(0), found)


def _run(asked: CoreCall) -> None:
    """`<run>(object, name)`: the language calls the method."""
    word = _literal(asked.call.args[1])
    asked.watch(asked.argument(0), lambda value: asked.run_member(value, word))


def _hook(asked: CoreCall) -> None:
    """`<hook>(module, name, class)`: the language tells the module about the class."""
    word = _literal(asked.call.args[1])
    asked.watch(
        asked.argument(2),
        lambda cls: asked.watch(asked.argument(0), lambda value: asked.run_hook(value, word, cls)),
    )


def _of_core_class(name: str, asked: CoreCall) -> None:
    solver, args = asked.solver, asked.call.args
    if name in ("Array.new", "Hash.new", "Set.new"):
        kind = "dict" if name == "Hash.new" else "list"
        made = asked.made(kind)
        held = solver.field(made, None)
        asked.with_block((single(Object(made, kind)), Node()) if kind == "dict" else (), held)
        for at in range(0 if kind == "dict" else 1, len(args)):
            solver.graph.edge(asked.argument(at), held)
        if name == "Set.new" and args:
            asked.merge(asked.argument(0), made)
    elif name == "Object.new":
        asked.made("object")
    elif name == "Object.const_get":
        asked.named(0, lambda path: solver.graph.edge(solver.node(_constant(path, asked.call)), asked.result))
    else:
        asked.with_block(tuple(solver.node(arg) for arg in args), asked.result)


def _constant(path: str, call: ir.Call) -> ir.Expr:
    first, *rest = path.removeprefix("::").split("::")
    expr: ir.Expr = ir.Imported(call.start, "", first, call.scope.file)
    for part in rest:
        expr = ir.Member(call.start, expr, part, call.scope)
    return expr


_MACHINERY = {"<callback>": _callback, "<run>": _run, "<hook>": _hook}
