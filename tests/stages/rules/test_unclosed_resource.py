from collections.abc import Callable
from typing import Any

Ruled = Callable[..., Any]


def test_the_finding_names_the_variable_and_what_opens_it(ruled: Ruled) -> None:
    after = "def f(p):\n    x = open(p)\n    return x.read()\n"
    (finding,) = ruled({"a.py": "def f(p):\n    pass\n"}, {"a.py": after}).findings("unclosed-resource")
    assert finding.title == "`x` is never closed"
    assert "`open` opens it" in finding.explanation
