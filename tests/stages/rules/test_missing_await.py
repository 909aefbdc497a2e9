from collections.abc import Callable
from typing import Any

Ruled = Callable[..., Any]


def test_the_finding_names_the_call(ruled: Ruled) -> None:
    before = "async def save(x):\n    await x\n\n\nasync def f():\n    await save(1)\n"
    (finding,) = ruled({"a.py": before}, {"a.py": before.replace("await save", "save")}).findings(
        "missing-await"
    )
    assert finding.title == "`save(…)` is never run"
    assert finding.subject.quote == "    save(1)"
