"""Parameters that change places while callers pass them by position."""

from collections.abc import Callable
from typing import Any

import pytest

RULE = "signature-mismatch"
LIB = {"lib.py": "def move(pots, source, target):\n    pots[source] = pots.pop(target)\n"}
NOW = {"lib.py": "def move(pots, target, source):\n    pots[source] = pots.pop(target)\n"}
FROM = "from lib import move\n\n\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({**LIB, "a.py": FROM + "move({}, 'a', 'b')\n"}, NOW, ["a.py:4"]),
        ({**LIB, "a.py": FROM + "move(\n    {},\n    'a',\n    'b',\n)\n"}, NOW, ["a.py:4"]),
        ({**LIB, "a.py": FROM + "def f(source, target):\n    move({}, source, target)\n"}, NOW, ["a.py:5"]),
        (
            {
                "go.mod": "module example.org/m\n",
                "a/a.go": "package a\n\nfunc Copy(from, to string) {}\n",
                "b/b.go": 'package b\n\nimport "example.org/m/a"\n\nfunc B() { a.Copy("x", "y") }\n',
            },
            {"a/a.go": "package a\n\nfunc Copy(to, from string) {}\n"},
            ["b/b.go:5"],
        ),
        (
            {
                "a.ts": "export function f(low: number, high: number) {}\n",
                "b.ts": "import { f } from './a'\nf(1, 2)\n",
            },
            {"a.ts": "export function f(high: number, low: number) {}\n"},
            ["b.ts:2"],
        ),
    ],
)
def test_a_call_by_position_is_told_of_parameters_that_changed_places(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str], expected: list[str]
) -> None:
    assert ruled(before, after).places(RULE) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({**LIB, "a.py": FROM + "move({}, source='a', target='b')\n"}, NOW),
        ({**LIB, "a.py": FROM + "move(*what)\n"}, NOW),
        # the variables say that the call was wrong before
        ({**LIB, "a.py": FROM + "def f(source, target):\n    move({}, target, source)\n"}, NOW),
        # the change moves the arguments along, on one line and on several
        ({**LIB, "a.py": FROM + "move({}, 'a', 'b')\n"}, {**NOW, "a.py": FROM + "move({}, 'b', 'a')\n"}),
        (
            {**LIB, "a.py": FROM + "move(\n    {},\n    'a',\n    'b',\n)\n"},
            {**NOW, "a.py": FROM + "move(\n    {},\n    'b',\n    'a',\n)\n"},
        ),
        # another name: the parameter may mean something else
        (
            {**LIB, "a.py": FROM + "move({}, 'a', 'b')\n"},
            {"lib.py": "def move(pots, goal, source):\n    pass\n"},
        ),
        # only what stays in its place is passed
        (
            {"lib.py": "def f(a, b=1, c=2):\n    pass\n", "a.py": "from lib import f\nf(1)\n"},
            {"lib.py": "def f(a, c=2, b=1):\n    pass\n"},
        ),
        # a function of the same name that is handed over
        ({**LIB, "a.py": "def f(move):\n    move({}, 'a', 'b')\n"}, NOW),
    ],
)
def test_a_call_that_does_not_depend_on_the_order_is_left_alone(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str]
) -> None:
    assert ruled(before, after).places(RULE) == []
