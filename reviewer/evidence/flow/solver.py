"""Solves for the values that expressions stand for, and records every call on the way.

The analysis follows values through assignments, arguments, results, containers and members, without regard to the
order of calls. It only ever adds: looking at more code never takes an answer away, so a bounded answer is a part of
the whole one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Mapping
from functools import partial

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.calls import Calls
from reviewer.evidence.flow.classes import Classes
from reviewer.evidence.flow.demand import Demand
from reviewer.evidence.flow.graph import CLASS_MEMBER, FLOW, INSTANCE_MEMBER, FlowGraph, Node
from reviewer.evidence.flow.members import Members
from reviewer.evidence.flow.modules import Files, ModuleFile
from reviewer.evidence.flow.semantics import Semantics
from reviewer.evidence.flow.values import (
    MANY_TEXTS,
    Adapter,
    Builtin,
    Class,
    Function,
    Generator,
    Instance,
    Module,
    Object,
    Outside,
    Text,
    Value,
)

Key = str | int | None
_DEEPEST = 30
"""Expressions within one another that are taken in at once; further ones wait, so that the stack stays low."""
ANY: None = None
"""The key that fits every other."""


class Solver:
    """One analysis. `whole` takes in every function of what is activated; else only what answers need.

    `within` names the files of which every function is taken in; of others, those that are called from there.

    `max_steps` bounds the work; `exhausted` tells that it did not suffice.
    """

    def __init__(
        self,
        files: Files,
        semantics: Mapping[str, Semantics],
        *,
        whole: bool,
        max_steps: int = 2_000_000,
        max_depth: int = 3,
        within: Container[str] | None = None,
    ) -> None:
        self.files = files
        self.whole = whole
        self._within = within
        self.graph = FlowGraph(max_steps=max_steps)
        self.classes = Classes(self, changed=self._ask_again)
        self.members = Members(self)
        self.calls = Calls(self)
        self.demand = Demand(self)
        self._semantics = semantics
        self._max_depth = max_depth
        self._within = within
        self._active: dict[ir.Scope, int] = {}
        self._waiting: dict[ir.Scope, list[Callable[[], None]]] = {}
        self._nodes: dict[ir.Expr, Node] = {}
        self._variables: dict[tuple[ir.Scope, str, int | None], Node] = {}
        self._fields: dict[tuple[object, Key], Node] = {}
        self._keys: dict[object, list[Key]] = {}
        self._key_watchers: dict[object, list[Callable[[Key], None]]] = {}
        self._nesting = 0
        """Expressions that are being taken in, each within the one before."""
        self._results: dict[ir.Scope, Node] = {}
        self._declared: set[ir.Scope] = set()
        """Functions that lie too far off, of which only the declared result is taken."""
        self._yields: dict[ir.Scope, Node] = {}
        self._sure: list[Callable[[], bool]] = []
        """What may be said of declarations that can mean one class alone."""
        self._receivers: deque[Callable[[], bool]] = deque()
        self._fallbacks: deque[Callable[[], bool]] = deque()
        self._late_fallbacks: deque[Callable[[], bool]] = deque()
        self._guesses: deque[Callable[[], bool]] = deque()

    def _ask_again(self, cls: ir.Scope) -> None:
        self.members.ask_again(cls)

    @property
    def exhausted(self) -> bool:
        """True when the answers may lack something because the budget was spent."""
        return self.graph.exhausted

    def semantics(self, file: ModuleFile) -> Semantics:
        """The rules of the file's language."""
        return self._semantics[file.source.grammar.family]

    # -- what is looked at

    def activate(self, scope: ir.Scope, *, depth: int = 0) -> None:
        """Take in the code of `scope`; in a `whole` analysis also that of the functions in it."""
        scope = scope.function
        if scope in self._active:
            return
        self._active[scope] = depth
        if not self.whole:
            self.demand.prepare(scope, depth=depth)
            self._arrived(scope)
            return
        scope.lowered()
        if scope.kind == "function":
            self.seed(scope)
        for effect in scope.effects:
            self.apply(effect)
        self._arrived(scope)
        if self._is_within(scope):
            self._activate_children(scope)

    def _is_within(self, scope: ir.Scope) -> bool:
        return self._within is None or scope.file.path in self._within

    def _arrived(self, scope: ir.Scope) -> None:
        for work in self._waiting.pop(scope, ()):
            work()

    def _activate_children(self, scope: ir.Scope) -> None:
        todo = list(scope.children)
        while todo:
            child = todo.pop(0)
            if child.kind == "block":
                todo.extend(child.children)
            elif self._nesting < _DEEPEST:
                self._nesting += 1
                self.activate(child)
                self._nesting -= 1
            else:
                self.graph.later(partial(self.activate, child), FLOW)

    def is_active(self, scope: ir.Scope) -> bool:
        """True when the code of `scope` was taken in."""
        return scope in self._active

    def when_active(self, scope: ir.Scope, work: Callable[[], None]) -> None:
        """Do `work` now or when `scope` is taken in."""
        if scope in self._active:
            work()
        else:
            self._waiting.setdefault(scope, []).append(work)

    def follow(self, scope: ir.Scope, caller: ir.Scope) -> None:
        """Take in a function whose result is asked for in `caller`, unless that leads too far."""
        if self.whole and self._is_within(scope):
            self.activate(scope)
            return
        depth = 1 + (self._active.get(caller.function, 0) if self.whole else self.demand.depth(caller))
        if depth <= self._max_depth:
            self.activate(scope, depth=depth)
            if not self.whole:
                self.demand.results(scope)
        elif scope not in self._active and scope not in self._declared:
            self._declared.add(scope)
            self._declare_result(scope.lowered(), self.result(scope))

    def settle(self) -> None:
        """Work until nothing changes; then let declarations speak where nothing else is known."""
        self.graph.settle()
        while True:
            if self._sure:
                sure, self._sure = self._sure, []
                found = [speak() for speak in sure]
            # Receivers come first: a method that nobody calls may be what gives values to all others.
            elif queue := self._receivers or self._fallbacks or self._late_fallbacks or self._guesses:
                found = [queue.popleft()()]
            else:
                return
            if any(found):
                self.graph.settle()

    def _expect(
        self, node: Node, source: Node, queue: deque[Callable[[], bool]], *, asked: Node | None = None
    ) -> None:
        """Let what is declared at `source` speak where nothing arrives at `asked`, else at `node`.

        A class that none can be below need not wait for its turn.
        """

        def speak() -> bool:
            return self._join_if_empty(node, source, asked)

        def surely(value: Value) -> None:
            if isinstance(value, Instance) and "final" in value.cls.traits:
                self._sure.append(speak)

        self.graph.watch(source, surely)
        queue.append(speak)

    def seed(self, scope: ir.Scope, name: str | None = None) -> None:
        """Give parameters, or the one called `name`, what their declarations say."""
        if scope.owner is not None and scope.receiver is not None and name in (None, scope.receiver):
            self._seed_receiver(scope, scope.owner)
        elif scope.receiver is not None and scope.receives is not None:
            self._declare(self.variable(scope, scope.receiver, 0), scope.receives)
        for param in scope.params:
            if name not in (None, param.name):
                continue
            node = self.variable(scope, param.name, 0)
            if param.default is not None:
                self.graph.edge(self.node(param.default), node)
            if param.kind in ("list", "map"):
                self.graph.add(node, self.parameter_object(scope, param))
            elif param.type is not None:
                node.firm = param.firm
                self._declare(node, param.type)

    def _seed_receiver(self, scope: ir.Scope, owner: ir.Scope) -> None:
        node = self.variable(scope, scope.receiver or "", 0)
        of_class = "classmethod" in scope.traits or (
            "static" in scope.traits and not scope.receiver_is_parameter
        )
        value: Value = Class(owner) if of_class else Instance(owner, exact="final" in owner.traits)
        if self.whole:
            self._receivers.append(lambda: self._fill(node, value))
        else:
            self.graph.add(node, value)

    def when_unknown(self, node: Node, value: Value) -> None:
        """Let `value` arrive at `node` if nothing else does."""
        self._fallbacks.append(lambda: self._fill(node, value))

    def _declare_place(self, effect: ir.Declare) -> None:
        if effect.obj is None:
            self._declare(self.variable(effect.scope, effect.name or "", None), effect.type)
            return

        def found(owner: Value) -> None:
            if effect.name is None and isinstance(owner, Object):
                self._declare(self.field(owner.site, ANY), effect.type)
            elif effect.name is not None and isinstance(owner, Instance | Class):
                of_class = isinstance(owner, Class)
                cls = owner.scope if isinstance(owner, Class) else owner.cls
                self._declare(self.field(("class", cls) if of_class else cls, effect.name), effect.type)

        self.graph.watch(self.node(effect.obj), found)

    def _declare(self, node: Node, declared: ir.Expr) -> None:
        source = self.node(declared)
        if not self.whole:
            self.graph.edge(source, node)
            return
        self._expect(node, source, self._late_fallbacks)

    def _fill(self, node: Node, value: Value) -> bool:
        if node.values:
            return False
        self.graph.add(node, value)
        return True

    def _join_if_empty(self, node: Node, source: Node, asked: Node | None = None) -> bool:
        if (asked or node).values:
            return False
        self.graph.edge(source, node)
        return True

    def parameter_object(self, scope: ir.Scope, param: ir.Param) -> Object:
        """The list or map that collects surplus arguments."""
        kind = "list" if param.kind == "list" else "dict"
        site = self.members.site(scope, param.name, kind)
        return Object(site, kind)

    # -- places

    def variable(self, scope: ir.Scope, name: str, version: int | None) -> Node:
        """One assignment of a variable, or (None) all of them."""
        key = (scope, name, version)
        node = self._variables.get(key)
        if node is None:
            node = self._variables[key] = Node()
            if version is not None:
                self.graph.edge(node, self.variable(scope, name, None))
            elif not self.whole:
                self.demand.variable(scope, name)
        return node

    def field(self, owner: object, key: Key) -> Node:
        """What `owner` holds under `key`."""
        place = (owner, key)
        node = self._fields.get(place)
        if node is None:
            node = self._fields[place] = Node()
            self._keys.setdefault(owner, []).append(key)
            for watcher in self._key_watchers.get(owner, ()):
                watcher(key)
            if not self.whole and isinstance(key, str):
                self._demand_field(owner, key)
        return node

    def _demand_field(self, owner: object, key: str) -> None:
        if isinstance(owner, ir.Scope):
            self.demand.member(owner, key)
        elif isinstance(owner, ir.Container) and owner in self.members.places:
            self.demand.part(*self.members.places[owner], key)

    def watch_keys(self, owner: object, watcher: Callable[[Key], None]) -> None:
        """Call `watcher` for each present and future key of `owner`."""
        self._key_watchers.setdefault(owner, []).append(watcher)
        for key in tuple(self._keys.get(owner, ())):
            watcher(key)

    def result(self, scope: ir.Scope) -> Node:
        """What calls of the function give."""
        node = self._results.get(scope)
        if node is None:
            node = self._results[scope] = Node()
            self.when_active(scope, lambda: self._declare_result(scope, node))
        return node

    def _declare_result(self, scope: ir.Scope, node: Node) -> None:
        if scope.returns is not None:
            self._expect(node, self.node(scope.returns), self._fallbacks)

    def yields(self, scope: ir.Scope) -> Node:
        """What iterating over the generator gives."""
        return self._yields.setdefault(scope, Node())

    # -- effects

    def apply(self, effect: ir.Effect) -> None:
        """Let an effect take place."""
        match effect:
            case ir.Assign(scope, name, version, value):
                self.graph.edge(self.node(value), self.variable(scope, name, version))
            case ir.SetMember(obj, name, value):
                self.members.store(self.node(obj), name, self.node(value), effect)
            case ir.Declare():
                self._declare_place(effect)
            case ir.SetItem(obj, key, value):
                self._store_item(self.node(obj), key, self.node(value))
            case ir.Evaluate(value):
                self.node(value, used=False)
            case ir.Return(scope, value):
                self.graph.edge(self.node(value), self.result(scope))
            case ir.Yield(scope, value):
                self.graph.edge(self.node(value), self.yields(scope))

    def _store_item(self, obj: Node, key: ir.Expr | None, value: Node) -> None:
        def store(owner: Value) -> None:
            if isinstance(owner, Object):
                self._with_keys(key, lambda known: self.graph.edge(value, self.field(owner.site, known)))
            elif isinstance(owner, Instance | Function) and key is not None:
                self._with_names(key, lambda name: self.members.store(_holding(owner), name, value))

        self.graph.watch(obj, store)

    def _with_names(self, key: ir.Expr, work: Callable[[str], None]) -> None:
        """Do `work` for every text that `key` may be."""

        def found(value: Value) -> None:
            if isinstance(value, Text) and isinstance(value.value, str) and value != MANY_TEXTS:
                work(value.value)

        self.graph.watch(self.node(key), found)

    def read_by_name(
        self, owner: Value, key: ir.Expr | None, node: Node, scope: ir.Scope, start: int
    ) -> None:
        """`owner[key]` where that means the member of that name."""
        if key is not None:
            self._with_names(key, lambda name: self.members.read(_holding(owner), name, node, scope, start))

    def copy(self, source: object, into: object, without: frozenset[str] = frozenset()) -> None:
        """Let `into` hold under each key what `source` holds there."""
        self.watch_keys(
            source,
            lambda key: (
                None if key in without else self.graph.edge(self.field(source, key), self.field(into, key))
            ),
        )

    def _with_keys(self, key: ir.Expr | None, work: Callable[[Key], None]) -> None:
        """Do `work` for every key that `key` may be, or for any when it cannot be told."""
        if key is None or isinstance(key, ir.Unknown):
            work(ANY)
            return
        if isinstance(key, ir.Literal):
            work(key.value)
            return
        node = self.node(key)
        self.graph.watch(
            node,
            lambda value: (
                work(ANY if value == MANY_TEXTS else value.value) if isinstance(value, Text) else None
            ),
        )

        def unknown() -> bool:
            if any(isinstance(value, Text) for value in node.values):
                return False
            work(ANY)
            return True

        self._fallbacks.append(unknown)

    # -- expressions

    def node(self, expr: ir.Expr, *, used: bool = True) -> Node:
        """Where the values of `expr` arrive; `used` is False for a call whose result nobody asks for."""
        node = self._nodes.get(expr)
        if node is None:
            node = self._nodes[expr] = Node()
            if self._nesting < _DEEPEST:
                self._nesting += 1
                self._compile(expr, node, used=used)
                self._nesting -= 1
            else:
                self.graph.later(lambda: self._compile(expr, node, used=used), FLOW)
        return node

    def _compile(self, expr: ir.Expr, node: Node, *, used: bool) -> None:  # noqa: C901, PLR0912 - one case a kind
        graph = self.graph
        match expr:
            case ir.Read():
                self._read(expr, node)
            case ir.Member(obj=obj, name=name, scope=scope, called=called):
                self.members.read(self.node(obj), name, node, scope, expr.start, called=called)
            case ir.Call():
                self.calls.make(expr, node, used=used)
            case ir.Item(obj=obj, key=key):
                self._item(expr, self.node(obj), key, node)
            case ir.Each(obj=obj, scope=scope):
                self.calls.iterate(self.node(obj), node, scope, expr.start)
            case ir.Rest(obj=obj):
                self._rest(expr, self.node(obj), node)
            case ir.Literal(value=value):
                graph.add(node, Text(value))
            case ir.Container(kind=kind, items=items, copies=copies):
                for held_under, part in items:
                    graph.edge(self.node(part), self.field(expr, held_under))
                for copied, without in copies:
                    self._copy_all(self.node(copied), expr, without)
                graph.add(node, Object(expr, kind))
            case ir.Closure(scope=scope):
                self._closure(scope, node)
            case ir.Join(parts=parts):
                for part in parts:
                    graph.edge(self.node(part), node)
            case ir.Decorated(call=call, inner=inner):
                self._decorated(call, inner, node)
            case ir.Imported():
                self.link(self.semantics(expr.file).imported(expr, self), node)
            case ir.Typed():
                self._typed(expr, node)
            case ir.Implicit():
                self.members.implicit(expr, node)
            case ir.Seen(value=value, type=declared):
                self._seen(self.node(value), self.node(declared), node)
            case ir.Narrowed(value=value, type=declared):
                self._narrowed(self.node(value), self.node(declared), node)
            case ir.InstanceOf(type=declared, ours=ours):
                graph.watch(
                    self.node(declared),
                    lambda value: (
                        None
                        if ours and isinstance(value, Outside)
                        else self._instance(value, node, exact=False)
                    ),
                )
            case ir.Made(type=declared):
                graph.watch(self.node(declared), lambda value: self._instance(value, node, exact=True))
            case ir.Super(owner=owner, receiver=receiver):
                self.members.above(owner, self.node(receiver), node)
            case ir.Awaited(obj=obj):
                graph.watch(self.node(obj), lambda value: self.unwrap(value, node))
            case _:
                pass

    def unwrap(self, value: Value, node: Node) -> None:
        """Let what a promise holds arrive at `node`, and any other value itself."""
        if isinstance(value, Object) and value.kind == "promise":
            self.read_item(value, ANY, node)
        else:
            self.graph.add(node, value)

    def _copy_all(self, source: Node, into: ir.Container, without: frozenset[str]) -> None:
        def found(value: Value) -> None:
            if isinstance(value, Object):
                self.copy(value.site, into, without)
            elif isinstance(value, Instance):
                self.copy(value.cls, into, without)

        self.graph.watch(source, found)

    def link(self, sources: object, node: Node) -> None:
        """Let each of `sources`, nodes and values, arrive at `node`."""
        for source in sources:  # type: ignore[attr-defined]
            if isinstance(source, Node):
                self.graph.edge(source, node)
            else:
                self.graph.add(node, source)

    def _read(self, expr: ir.Read, node: Node) -> None:
        if expr.versions is not None:
            home = self._home(expr)
            if home is not None:
                for version in expr.versions:
                    self.graph.edge(self.variable(home, expr.name, version), node)
                return
        self.link(self.lookup(expr.scope, expr.name), node)

    def _home(self, expr: ir.Read) -> ir.Scope | None:
        """The scope within the function that binds what a read with known assignments means."""
        scope: ir.Scope | None = expr.scope
        while scope is not None:
            declared = scope.function.elsewhere.get(expr.name)
            if declared is not None:
                return declared
            if expr.name in scope.versions:
                return scope
            if scope.kind != "block":
                return None
            scope = scope.parent
        return None

    def lookup(self, scope: ir.Scope | None, name: str) -> list[Node | Value]:
        """What `name` means seen from `scope`: the innermost scope that binds it, else what the language says."""
        here = scope
        first = True
        while here is not None:
            here.function.lowered()
            target = here.elsewhere.get(name)
            if target is not None:
                return [self.variable(target, name, None)]
            visible = here.kind != "class" or first or "open" in here.traits
            if visible and name in here.versions:
                return [self.variable(here, name, None)]
            first = first and here.kind == "block"
            if here.parent is None:
                return list(self.semantics(here.file).unbound(here.file, name, self))
            here = here.parent
        return []

    def _closure(self, scope: ir.Scope, node: Node) -> None:
        if scope.kind == "class":
            self.activate(scope)
            self.classes.define(scope)
            self.graph.add(node, Class(scope))
        else:
            self.graph.add(node, Function(scope))

    def _decorated(self, call: ir.Call, inner: ir.Expr, node: Node) -> None:
        made, plain = self.node(call), self.node(inner)
        if not self.whole:
            self.graph.edge(plain, node)
        self.graph.edge(made, node)
        self.graph.watch(
            self.node(call.callee),
            lambda value: self.graph.edge(plain, node) if isinstance(value, Outside | Builtin) else None,
        )
        self._fallbacks.append(lambda: self._join_if_empty(node, plain))

    def _typed(self, expr: ir.Typed, node: Node) -> None:
        node.firm = expr.firm
        value = self.node(expr.value) if expr.value is not None else node
        if expr.strict and expr.value is not None:
            self.narrow(value, expr.type, node)
        elif expr.passes:
            self.graph.edge(value, node)
        asked = node if expr.passes else value
        queue = self._guesses if expr.guess else self._fallbacks
        self._expect(node, self.node(expr.type), queue, asked=asked)

    def narrow(self, source: Node, declared: ir.Expr, node: Node) -> None:
        """Pass on the values of `source` that the declared type does not exclude."""
        types = self.node(declared)
        self.graph.watch(source, lambda value: self._narrow(value, types, node))

    def _narrow(self, value: Value, declared: Node, node: Node) -> None:
        if not isinstance(value, Instance | Outside | Object | Text | Function):
            self.graph.add(node, value)
            return

        def decide() -> None:
            if self.members.may_be(value, declared.values):
                self.graph.add(node, value)

        self.graph.later(decide, INSTANCE_MEMBER)

    def _seen(self, value: Node, declared: Node, node: Node) -> None:
        def adapt(got: Function) -> None:
            known = [one.cls for one in declared.values if isinstance(one, Instance)]
            for interface in known:
                if self.members.takes_function(interface):
                    self.graph.add(node, Adapter(got, interface))
            if not known:
                self.graph.add(node, got)

        def found(got: Value) -> None:
            if isinstance(got, Function):
                self.graph.later(lambda: adapt(got), CLASS_MEMBER)
            else:
                self.graph.add(node, got)

        self.graph.watch(value, found)

    def when_empty(self, node: Node, source: Callable[[], None]) -> None:
        """Do `source` once everything else is known and `node` still has no value."""

        def work() -> bool:
            if node.values:
                return False
            source()
            return True

        self._fallbacks.append(work)

    def declare_late(self, node: Node, declared: ir.Expr) -> None:
        """Let a declaration speak where `node` has no value when all calls are known."""
        source = self.node(declared)
        self._late_fallbacks.append(lambda: self._join_if_empty(node, source))

    def _narrowed(self, value: Node, declared: Node, node: Node) -> None:
        self.graph.watch(declared, lambda found: self.see_as(value, found, node))

    def see_as(self, value: Node, declared: Value, node: Node) -> None:
        """Let `value`, seen as an object of the class `declared`, arrive at `node`."""
        if not isinstance(declared, Class):
            self._instance(declared, node, exact=True)
        elif "interface" in declared.scope.traits or "final" not in declared.scope.traits:
            self.graph.edge(value, node)
            supposed = Node(values={Instance(declared.scope, exact=False): None})
            self._expect(node, supposed, self._fallbacks)
        else:
            self.graph.add(node, Instance(declared.scope))
            if "wraps" in declared.scope.traits:
                self.graph.watch(value, lambda got: self._wrap(got, declared.scope, node))

    def _wrap(self, value: Value, cls: ir.Scope, node: Node) -> None:
        if isinstance(value, Function):
            self.graph.add(self.field(cls, ir.WRAPPED), value)
        elif isinstance(value, Object | Text):
            self.graph.add(node, value)

    def _instance(self, value: Value, node: Node, *, exact: bool) -> None:
        match value:
            case Class(scope):
                made = Instance(scope, exact=exact or "final" in scope.traits)
                self.graph.add(node, made)
                if "wraps" in scope.traits:
                    self.graph.edge(self.members.member(made, ir.WRAPPED, scope), node)
            case Outside(name):
                self.graph.add(node, Outside(name, instance=True))
            case Object():
                self.graph.add(node, value)
            case Instance() | Generator() | Module() | Builtin():
                pass
            case _:
                pass

    def _item(self, expr: ir.Item, obj: Node, key: ir.Expr | None, node: Node) -> None:
        def read(owner: Value) -> None:
            if isinstance(owner, Object):
                self._with_keys(key, lambda known: self.read_item(owner, known, node))
            elif isinstance(owner, Outside) or self._takes_types(owner):
                # Type arguments say nothing here; a part of something outside is as far outside.
                self.graph.add(node, owner)
            elif isinstance(owner, Instance | Function | Module | Class):
                self.calls.index(owner, key, node, expr)

        self.graph.watch(obj, read)

    def _takes_types(self, owner: Value) -> bool:
        """True for what an index gives type arguments: classes, and functions where an index is no member."""
        if isinstance(owner, Class):
            return "apart" not in owner.scope.traits
        return isinstance(owner, Function) and not self.semantics(owner.scope.file).index_is_member

    def read_item(self, owner: Object, key: Key, node: Node) -> None:
        """Let what `owner` holds under `key` arrive at `node`; any key takes what is there under every key."""
        if key is ANY:
            self.watch_keys(owner.site, lambda one: self.graph.edge(self.field(owner.site, one), node))
            return
        if isinstance(key, int) and key < 0 and isinstance(owner.site, ir.Container):
            key += len(owner.site.items)
        self.graph.edge(self.field(owner.site, key), node)
        self.graph.edge(self.field(owner.site, ANY), node)

    def _rest(self, expr: ir.Rest, obj: Node, node: Node) -> None:
        self.graph.add(node, Object(expr, "list"))

        def shift(owner: Value) -> None:
            if not isinstance(owner, Object):
                return
            length = len(owner.site.items) if isinstance(owner.site, ir.Container) else None

            def move(key: Key) -> None:
                if isinstance(key, int) and key < expr.first:
                    return
                if isinstance(key, int) and length is not None and key >= length - expr.last:
                    return
                moved = key - expr.first if isinstance(key, int) else key
                self.graph.edge(self.field(owner.site, key), self.field(expr, moved))

            self.watch_keys(owner.site, move)

        self.graph.watch(obj, shift)


def _holding(value: Value) -> Node:
    return Node(values={value: None})
