from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("path", ["a.rs", "A.java", "a.rb", "a.c"])
def test_a_language_without_a_grammar_is_said_and_is_no_pass(ruled: Callable[..., Any], path: str) -> None:
    made = ruled({path: "one\n"}, {path: "two\n"})
    assert "no grammar" in made.report("symbol-removed").unable
    assert "no grammar" in made.report("signature-mismatch").unable


@pytest.mark.parametrize("path", ["a.md", "a.json", "a.yml", "LICENSE"])
def test_a_file_that_defines_no_names_needs_no_grammar(ruled: Callable[..., Any], path: str) -> None:
    made = ruled({path: "one\n"}, {path: "two\n"})
    assert made.report("symbol-removed").unable is None


@pytest.mark.parametrize(
    ("old", "new", "able"),
    [
        ("shop/price.py", "shop/pricing.py", False),
        ("src/price.ts", "src/prices.ts", False),
        ("price/a.go", "prices/a.go", False),
        ("price/a.go", "price/b.go", True),
        ("tests/test_a.py", "tests/test_b.py", True),
        ("docs/a.md", "docs/b.md", True),
    ],
)
def test_a_module_that_moved_has_importers_nobody_looked_for(
    ruled: Callable[..., Any], old: str, new: str, able: bool
) -> None:
    made = ruled({old: "same\n"}, {old: None, new: "same\n"})
    assert (made.report("symbol-removed").unable is None) is able


def test_two_misfits_on_one_line_are_one_finding(ruled: Callable[..., Any]) -> None:
    before = {"lib.py": "def f(a):\n    return a\n", "use.py": "from lib import f\nx = f(1) + f(2)\n"}
    made = ruled(before, {"lib.py": "def f(a, b):\n    return a\n"})
    assert len(made.report("signature-mismatch").findings) == 1
