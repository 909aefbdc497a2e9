"""What JavaScript's own functions do with functions and objects that they are given."""

from __future__ import annotations

from reviewer.evidence.flow.languages.ecmascript_lists import Lists
from reviewer.evidence.flow.languages.ecmascript_maps import Maps
from reviewer.evidence.flow.languages.ecmascript_objects import Objects
from reviewer.evidence.flow.values import Function, Generator, Object, Text
from reviewer.evidence.syntax.grammars.row import named

_RUNS_FIRST = named(
    "setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback process.nextTick"
)
_TESTS = named("describe it test suite context specify before after beforeEach afterEach beforeAll afterAll")
"""Global in test runners; they run whatever function they get."""
_MAKES = {
    "Map": "map",
    "WeakMap": "map",
    "Set": "set",
    "WeakSet": "set",
    "Promise": "promise",
    "Array": "list",
}
_GIVES = {"String": "str", "JSON.stringify": "str", "encodeURIComponent": "str", "fetch": "promise"}


class Builtins(Lists, Maps, Objects):
    """One call of something that the language provides."""

    def run(self) -> None:
        """Let what the function runs be run, and what it gives arrive at the result."""
        member = self._name.rpartition(".")[2]
        match self._receiver:
            case Function() as function:
                self._function(member, function)
            case Generator() as generator:
                self._generator(generator)
            case Object() as owner:
                self._of_object(member, owner)
            case Text():
                self._text(member)
            case _ if self._call.makes:
                self._make(self._name)
            case _:
                self._global(self._name, member)

    def _global(self, name: str, member: str) -> None:
        if name in _RUNS_FIRST:
            self._run(self._arg(0), [self._arg(at) for at in range(2, 5)])
        elif member == "addEventListener":
            self._run(self._arg(1), [])
        elif name.partition(".")[0] in _TESTS:
            for at in range(len(self._call.args)):
                self._run(self._arg(at), [])
        elif name.startswith(("Object.", "Reflect.")):
            self._reflect(member)
        elif name.startswith("Promise."):
            self._promises(member)
        elif name in ("Array.from", "Array.of"):
            self._array_from(member)
        elif name in _GIVES:
            self._give(self._site(_GIVES[name]))

    def _make(self, name: str) -> None:
        if name == "Proxy":
            self._solver.graph.edge(self._arg(0), self._result)
            return
        kind = _MAKES.get(name, name)
        made = self._site(kind)
        self._give(made)
        if name == "Promise":
            self._settle_with_executor(made)
        elif kind == "set":
            self._solver.calls.iterate(
                self._arg(0), self._solver.field(made.site, None), self._call.scope, self._call.start
            )
        elif kind == "map":
            self._fill_map(made)

    def _of_object(self, member: str, owner: Object) -> None:
        kind = owner.kind
        if self._name in ("resolve", "reject"):
            if self._name == "resolve":
                self._hold(owner, self._unwrapped(self._arg(0)))
        elif kind == "list":
            self._list(member, owner)
        elif kind in ("map", "set"):
            self._collection(member, owner)
        elif kind == "promise":
            self._promise(member, owner)
        elif kind == "str":
            self._text(member)
