"""What leaves the rule unable, and what does not."""

from collections.abc import Callable
from typing import Any

from reviewer.evidence.literals import LiteralLimits

USE = "from limits import MIN_NAME\n\n\ndef rename(name):\n    return len(name) < MIN_NAME\n"


def test_lines_that_cannot_be_meant_do_not_count_against_the_limit_of_a_name(
    read: Callable[..., Any],
) -> None:
    noise = "def other(self):\n" + "    self.rename = rename(self)\n" * 8
    before = {
        "text.yml": 'en:\n  too_short_a_name: "At least 3 characters"\n',
        "use.py": 'def f(name):\n    if rename(name):\n        return t("too_short_a_name")\n' + noise,
        "limits.py": "def rename(name):\n    return len(name) < 3\n",
    }
    after = {"text.yml": 'en:\n  too_short_a_name: "At least 5 characters"\n'}
    made = read(before, after, LiteralLimits(max_lines_a_name=3))
    assert made.evidence.not_compared == ()


def test_a_test_that_is_too_large_hides_no_contradiction(read: Callable[..., Any]) -> None:
    before = {"limits.py": "MIN_NAME = 3\n", "use.py": USE, "tests/big.json": '{"a": "' + "x" * 900 + '"}\n'}
    after = {"limits.py": "MIN_NAME = 5\n", "tests/big.json": '{"a": "' + "y" * 900 + '"}\n'}
    made = read(before, after, LiteralLimits(max_file_bytes=500))
    assert any("tests/big.json" in cut for cut in made.evidence.cuts)
    assert made.evidence.not_compared == ()
