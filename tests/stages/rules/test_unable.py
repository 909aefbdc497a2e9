from collections.abc import Callable
from typing import Any

import pytest

from reviewer.evidence.trace.limits import Limits


@pytest.mark.parametrize("path", ["a.lua", "a.dart"])
def test_a_language_without_a_grammar_is_said_and_is_no_pass(ruled: Callable[..., Any], path: str) -> None:
    made = ruled({path: "one\n"}, {path: "two\n"})
    assert "no grammar" in made.report("symbol-removed").unable
    assert "no grammar" in made.report("signature-mismatch").unable


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.rs", "pub fn f(a: u32) {}\nfn g() { f(1); }\n", "fn g() { f(1); }\n"),
        (
            "a.c",
            "int f(int a) { return a; }\nint g(void) { return f(1); }\n",
            "int g(void) { return f(1); }\n",
        ),
        (
            "a.cs",
            "class A {\n void F(int a) {}\n void G() { F(1); }\n}\n",
            "class A {\n void G() { F(1); }\n}\n",
        ),
        ("a.php", "<?php\nfunction f($a) {}\nf(1);\n", "<?php\nf(1);\n"),
    ],
)
def test_a_language_known_by_name_only_gives_no_finding_and_is_no_pass(
    ruled: Callable[..., Any], path: str, before: str, after: str
) -> None:
    made = ruled({path: before}, {path: after})
    for rule in ("symbol-removed", "signature-mismatch"):
        assert made.findings(rule) == []
        assert "known by name only" in made.report(rule).unable


def test_a_new_file_that_is_known_by_name_only_hides_nothing(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.md": "x\n"}, {"a.rs": "fn f() {}\n"})
    assert made.report("symbol-removed").unable is None


def test_what_is_known_by_name_is_silent_where_everything_was_looked_at(ruled: Callable[..., Any]) -> None:
    before = {
        "A.java": "class A { void f(int a) {} }\n",
        "B.java": "class B { void m(A a, Object b) { a.f(1); ((A) b).g(); } }\n",
        "c.rb": "def f(x)\n  x.f(1)\nend\n",
    }
    made = ruled(before, {"A.java": "class A { void f(int a, int b) {} }\n"})
    assert made.report("symbol-removed").unable is None
    assert made.report("signature-mismatch").unable is None
    assert made.places("signature-mismatch") == ["B.java:1"]


def test_places_that_a_limit_left_unfollowed_are_no_pass(ruled: Callable[..., Any]) -> None:
    before = {
        "a.rb": "class A\n  def f\n  end\nend\n",
        "b.rb": "def g(x)\n  x.f\nend\n",
    }
    made = ruled(before, {"a.rb": "class A\n  def h\n  end\nend\n"}, Limits(max_places=0))
    assert "b.rb: places of its name were not followed: limit 0" in made.report("symbol-removed").unable


@pytest.mark.parametrize("path", ["a.md", "a.json", "a.yml", "LICENSE"])
def test_a_file_that_defines_no_names_needs_no_grammar(ruled: Callable[..., Any], path: str) -> None:
    made = ruled({path: "one\n"}, {path: "two\n"})
    assert made.report("symbol-removed").unable is None


@pytest.mark.parametrize(
    ("old", "new", "able"),
    [
        ("shop/price.py", "shop/pricing.py", True),
        ("src/price.ts", "src/prices.ts", True),
        ("shop/price.rb", "shop/pricing.rb", False),
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


def test_a_member_that_its_class_may_have_from_elsewhere_cannot_be_hidden_by_a_limit(
    ruled: Callable[..., Any],
) -> None:
    use = "def g(x)\n  x.f\nend\n"
    closed, outside = "class A\n  {}\nend\n", "class A < Lib::Base\n  {}\nend\n"
    f, other = "def f\n  end", "def h\n    1\n  end"
    for text, able in ((closed, False), (outside, True)):
        made = ruled(
            {"a.rb": text.format(f), "b.rb": use}, {"a.rb": text.format(other)}, Limits(max_places=0)
        )
        assert (made.report("symbol-removed").unable is None) is able
        assert "places of its name were not followed" in str(made.evidence.cuts)


def test_a_changed_function_that_is_named_and_not_called_hides_no_misfit(ruled: Callable[..., Any]) -> None:
    before = "class A:\n    def f(self, a):\n        return a\n"
    after = "class A:\n    def f(self, a, b):\n        return a\n"
    for use, able in (("def g(x):\n    return x.f\n", True), ("def g(x):\n    return x.f(1)\n", False)):
        made = ruled({"a.py": before, "b.py": use}, {"a.py": after}, Limits(max_places=0))
        assert (made.report("signature-mismatch").unable is None) is able


def test_uses_by_name_that_are_not_listed_hide_none_that_are_certain(ruled: Callable[..., Any]) -> None:
    before = {
        "a.py": "def f(a):\n    return a\n",
        "b.py": "from a import f\n\nf(1)\n",
        "c.md": "f\n" * 9,
    }
    after = {"a.py": "def f(a, b):\n    return a\n"}
    made = ruled(before, after, Limits(max_uses=2))
    assert made.report("signature-mismatch").unable is None
    assert made.places("signature-mismatch") == ["b.py:3"]
    more = {**before, "b.py": "from a import f\n\nf(1)\nf(2)\nf(3)\n"}
    assert "are not listed" in ruled(more, after, Limits(max_uses=2)).report("signature-mismatch").unable


def test_a_limit_on_uses_of_a_function_says_nothing_of_demands(ruled: Callable[..., Any]) -> None:
    before = {"a.py": "def f(a):\n    return a\n", "b.py": "from a import f\n\nf(1)\nf(2)\n"}
    made = ruled(before, {"a.py": "def f(a, b):\n    return a\n"}, Limits(max_uses=1))
    assert made.report("signature-mismatch").unable is not None
    assert made.report("demand-unmet").unable is None


def test_a_large_script_of_the_package_manager_hides_no_use(ruled: Callable[..., Any]) -> None:
    script = "import './x';\nclose();\n" + "r();\n" * 2_100
    for path, able in ((".yarn/releases/yarn.cjs", True), ("tools/yarn.cjs", False)):
        before = {"a.js": "export function close() {}\nexport function r() {}\n", path: script}
        made = ruled(before, {"a.js": "export function shut() {}\n"})
        assert (made.report("symbol-removed").unable is None) is able
