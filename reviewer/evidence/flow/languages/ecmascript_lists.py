"""What members of texts, lists and promises do with what they are given."""

from __future__ import annotations

from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.ecmascript_call import BuiltinCall
from reviewer.evidence.flow.values import Builtin, Object, Value
from reviewer.evidence.syntax.grammars.row import named

_RUNS_ELEMENTS = named("forEach map filter some every find findIndex findLast findLastIndex flatMap")
_REDUCES = named("reduce reduceRight")
_COMPARES = named("sort toSorted")
_SAME_LIST = named("filter slice concat reverse sort flat toSorted toReversed fill splice toSpliced")
_ONE_ELEMENT = named("pop shift at find findLast")
_ADDS = named("push unshift fill")
_TEXT_TO_TEXT = named(
    "trim trimStart trimEnd slice substring substr replace replaceAll toLowerCase toUpperCase padStart padEnd "
    "repeat concat charAt normalize toString at"
)


class Lists(BuiltinCall):
    """Calls of members of texts, lists and promises, and the functions that make lists and promises."""

    def _text(self, member: str) -> None:
        if member in _TEXT_TO_TEXT:
            self._give(self._site("str"))
        elif member in ("split", "match", "matchAll"):
            parts = self._site("list")
            text = Node()
            self._solver.graph.add(
                text, Object(self._solver.members.site(self._call.scope, "<part>", "str"), "str")
            )
            self._hold(parts, text)
            self._give(parts)
        if member in ("replace", "replaceAll"):
            self._run(self._arg(1), [])

    def _list(self, member: str, owner: Object) -> None:
        element = self._held(owner)
        if member in _RUNS_ELEMENTS:
            self._run_elements(member, owner, element)
        elif member in _REDUCES:
            self._reduce(element)
        elif member in _COMPARES:
            self._run(self._arg(0), [element, element])
        elif member in _ADDS:
            for at in range(len(self._call.args)):
                self._hold(owner, self._arg(at))
            if self._call.spread is not None:
                self._iterate(self._solver.node(self._call.spread), self._solver.field(owner.site, None))
        elif member == "join":
            self._give(self._site("str"))
        self._list_result(member, owner, element)

    def _run_elements(self, member: str, owner: Object, element: Node) -> None:
        given = Node()
        whole = Node()
        self._solver.graph.add(whole, owner)
        self._run(self._arg(0), [element, Node(), whole], given)
        if member in ("map", "flatMap"):
            made = self._site("list")
            self._give(made)
            if member == "map":
                self._hold(made, given)
            else:
                self._iterate(given, self._solver.field(made.site, None))

    def _reduce(self, element: Node) -> None:
        kept = self._result
        start = self._arg(1) if len(self._call.args) > 1 else element
        self._solver.graph.edge(start, kept)
        self._run(self._arg(0), [kept, element], kept)

    def _list_result(self, member: str, owner: Object, element: Node) -> None:
        if member in _SAME_LIST:
            self._give(owner)
            for at in range(len(self._call.args) if member == "concat" else 0):
                self._iterate(self._arg(at), self._solver.field(owner.site, None))
        if member in ("splice", "with"):
            for at in range(1, len(self._call.args)):
                self._hold(owner, self._arg(at))
        if member in _ONE_ELEMENT:
            self._solver.graph.edge(element, self._result)
        if member == "values":
            self._give(owner)
        if member == "entries":
            self._pairs_of(element)

    def _array_from(self, member: str) -> None:
        made = self._site("list")
        self._give(made)
        element = Node()
        if member == "of":
            for at in range(len(self._call.args)):
                self._hold(made, self._arg(at), at)
            return
        self._iterate(self._arg(0), element)
        if len(self._call.args) > 1:
            self._run(self._arg(1), [element], self._solver.field(made.site, None))
        else:
            self._hold(made, element)

    def _settle_with_executor(self, promise: Object) -> None:
        resolve, reject = Node(), Node()
        self._solver.graph.add(resolve, Builtin("resolve", promise))
        self._solver.graph.add(reject, Builtin("reject", promise))
        self._run(self._arg(0), [resolve, reject])

    def _promise(self, member: str, owner: Object) -> None:
        made = self._site("promise")
        given = Node()
        held = self._held(owner)
        if member == "then":
            self._run(self._arg(0), [held], given)
            self._run(self._arg(1), [Node()], given)
        elif member == "catch":
            self._run(self._arg(0), [Node()], given)
            self._hold(made, held)
        elif member == "finally":
            self._run(self._arg(0), [])
            self._hold(made, held)
        self._hold(made, self._unwrapped(given))
        self._give(made)

    def _promises(self, member: str) -> None:
        made = self._site("promise")
        self._give(made)
        if member == "resolve":
            self._hold(made, self._unwrapped(self._arg(0)))
        elif member in ("race", "any"):
            element = Node()
            self._iterate(self._arg(0), element)
            self._hold(made, self._unwrapped(element))
        elif member == "all":
            self._all(made)

    def _all(self, made: Object) -> None:
        listed = Object(
            self._solver.members.site(self._call.scope, f"<all@{self._call.start}>", "list"), "list"
        )
        self._solver.graph.add(self._solver.field(made.site, None), listed)

        def take(value: Value) -> None:
            if not isinstance(value, Object):
                return
            self._solver.watch_keys(
                value.site,
                lambda key: self._each(
                    self._solver.field(value.site, key),
                    lambda one: self._solver.unwrap(one, self._solver.field(listed.site, key)),
                ),
            )

        self._each(self._arg(0), take)
