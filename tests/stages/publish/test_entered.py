from markdown_it import MarkdownIt

from reviewer.cli.entered import entered as for_terminals
from reviewer.domain.change import Side
from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.reach import EdgeKind, Reach, ReachEdge, ReachNode
from reviewer.stages.publish.entered import entered

CUTS = tuple(f"limit {number}" for number in range(5))


def a_node(name: str, sort: EntrySort | None = None, label: str = "GET /users") -> ReachNode:
    entry = EntryPoint(sort=sort, label=label, path="urls.py", line=7, quote="@get") if sort else None
    return ReachNode(id=name, name=name, path="app.py", line=8, changed=not sort, entry=entry)


def a_reach(*callers: ReachNode) -> Reach:
    quote = CodeQuote(
        path="app.py", side=Side.HEAD, commit="a" * 40, first_line=9, last_line=9, text="  find(1)"
    )
    edges = tuple(
        ReachEdge(
            caller=node.id, callee="find", kind=EdgeKind.CALL, certainty=Certainty.RESOLVED, quote=quote
        )
        for node in callers
    )
    return Reach(nodes=(a_node("find"), *callers), edges=edges, cuts=CUTS)


def test_a_way_in_is_told_with_its_hops_and_what_was_not_found_with_its_limits() -> None:
    reach = a_reach(a_node("users", EntrySort.ROUTE))
    assert list(entered(reach)) == [
        "- entry points that reach it: 1",
        "  - route `GET /users` in `urls.py:7`, `app.py:9@aaaaaaaaaaaa` (resolved)",
        "- tests that reach it: none found within the limits",
        *(f"- limit: limit {number}" for number in range(3)),
        "- and 2 more limits",
    ]
    assert [text for _, text in for_terminals(reach)] == [
        "  entry points that reach it: 1",
        "    route GET /users in urls.py:7",
        "      app.py:9@aaaaaaaaaaaa: find(1) [resolved]",
        "  tests that reach it: none found within the limits",
        *(f"  limit: limit {number}" for number in range(3)),
        "  and 2 more limits, all in the JSON",
    ]


def test_tests_are_told_apart_from_other_entry_points_and_the_rest_is_counted() -> None:
    tests = [a_node(f"t{number}", EntrySort.TEST, f"test_{number}") for number in range(12)]
    reach = a_reach(*tests)
    for lines in (list(entered(reach)), [text for _, text in for_terminals(reach)]):
        shown = "\n".join(lines)
        assert "entry points that reach it: none found within the limits" in shown
        assert "tests that reach it: 12" in shown
        assert "test_9" in shown
        assert "test_10" not in shown
        assert "and 2 more" in shown


def test_callers_that_were_not_followed_are_said_to_be() -> None:
    assert list(entered(None)) == ["- callers were not followed"]
    assert list(for_terminals(None)) == [("dim", "  callers were not followed")]


def test_a_label_from_outside_is_no_markup() -> None:
    text = "\n".join(entered(a_reach(a_node("x", EntrySort.ROUTE, "`<img src=x>` [a](http://b)"))))
    tokens = MarkdownIt("commonmark").parse(text)
    assert not {child.type for token in tokens for child in token.children or []} & {
        "html_inline",
        "link_open",
        "image",
    }
