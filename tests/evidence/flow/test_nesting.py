import pytest

from tests.evidence.flow.conftest import graph_of

DEPTH = 1_000


@pytest.mark.parametrize(
    "deep",
    [
        "x = " + "(" * DEPTH + "1" + ")" * DEPTH,
        "x = " + "[" * DEPTH + "]" * DEPTH,
        "x = a" + ".b" * DEPTH,
        "x = " + "not " * DEPTH + "a",
        "x = " + "f(" * DEPTH + ")" * DEPTH,
        "x: " + "list[" * DEPTH + "int" + "]" * DEPTH,
        "x = " + " if a else ".join(["b"] * DEPTH),
    ],
    ids=["parentheses", "lists", "members", "not", "calls", "types", "conditions"],
)
def test_python_nested_without_end_is_no_error_and_hides_nothing_beside_it(deep: str) -> None:
    graph = graph_of({"deep.py": f"{deep}\n", "app.py": "def f(): pass\nf()\n"})
    callees = {edge.callee if isinstance(edge.callee, str) else edge.callee.name for edge in graph.edges}
    assert "f" in callees
    # A chain that the lowering takes in without a recursion is understood; whatever is not, is said.
    assert graph.partial in ((), ("deep.py: nested too deep to be followed",))


def test_what_is_nested_too_deep_to_be_followed_is_said() -> None:
    graph = graph_of({"deep.py": "x = " + "f(" * DEPTH + ")" * DEPTH + "\n"})
    assert graph.partial == ("deep.py: nested too deep to be followed",)
