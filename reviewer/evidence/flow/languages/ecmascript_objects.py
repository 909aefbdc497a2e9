"""What functions, `Object` and `Reflect` do with objects and functions."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.ecmascript_call import BuiltinCall, flat, owner_of
from reviewer.evidence.flow.values import Function, Generator, Instance, Object, Text, Value


class Objects(BuiltinCall):
    """Calls through a function's own members, and of `Object` and `Reflect`."""

    def _function(self, member: str, function: Function) -> None:
        call = self._call
        if member == "bind":
            self._bind(function)
            return
        rest = call.args[1:] if member == "call" else ()
        spread = call.spread if member == "call" else call.args[1] if len(call.args) > 1 else None
        inner = ir.Call(call.start, call.scope, ir.Unknown(call.start), rest, (), spread)
        self._with_receivers(function, lambda bound: self._solver.calls.pass_on(bound, inner, self._result))

    def _with_receivers(self, function: Function, work: Callable[[Function], None]) -> None:
        """Do `work` for the function with each receiver that is passed, and at least once."""
        work(Function(function.scope) if function.given is None else function)
        if function.given is None and function.scope.receiver is not None:
            self._each(self._arg(0), lambda value: work(Function(function.scope, flat(value))))

    def _bind(self, function: Function) -> None:
        rest = self._call.args[1:]
        before = function.given or 0
        plain = [param for param in function.scope.lowered().params if param.kind == "plain"][before:]
        for param, value in zip(plain, rest, strict=False):
            variable = self._solver.variable(function.scope, param.name, 0)
            self._solver.graph.edge(self._solver.node(value), variable)
        given = min(before + len(rest), 20)
        if function.given is not None or function.scope.receiver is None:
            self._give(Function(function.scope, function.receiver, given))
            return
        self._give(Function(function.scope, None, given))
        # Whoever calls the bound function, perhaps from outside, this is its receiver.
        self._solver.graph.edge(self._arg(0), self._solver.variable(function.scope, "this", 0))
        self._each(self._arg(0), lambda value: self._give(Function(function.scope, flat(value), given)))

    def _generator(self, generator: Generator) -> None:
        step = self._site("object")
        self._hold(step, self._solver.yields(generator.scope), "value")
        self._give(step)

    def _reflect(self, member: str) -> None:
        handler = _REFLECT.get(member)
        if handler is not None:
            handler(self)

    def _assign(self) -> None:
        self._solver.graph.edge(self._arg(0), self._result)
        for at in range(1, len(self._call.args)):
            source = self._arg(at)
            self._each(
                self._arg(0),
                lambda into, source=source: self._each(source, lambda one: self._copy(one, into)),  # type: ignore[misc]
            )

    def _copy(self, source: Value, into: Value) -> None:
        taken, target = owner_of(source), owner_of(into)
        if taken is not None and target is not None and taken != target:
            self._solver.copy(taken, target)

    def _create(self) -> None:
        cls = self._solver.classes.fresh_class(self._call.scope, f"<created@{self._call.start}>")
        self._give(Instance(cls))
        self._each(self._arg(0), lambda value: self._solver.classes.inherit(cls, value))

    def _same(self) -> None:
        self._solver.graph.edge(self._arg(0), self._result)

    def _set_prototype(self) -> None:
        self._same()

        def link(value: Value) -> None:
            if isinstance(value, Instance):
                self._each(self._arg(1), lambda above: self._solver.classes.inherit(value.cls, above))
            elif isinstance(value, Object):
                self._each(self._arg(1), lambda above: self._copy(above, value))

        self._each(self._arg(0), link)

    def _listed(self) -> None:
        """`Object.values` and `Object.entries`; keys are texts that nobody follows."""
        element = Node()

        def take(value: Value) -> None:
            owner = owner_of(value)
            if owner is not None:
                self._solver.watch_keys(
                    owner, lambda key: self._solver.graph.edge(self._solver.field(owner, key), element)
                )

        self._each(self._arg(0), take)
        if self._name.endswith("entries"):
            self._pairs_of(element)
            return
        made = self._site("list")
        self._hold(made, element)
        self._give(made)

    def _keys(self) -> None:
        made = self._site("list")
        self._give(made)

        def take(value: Value) -> None:
            owner = owner_of(value)
            if owner is not None:
                self._solver.watch_keys(owner, lambda key: self._key(made, key))

        self._each(self._arg(0), take)

    def _key(self, made: Object, key: str | int | None) -> None:
        if isinstance(key, str):
            self._solver.graph.add(self._solver.field(made.site, None), Text(key))

    def _define(self) -> None:
        """`Object.defineProperty(obj, 'name', {value, get, set})`."""
        self._same()
        name = self._call.args[1] if len(self._call.args) > 1 else None
        if not isinstance(name, ir.Literal) or not isinstance(name.value, str):
            return
        text, scope, start = name.value, self._call.scope, self._call.start
        value, got = Node(), Node()
        self._solver.members.read(self._arg(2), "value", value, scope, start)
        self._solver.members.read(self._arg(2), "get", got, scope, start)
        self._solver.members.store(self._arg(0), text, value)
        self._each(got, lambda getter: self._getter(text, getter))

    def _getter(self, name: str, getter: Value) -> None:
        """From now on the function is one that runs when the member is read."""
        if isinstance(getter, Function):
            getter.scope.traits |= {"property"}
            held = Node()
            self._solver.graph.add(held, Function(getter.scope))
            self._solver.members.store(self._arg(0), name, held)

    def _apply(self) -> None:
        spread = self._call.args[2] if len(self._call.args) > 2 else None
        call = self._call
        inner = ir.Call(call.start, call.scope, ir.Unknown(call.start), (), (), spread)

        def run(value: Value) -> None:
            if isinstance(value, Function):
                self._solver.calls.pass_on(Function(value.scope), inner, self._result)
                self._each(
                    self._arg(1),
                    lambda this: self._solver.calls.pass_on(
                        Function(value.scope, flat(this)), inner, self._result
                    ),
                )

        self._each(self._arg(0), run)

    def _construct(self) -> None:
        call = self._call
        spread = call.args[1] if len(call.args) > 1 else None
        inner = ir.Call(call.start, call.scope, ir.Unknown(call.start), (), (), spread, makes=True)
        self._each(self._arg(0), lambda value: self._solver.calls.pass_on(value, inner, self._result))

    def _read(self) -> None:
        name = self._call.args[1] if len(self._call.args) > 1 else None
        if isinstance(name, ir.Literal) and isinstance(name.value, str):
            self._solver.members.read(
                self._arg(0), name.value, self._result, self._call.scope, self._call.start
            )


_REFLECT: dict[str, Callable[[Objects], None]] = {
    "assign": Objects._assign,
    "create": Objects._create,
    "freeze": Objects._same,
    "seal": Objects._same,
    "preventExtensions": Objects._same,
    "getPrototypeOf": Objects._same,
    "setPrototypeOf": Objects._set_prototype,
    "values": Objects._listed,
    "entries": Objects._listed,
    "keys": Objects._keys,
    "getOwnPropertyNames": Objects._keys,
    "ownKeys": Objects._keys,
    "defineProperty": Objects._define,
    "apply": Objects._apply,
    "construct": Objects._construct,
    "get": Objects._read,
}
