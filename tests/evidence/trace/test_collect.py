from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.change import Side
from reviewer.domain.evidence import Analysis, Certainty, SymbolChange
from reviewer.evidence.trace.limits import Limits

RESOLVED, BY_NAME, BY_TEXT = Certainty.RESOLVED.value, Certainty.BY_NAME.value, Certainty.BY_TEXT.value
GO_MOD = "module example.org/m\n\ngo 1.22\n"


@pytest.mark.parametrize(
    ("path", "before", "after", "name", "change"),
    [
        ("a.py", "def f(a):\n    return 1\n", "def f(a):\n    return 2\n", "f", SymbolChange.BODY),
        ("a.py", "def f(a):\n    return 1\n", "def f(a, b):\n    return 1\n", "f", SymbolChange.SIGNATURE),
        ("a.py", "def f(a): pass\nX = 1\n", "X = 1\n", "f", SymbolChange.REMOVED),
        ("a.py", "X = 1\n", "X = 1\ndef f(a): pass\n", "f", SymbolChange.ADDED),
        ("a.py", "X = 1\n", "X = 2\n", "X", SymbolChange.BODY),
        (
            "a.py",
            "class C:\n    def m(self): return 1\n",
            "class C:\n    def m(self): return 2\n",
            "C.m",
            SymbolChange.BODY,
        ),
        ("a.js", "function f(a) { return 1 }", "function f(a, b) { return 1 }", "f", SymbolChange.SIGNATURE),
        ("a.js", "exports.f = (a) => a", "exports.f = (a) => b", "f", SymbolChange.BODY),
        ("a.ts", "export function f(a: A) {}", "export function f(a?: A) {}", "f", SymbolChange.SIGNATURE),
        ("a.ts", "export interface I { a: 1 }", "export interface I { a: 2 }", "I", SymbolChange.BODY),
        ("a.tsx", "const A = () => <b/>;", "const A = (p) => <b/>;", "A", SymbolChange.SIGNATURE),
        (
            "a.go",
            "package p\nfunc f(a int) {}\n",
            "package p\nfunc f(a, b int) {}\n",
            "f",
            SymbolChange.SIGNATURE,
        ),
        (
            "a.go",
            "package p\nfunc (t *T) M() {}\n",
            "package p\nfunc (t *T) M() { x() }\n",
            "T.M",
            SymbolChange.BODY,
        ),
    ],
)
def test_what_a_change_does_to_a_definition(
    traced: Callable[..., Any], path: str, before: str, after: str, name: str, change: SymbolChange
) -> None:
    made = traced({path: before}, {path: after})
    trace = made.trace(name)
    assert trace.change is change
    assert trace.units == tuple(unit.id for unit in made.snapshot.units)
    assert (trace.before is None) == (change is SymbolChange.ADDED)
    assert (trace.after is None) == (change is SymbolChange.REMOVED)
    assert made.evidence.cuts == ()


def test_a_method_that_changes_does_not_touch_its_class(traced: Callable[..., Any]) -> None:
    made = traced(
        {"a.py": "class C:\n    def m(self): return 1\n    def n(self): return 1\n"},
        {"a.py": "class C:\n    def m(self): return 2\n    def n(self): return 1\n"},
    )
    assert [trace.symbol.qualified_name for trace in made.evidence.traces] == ["C.m"]


def test_lines_that_move_touch_nothing(traced: Callable[..., Any]) -> None:
    body = "def f(a):\n    return a\n"
    made = traced({"a.py": body}, {"a.py": f"# one\n# two\n\n{body}"})
    assert made.evidence.traces == ()


def test_definitions_are_quoted_on_their_side(traced: Callable[..., Any]) -> None:
    made = traced({"a.py": "def f(a,\n      b):\n    pass\n"}, {"a.py": "def f(a): pass\n"})
    trace = made.trace("f")
    assert (trace.before.definition.side, trace.before.definition.text) == (Side.BASE, "def f(a,\n      b):")
    assert (trace.after.definition.side, trace.after.definition.text) == (Side.HEAD, "def f(a): pass")
    assert trace.before.last_line == 3


def uses_at_head(
    traced: Callable[..., Any], files: dict[str, str], changed: str, name: str
) -> list[tuple[str, str]]:
    """Uses of `name` of the file `changed`, after a change in the body of what is there."""
    before = {**files, changed: files[changed].replace("CHANGED", "1")}
    made = traced(before, {changed: files[changed].replace("CHANGED", "2")})
    assert made.evidence.cuts == ()
    found: list[tuple[str, str]] = made.uses(name)
    return sorted(found)


def test_uses_come_surest_first_and_then_nearest_to_the_definition(traced: Callable[..., Any]) -> None:
    files = {
        "a/far.py": "from lib.tool import helper\nhelper()\n",
        "lib/near.py": "from lib.tool import helper\nhelper()\n",
        "lib/other.py": "def f(x):\n    return x.helper()\n",
    }
    library = (
        "class T:\n    def helper(self):\n        return CHANGED\n\n\ndef helper(a):\n    return CHANGED\n"
    )
    library += "\n\nHERE = helper(1)\n"
    before = {**files, "lib/tool.py": library.replace("CHANGED", "1")}
    made = traced(before, {"lib/tool.py": library.replace("CHANGED", "2")})
    places = [place for place, _ in made.uses("helper")]
    assert places == ["lib/tool.py:10", "lib/near.py:1", "lib/near.py:2", "a/far.py:1", "a/far.py:2"]


PYTHON_LIBRARY = "def helper(a):\n    return CHANGED\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"app.py": "from lib.tool import helper\nhelper(1)\n"},
            [("app.py:1", RESOLVED), ("app.py:2", RESOLVED)],
        ),
        (
            {"app.py": "from lib.tool import helper as h\nh(1)\n"},
            [("app.py:1", RESOLVED), ("app.py:2", RESOLVED)],
        ),
        ({"app.py": "import lib.tool\nlib.tool.helper(1)\n"}, [("app.py:2", RESOLVED)]),
        ({"app.py": "import lib.tool as t\nt.helper(1)\n"}, [("app.py:2", RESOLVED)]),
        ({"app.py": "from lib import tool\ntool.helper(1)\n"}, [("app.py:2", RESOLVED)]),
        ({"lib/x.py": "from . import tool\ntool.helper(1)\n"}, [("lib/x.py:2", RESOLVED)]),
        (
            {"lib/s/__init__.py": "", "lib/s/y.py": "from ..tool import (\n    helper,\n)\n"},
            [("lib/s/y.py:2", RESOLVED)],
        ),
        ({"app.py": "from lib.tool import *\nhelper(1)\n"}, [("app.py:2", RESOLVED)]),
        (
            {"app.py": "def f():\n    from lib.tool import helper\n    return helper\n"},
            [("app.py:2", RESOLVED), ("app.py:3", RESOLVED)],
        ),
        (
            {"lib/api.py": "from .tool import helper\n", "app.py": "from lib.api import helper\nhelper(1)\n"},
            [("app.py:1", RESOLVED), ("app.py:2", RESOLVED), ("lib/api.py:1", RESOLVED)],
        ),
        # near misses
        ({"app.py": "def helper(): pass\nhelper()\n"}, []),
        ({"app.py": "from other import helper\nhelper(1)\n"}, []),
        (
            {"app.py": "from lib.tool import helper\ndef f(helper):\n    return helper\n"},
            [("app.py:1", RESOLVED)],
        ),
        ({"app.py": "x.helper(1)\n"}, []),
        ({"app.py": "# helper\n'helper'\nf(helper=1)\n"}, []),
        ({"app.rb": "helper(1)\n"}, []),
        ({"app.js": "helper(1)\n"}, []),
        ({"tool.py": "def helper(): pass\n", "app.py": "from tool import helper\n"}, []),
        ({"app.py": "from tool import helper\nhelper(1)\n"}, []),
        (
            {"lib/sub/__init__.py": "", "lib/sub/tool.py": "", "lib/sub/z.py": "from .tool import helper\n"},
            [],
        ),
    ],
)
def test_uses_of_a_python_function(
    traced: Callable[..., Any], files: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    everything = {"lib/__init__.py": "", "lib/tool.py": PYTHON_LIBRARY, **files}
    assert uses_at_head(traced, everything, "lib/tool.py", "helper") == expected


def test_a_python_package_below_src_is_found_from_the_tests_beside_it(traced: Callable[..., Any]) -> None:
    files = {
        "src/lib/__init__.py": "from .tool import helper as helper\n",
        "src/lib/tool.py": PYTHON_LIBRARY,
        "tests/test_x.py": "import lib\nfrom lib import helper\nlib.helper(1)\n",
    }
    assert uses_at_head(traced, files, "src/lib/tool.py", "helper") == [
        ("src/lib/__init__.py:1", RESOLVED),
        ("tests/test_x.py:2", RESOLVED),
        ("tests/test_x.py:3", RESOLVED),
    ]


METHOD = """class Store:
    def read(self, size):
        return CHANGED
    def all(self):
        return self.read(1)
    @classmethod
    def make(cls):
        return cls.read, Store.read
"""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", []),
        ("class Sub(Store):\n    def x(self): return self.read(2)\n", [("app.py:3", RESOLVED)]),
        ("def f(store: Store): return store.read(3)\n", [("app.py:2", RESOLVED)]),
        ("def f():\n    it = Store()\n    return it.read(3)\n", [("app.py:4", RESOLVED)]),
        (
            "class Sub(Store):\n    def read(self, n): pass\ndef f(sub: Sub): return sub.read(3)\n",
            [],
        ),
        ("def f(store): return store.read(3)\n", [("app.py:2", BY_NAME)]),
        ("import os\nos.read(3)\n", []),
        ("'x'.read(1)\n", []),
        ("class Own:\n    def read(self): pass\n    def x(self): return self.read()\n", []),
        ("class Other:\n    def x(self): return self.read()\n", []),
        ("read(1)\n", []),
    ],
)
def test_uses_of_a_python_method(
    traced: Callable[..., Any], more: str, expected: list[tuple[str, str]]
) -> None:
    files = {"store.py": METHOD, "app.py": f"from store import Store\n{more}"}
    own = [("store.py:5", RESOLVED), ("store.py:8", RESOLVED)]
    assert uses_at_head(traced, files, "store.py", "Store.read") == sorted(own + expected)


@pytest.mark.parametrize(
    ("library", "files", "expected"),
    [
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.js": "import { helper as h } from './lib/tool.js'\nh(1)\n"},
            [("app.js:1", RESOLVED), ("app.js:2", RESOLVED)],
        ),
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.ts": "import * as t from './lib/tool'\nt.helper(1)\n"},
            [("app.ts:2", RESOLVED)],
        ),
        (
            "export default function helper(a) { return CHANGED }\n",
            {"app.js": "import any from './lib/tool'\nany(1)\n"},
            [("app.js:1", RESOLVED), ("app.js:2", RESOLVED)],
        ),
        (
            "module.exports = { helper }\nfunction helper(a) { return CHANGED }\n",
            {"app.js": "const { helper: h } = require('./lib/tool')\nh(1)\n"},
            [("app.js:1", RESOLVED), ("app.js:2", RESOLVED), ("lib/tool.js:1", RESOLVED)],
        ),
        (
            "exports.helper = function (a) { return CHANGED }\n",
            {"app.js": "const t = require('./lib/tool')\nt.helper(1)\n"},
            [("app.js:2", RESOLVED)],
        ),
        (
            "module.exports = helper\nfunction helper(a) { return CHANGED }\n",
            {"app.js": "const any = require('./lib/tool')\nany(1)\n"},
            [("app.js:2", RESOLVED), ("lib/tool.js:1", RESOLVED)],
        ),
        (
            "export function helper(a) { return CHANGED }\n",
            {
                "lib/index.js": "export { helper as assist } from './tool'\nexport * from './tool'\n",
                "app.js": "import { helper } from './lib'\nhelper(1)\n",
            },
            [("app.js:1", RESOLVED), ("app.js:2", RESOLVED), ("lib/index.js:1", RESOLVED)],
        ),
        (
            "export const helper = (a) => CHANGED\n",
            {"app.jsx": "import { helper as Help } from './lib/tool';\n<Help/>;\n"},
            [("app.jsx:1", RESOLVED), ("app.jsx:2", RESOLVED)],
        ),
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.ts": "import { helper } from '@/lib/tool'\nhelper(1)\n"},
            [("app.ts:1", BY_NAME), ("app.ts:2", BY_NAME)],
        ),
        # near misses
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.js": "import { helper } from 'tool'\nx.helper()\n"},
            [("app.js:1", BY_NAME)],
        ),
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.js": "import { helper } from './other'\nhelper(1)\n"},
            [],
        ),
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.js": "function helper() {}\nhelper(1)\n"},
            [],
        ),
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.js": "const o = { helper: 1 }\no.helper\n"},
            [],
        ),
        ("export function helper(a) { return CHANGED }\n", {"app.py": "helper(1)\n"}, []),
        (
            "export function helper(a) { return CHANGED }\n",
            {"app.js": "import { helper } from './lib/tool'\nfunction f(helper) { return helper }\n"},
            [("app.js:1", RESOLVED)],
        ),
    ],
)
def test_uses_of_a_javascript_function(
    traced: Callable[..., Any], library: str, files: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert uses_at_head(traced, {"lib/tool.js": library, **files}, "lib/tool.js", "helper") == expected


def test_uses_of_a_typescript_class_and_type(traced: Callable[..., Any]) -> None:
    files = {
        "src/box.ts": "export class Box { size = CHANGED }\n",
        "src/use.ts": "import { Box } from './box.js';\nconst a: Box = new Box();\nfunction f<Box>(b: Box) {}\n",
    }
    assert uses_at_head(traced, files, "src/box.ts", "Box") == [
        ("src/use.ts:1", RESOLVED),
        ("src/use.ts:2", RESOLVED),
        ("src/use.ts:2", RESOLVED),
    ]


GO_LIBRARY = "package tool\n\nfunc Helper(a int) int { return CHANGED }\n\nfunc near() { Helper(1) }\n"
GO_NEAR = ("tool/tool.go:5", RESOLVED)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"main.go": 'package main\nimport "example.org/m/tool"\nfunc f() { tool.Helper(1) }\n'},
            [("main.go:3", RESOLVED)],
        ),
        (
            {"main.go": 'package main\nimport t "example.org/m/tool"\nvar x = t.Helper\n'},
            [("main.go:3", RESOLVED)],
        ),
        ({"tool/more.go": "package tool\nfunc g() { Helper(1) }\n"}, [("tool/more.go:2", RESOLVED)]),
        (
            {"tool/x_test.go": 'package tool_test\nimport "example.org/m/tool"\nvar _ = tool.Helper(1)\n'},
            [("tool/x_test.go:3", RESOLVED)],
        ),
        # near misses
        ({"main.go": 'package main\nimport "example.org/other/tool"\nfunc f() { tool.Helper(1) }\n'}, []),
        ({"other/o.go": "package other\nfunc Helper() {}\nfunc g() { Helper() }\n"}, []),
        ({"main.go": 'package main\nimport "example.org/m/tool"\nfunc f(tool T) { tool.Helper(1) }\n'}, []),
        (
            {
                "tool/more.go": "package tool\nfunc g(Helper int) { _ = Helper }\n// Helper\nvar s = T{Helper: 1}"
            },
            [],
        ),
        ({"tool/x_test.go": "package tool_test\nfunc g() { Helper() }\n"}, []),
    ],
)
def test_uses_of_a_go_function(
    traced: Callable[..., Any], files: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    everything = {"go.mod": GO_MOD, "tool/tool.go": GO_LIBRARY, **files}
    found = uses_at_head(traced, everything, "tool/tool.go", "Helper")
    assert found == sorted([GO_NEAR, *expected])


def test_uses_of_a_go_method(traced: Callable[..., Any]) -> None:
    files = {
        "go.mod": GO_MOD,
        "s.go": "package p\ntype S int\nfunc (s *S) Read() int { return CHANGED }\nfunc (s *S) All() { s.Read() }",
        "t.go": "package p\ntype T struct{}\nfunc (t T) All() { t.Read() }\nfunc f(x any) { x.Read() }\n",
        "u.go": 'package p\nimport "io"\nvar _ = io.Read\n',
    }
    assert uses_at_head(traced, files, "s.go", "S.Read") == [("s.go:4", RESOLVED), ("t.go:4", BY_NAME)]


def test_a_go_function_that_moves_within_its_package_is_not_removed(traced: Callable[..., Any]) -> None:
    made = traced(
        {"go.mod": GO_MOD, "a.go": "package p\nfunc F(a int) {}\n", "b.go": "package p\nvar x = 1\n"},
        {"a.go": "package p\n", "b.go": "package p\nvar x = 1\nfunc F(a, b int) {}\n"},
    )
    trace = made.trace("F")
    assert trace.change is SymbolChange.SIGNATURE
    assert (trace.before.definition.path, trace.after.definition.path) == ("a.go", "b.go")
    assert len(trace.units) == 2


def test_a_file_without_grammar_is_read_as_words_for_what_is_removed(traced: Callable[..., Any]) -> None:
    made = traced(
        {"a.py": "def helper(): pass\n", "docs/x.md": "call `helper()`\n", "b.lua": "helpers\n"},
        {"a.py": "\n"},
    )
    assert made.uses("helper") == [("docs/x.md:1", BY_TEXT)]
    assert made.trace("helper").uses[0].quote.text == "call `helper()`"


def test_how_each_changed_file_was_understood(traced: Callable[..., Any]) -> None:
    made = traced(
        {"a.py": "x = 1\n", "b.go": "package p\n", "c.lua": "x\n", "d": "x\n"},
        {"a.py": "x = (\n", "b.go": "package q\n", "c.lua": "y\n", "d": "y\n", "e.bin.py": b"\0\1"},
    )
    found = {item.path: (item.language, item.analysis, item.partial) for item in made.evidence.files}
    assert found["a.py"][:2] == ("python", Analysis.SYNTAX)
    assert "head: line 1" in str(found["a.py"][2])
    assert found["b.go"] == ("go", Analysis.SYNTAX, None)
    assert found["c.lua"] == ("lua", Analysis.WORDS, None)
    assert found["d"] == (None, Analysis.WORDS, None)


def test_a_use_in_a_file_that_is_not_understood_is_not_certain(traced: Callable[..., Any]) -> None:
    files = {"a.py": "def f(): return CHANGED\n", "b.py": "from a import f\nf()\nx = = 1\n"}
    assert {certainty for _, certainty in uses_at_head(traced, files, "a.py", "f")} == {BY_NAME}


def test_each_limit_that_cuts_is_named(traced: Callable[..., Any]) -> None:
    before = {"a.py": "def f(): return 1\ndef g(): return 1\n"}
    before |= {f"u{number}.py": "from a import f\nf()\nf(1)\n" for number in range(5)}
    after = {"a.py": "def f(): return 2\ndef g(): return 2\n"}
    for limits, words in (
        (Limits(max_files=2), "4 files with its name were not looked at: limit 2 files"),
        (Limits(max_uses=3), "12 of 15 uses are not listed: limit 3"),
        (Limits(max_symbols=1), "1 changed definitions were not traced, first g in a.py: limit 1"),
        (Limits(max_search_lines=4), "the search ended after 4 lines"),
        (Limits(max_bytes=10), "were not looked at"),
        (
            Limits(max_line=5),
            "2 changed definitions were not traced, first f in a.py: limit 400 a change, 5 characters a line",
        ),
    ):
        cuts = "\n".join(traced(before, after, limits).evidence.cuts)
        assert words in cuts, cuts


def test_the_same_change_gives_the_same_evidence(traced: Callable[..., Any]) -> None:
    before = {"a.py": "def f(): return 1\n", **{f"u{n}.py": "from a import f\nf()\n" for n in range(9)}}
    made = [traced(before, {"a.py": "def f(): return 2\n"}).evidence for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].files_parsed == 11
    assert made[0].bytes_parsed > 0


def test_members_of_a_class_that_is_added_as_a_whole_are_reached_through_it(
    traced: Callable[..., Any],
) -> None:
    made = traced({"a.py": "x = 1\n"}, {"a.py": "x = 1\nclass C:\n    def m(self): pass\n"})
    assert [trace.symbol.qualified_name for trace in made.evidence.traces] == ["C"]


def test_minified_code_is_named_and_not_quoted(traced: Callable[..., Any]) -> None:
    made = traced(
        {"a.min.js": f"function f() {{{'x;' * 2000}}}"}, {"a.min.js": f"function f() {{{'y;' * 2000}}}"}
    )
    assert made.evidence.traces == ()
    assert "1 changed definitions were not traced, first f in a.min.js" in made.evidence.cuts[0]


@pytest.mark.parametrize(("inside", "cuts"), [("", 0), ("require('./a');", 1)])
def test_a_bundle_that_imports_no_file_is_no_cut(traced: Callable[..., Any], inside: str, cuts: int) -> None:
    bundle = inside + "f();" * 300_000
    made = traced({"a.js": "exports.f = () => 1\n", "bundle.js": bundle}, {"a.js": "exports.f = () => 2\n"})
    assert len(made.evidence.cuts) == cuts


def test_a_java_use_is_followed_to_its_class_and_a_local_variable_is_none(traced: Callable[..., Any]) -> None:
    before = {
        "a/Price.java": "package a;\npublic class Price {\n    static int of(int n) { return n; }\n}\n",
        "b/Shop.java": (
            "package b;\nimport a.Price;\nclass Shop {\n    int m() { return Price.of(1); }\n"
            "    int n(int of) {\n        return of;\n    }\n}\n"
        ),
    }
    after = {
        "a/Price.java": "package a;\npublic class Price {\n    static int of(int n) { return n + 1; }\n}\n"
    }
    assert traced(before, after).uses("Price.of") == [("b/Shop.java:4", "resolved")]


GO_STORE = """package store
type Store struct{ n int }
type Reader interface { Read(n int) int }
func (s *Store) Read(n int) int { return n }
func New() *Store { return &Store{} }
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("func f(s *store.Store) int { return s.Read(1) }", "resolved"),
        ("func f() int {\n\ts := store.New(); return s.Read(1) }", "resolved"),
        ("type A struct{ s *store.Store }\nfunc (a A) f() int { return a.s.Read(1) }", "resolved"),
        ("type A struct{ *store.Store }\nfunc (a A) f() int { return a.Read(1) }", "resolved"),
        ("func f(r store.Reader) int { return r.Read(1) }", "by_type"),
        (
            "type O struct{}\nfunc (o O) Read(n int) int { return n }\nfunc f(o O) int { return o.Read(1) }",
            None,
        ),
        ("func f() int { return store.Make().Read(1) }", "by_name"),
    ],
)
def test_uses_of_a_go_method_through_declared_types(
    traced: Callable[..., Any], body: str, expected: str | None
) -> None:
    files = {
        "go.mod": "module example.org/m\n",
        "store/store.go": GO_STORE,
        "app/app.go": f'package app\nimport "example.org/m/store"\n{body}\n',
    }
    after = {"store/store.go": GO_STORE.replace("return n }\nfunc New", "return n + 1 }\nfunc New")}
    found = [
        certainty for place, certainty in traced(files, after).uses("Store.Read") if place.startswith("app/")
    ]
    assert found == ([expected] if expected else [])


JAVA_STORE = (
    "package a;\npublic class Store implements Reader {\n    public int read(int n) { return n; }\n}\n"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("int f(Store s) { return s.read(1); }", "resolved"),
        ("int f() { var s = new Store(); return s.read(1); }", "resolved"),
        ("Store s; int f() { return this.s.read(1) + 0; }", "resolved"),
        ("int f(Reader r) { return r.read(1); }", "by_type"),
        ("static class O { int read(int n) { return n; } }\n int f(O o) { return o.read(1); }", None),
        ("int f(Store s) { return s.read(1, 2); }", "resolved"),
    ],
)
def test_uses_of_a_java_method_through_declared_types(
    traced: Callable[..., Any], body: str, expected: str | None
) -> None:
    files = {
        "a/Store.java": JAVA_STORE,
        "a/Reader.java": "package a;\npublic interface Reader { int read(int n); }\n",
        "b/App.java": f"package b;\nimport a.*;\nclass App {{\n{body}\n}}\n",
    }
    after = {"a/Store.java": JAVA_STORE.replace("return n", "return n + 1")}
    found = [
        certainty for place, certainty in traced(files, after).uses("Store.read") if place.startswith("b/")
    ]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("export function f(s: Store) { return s.read(1) }", "resolved"),
        ("export function f() { const s = new Store(); return s.read(1) }", "resolved"),
        ("export class A { constructor(private s: Store) {} f() { return this.s.read(1) } }", "resolved"),
        ("export class A extends Store { f() { return this.read(1) } }", "resolved"),
        ("class O { read(n: number) {} }\nexport function f(o: O) { return o.read(1) }", None),
        ("export function f(s) { return s.read(1) }", "by_name"),
    ],
)
def test_uses_of_a_typescript_method_through_declared_types(
    traced: Callable[..., Any], body: str, expected: str | None
) -> None:
    store = "export class Store {\n  read(n: number) { return n }\n}\n"
    files = {"store.ts": store, "app.ts": f"import {{ Store }} from './store'\n{body}\n"}
    after = {"store.ts": store.replace("return n", "return n + 1")}
    found = [
        certainty for place, certainty in traced(files, after).uses("Store.read") if place.startswith("app")
    ]
    assert found == ([expected] if expected else [])


def test_places_that_a_limit_kept_from_being_followed_are_said(traced: Callable[..., Any]) -> None:
    store = "class Store:\n    def read(self):\n        return 1\n"
    app = "from store import Store\ndef f(a: Store, b: Store):\n    a.read()\n    b.read()\n"
    files = {"store.py": store, "app.py": app}
    after = {"store.py": store.replace("1", "2")}
    made = traced(files, after, Limits(max_places=0))
    assert {certainty for _, certainty in made.uses("Store.read")} == {BY_NAME}
    assert any("places were not followed" in cut for cut in made.evidence.reach.cuts)
    whole = traced(files, after)
    assert {certainty for _, certainty in whole.uses("Store.read")} == {RESOLVED}
    assert not any("places were not followed" in cut for cut in whole.evidence.reach.cuts)
