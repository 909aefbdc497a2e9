"""A graph as a Mermaid flowchart. Words of the code are labels and never become syntax, markup or a link."""

from reviewer.cli.formats import one_line
from reviewer.domain.evidence import Certainty
from reviewer.domain.reach import Reach, ReachEdge, ReachNode

NODES_SHOWN = 60
LONGEST_LABEL = 80
_PLAIN = frozenset(" _/:,.-")


def flowchart(reach: Reach) -> str:
    """`flowchart LR`: entry points are stadiums, dashed edges are not resolved, what was asked for is `changed`."""
    shown = _shown(reach)
    names = {node.id: f"n{number}" for number, node in enumerate(shown)}
    lines = ["flowchart LR", "  classDef changed stroke-width:4px", "  classDef more stroke-dasharray:4"]
    lines += [_node(names[node.id], node) for node in shown]
    left = len(reach.nodes) - len(shown)
    if left:
        noun = "definition" if left == 1 else "definitions"
        lines.append(f'  more["and {left} more {noun}, all in the JSON"]:::more')
    pairs: dict[tuple[str, str], ReachEdge] = {}
    rank = {certainty: at for at, certainty in enumerate(Certainty)}
    for edge in sorted(reach.edges, key=lambda edge: rank[edge.certainty]):
        if edge.caller in names and edge.callee in names:
            pairs.setdefault((names[edge.caller], names[edge.callee]), edge)
    lines += [_edge(*pair, edge) for pair, edge in pairs.items()]
    return "\n".join(lines) + "\n"


def label(text: str) -> str:
    """`text` on one line, screened and cut, each character that could mean anything to Mermaid as its number."""
    plain = one_line(text)
    if len(plain) > LONGEST_LABEL:
        plain = plain[: LONGEST_LABEL - 1] + "…"
    following = [*plain[1:], " "]
    return "".join(_escaped(char, after) for char, after in zip(plain, following, strict=True))


def _escaped(char: str, after: str) -> str:
    # A point or a dash before a space would make a list of it.
    if char.isalnum() or char == "…" or (char in _PLAIN and not (char in ".-" and after == " ")):
        return char
    return f"#{ord(char)};"


def _shown(reach: Reach) -> list[ReachNode]:
    """What was asked for, then what leads to it from entry points, then the rest, the nearest first."""
    by_id = {node.id: node for node in reach.nodes}
    asked = [node for node in reach.nodes if node.changed][: NODES_SHOWN // 2]
    chosen = {node.id: node for node in asked}
    for way in reach.ways_in():
        on_it = [way.entry.id, *(edge.callee for edge in way.edges)]
        new = [node for node in on_it if node not in chosen]
        if len(chosen) + len(new) <= NODES_SHOWN // 2 + NODES_SHOWN // 4:
            chosen.update({node: by_id[node] for node in new})
    for node in reach.nodes:
        if len(chosen) >= NODES_SHOWN:
            break
        chosen.setdefault(node.id, node)
    return list(chosen.values())


def _node(name: str, node: ReachNode) -> str:
    place = f"{label(node.name or 'top of the file')}<br/>{label(f'{node.path}:{node.line}')}"
    text = f"{label(f'{node.entry.sort}: {node.entry.label}')}<br/>{place}" if node.entry else place
    shape = f'(["{text}"])' if node.entry else f'["{text}"]'
    return f"  {name}{shape}{':::changed' if node.changed else ''}"


def _edge(caller: str, callee: str, edge: ReachEdge) -> str:
    if edge.certainty is Certainty.RESOLVED:
        return f'  {caller} -->|"{edge.kind}"| {callee}'
    return f'  {caller} -.->|"{edge.kind}, {edge.certainty.replace("_", " ")}"| {callee}'
