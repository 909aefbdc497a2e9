"""What maps and sets hold and give."""

from __future__ import annotations

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.ecmascript_call import BuiltinCall
from reviewer.evidence.flow.values import Builtin, Object, Text, Value


class Maps(BuiltinCall):
    """Calls of members of maps and sets. A map holds its pairs, and beside them its values by key."""

    def _fill_map(self, made: Object) -> None:
        pair = Node()
        self._solver.calls.iterate(self._arg(0), pair, self._call.scope, self._call.start)

        def entry(value: Value) -> None:
            if isinstance(value, Object):
                keys = Node()
                self._solver.read_item(value, 0, keys)
                held = Node()
                self._solver.read_item(value, 1, held)
                self._enter(made, keys, held)

        self._each(pair, entry)

    def _enter(self, owner: Object, keys: Node, value: Node) -> None:
        """Put a value into a map, under the keys that are known, and among its pairs."""
        values = ("values", owner.site)

        def under(key: Value) -> None:
            self._solver.graph.edge(
                value, self._solver.field(values, key.value if isinstance(key, Text) else None)
            )

        self._each(keys, under)
        pair = self._pair(owner)
        self._hold(pair, value, 1)
        self._hold(pair, keys, 0)

    def _pair(self, owner: Object) -> Object:
        site = self._solver.members.part_of(owner.site, "<pair>", "list")
        pair = Object(site, "list")
        self._solver.graph.add(self._solver.field(owner.site, None), pair)
        return pair

    def _collection(self, member: str, owner: Object) -> None:
        values = Node()
        if owner.kind == "map":
            holder = ("values", owner.site)
            self._solver.watch_keys(
                holder, lambda key: self._solver.graph.edge(self._solver.field(holder, key), values)
            )
        else:
            values = self._held(owner)
        # A declared type says what a map holds right at its keys.
        if owner.kind == "map" and member in ("get", "values", "forEach"):
            self._each(
                self._held(owner),
                lambda value: None if isinstance(value, Object) else self._solver.graph.add(values, value),
            )
        if member == "forEach":
            self._run(self._arg(0), [values])
        elif member == "set":
            self._enter(owner, self._keyed(), self._arg(1))
            self._give(owner)
        elif member == "add":
            self._hold(owner, self._arg(0))
            self._give(owner)
        elif member == "get":
            self._get(owner, values)
        elif member in ("values", "keys", "entries"):
            made = self._site("list")
            source = self._held(owner) if member == "entries" else values if member == "values" else Node()
            self._hold(made, source)
            self._give(made)

    def _keyed(self) -> Node:
        """The key that is passed; one that is not known fits any."""
        key = self._arg(0)
        if not self._call.args or not isinstance(self._call.args[0], ir.Literal | ir.Read):
            self._solver.graph.add(key, Builtin("<any key>"))
        elif isinstance(self._call.args[0], ir.Read):
            self._solver.when_unknown(key, Builtin("<any key>"))
        return key

    def _get(self, owner: Object, values: Node) -> None:
        key = self._call.args[0] if self._call.args else None
        if not isinstance(key, ir.Literal):
            self._solver.graph.edge(values, self._result)
            return
        holder = ("values", owner.site)
        self._solver.graph.edge(self._solver.field(holder, key.value), self._result)
        self._solver.graph.edge(self._solver.field(holder, None), self._result)
        held = self._held(owner)
        self._each(held, lambda value: None if isinstance(value, Object) else self._give(value))
