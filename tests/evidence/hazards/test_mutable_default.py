from collections.abc import Callable

import pytest

Hazards = Callable[..., list[str]]
FOUND = ["mutable-default changed-default a.py:1"]


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, seen=[]):\n    seen.append(x)\n",
        "def f(x, seen={}):\n    seen[x] = 1\n",
        "def f(x, seen: set[int] = set()):\n    if x:\n        seen.add(x)\n",
        "def f(x, seen=collections.defaultdict(list)):\n    seen.update(x)\n",
        "def f(x, seen=[]):\n    seen += [x]\n",
        "def f(x, seen={}):\n    del seen[x]\n",
        "async def f(x, *, seen=[]):\n    seen.extend(x)\n",
    ],
)
def test_a_default_that_the_function_changes_is_told(hazards: Hazards, source: str) -> None:
    assert hazards({}, {"a.py": source}) == FOUND


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, seen=()):\n    seen.append(x)\n",
        "def f(x, seen=[]):\n    return x in seen\n",
        "def f(x, seen=[]):\n    seen = list(seen)\n    seen.append(x)\n",
        "def f(x, seen=None):\n    seen.append(x)\n",
        "def f(x, seen=[]):\n    x.seen.append(1)\n",
        "def f(x, seen=[]):\n    other, seen = x\n    seen.append(x)\n",
        "f = lambda x, seen=[]: seen.append(x)\n",
        "def f(x, seen=[]):\n    def g(seen):\n        seen.append(x)\n    return g\n",
    ],
)
def test_what_shares_nothing_is_silence(hazards: Hazards, source: str) -> None:
    assert hazards({}, {"a.py": source}) == []
