from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.change import Side
from reviewer.domain.finding import CodeSubject, Confidence, Severity
from reviewer.evidence.trace.limits import Limits

RULE = "symbol-removed"
GO_MOD = "module example.org/m\n"
PY_USER = "from lib.tool import helper\nhelper(1)\n"
PY = {"lib/__init__.py": "", "lib/tool.py": "def helper(a):\n    return a\ndef other(): pass\n"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Python
        ({**PY, "app.py": PY_USER}, {"lib/tool.py": "def other(): pass\n"}, ["app.py:1"]),
        (
            {**PY, "app.py": PY_USER},
            {"lib/tool.py": "def helped(a):\n    return a\ndef other(): pass\n"},
            ["app.py:1"],
        ),
        ({**PY, "app.py": PY_USER}, {"lib/tool.py": None}, ["app.py:1"]),
        (
            {**PY, "app.py": "import lib.tool\nlib.tool.helper(1)\n"},
            {"lib/tool.py": "def other(): pass\n"},
            ["app.py:2"],
        ),
        (
            {**PY, "lib/__init__.py": "from .tool import helper\n"},
            {"lib/tool.py": "def other(): pass\n"},
            ["lib/__init__.py:1"],
        ),
        (
            {"a.py": "def f(): pass\ndef g():\n    return f()\n"},
            {"a.py": "def g():\n    return f()\n"},
            ["a.py:2"],
        ),
        (
            {"a.py": "class C:\n    def m(self): pass\n    def n(self): self.m()\n"},
            {"a.py": "class C:\n    def n(self): self.m()\n"},
            ["a.py:2"],
        ),
        ({"a.py": "LIMIT = 1\n", "b.py": "from a import LIMIT\n"}, {"a.py": "LIMITS = 1\n"}, ["b.py:1"]),
        ({"a.py": "class C: pass\n", "b.py": "import a\nclass D(a.C): pass\n"}, {"a.py": "\n"}, ["b.py:2"]),
        # JavaScript
        (
            {"a.js": "exports.f = () => 1\nexports.g = 2\n", "b.js": "const { f } = require('./a')\nf()\n"},
            {"a.js": "exports.g = 2\n"},
            ["b.js:1"],
        ),
        (
            {"a.js": "export function f() {}\n", "b.js": "import * as a from './a'\na.f()\n"},
            {"a.js": "export let h = 1\n"},
            ["b.js:2"],
        ),
        (
            {"a.js": "export function f() {}\nexport default () => f()\n"},
            {"a.js": "export default () => f()\n"},
            ["a.js:1"],
        ),
        (
            {"a.js": "export function f() {}\n", "b.js": "export { f } from './a'\n"},
            {"a.js": "export let h = 1\n"},
            ["b.js:1"],
        ),
        # TypeScript
        (
            {"a.ts": "export type T = 1\n", "b.ts": "import { T } from './a'\nlet x: T\n"},
            {"a.ts": "export type U = 1\n"},
            ["b.ts:1"],
        ),
        (
            {"a.ts": "export class C { m() {} n() { this.m() } }\n"},
            {"a.ts": "export class C {\n  n() { this.m() } }\n"},
            ["a.ts:2"],
        ),
        # Go
        (
            {
                "go.mod": GO_MOD,
                "p/a.go": "package p\nfunc F() {}\n",
                "b.go": 'package b\nimport "example.org/m/p"\nvar x = p.F\n',
            },
            {"p/a.go": "package p\n"},
            ["b.go:3"],
        ),
        (
            {"a.go": "package p\nfunc f() {}\n", "b.go": "package p\nfunc g() { f() }\n"},
            {"a.go": "package p\nvar x = 1\n"},
            ["b.go:2"],
        ),
        (
            {"a.go": "package p\ntype S struct{}\nfunc (s S) M() {}\nfunc (s S) N() { s.M() }\n"},
            {"a.go": "package p\ntype S struct{}\nfunc (s S) N() { s.M() }\n"},
            ["a.go:3"],
        ),
    ],
)
def test_what_is_gone_and_still_used_is_found(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str | None], expected: list[str]
) -> None:
    made = ruled(before, after)
    assert made.places(RULE) == expected
    assert made.report(RULE).unable is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Python
        ({**PY, "app.py": PY_USER}, {"lib/tool.py": "def other(): pass\n", "app.py": "x = 1\n"}),
        (
            {**PY, "app.py": PY_USER},
            {"lib/tool.py": "from .new import helper\n", "lib/new.py": "def helper(a): pass\n"},
        ),
        ({**PY, "app.py": PY_USER}, {"lib/tool.py": "helper = make()\n"}),
        ({**PY, "app.py": PY_USER}, {"lib/tool.py": "from .new import *\n"}),
        ({**PY, "app.py": PY_USER}, {"lib/tool.py": "def __getattr__(name): return 1\n"}),
        (
            {
                **PY,
                "app.py": "try:\n    from lib.tool import helper\nexcept ImportError:\n    helper = None\n",
            },
            {"lib/tool.py": "def other(): pass\n"},
        ),
        ({**PY, "app.py": "x.helper(1)\n# helper\n'helper'\n"}, {"lib/tool.py": "def other(): pass\n"}),
        ({**PY, "app.py": "def helper(): pass\nhelper()\n"}, {"lib/tool.py": "def other(): pass\n"}),
        ({**PY, "app.py": "from lib.tool import helper\nx = = 1\n"}, {"lib/tool.py": "def other(): pass\n"}),
        (
            {**PY, "app.py": PY_USER},
            {"lib/tool.py": None, "lib/tool/__init__.py": "def helper(a): return 1\n"},
        ),
        ({"a.py": "def print(): pass\ndef g(): print()\n"}, {"a.py": "def g(): print()\n"}),
        (
            {"a.py": "class C(B):\n    def m(self): pass\n    def n(self): self.m()\n"},
            {"a.py": "class C(B):\n    def n(self): self.m()\n"},
        ),
        (
            {"a.py": "class C:\n    def m(self): pass\n    def n(self): self.m()\n"},
            {"a.py": "class C:\n    def __init__(self, m): self.m = m\n    def n(self): self.m()\n"},
        ),
        ({"a.py": "def f(): pass\ndef g(f): return f()\n"}, {"a.py": "def g(f): return f()\n"}),
        (
            {"a.py": "def f(): pass\n\ndef g():\n    return f()\n"},
            {"a.py": "from b import f\n\ndef g():\n    return f()\n"},
        ),
        # JavaScript, TypeScript
        (
            {"a.js": "exports.f = () => 1\n", "b.js": "const { f } = require('./a')\nf()\n"},
            {"a.js": "exports.f = g\n"},
        ),
        (
            {"a.js": "exports.f = () => 1\n", "b.js": "const { f } = require('./a')\nf()\n"},
            {"a.js": "module.exports = g()\n"},
        ),
        (
            {"a.js": "export function f() {}\n", "b.js": "import { f } from './a'\n"},
            {"a.js": "export * from './c'\n"},
        ),
        ({"a.js": "function f() {}\nf()\n"}, {"a.js": "f()\n"}),
        (
            {"a.js": "export function fetch() {}\nexport default () => fetch()\n"},
            {"a.js": "export default () => fetch()\n"},
        ),
        (
            {"a.ts": "export function f() {}\n", "b.ts": "import { f } from 'a'\nf()\n"},
            {"a.ts": "export let x = 1\n"},
        ),
        (
            {"a.ts": "export class C extends B { m() {} n() { this.m() } }\n"},
            {"a.ts": "export class C extends B {\n  n() { this.m() } }\n"},
        ),
        # Go
        (
            {"a.go": "package p\nfunc f() {}\n", "b.go": "package p\nfunc g() { f() }\n"},
            {"a.go": "package p\nvar x = 1\n", "c.go": "package p\nfunc f() {}\n"},
        ),
        (
            {
                "a.go": "package p\nfunc f() {}\n",
                "a_windows.go": "package p\nfunc f() {}\n",
                "b.go": "package p\nvar x = f\n",
            },
            {"a.go": "package p\nvar y = 1\n"},
        ),
        (
            {"a.go": "package p\nfunc min() {}\nfunc g() { min() }\n"},
            {"a.go": "package p\nfunc g() { min() }\n"},
        ),
        (
            {"a.go": "package p\ntype S struct{ *B }\nfunc (s S) M() {}\nfunc (s S) N() { s.M() }\n"},
            {"a.go": "package p\ntype S struct{ *B }\nfunc (s S) N() { s.M() }\n"},
        ),
        (
            {"a.go": "package p\ntype S struct{}\nfunc (s S) M() {}\nfunc (s S) N() { s.M() }\n"},
            {"a.go": "package p\ntype S struct{ M func() }\nfunc (s S) N() { s.M() }\n"},
        ),
        (
            {"a.go": "package p\nfunc F() {}\n", "q/b.go": "package q\nfunc g() { F() }\nfunc F() {}\n"},
            {"a.go": "package p\n"},
        ),
    ],
)
def test_it_is_silent_where_nothing_breaks_or_nobody_can_tell(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str | None]
) -> None:
    assert ruled(before, after).places(RULE) == []


def test_the_finding_quotes_the_use_and_the_definition_before(ruled: Callable[..., Any]) -> None:
    made = ruled(
        {**PY, "app.py": PY_USER}, {"lib/tool.py": "def helped(a):\n    return a\ndef other(): pass\n"}
    )
    (finding,) = made.findings(RULE)
    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.HIGH)
    assert isinstance(finding.subject, CodeSubject)
    assert (finding.subject.side, finding.subject.quote) == (Side.HEAD, "from lib.tool import helper")
    assert (finding.evidence[0].side, finding.evidence[0].quote) == (Side.BASE, "def helper(a):")
    assert finding.evidence[1].quote == "helper(1)"
    assert "It may have become helped." in finding.explanation
    assert finding.units == tuple(unit.id for unit in made.change.snapshot.units)
    for subject in (finding.subject, *finding.evidence):
        stands = made.workspace.quote(subject.path, subject.side, subject.first_line, subject.last_line)
        assert (stands.text, stands.commit) == (subject.quote, subject.commit)


def test_a_search_that_was_cut_makes_it_unable(ruled: Callable[..., Any]) -> None:
    users = {f"u{number}.py": "from lib.tool import helper\n" for number in range(4)}
    made = ruled({**PY, **users}, {"lib/tool.py": "def other(): pass\n"}, Limits(max_files=2))
    assert "uses of helper" in made.report(RULE).unable


def test_a_cut_that_cannot_matter_leaves_it_able(ruled: Callable[..., Any]) -> None:
    users = {f"u{number}.py": "from lib.tool import helper\n" for number in range(4)}
    changed = {"lib/tool.py": "def helper(a):\n    return 2\ndef other(): pass\n"}
    made = ruled({**PY, **users}, changed, Limits(max_files=2))
    assert made.report(RULE).unable is None


def test_a_changed_file_that_is_not_understood_makes_it_unable(ruled: Callable[..., Any]) -> None:
    made = ruled(PY, {"lib/tool.py": "def helper(:\n  =\n"})
    assert "lib/tool.py: head: line 1" in made.report(RULE).unable
    new = ruled(PY, {"lib/new.py": "def helper(:\n  =\n"})
    assert new.report(RULE).unable is None


def test_a_problem_of_the_grammar_that_the_change_leaves_alone_hides_nothing(
    ruled: Callable[..., Any],
) -> None:
    odd = "export interface Box<in out T = unknown> { value: T }\n"
    before = {"lib.ts": odd + "export function helper() { return 1 }\nexport const other = 1\n"}
    alone = ruled(before, {"lib.ts": odd + "export const other = 2\n"})
    assert alone.report(RULE).unable is None
    touched = ruled(before, {"lib.ts": odd.replace("value", "inner") + "export const other = 2\n"})
    assert "not understood by the grammar" in touched.report(RULE).unable


def test_a_file_that_imports_it_and_is_not_understood_makes_it_unable(ruled: Callable[..., Any]) -> None:
    made = ruled({**PY, "app.py": f"{PY_USER}x = = 1\n"}, {"lib/tool.py": "def other(): pass\n"})
    assert made.findings(RULE) == []
    assert "uses of helper: app.py: line 3: not understood" in made.report(RULE).unable


@pytest.mark.parametrize(
    "use",
    [
        "module Shop\n  class Order\n    def f\n      Um.new\n    end\n  end\nend\n",
        "module Shop\n  class Order < Lib::Base\n    def f\n      Um.new\n    end\n  end\nend\n",
        "module Other\n  class Order\n    def f\n      Shop::Um.new\n    end\n  end\nend\n",
    ],
)
def test_a_ruby_class_of_a_module_is_missed_by_whoever_names_it(ruled: Callable[..., Any], use: str) -> None:
    um = "module Shop\n  class Um\n    def x\n    end\n  end\nend\n"
    opened = "module Shop\n  extend Lib::Loader\n  autoload :Um\nend\n"
    before = {"lib/shop/um.rb": um, "lib/shop.rb": opened, "lib/order.rb": use}
    after = {"lib/shop/um.rb": um.replace("Um", "Un")}
    assert ruled(before, after).places("symbol-removed") == ["lib/order.rb:4"]


@pytest.mark.parametrize(
    ("name", "beside", "after"),
    [
        ("Um", "module Shop\n  deprecate_constant :Um, Un\nend\n", "Un"),
        ("Um", "module Shop\n  const_set(:Um, Un)\nend\n", "Un"),
        ("Um", "module Shop\n  autoload :Um, 'lib/um'\nend\n", "Un"),
        ("Um", "module Shop\n  Um = Un\nend\n", "Un"),
        ("Um", "class Um\nend\n", "Un"),
        ("Logger", "", "Log"),
        ("Um", "", None),
    ],
)
def test_a_ruby_constant_that_something_else_may_provide_is_left_alone(
    ruled: Callable[..., Any], name: str, beside: str, after: str | None
) -> None:
    text = f"module Shop\n  class {name}\n    def x\n    end\n  end\nend\n"
    use = f"module Shop\n  class Order\n    def f\n      {name}.new\n    end\n  end\nend\n"
    now = {"lib/shop/um.rb": text.replace(name, after) if after else None, "lib/beside.rb": beside}
    assert ruled({"lib/shop/um.rb": text, "lib/order.rb": use}, now).findings("symbol-removed") == []


@pytest.mark.parametrize(
    "use",
    [
        "class Shop::Order\n  def f\n    Um.new\n  end\nend\n",
        "module Shop\n  def f\n    defined?(Um)\n  end\nend\n",
        "module Shop\n  def f\n    begin\n      Um.new\n    rescue NameError\n      nil\n    end\n  end\nend\n",
        "module Shop\n  def f\n    Um.new\n  rescue NameError\n    nil\n  end\nend\n",
        "module Shop\n  def f\n    ::Um.new\n  end\nend\n",
        "module Shop\n  def f\n    Lib::Um.new\n  end\nend\n",
        "class Order\n  def f\n    Um.new\n  end\nend\n",
    ],
)
def test_a_ruby_constant_of_another_full_name_is_left_alone(ruled: Callable[..., Any], use: str) -> None:
    um = "module Shop\n  class Um\n    def x\n    end\n  end\nend\n"
    after = {"lib/um.rb": um.replace("Um", "Un")}
    assert ruled({"lib/um.rb": um, "lib/order.rb": use}, after).findings("symbol-removed") == []


def test_a_ruby_class_that_goes_without_another_name_may_have_been_a_librarys(
    ruled: Callable[..., Any],
) -> None:
    text = "module Lib\n  class Base\n    def x\n    end\n  end\n\n  class Other\n  end\nend\n"
    use = "module Lib\n  def f\n    Base.new\n  end\nend\n"
    after = {"ext.rb": "module Lib\n  class Other\n  end\nend\n"}
    assert ruled({"ext.rb": text, "use.rb": use}, after).findings("symbol-removed") == []
