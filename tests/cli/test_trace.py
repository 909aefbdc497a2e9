import pytest

from reviewer.cli.mermaid import LONGEST_LABEL, NODES_SHOWN, flowchart, label
from reviewer.domain.change import Side
from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.reach import EdgeKind, Reach, ReachEdge, ReachNode
from reviewer.evidence.trace.distances import distances

TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3hJ6"


def node(name: str, *, changed: bool = False, entry: str | None = None) -> ReachNode:
    way_in = EntryPoint(sort=EntrySort.ROUTE, label=entry, path="a.py", line=1, quote="q") if entry else None
    return ReachNode(id=name, name=name, path="a.py", line=1, changed=changed, entry=way_in)


def edge(caller: str, callee: str, certainty: Certainty = Certainty.RESOLVED) -> ReachEdge:
    quote = CodeQuote(path="a.py", side=Side.HEAD, commit="0" * 40, first_line=1, last_line=1, text="x()")
    return ReachEdge(caller=caller, callee=callee, kind=EdgeKind.CALL, certainty=certainty, quote=quote)


def graph(nodes: list[ReachNode], *edges: ReachEdge) -> Reach:
    return Reach(nodes=tuple(nodes), edges=edges, cuts=())


def test_a_flowchart_tells_entry_points_changed_ones_and_what_is_not_resolved() -> None:
    drawn = flowchart(
        graph(
            [node("core", changed=True), node("view", entry="GET /x"), node("other")],
            edge("view", "core"),
            edge("other", "core", Certainty.BY_NAME),
        )
    )
    assert drawn.splitlines() == [
        "flowchart LR",
        "  classDef changed stroke-width:4px",
        "  classDef more stroke-dasharray:4",
        '  n0["core<br/>a.py:1"]:::changed',
        '  n1(["route: GET /x<br/>view<br/>a.py:1"])',
        '  n2["other<br/>a.py:1"]',
        '  n1 -->|"call"| n0',
        '  n2 -.->|"call, by name"| n0',
    ]


@pytest.mark.parametrize(
    "trick", ['a"]', "`b`", "x|y", "<b>", "#35;", "a\nb", "a\u202eb", "- a", "1. a", "{c}"]
)
def test_no_label_is_syntax_or_markup(trick: str) -> None:
    assert not set('"`|<>[]{}()\n\u202e&') & set(label(trick))
    assert not label(trick).startswith(("- ", "1. "))
    assert label("#") == "#35;"


def test_a_label_shows_no_credential_and_says_where_it_was_cut() -> None:
    assert TOKEN not in label(TOKEN)
    assert "secret" in label(TOKEN)
    assert label("a" * 500) == "a" * (LONGEST_LABEL - 1) + "…"


def test_what_a_flowchart_leaves_out_is_counted() -> None:
    many = [node(f"f{number}") for number in range(NODES_SHOWN + 4)]
    drawn = flowchart(graph([node("core", changed=True), *many], *(edge(one.id, "core") for one in many)))
    assert 'more["and 5 more definitions, all in the JSON"]:::more' in drawn
    assert drawn.count("a.py:1") == NODES_SHOWN


def test_the_shortest_way_in_comes_first_and_a_circle_ends() -> None:
    nodes = [
        node("core", changed=True),
        node("mid"),
        node("far", entry="GET /far"),
        node("near", entry="GET /near"),
    ]
    reach = graph(nodes, edge("mid", "core"), edge("core", "mid"), edge("far", "mid"), edge("near", "core"))
    found = reach.ways_in()
    assert [(way.entry.id, [one.callee for one in way.edges]) for way in found] == [
        ("near", ["core"]),
        ("far", ["mid", "core"]),
    ]
    assert distances(reach, up=True) == {"core": 0, "mid": 1, "near": 1, "far": 2}
