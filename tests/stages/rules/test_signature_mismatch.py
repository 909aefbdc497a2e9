from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.finding import Confidence, Severity

RULE = "signature-mismatch"


def python(before: str, after: str, call: str) -> tuple[dict[str, str], dict[str, str]]:
    body = "    return 1\n"
    user = f"from a import f\n{call}\n"
    return {"a.py": f"{before}\n{body}", "b.py": user}, {"a.py": f"{after}\n{body}"}


def typescript(before: str, after: str, call: str) -> tuple[dict[str, str], dict[str, str]]:
    user = f"import {{ f }} from './a';\n{call};\n"
    return {"a.ts": f"export {before} {{}}\n", "b.ts": user}, {"a.ts": f"export {after} {{}}\n"}


def javascript(before: str, after: str, call: str) -> tuple[dict[str, str], dict[str, str]]:
    made, changed = typescript(before, after, call)
    body = "{ return [a.x, b.y]; }"
    return {"a.js": made["a.ts"].replace("{}", body), "b.js": made["b.ts"]}, {
        "a.js": changed["a.ts"].replace("{}", body)
    }


def go(before: str, after: str, call: str) -> tuple[dict[str, str], dict[str, str]]:
    user = f'package b\nimport "example.org/m/p"\nfunc g() {{ {call} }}\n'
    before_files = {"go.mod": "module example.org/m\n", "p/a.go": f"package p\n{before} {{}}\n", "b.go": user}
    return before_files, {"p/a.go": f"package p\n{after} {{}}\n"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (python("def f(a):", "def f(a, b):", "f(1)"), "does not pass `b`"),
        (python("def f(a, b):", "def f(a):", "f(1, 2)"), "passes 2 arguments by position, at most 1"),
        (python("def f(a, b=1):", "def f(a, c=1):", "f(1, b=2)"), "passes `b`, which is not taken"),
        (python("def f(a):", "def f(*, a):", "f(1)"), "passes 1 argument by position, at most 0"),
        (python("def f(a, **k):", "def f(a):", "f(1, z=2)"), "passes `z`"),
        (python("def f(a):", "def f(a, *, b):", "f(1)"), "does not pass `b`"),
        (python("def f(*args):", "def f(a, b):", "f(1)"), "does not pass `b`"),
        (typescript("function f(a: A)", "function f(a: A, b: B)", "f(1)"), "passes 1 argument, 2 are needed"),
        (typescript("function f(a: A, b?: B)", "function f(a: A)", "f(1, 2)"), "at most 1"),
        (typescript("const f = (a: A) =>", "const f = (a: A, b: B) =>", "f(1)"), "2 are needed"),
        (
            typescript(
                "class f { constructor(a: A) {} }; if (1)",
                "class f { constructor(a: A, b: B) {} }; if (1)",
                "new f(1)",
            ),
            "2 are needed",
        ),
        (javascript("function f(a)", "function f(a, b)", "f(1)"), "passes 1 argument, 2 are needed"),
        (go("func F(a int)", "func F(a int, b int)", "p.F(1)"), "passes 1 argument, 2 are needed"),
        (go("func F(a, b int)", "func F(a int)", "p.F(1, 2)"), "at most 1"),
        (go("func F(a int, o ...O)", "func F(a int)", "p.F(1, 2)"), "at most 1"),
    ],
)
def test_a_call_outside_the_diff_that_no_longer_fits_is_found(
    ruled: Callable[..., Any], change: tuple[dict[str, str], dict[str, str]], problem: str
) -> None:
    made = ruled(*change)
    (finding,) = made.findings(RULE)
    assert problem in finding.explanation
    assert finding.subject.path.startswith("b.")
    assert finding.subject.quote in change[0][finding.subject.path].split("\n")
    assert made.report(RULE).unable is None


@pytest.mark.parametrize(
    "change",
    [
        python("def f(a):", "def f(a, b=1):", "f(1)"),
        python("def f(a):", "def f(a, *args, **k):", "f(1)"),
        python("def f(a):", "def f(a, b):", "f(*x)"),
        python("def f(a):", "def f(a, b):", "f(1, **x)"),
        python("def f(a):", "def f(b):", "f(1)"),
        python("def f(a, b):", "def f(a, b, c):", "f(1)"),
        python("def f(a):", "def f(a, b):", "f"),
        python("def f(a):", "def f(a, b):", "x.f(1)"),
        python("def f(a):", "def f(a, b):", "def g(f): f(1)"),
        python("def f(a):", "@wrapper\ndef f(a, b):", "f(1)"),
        python("def f(a):", "if x:\n    def f(a): pass\ndef f(a, b):", "f(1)"),
        python("def f(a):", "def f(a, *, b=1):", "f(a=1)"),
        typescript("function f(a: A)", "function f(a: A, b?: B)", "f(1)"),
        typescript("function f(a: A)", "function f(a: A, b = 1)", "f(1)"),
        typescript("function f(a: A)", "function f(a: A, ...b: B[])", "f(1)"),
        typescript("function f(a: A)", "function f(this: T, a: A)", "f(1)"),
        typescript("function f(a: A)", "function f(a: A, b: B)", "f(...x)"),
        typescript("function f(a: A)", "function f(a: A): void; export function f(a: A, b: B)", "f(1)"),
        javascript("function f(a, b)", "function f(a)", "f(1, 2)"),
        javascript("function f(a)", "function f(a, b = 1)", "f(1)"),
        javascript("function f(a)", "function f(a, b) { if (!b) b = 1 } if (1)", "f(1)"),
        javascript("function f(a)", "function f(a, b) { return arguments.length } if (1)", "f(1)"),
        javascript("function f(a)", "function f(a, c)", "f(1)"),
        go("func F(a int)", "func F(a int, o ...O)", "p.F(1)"),
        go("func F(a int)", "func F(a, b int)", "p.F(g())"),
        go("func F(a int)", "func F(a, b int)", "p.F(x...)"),
        go("func F(a int)", "func F(a, b int)", "q.F(1)"),
    ],
)
def test_it_is_silent_where_the_call_fits_or_nobody_can_tell(
    ruled: Callable[..., Any], change: tuple[dict[str, str], dict[str, str]]
) -> None:
    assert ruled(*change).places(RULE) == []


@pytest.mark.parametrize(
    ("more", "places"),
    [
        ({}, []),
        ({"go.work": "go 1.22\n\nuse (\n\t.\n\t./ex\n)\n"}, ["ex/b.go:3"]),
        ({"ex/go.mod": "module example.org/ex\nreplace example.org/m => ../\n"}, ["ex/b.go:3"]),
        (
            {"ex/go.mod": "module example.org/ex\nreplace example.org/m v1.0.0 => example.org/fork v2.0.0\n"},
            [],
        ),
    ],
)
def test_another_go_module_builds_with_a_published_version_unless_it_says_otherwise(
    ruled: Callable[..., Any], more: dict[str, str], places: list[str]
) -> None:
    before, after = go("func F(a int)", "func F(a, b int)", "p.F(1)")
    user = before.pop("b.go")
    before = {**before, "ex/go.mod": "module example.org/ex\n", "ex/b.go": user, **more}
    assert ruled(before, after).places(RULE) == places


def test_a_method_is_checked_within_its_class(ruled: Callable[..., Any]) -> None:
    made = ruled(
        {"a.py": "class C:\n    def m(self, a): pass\n    def n(self): self.m(1)\n"},
        {"a.py": "class C:\n    def m(self, a, b): pass\n    def n(self): self.m(1)\n"},
    )
    assert made.places(RULE) == ["a.py:3"]


def test_a_constructor_is_checked_where_its_class_is_called(ruled: Callable[..., Any]) -> None:
    made = ruled(
        {"a.py": "class C:\n    def __init__(self, a): pass\n", "b.py": "from a import C\nC(1)\n"},
        {"a.py": "class C:\n    def __init__(self, a, b): pass\n"},
    )
    assert made.places(RULE) == ["b.py:2"]


def test_a_new_call_that_does_not_fit_is_found_though_the_signature_stays(ruled: Callable[..., Any]) -> None:
    made = ruled(
        {"a.py": "def f(a, b):\n    return 1\n", "b.py": "from a import f\n"},
        {"a.py": "def f(a, b):\n    return 2\n", "b.py": "from a import f\nf(1)\n"},
    )
    assert made.places(RULE) == ["b.py:2"]


def test_javascript_runs_such_a_call_so_the_claim_is_weaker(ruled: Callable[..., Any]) -> None:
    (finding,) = ruled(*javascript("function f(a)", "function f(a, b)", "f(1)")).findings(RULE)
    assert (finding.severity, finding.confidence) == (Severity.MEDIUM, Confidence.MEDIUM)
    (finding,) = ruled(*typescript("function f(a: A)", "function f(a: A, b: B)", "f(1)")).findings(RULE)
    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.HIGH)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("def test_a():\n    f(1, 2)\n", ["test_a.py:5"]),
        ("def test_a():\n    with pytest.raises(TypeError):\n        f(1, 2)\n", []),
        ("def test_a():\n    with raises(TypeError):\n        if pytest:\n\n            f(1, 2)\n", []),
        ("def test_a():\n    self.assertRaises(TypeError, lambda: f(1, 2))\n", []),
        ("def test_a():\n    with raises(TypeError):\n        g()\n    f(1, 2)\n", ["test_a.py:7"]),
    ],
)
def test_a_new_call_that_is_there_to_fail_is_no_misfit(
    ruled: Callable[..., Any], test: str, expected: list[str]
) -> None:
    before = {"lib.py": "def f(a):\n    return a\n"}
    after = {
        "lib.py": "def f(b):\n    return b\n",
        "test_a.py": f"import pytest\nfrom lib import f\n\n{test}",
    }
    assert ruled(before, after).places("signature-mismatch") == expected
