from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.change import Side
from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.reach import EdgeKind, Reach, ReachEdge, ReachNode

RESOLVED, BY_NAME = Certainty.RESOLVED, Certainty.BY_NAME
Hops = Iterable[tuple[str, str, Certainty]]


def a_node(name: str, *, changed: str, entries: str) -> ReachNode:
    entry = (
        EntryPoint(sort=EntrySort.ROUTE, label=f"GET /{name}", path="a.py", line=1, quote="@get")
        if name in entries
        else None
    )
    return ReachNode(id=name, name=name, path="a.py", line=1, changed=name in changed, entry=entry)


def an_edge(caller: str, callee: str, certainty: Certainty) -> ReachEdge:
    quote = CodeQuote(
        path="a.py", side=Side.HEAD, commit="0" * 40, first_line=1, last_line=1, text=f"{callee}()"
    )
    return ReachEdge(caller=caller, callee=callee, kind=EdgeKind.CALL, certainty=certainty, quote=quote)


def a_reach(hops: Hops, *, changed: str, entries: str) -> Reach:
    hops = list(hops)
    names = dict.fromkeys(
        [*changed, *(name for caller, callee, _ in hops for name in (callee, caller)), *entries]
    )
    return Reach(
        nodes=tuple(a_node(name, changed=changed, entries=entries) for name in names),
        edges=tuple(an_edge(*hop) for hop in hops),
        cuts=(),
    )


def ways(reach: Reach, limit: int | None = None) -> list[str]:
    """Each as the names of its nodes: `ebc`."""
    return [way.entry.name + "".join(edge.callee for edge in way.edges) for way in reach.ways_in(limit)]


def test_each_entry_has_its_shortest_way_and_the_shortest_comes_first() -> None:
    hops = [("b", "c", RESOLVED), ("e", "b", RESOLVED), ("e", "c", RESOLVED), ("f", "b", RESOLVED)]
    assert ways(a_reach(hops, changed="c", entries="fe")) == ["ec", "fbc"]


def test_a_sure_way_is_told_rather_than_a_shorter_guess() -> None:
    hops = [("e", "c", BY_NAME), ("b", "c", RESOLVED), ("e", "b", RESOLVED), ("f", "c", BY_NAME)]
    reach = a_reach(hops, changed="c", entries="ef")
    assert ways(reach) == ["ebc", "fc"]
    assert [way.certainty for way in reach.ways_in()] == [RESOLVED, BY_NAME]


def test_an_entry_that_is_changed_itself_is_a_way_without_edges() -> None:
    reach = a_reach([("c", "c", RESOLVED)], changed="c", entries="c")
    assert ways(reach) == ["c"]
    assert reach.ways_in()[0].changed == "c"


def test_what_the_change_runs_is_no_way_in() -> None:
    assert ways(a_reach([("c", "e", RESOLVED)], changed="c", entries="e")) == []


def test_a_way_ends_at_the_first_changed_definition_and_circles_end() -> None:
    hops = [("a", "b", RESOLVED), ("b", "a", RESOLVED), ("e", "a", RESOLVED), ("b", "c", RESOLVED)]
    reach = a_reach(hops, changed="bc", entries="e")
    assert ways(reach) == ["eab"]
    assert reach.ways_in()[0].changed == "b"


def test_a_limit_keeps_the_first() -> None:
    hops = [("f", "b", RESOLVED), ("b", "c", RESOLVED), ("e", "c", RESOLVED)]
    assert ways(a_reach(hops, changed="c", entries="ef"), 1) == ["ec"]


@pytest.mark.parametrize(("up", "expected"), [(True, ["1 bc", "1 ac", "2 cb"]), (False, ["1 cb", "2 bc"])])
def test_steps_go_by_distance_the_surest_first_and_circles_end(*, up: bool, expected: list[str]) -> None:
    reach = a_reach(
        [("a", "c", BY_NAME), ("b", "c", RESOLVED), ("c", "b", RESOLVED)], changed="c", entries=""
    )
    steps = reach.steps_from(["c"], up=up)
    assert [f"{step.distance} {step.edge.caller}{step.edge.callee}" for step in steps] == expected


@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from(Certainty)), max_size=20
    )
)
def test_every_way_is_a_chain_of_edges_from_an_entry_to_something_changed(
    hops: list[tuple[str, str, Certainty]],
) -> None:
    reach = a_reach(hops, changed="a", entries="de")
    found = reach.ways_in()
    assert found == reach.ways_in()
    for way in found:
        at = way.entry.id
        for edge in way.edges:
            assert edge in reach.edges
            assert edge.caller == at
            at = edge.callee
        assert at == way.changed == "a"
        assert len(way.edges) <= 4
