"""What arrays, hashes and `Enumerable` do with their elements and the blocks they get."""

from __future__ import annotations

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.languages.ruby_blocks import CoreCall
from reviewer.evidence.flow.values import Function, Instance, Object, Value
from reviewer.evidence.syntax.grammars.row import named

_GIVES_ITSELF = named(
    "freeze dup clone itself each each_pair each_with_index each_entry reverse_each each_value each_key sort! "
    "sort_by! map! push append << unshift prepend concat insert with_index with_object lazy each_index"
)
_SAME_ELEMENTS = named(
    "select filter reject sort sort_by reverse rotate compact flatten uniq shuffle to_a entries take take_while drop "
    "drop_while first last sample values slice + - | & merge merge! update compact! uniq! find_all values_at min "
    "max fetch_values except to_h to_set delete_if keep_if select! reject! filter! union difference intersection"
)
_LISTS_OF_ELEMENTS = named(
    "partition each_slice each_cons zip minmax combination permutation product transpose"
)
_ONE_ELEMENT = named(
    "find detect first last pop shift sample min max min_by max_by fetch dig at delete delete_at"
)
_TAKES = named("push append << unshift prepend insert add")
_MERGES = named("concat merge merge! update replace + |")
_OF_RESULTS = named(
    "map collect flat_map collect_concat filter_map map! collect! transform_values transform_values!"
)
_COMPARES = named("sort min max minmax sort!")
_OF_VALUES = named("transform_values transform_values! each_value")
_WITH_PLACE = named("each_with_index with_index")
_WITH_OBJECT = named("each_with_object with_object")


def run(asked: CoreCall) -> None:
    """Model a call of a method of a collection, a text or a number."""
    receiver, name = asked.receiver, asked.name
    if isinstance(receiver, Instance):
        _through_each(asked, receiver)
        return
    if receiver is not None and (name in _GIVES_ITSELF or _is_enumerator(asked)):
        asked.solver.graph.add(asked.result, receiver)
    if not isinstance(receiver, Object):
        asked.with_block()
        return
    element = Node()
    asked.solver.read_item(receiver, None, element)
    _store(asked, receiver)
    _run_block(asked, receiver, element)
    _give_elements(asked, receiver, element)
    if name in _COMPARES and asked.call.block is None:
        asked.watch(element, lambda value: asked.run_member(value, "<=>"))
    if name in ("reduce", "inject") and asked.call.args:
        _fold_by_name(asked, element)


def _is_enumerator(asked: CoreCall) -> bool:
    """`list.map` without a block waits for a call that has one."""
    waits = asked.name in _OF_RESULTS or asked.name in ("select", "filter", "reject", "each_slice")
    return waits and asked.call.block is None


def _store(asked: CoreCall, receiver: Object) -> None:
    anything = asked.solver.field(receiver.site, None)
    args = asked.call.args
    if asked.name in _TAKES:
        for at in range(len(args)):
            asked.solver.graph.edge(asked.argument(at), anything)
    elif asked.name == "store" and args:
        key = args[0]
        into = asked.solver.field(receiver.site, key.value) if isinstance(key, ir.Literal) else anything
        asked.solver.graph.edge(asked.argument(-1), into)
    elif asked.name in ("concat", "merge!", "update"):
        for at in range(len(args)):
            asked.merge(asked.argument(at), receiver.site)


def _run_block(asked: CoreCall, receiver: Object, element: Node) -> None:
    name, graph, given = asked.name, asked.solver.graph, Node()
    args: tuple[Node, ...] = (element,)
    if receiver.kind == "dict" and name not in _OF_VALUES:
        args = (
            (Node(), element)
            if name in ("each_pair", "select", "reject", "filter")
            else (_pair(asked, element),)
        )
    if name in ("reduce", "inject"):
        graph.edge(asked.argument(0) if asked.call.args else element, given)
        graph.edge(given, asked.result)
        args = (given, *args)
    elif name in _WITH_OBJECT and asked.call.args:
        args = (*args, asked.argument(0))
        graph.edge(asked.argument(0), asked.result)
    elif name in _WITH_PLACE:
        args = (*args, Node())
    elif name in _COMPARES:
        args = (element, element)
    elif name in _LISTS_OF_ELEMENTS and name != "partition":
        args = (Node(),)
        asked.solver.graph.edge(element, asked.solver.field(asked.made("list", args[0], " group"), None))
    if name in _OF_RESULTS:
        made = asked.made("dict" if name.startswith("transform") else "list")
        graph.edge(given, asked.solver.field(made, None))
        if name == "flat_map":
            asked.merge(given, made)
    elif name in ("fetch", "sum", "delete", "dig"):
        graph.edge(given, asked.result)
    asked.with_block(args, given)


def _pair(asked: CoreCall, element: Node) -> Node:
    """A key and its value, as a list of two."""
    node = Node()
    asked.solver.graph.edge(element, asked.solver.field(asked.made("list", node, " pair"), 1))
    return node


def _give_elements(asked: CoreCall, receiver: Object, element: Node) -> None:
    name, solver = asked.name, asked.solver
    if name in _SAME_ELEMENTS and not (name in _ONE_ELEMENT and not asked.call.args):
        made = asked.made("list" if name == "values" else receiver.kind)
        solver.graph.edge(element, solver.field(made, None))
        if receiver.kind == "dict":
            solver.watch_keys(
                receiver.site,
                lambda key: solver.graph.edge(solver.field(receiver.site, key), solver.field(made, key)),
            )
        if name in _MERGES:
            for at in range(len(asked.call.args)):
                asked.merge(asked.argument(at), made)
    if name in _LISTS_OF_ELEMENTS or name == "group_by":
        group = Node()
        solver.graph.edge(element, solver.field(asked.made("list", group, " groups"), None))
        if name == "zip":
            for at in range(len(asked.call.args)):
                asked.merge(asked.argument(at), asked.made("list", group, " groups"))
        solver.graph.edge(group, solver.field(asked.made("dict" if name == "group_by" else "list"), None))
    if name in _ONE_ELEMENT:
        _one(asked, receiver, element)


def _one(asked: CoreCall, receiver: Object, element: Node) -> None:
    key = asked.call.args[0] if asked.call.args else None
    if isinstance(key, ir.Literal):
        asked.solver.read_item(receiver, key.value, asked.result)
    elif receiver.kind == "dict" and asked.name in ("find", "detect", "first", "min_by", "max_by"):
        asked.solver.graph.edge(_pair(asked, element), asked.result)
    else:
        asked.solver.graph.edge(element, asked.result)
    if len(asked.call.args) > 1:
        asked.solver.graph.edge(asked.argument(1), asked.result)


def _fold_by_name(asked: CoreCall, element: Node) -> None:
    """`inject(:+)` calls the method of the elements."""
    last = asked.call.args[-1]
    if not isinstance(last, ir.Literal) or not isinstance(last.value, str):
        return
    word = last.value

    def found(value: Value) -> None:
        if isinstance(value, Instance):
            asked.watch(
                asked.member(value, word),
                lambda got: (
                    asked.solver.calls.call_with(got, asked.call, (element,), asked.result)
                    if isinstance(got, Function)
                    else None
                ),
            )

    asked.watch(element, found)


def _through_each(asked: CoreCall, receiver: Instance) -> None:
    """`Enumerable` runs the object's own `each` with the block."""
    call, solver = asked.call, asked.solver
    passed = ir.Call(call.start, call.scope, call.callee, block=call.block)
    asked.watch(
        asked.member(receiver, "each"),
        lambda got: solver.calls.pass_on(got, passed, Node()) if isinstance(got, Function) else None,
    )
    if asked.name not in _OF_RESULTS or call.block is None:
        return
    made = asked.made("list")
    asked.watch(
        solver.node(call.block),
        lambda value: (
            solver.graph.edge(solver.result(value.scope), solver.field(made, None))
            if isinstance(value, Function)
            else None
        ),
    )
