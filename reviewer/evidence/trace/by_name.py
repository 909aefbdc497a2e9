"""Adds definitions that are known by name to a graph, with the places that have their name."""

from collections.abc import Iterable, Mapping

from reviewer.domain.evidence import Use
from reviewer.domain.reach import EdgeKind, Reach, ReachEdge, ReachNode
from reviewer.evidence.trace.tagged_code import TaggedCode
from reviewer.evidence.trace.tagged_uses import TaggedTarget
from reviewer.evidence.trace.uses import FoundUses

SHOWN = 40
"""Places of one definition."""


def with_named(reach: Reach, code: TaggedCode, found: Mapping[TaggedTarget, FoundUses]) -> Reach:
    """`reach` with a node for each target, and an edge by name from each place. None of them is followed further."""
    asked: dict[str, ReachNode] = {}
    others: dict[str, ReachNode] = {node.id: node for node in reach.nodes}
    edges = list(reach.edges)
    cuts = dict.fromkeys(reach.cuts)
    for target, result in found.items():
        node = _node(target.path, target.definition.qualified_name, target.definition.first_line, asked=True)
        asked.setdefault(node.id, node)
        name = target.definition.qualified_name
        cuts.update(dict.fromkeys(f"uses of {name}: {cut}" for cut in result.cuts))
        left = len(result.uses) - SHOWN
        if left > 0:
            cuts[f"uses of {name}: {left} of {len(result.uses)} are left out: limit {SHOWN}"] = None
        cuts[f"uses of {name} are known by name only, and are not followed further"] = None
        for caller, use in _callers(code, result.uses[:SHOWN]):
            others.setdefault(caller.id, caller)
            edges.append(_edge(caller, node, use))
    nodes = {**asked, **{at: node for at, node in others.items() if at not in asked}}
    known = tuple(edge for edge in edges if edge.caller != edge.callee)
    return Reach(nodes=tuple(nodes.values()), edges=known, cuts=tuple(cuts))


def _callers(code: TaggedCode, uses: Iterable[Use]) -> Iterable[tuple[ReachNode, Use]]:
    for use in uses:
        file = code.file(use.quote.path)
        around = [one for one in file.definitions if one.qualified_name == use.inside] if file else []
        line = around[0].first_line if around else use.quote.first_line
        yield _node(use.quote.path, use.inside or "", line, asked=False), use


def _node(path: str, name: str, line: int, *, asked: bool) -> ReachNode:
    node_id = f"{path}:{name}" if name else path
    return ReachNode(id=node_id, name=name, path=path, line=line, changed=asked, entry=None)


def _edge(caller: ReachNode, callee: ReachNode, use: Use) -> ReachEdge:
    return ReachEdge(
        caller=caller.id, callee=callee.id, kind=EdgeKind.USE, certainty=use.certainty, quote=use.quote
    )
