from collections.abc import Callable
from typing import Any

Ruled = Callable[..., Any]


def test_the_finding_names_what_is_left_in(ruled: Ruled) -> None:
    change = ruled({"a.py": "def f():\n    pass\n"}, {"a.py": "def f():\n    breakpoint()\n"})
    (finding,) = change.findings("leftover")
    assert finding.title == "`breakpoint()` is left in"
    assert finding.subject.quote == "    breakpoint()"
