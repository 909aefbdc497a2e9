import time

import pytest

from reviewer.stages.rules.same_code import is_same_code


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("def f(a):\n    return a", "def f(a):\n    # why\n    return a  # so", "python"),
        ("def f(a):\n    return a", 'def f(a):\n    """Say it."""\n    return a', "python"),
        ("def f(a):\n    return a", "def g(b):\n\n    return  b", "python"),
        ("f('# a', 1)", 'f("b // c", 1)', "python"),
        ("f(a) { return a }", "f(a) {\n  /* why\n x */ return a // so\n}", "javascript"),
        ("f(a) { return `${a}` }", "f(a) { return `a\n// b` }", "javascript"),
        ("x = 'it\\'s'", "x = 'is'", "python"),
        ("x = 'open", "x = 'other", "python"),
    ],
)
def test_what_only_looks_otherwise_is_the_same(before: str, after: str, language: str) -> None:
    assert is_same_code(before.split("\n"), after.split("\n"), language)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("return a + b", "return a - b"),
        ("return a + b", "return a + a"),
        ("return f(a, b)", "return f(b, b)"),
        ("return 1", "return 2"),
        ("return a", "return not a"),
        ("if a: b()", "if a: b(); c()"),
        ("return a // b", "return a"),
    ],
)
def test_what_does_something_else_is_not(before: str, after: str) -> None:
    assert not is_same_code([before], [after], "python")


def test_a_text_made_to_be_slow_is_read_in_one_pass() -> None:
    hostile = ["/*" * 200_000, '"' * 200_000, "`" * 200_001]
    started = time.process_time()
    is_same_code(hostile, hostile, "javascript")
    assert time.process_time() - started < 5
