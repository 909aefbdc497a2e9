"""`reviewer trace` through the real command line, on small repositories in several languages."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.cli.app import main
from reviewer.domain.trace_report import TraceReport
from reviewer.testing.git_builder import RepositoryBuilder

Trace = Callable[..., tuple[int, str, str]]
SHOP = {
    "price.py": "def total(items):\n    return add(items)\n\n\ndef add(items):\n    return sum(items)\n",
    "app.py": "from flask import Flask\nfrom price import total\n\napp = Flask(__name__)\n\n\n"
    '@app.route("/cart")\ndef cart():\n    return total([1])\n',
    "test_price.py": "from price import total\n\n\ndef test_total():\n    assert total([1]) == 1\n",
}


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repo")


@pytest.fixture
def trace(
    builder: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Trace:
    monkeypatch.setenv("REVIEWER_CACHE", str(builder.path.parent / "cache"))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["reviewer", "trace", "--repo", str(builder.path), *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_a_symbol_is_shown_with_its_ways_in_callers_and_callees(
    builder: RepositoryBuilder, trace: Trace
) -> None:
    sha = builder.commit(SHOP)[:12]
    code, out, err = trace("total")
    assert (code, err) == (0, "")
    assert f"function total [syntax: followed by the rules of the language]\n    price.py:1@{sha}" in out
    way_in = '  route GET /cart, runs cart (app.py:7)\n    said by app.py:7: @app.route("/cart")\n'
    assert f"{way_in}    call resolved: app.py:9@{sha}: return total([1])" in out
    assert "tests that reach it: 1\n  test_total (test_price.py:4)" in out
    assert f"total -> add, call resolved\n      price.py:2@{sha}: return add(items)" in out
    assert out.index("entered from outside") < out.index("callers") < out.index("callees")


def test_json_is_the_whole_answer(builder: RepositoryBuilder, trace: Trace) -> None:
    builder.commit(SHOP)
    code, out, _ = trace("price.py:total", "--format", "json")
    found = TraceReport.model_validate(json.loads(out))
    assert code == 0
    assert [root.name for root in found.roots] == ["total"]
    assert found.history is None


def test_mermaid_draws_the_same_graph(builder: RepositoryBuilder, trace: Trace) -> None:
    builder.commit(SHOP)
    code, out, _ = trace("total", "--format", "mermaid")
    assert code == 0
    assert out.startswith("flowchart LR\n")
    assert '  n0["total<br/>price.py:1"]:::changed' in out
    assert '(["route: GET /cart<br/>cart<br/>app.py:7"])' in out


def test_every_definition_of_a_name_is_a_root_and_a_class_narrows_it(
    builder: RepositoryBuilder, trace: Trace
) -> None:
    builder.commit({"a.py": "def save():\n    pass\n\n\nclass A:\n    def save(self):\n        pass\n"})
    both, one = trace("save")[1], trace("A.save")[1]
    assert ("function save" in both, "method A.save" in both) == (True, True)
    assert ("function save" in one, "method A.save" in one) == (False, True)


@pytest.mark.parametrize(
    ("path", "text", "asked", "name"),
    [
        ("a.go", "package a\n\nfunc F() {}\n\nfunc G() { F() }\n", "F", "G -> F, call resolved"),
        ("a.js", "function f() {}\nfunction g() { f(); }\n", "f", "g -> f, call resolved"),
        ("a.rb", "module A\n  class B\n    def go; end\n  end\nend\n", "A::B#go", "method A.B.go"),
        ("A.java", "class A { void f() {} void g() { f(); } }\n", "A.f", "A.g -> A.f, call resolved"),
        ("a.rs", "fn f() {}\nfn g() { f(); }\n", "f", "g -> f, use by name"),
    ],
)
def test_it_works_in_every_kind_of_language(
    builder: RepositoryBuilder, trace: Trace, path: str, text: str, asked: str, name: str
) -> None:
    builder.commit({path: text})
    code, out, err = trace(asked)
    assert (code, err) == (0, "")
    assert name in out


def test_a_language_known_by_tags_says_so(builder: RepositoryBuilder, trace: Trace) -> None:
    builder.commit({"a.rs": "fn f() {}\nfn g() { f(); }\n"})
    out = trace("f")[1]
    assert "function f [tags: uses are known by name only]" in out
    assert "uses of f are known by name" in out


def test_a_word_of_a_language_without_grammar_is_listed(builder: RepositoryBuilder, trace: Trace) -> None:
    sha = builder.commit({"a.lua": "function pay()\nend\n"})[:12]
    code, out, _ = trace("pay")
    assert code == 0
    assert "no definition was found [words: searched as text only]" in out
    assert f"a.lua:1@{sha}: function pay()" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing_has_this_name"],
        ["b"],
        [""],
        ["two words"],
        ["a\nb"],
        ["nowhere.py:total"],
        [],
        ["total", "--range", "HEAD~1..HEAD"],
        ["--range", "HEAD~1..HEAD", "--rev", "HEAD"],
        ["--range", "HEAD"],
        ["total", "--up", "-1"],
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_advice(
    builder: RepositoryBuilder, trace: Trace, arguments: list[str]
) -> None:
    builder.commit(dict(SHOP, **{"use.py": "a.b\n"}))
    code, out, err = trace(*arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert len(err.splitlines()) >= 2


def test_an_unknown_symbol_is_told_with_what_was_searched(builder: RepositoryBuilder, trace: Trace) -> None:
    builder.commit({"use.py": "a.b\n"})
    err = trace("b")[2]
    assert "1 lines in 1 files that can be parsed have the word" in err
    assert "Check the spelling" in err


@pytest.mark.parametrize("arguments", [["total", "--rev", "none"], ["--range", "HEAD..HEAD"]])
def test_an_unknown_revision_and_an_empty_range_end_with_3(
    builder: RepositoryBuilder, trace: Trace, arguments: list[str]
) -> None:
    builder.commit(SHOP)
    code, out, err = trace(*arguments)
    assert (code, out) == (3, "")
    assert err.startswith("error: ")


def test_hostile_names_and_lines_stay_on_their_line(builder: RepositoryBuilder, trace: Trace) -> None:
    builder.commit(
        {'a`b"|.js': "function f() {}\nfunction g() { f('\x1b[31m`\"]|') }\n", "b.js": "function f() {}\n"}
    )
    text, drawn = trace("f")[1], trace("f", "--format", "mermaid")[1]
    assert "\x1b" not in text + drawn
    assert "`" not in drawn
    assert all(line.count('"') in (0, 2) for line in drawn.splitlines())


def test_a_range_shows_both_sides_tests_literals_and_history(
    builder: RepositoryBuilder, trace: Trace
) -> None:
    builder.commit(dict(SHOP, **{"limits.py": "MAX_ITEMS = 5\n"}))
    builder.commit(
        {
            "price.py": SHOP["price.py"].replace("total(items):", "total(items, tax=0):"),
            "limits.py": "MAX_ITEMS = 6\n",
        }
    )
    code, out, err = trace("--range", "HEAD~1..HEAD")
    assert (code, err) == (0, "")
    assert "  function total (signature)\n    before: price.py:1@" in out
    assert "    after: price.py:1@" in out
    assert "tests that reach it: 1" in out
    assert "constant MAX_ITEMS" in out
    assert "history of the touched lines" in out


def test_a_range_in_a_language_known_by_tags_has_its_uses_by_name(
    builder: RepositoryBuilder, trace: Trace
) -> None:
    builder.commit({"a.rs": "fn f() {}\nfn g() { f(); }\n"})
    builder.commit({"a.rs": "fn f(a: u8) {}\nfn g() { f(); }\n"})
    assert "g -> f, use by name" in trace("--range", "HEAD~1..HEAD")[1]
