from collections.abc import Callable
from typing import Any

Ruled = Callable[..., Any]
TESTS = "def test_total():\n    assert total(1) == 3\n\n\ndef test_other():\n    assert other(1) == 3\n"


def test_a_test_that_is_gone_is_quoted_from_the_base(ruled: Ruled) -> None:
    change = ruled({"tests/test_a.py": TESTS}, {"tests/test_a.py": TESTS.split("\n\n\n")[1]})
    (finding,) = change.findings("weakened-test")
    assert finding.title == "The test test_total is gone, and what it tested stays"
    assert (finding.subject.side, finding.subject.quote) == ("base", "def test_total():")
    assert finding.units
