"""Ways of a condition cost what they change, not what is known around them."""

import tracemalloc
from collections.abc import Callable

import pytest

from reviewer.evidence.flow.call_graph import label
from tests.evidence.flow.conftest import graph_of


def many_ways(number: int) -> str:
    known = "".join(f"v{at} = 1\n" for at in range(number))
    ways = "".join(f"elif a:\n    w{at} = 1\n" for at in range(number))
    return f"{known}if a:\n    pass\n{ways}"


def growing(number: int) -> str:
    return "def f(): pass\n" + "if a:\n    x = f\n" * number + "x()\n"


@pytest.mark.parametrize("source", [many_ways, growing], ids=["ways", "assignments"])
def test_ten_times_the_ways_take_about_ten_times_the_memory(source: Callable[[int], str]) -> None:
    """What each way would copy is what takes the time; unlike seconds, bytes are the same on every machine."""
    took = [_peak(source(number)) for number in (200, 2_000)]
    assert took[1] < 20 * took[0], took


def _peak(source: str) -> int:
    tracemalloc.start()
    try:
        graph_of({"a.py": source})
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_where_more_assignments_meet_than_are_told_apart_any_of_them_counts() -> None:
    names = [f"f{at}" for at in range(100)]
    source = "".join(f"def {name}(): pass\n" for name in names)
    source += "".join(f"if a:\n    x = {name}\n" for name in names) + "x()\n"
    graph = graph_of({"a.py": source})
    assert {label(edge.callee) for edge in graph.edges} == {f"a.{name}" for name in names}
