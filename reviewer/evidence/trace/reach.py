"""Follows definitions to the code that runs them, up to the entry points, and to the code that they run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.domain.evidence import Certainty, CodeQuote, SymbolKind, Use
from reviewer.domain.reach import EdgeKind, Reach, ReachEdge, ReachNode
from reviewer.evidence.flow import ir
from reviewer.evidence.flow.calls import CallEdge
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.declared.lookup import Declarations
from reviewer.evidence.trace.entry_points import entry_point
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.offers import offered
from reviewer.evidence.trace.origins import Origins
from reviewer.evidence.trace.registrations import registration
from reviewer.evidence.trace.uses import FoundUses, UseFinder

_FOLLOWED = (Certainty.RESOLVED, Certainty.BY_TYPE)
_KINDS = {"call": EdgeKind.CALL, "make": EdgeKind.MAKE, "callback": EdgeKind.CALLBACK}


@dataclass(frozen=True)
class ReachLimits:
    """Whatever ends the way is named in the graph as a cut."""

    callers: int = 4
    """Hops up; each searches the repository once. 0 when nobody asks for callers, which is then no cut."""
    callees: int = 2
    """Hops down; 0 as for the callers."""
    followed: int = 60
    """Definitions of one hop whose callers or callees are looked for; the nearest first."""
    by_name: int = 12
    """Places that only have the name of what was asked for, which are shown and not followed."""
    nodes: int = 400
    search: Limits = field(
        default_factory=lambda: Limits(max_files=150, max_far_files=20, max_bytes=4_000_000, max_uses=200)
    )
    """Of one hop."""


def reach(
    code: Codebase,
    finder: UseFinder,
    asked: Sequence[Target],
    *,
    known: Mapping[Any, FoundUses] | None = None,
    limits: ReachLimits | None = None,
) -> Reach:
    """The graph around `asked`. What is only known by name or by text is never followed further.

    `known` are uses of some of them that were found before, so that they are not looked for again.
    """
    graph = _Graph(code, limits or ReachLimits())
    for target in asked:
        graph.start(target)
    if graph.limits.callers:
        _follow_callers(graph, finder, asked, known or {})
    if graph.limits.callees:
        _follow_callees(graph, finder, asked)
    for cut in (*finder.meanings.cuts, *graph.declarations.cuts):
        graph.cut(cut)
    return graph.result()


_DOWN = "what "
"""How a cut begins that is about what definitions run, and not about who runs them."""


def may_hide_callers(cut: str) -> bool:
    """True when a cut of the graph may have left out who runs a definition, near or far."""
    return not cut.startswith(_DOWN)


class _Graph:
    """Nodes and edges as they are found."""

    def __init__(self, code: Codebase, limits: ReachLimits) -> None:
        self.code = code
        self.limits = limits
        self.declarations = Declarations(code)
        self._nodes: dict[str, ReachNode] = {}
        self._edges: dict[tuple[str, str, str, int], ReachEdge] = {}
        self._cuts: dict[str, None] = {}

    def start(self, target: Target) -> str:
        """The node of a definition that was asked for."""
        return self._node(target.path, target.definition, changed=True, gone=target.gone)

    def definition(self, path: str, definition: Definition) -> str | None:
        """The node of a definition on the way; None when the graph is full."""
        return self._node(path, definition, changed=False) if self._has_room(_id(path, definition)) else None

    def top(self, file: SourceFile, line: int, entry: EntryPoint | None) -> str | None:
        """The node of the code around `line` that belongs to no definition; None when the graph is full.

        `entry` leads to that line alone; without one it is run with the file.
        """
        entry = entry or self.declarations.of_file(file.path)
        node_id = f"{file.path}#{entry.label}" if entry else file.path
        if not self._has_room(node_id):
            return None
        at = entry.line if entry else line
        self._nodes.setdefault(
            node_id, ReachNode(id=node_id, name="", path=file.path, line=at, changed=False, entry=entry)
        )
        return node_id

    def edge(self, edge: ReachEdge) -> None:
        """Keep an edge; the same pair on the same line is kept once."""
        key = (edge.caller, edge.callee, edge.quote.path, edge.quote.first_line)
        self._edges.setdefault(key, edge)

    def is_entered(self, node_id: str) -> bool:
        """True when the node is known to be entered from outside; what is only offered may have callers here too."""
        entry = self._nodes[node_id].entry
        return entry is not None and entry.sort is not EntrySort.EXPORT

    def enter(self, node_id: str, entry: EntryPoint | None) -> None:
        """Say that a node is entered from outside."""
        node = self._nodes[node_id]
        if entry is not None and not self.is_entered(node_id):
            self._nodes[node_id] = node.model_copy(update={"entry": entry})

    def cut(self, text: str) -> None:
        """Name what was left out."""
        self._cuts[text] = None

    def result(self) -> Reach:
        """The graph."""
        return Reach(
            nodes=tuple(self._nodes.values()), edges=tuple(self._edges.values()), cuts=tuple(self._cuts)
        )

    def _has_room(self, node_id: str) -> bool:
        if node_id in self._nodes or len(self._nodes) < self.limits.nodes:
            return True
        self.cut(f"the graph ended at its limit of {self.limits.nodes} definitions")
        return False

    def _node(self, path: str, definition: Definition, *, changed: bool, gone: bool = False) -> str:
        node_id = _id(path, definition)
        if node_id not in self._nodes:
            self._nodes[node_id] = ReachNode(
                id=node_id,
                name=definition.qualified_name,
                path=path,
                line=definition.first_line,
                changed=changed,
                entry=None if gone else self._entry(path, definition),
            )
        return node_id

    def _entry(self, path: str, definition: Definition) -> EntryPoint | None:
        file = self.code.file(path)
        if file is None:
            return None
        declared = self.declarations.of_definition(path, definition)
        if declared is not None and declared.sort is not EntrySort.EXPORT:
            return declared
        owner = file.definition(definition.owner) if definition.owner else None
        origins = Origins(file, self.code.modules)
        return entry_point(path, file.lines, definition, owner=owner, origins=origins) or declared


def _follow_callers(
    graph: _Graph, finder: UseFinder, asked: Sequence[Target], known: Mapping[Any, FoundUses]
) -> None:
    seen = set(asked)
    level = [(target, graph.start(target)) for target in asked]
    for hop in range(graph.limits.callers):
        todo = [(target, node) for target, node in level if hop == 0 or not graph.is_entered(node)]
        if (left := len(todo) - graph.limits.followed) > 0:
            graph.cut(
                f"{hop + 1} hops up, the callers of {left} of {len(todo)} definitions were not looked for:"
                f" limit {graph.limits.followed}"
            )
            todo = todo[: graph.limits.followed]
        if not todo:
            return
        level = []
        for target, node in _callers(graph, finder, todo, known, first=hop == 0):
            if target not in seen:
                seen.add(target)
                level.append((target, node))
    if any(not graph.is_entered(node) for _, node in level):
        graph.cut(f"callers more than {graph.limits.callers} hops up were not looked for")


def _callers(
    graph: _Graph,
    finder: UseFinder,
    level: Sequence[tuple[Target, str]],
    known: Mapping[Any, FoundUses],
    *,
    first: bool,
) -> Iterable[tuple[Target, str]]:
    """Edges into `level`, and the definitions they come from."""
    wanted: dict[Target, str] = {}
    for target, node in level:
        wanted.setdefault(target, node)
        maker = _class_of(graph.code, target)
        if maker is not None:
            wanted.setdefault(maker, node)
    unknown = [target for target in wanted if target not in known]
    found = finder.find(unknown, mentions_of=frozenset(), limits=graph.limits.search) if unknown else {}
    for target, node in wanted.items():
        result = known[target] if target in known else found[target]
        for cut in result.cuts:
            graph.cut(f"uses of {target.definition.qualified_name}: {cut}")
        by_name = 0
        for use in result.uses:
            followed = use.certainty in _FOLLOWED
            if not followed:
                by_name += 1
                if not first or by_name > graph.limits.by_name:
                    continue
            caller = _caller(graph, use, target, node, follow=followed)
            if caller is not None and followed:
                yield caller


def _caller(graph: _Graph, use: Use, target: Target, node: str, *, follow: bool) -> tuple[Target, str] | None:
    file = graph.code.file(use.quote.path)
    line = use.quote.first_line
    if file is None:
        return None
    if use.call is None and line in file.import_lines:
        if follow:
            graph.enter(node, offered(graph.declarations, file, target.name))
        return None
    handed = None
    if follow and use.call is None:
        # Handed over by name. What a registered block calls is entered through the block, which is a node of its own.
        handed = registration(file.path, file.lines, line, target.name, handed_over=True)
        graph.enter(node, handed)
    definition = file.definition(use.inside) if use.inside else None
    block = None
    if definition is None or (definition.kind is SymbolKind.CLASS and handed is None):
        block = registration(file.path, file.lines, line, target.name)
    if definition is None or block is not None:
        definition, caller = None, graph.top(file, line, block)
    else:
        caller = graph.definition(file.path, definition)
    if caller is None or caller == node:
        return None
    making = use.call is not None and target.definition.kind is SymbolKind.CLASS
    kind = EdgeKind.MAKE if making else EdgeKind.CALL if use.call is not None else EdgeKind.USE
    graph.edge(ReachEdge(caller=caller, callee=node, kind=kind, certainty=use.certainty, quote=use.quote))
    return (target_of(file, definition, gone=False), caller) if definition is not None else None


def _class_of(code: Codebase, target: Target) -> Target | None:
    """The class whose constructor the target is: it runs where an object is made."""
    file = code.file(target.path)
    if file is None or target.gone or target.name not in file.grammar.constructors:
        return None
    owner = file.definition(target.definition.owner) if target.definition.owner else None
    return target_of(file, owner, gone=False) if owner is not None else None


def _follow_callees(graph: _Graph, finder: UseFinder, asked: Sequence[Target]) -> None:
    meanings = finder.meanings
    level: list[tuple[ir.Scope, str]] = []
    for target in asked:
        scope = meanings.scope_of(target)
        if scope is not None:
            level.append((scope, graph.start(target)))
    seen = {scope for scope, _ in level}
    for hop in range(graph.limits.callees):
        if len(level) > graph.limits.followed:
            graph.cut(
                f"{_DOWN}{len(level) - graph.limits.followed} of {len(level)} definitions {hop} hops down run was not"
                f" looked at: limit {graph.limits.followed}"
            )
            level = level[: graph.limits.followed]
        below: list[tuple[ir.Scope, str]] = []
        for scope, node in level:
            for callee, callee_node in _callees(graph, finder, scope, node):
                if callee not in seen:
                    seen.add(callee)
                    below.append((callee, callee_node))
        level = below
    if level:
        graph.cut(f"{_DOWN}runs more than {graph.limits.callees} hops down was not looked at")


def _callees(graph: _Graph, finder: UseFinder, scope: ir.Scope, node: str) -> Iterable[tuple[ir.Scope, str]]:
    for edge in finder.meanings.calls_of(scope):
        if isinstance(edge.callee, str):
            continue
        place = finder.meanings.definition_of(edge.callee)
        if place is None:
            continue
        path, definition = place
        callee = graph.definition(path, definition)
        if callee is None or callee == node:
            continue
        quote = _quote(graph.code, edge)
        if quote is None:
            continue
        graph.edge(
            ReachEdge(
                caller=node,
                callee=callee,
                kind=_KINDS.get(edge.how, EdgeKind.IMPLIED),
                certainty=Certainty.RESOLVED,
                quote=quote,
            )
        )
        yield edge.callee, callee


def _quote(code: Codebase, edge: CallEdge) -> CodeQuote | None:
    source = edge.caller.file.source
    line = source.line_of(edge.start)
    if line > len(source.lines):
        return None
    return CodeQuote(
        path=source.path,
        side=code.side,
        commit=code.workspace.commit(code.side),
        first_line=line,
        last_line=line,
        text=source.lines[line - 1],
    )


def _id(path: str, definition: Definition) -> str:
    return f"{path}:{definition.qualified_name}"
