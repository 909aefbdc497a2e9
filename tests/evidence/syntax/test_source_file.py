import time

import pytest

from reviewer.domain.evidence import CallShape, Parameters, SymbolKind
from reviewer.evidence.syntax.languages import grammar_of, language_of
from reviewer.evidence.syntax.parsed import Definition, Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile


def parsed(path: str, source: str | bytes) -> SourceFile:
    grammar = grammar_of(path)
    assert grammar is not None
    return SourceFile(path, source.encode() if isinstance(source, str) else source, grammar)


def definition(path: str, source: str, name: str) -> Definition:
    found = parsed(path, source).definition(name)
    assert found is not None, [item.qualified_name for item in parsed(path, source).definitions]
    return found


def the(path: str, source: str, name: str, line: int) -> Occurrence:
    found = [item for item in parsed(path, source).occurrences(name) if item.line == line]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("a.py", "python"), ("a/b.PYI", "python"), ("a.js", "javascript"), ("a.jsx", "javascript"),
        ("a.mjs", "javascript"), ("a.ts", "typescript"), ("a.d.ts", "typescript"), ("a.tsx", "tsx"), ("a.go", "go"),
        ("a.rb", "ruby"), ("Makefile", None), ("a.b/README", None), (".gitignore", None),
    ],
)  # fmt: skip
def test_the_extension_tells_the_language(path: str, language: str | None) -> None:
    assert language_of(path) == language


PYTHON = '''
@decorated(1)
class Store(Base, metaclass=Meta):
    """helper()"""
    limit = 3

    def __init__(self, path, *, mode="r"):
        self.path = path

    @staticmethod
    def make(a,
             b=1): return helper(a)

    async def read(self, size):
        def inner(): return helper
        return self.read(size)

LIMIT = 5
def helper(a, b=2, *args, c, d=4, **rest) -> int:
    return a  # helper

if True:
    def conditional(x, /, y): ...
type Alias = int
'''


def test_python_definitions_have_kinds_owners_and_lines() -> None:
    found = {
        item.qualified_name: (item.kind.value, item.first_line, item.signature_end, item.last_line)
        for item in parsed("a.py", PYTHON).definitions
    }
    assert found == {
        "Store": ("class", 2, 3, 16),
        "Store.__init__": ("method", 7, 7, 8),
        "Store.make": ("method", 10, 12, 12),
        "Store.read": ("method", 14, 14, 16),
        "LIMIT": ("constant", 18, 18, 18),
        "helper": ("function", 19, 19, 20),
        "conditional": ("function", 23, 23, 23),
        "Alias": ("type", 24, 24, 24),
    }


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("def f(a, b=2, *args, c, d=4, **rest)", (("a", "c"), ("b", "d"), None, True)),
        ("def f(a: int, b: str = '', /, *, c: int)", (("a", "c"), ("b",), 2, False)),
        ("def f()", ((), (), 0, False)),
        ("def f(*a: int, **k: int)", ((), (), None, True)),
        ("async def f(a) -> None", (("a",), (), 1, False)),
        ("def f(a,\n      # why\n      b)", (("a", "b"), (), 2, False)),
    ],
)
def test_python_parameters(signature: str, expected: tuple[object, ...]) -> None:
    found = definition("a.py", f"{signature}:\n    pass\n", "f").parameters
    assert found is not None
    assert (found.required, found.optional, found.positional_limit, found.takes_any_keyword) == expected
    assert found.names_count


def test_a_python_receiver_is_no_parameter() -> None:
    assert definition("a.py", PYTHON, "Store.read").parameters == Parameters(
        required=("size",), optional=(), positional_limit=1, takes_any_keyword=False, names_count=True
    )
    made = definition("a.py", PYTHON, "Store.make").parameters
    assert made is not None
    assert made.required == ("a",)


def test_a_decorator_that_may_change_the_call_leaves_the_parameters_untold() -> None:
    assert definition("a.py", "@app.route('/')\ndef f(a): pass\n", "f").parameters is None
    assert definition("a.py", "class C:\n    @property\n    def f(self): pass\n", "C.f").parameters is None
    assert definition("a.py", "@functools.lru_cache(1)\ndef f(a): pass\n", "f").parameters is not None


def test_a_class_is_called_as_its_constructor() -> None:
    plain = definition("a.py", "class C(B):\n    def __init__(self, a): pass\n", "C").parameters
    assert plain is not None
    assert plain.required == ("a",)
    assert (
        definition("a.py", "@dataclass\nclass C:\n    def __init__(self, a): pass\n", "C").parameters is None
    )
    assert (
        definition(
            "a.py", "class C:\n    def __new__(cls): ...\n    def __init__(self, a): ...\n", "C"
        ).parameters
        is None
    )


JAVASCRIPT = """
var app = exports = module.exports = {};
const { a: renamed, b = 1 } = require('./z');
app.use = function use(fn, path) { return renamed(fn, ...path); };
exports.extra = (x) => x;
function plain(p, q) { if (!q) q = 1; return `${plain(p.x)}`; }
export class Box extends Base { constructor(size) { super(); } #hidden() {} get(i) { return this.get(i); } }
export const arrow = async x => x, limit = 3;
const lazy = require('lazy');
it('does', () => { function nested() {} });
"""


def test_javascript_definitions() -> None:
    found = {item.qualified_name: item.kind.value for item in parsed("a.js", JAVASCRIPT).definitions}
    assert found == {
        "app": "constant",
        "app.use": "method",
        "extra": "function",
        "plain": "function",
        "Box": "class",
        "Box.constructor": "method",
        "Box.#hidden": "method",
        "Box.get": "method",
        "arrow": "function",
        "limit": "constant",
    }


def test_a_javascript_parameter_the_body_asks_for_is_optional() -> None:
    found = definition("a.js", JAVASCRIPT, "plain").parameters
    assert found is not None
    assert (found.required, found.optional, found.positional_limit) == (("p",), ("q",), None)
    assert definition("a.js", "function f(a) { return arguments.length; }", "f").parameters is None


@pytest.mark.parametrize(
    "body",
    [
        "a || 1",
        "if (a) {}",
        "a ?? 1",
        "typeof a",
        "a === undefined",
        "a && a.b",
        "a?.b",
        "x(!a)",
        "a.b; if (!a) {}",
        "g(a)",
        "g(b, a)",
        "x = { a }",
    ],
)
def test_a_javascript_parameter_that_may_be_missing_is_optional(body: str) -> None:
    found = definition("a.js", f"function f(a) {{ {body} }}", "f").parameters
    assert found is not None
    assert found.required == (), body


@pytest.mark.parametrize("body", ["a()", "return a.b", "a[0]", "a.b + x.a || 1", "a.b; ab || 1"])
def test_a_javascript_parameter_that_is_taken_apart_unasked_is_required(body: str) -> None:
    found = definition("a.js", f"function f(a) {{ {body} }}", "f").parameters
    assert found is not None
    assert found.required == ("a",), body


TYPESCRIPT = """
import D, { a as b, type T } from './m';
export default function foo(this: X, a: number, b?: string, c = 1, ...rest: any[]): void {}
abstract class K<T> extends ns.Base implements I {
  constructor(private a: string) { super(); }
  abstract u(): void;
  p = (z: number) => z;
}
interface I { f(a: number): void }
enum E { A }
type Al = { x: T };
function over(a: string): void;
function over(a: any) {}
"""


def test_typescript_definitions() -> None:
    found = [(item.qualified_name, item.kind.value) for item in parsed("a.ts", TYPESCRIPT).definitions]
    assert found == [
        ("foo", "function"),
        ("K", "class"),
        ("K.constructor", "method"),
        ("K.u", "method"),
        ("K.p", "method"),
        ("I", "interface"),
        ("E", "type"),
        ("Al", "type"),
        ("over", "function"),
        ("over", "function"),
    ]
    foo = definition("a.ts", TYPESCRIPT, "foo")
    assert foo.parameters == Parameters(
        required=("a",),
        optional=("b", "c"),
        positional_limit=None,
        takes_any_keyword=False,
        names_count=False,
    )
    assert (foo.first_line, foo.exported) == (3, True)
    assert not definition("a.ts", TYPESCRIPT, "over").exported


GO = """package foo

import (
	"example.org/m/bar"
	x "example.org/m/baz/v2"
)

type T struct {
	*Base
	A, B int
}
type I interface{ M(a int) error }
type Alias = T

const (
	X = iota
	Y
)

func (r *T[K]) M(a, b int, c ...string) error {
	T := T{A: 1}
	m := map[string]int{X: 1}
	return r.M(bar.F(m, xs...), T)
}

func g(int, string) {}
func init() {}
"""


def test_go_definitions() -> None:
    found = {item.qualified_name: (item.kind.value, item.exported) for item in parsed("a.go", GO).definitions}
    assert found == {
        "T": ("class", True),
        "I": ("interface", True),
        "Alias": ("type", True),
        "X": ("constant", True),
        "Y": ("constant", True),
        "T.M": ("method", True),
        "g": ("function", False),
    }
    method, function = definition("a.go", GO, "T.M").parameters, definition("a.go", GO, "g").parameters
    assert method is not None
    assert function is not None
    assert (method.required, method.positional_limit) == (("a", "b"), None)
    assert (function.required, function.positional_limit) == (("_", "_"), 2)


JAVA = """package a.b;

import c.D;
import static c.E.run;
import f.*;

public class Foo<T> extends D implements I, J<K> {
    int size = 3;
    Foo(int a) { }
    @Override
    public <R> R get(String s, int... more) throws X {
        class Local { void hidden() { } }
        return null;
    }
    enum Kind { A, B; int of() { return 1; } }
    interface In { void go(int x); }
    record Pair(int a, int b) { }
}
"""


def test_java_definitions() -> None:
    file = parsed("a/b/Foo.java", JAVA)
    found = {item.qualified_name: (item.kind.value, item.first_line) for item in file.definitions}
    assert found == {
        "Foo": ("class", 7),
        "Foo.Foo": ("method", 9),
        "Foo.get": ("method", 10),
        "Foo.Kind": ("class", 15),
        "Foo.Kind.of": ("method", 15),
        "Foo.In": ("interface", 16),
        "Foo.In.go": ("method", 16),
        "Foo.Pair": ("class", 17),
    }
    assert definition("Foo.java", JAVA, "Foo").bases == ("D", "I", "J<K>")
    method = definition("Foo.java", JAVA, "Foo.get").parameters
    assert method is not None
    assert (method.required, method.positional_limit) == (("s",), None)


def test_java_imports() -> None:
    found = [(item.module, item.name, item.local) for item in parsed("Foo.java", JAVA).imports]
    assert found == [("c.D", None, "D"), ("c.E", "run", "run"), ("f", "*", None)]


@pytest.mark.parametrize(
    ("path", "source", "name", "expected"),
    [
        ("A.java", "class A { void m() { x.f(1, 2); } }", "f", (2, (), False)),
        ("A.java", "class A { Object o = new f<B>(1); }", "f", (1, (), False)),
        ("a.py", "f(1, *a, k=2, **b)", "f", (1, ("k",), True)),
        ("a.py", "f(x for x in y)", "f", (1, (), False)),
        ("a.py", "(f)(1,)", "f", (1, (), False)),
        ("a.py", "a.b.f(1, k=2)", "f", (1, ("k",), False)),
        ("a.js", "f(1, /* two */ 2)", "f", (2, (), False)),
        ("a.js", "new f", "f", (0, (), False)),
        ("a.js", "a?.f(...b)", "f", (1, (), True)),
        ("a.ts", "f<string>(1)", "f", (1, (), False)),
        ("a.ts", "a.f!(1, 2)", "f", (2, (), False)),
        ("a.go", "package p\nfunc h() { f(1, xs...) }", "f", (2, (), True)),
        ("a.go", "package p\nfunc h() { f(g()) }", "f", (1, (), True)),
        ("a.go", "package p\nfunc h() { go p.f(1, 2) }", "f", (2, (), False)),
    ],
)
def test_calls_tell_what_they_pass(
    path: str, source: str, name: str, expected: tuple[int, tuple[str, ...], bool]
) -> None:
    (found,) = parsed(path, source).occurrences(name)
    assert found.call == CallShape(positional=expected[0], keywords=expected[1], unpacks=expected[2])


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", '"f()"  # f()'), ("a.py", "g(f=1)"), ("a.py", '"""\nf()\n"""'), ("a.js", "// f()\n'f' + `f`"),
        ("a.js", "({f: 1})"), ("a.js", "f: for(;;) { break f }"), ("a.ts", "interface I { f: string }"),
        ("a.go", "package p\n// f\nvar x = T{f: 1}"), ("a.go", "package p\ntype T struct { f int }"),
        ("a.jsx", "<A f={1}>f</A>"),
        ("A.java", "class A { void m() { f: for (;;) break f; } } // f"),
        ("A.java", "@B(f = 1) class A { String s = \"f\"; }"),
    ],
)  # fmt: skip
def test_a_word_that_is_no_name_there_is_no_occurrence(path: str, source: str) -> None:
    assert parsed(path, source).occurrences("f") == ()


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", "import f\ndef g(f):\n    return f\n"),
        ("a.py", "import f\ndef g():\n    for f in x:\n        return f\n"),
        ("a.py", "import f\ndef g():\n    with x as (f, y):\n        return f\n"),
        ("a.py", "import f\n[0 for f in x if\nf]\n"),
        ("a.py", "import f\nlambda f: (\nf)\n"),
        ("a.py", "import f\ndef g():\n    def f(): pass\n    return f\n"),
        ("a.js", "import f from 'x'\n(f) =>\nf"),
        ("A.java", "class A { int f; int m(int f) { return f; } }"),
        ("A.java", "class A { int f; void m() { g(f -> h(f)); } }"),
        ("A.java", "class A { int f; void m() { for (int f : x) { h(f); } } }"),
        ("A.java", "class A { int f; void m() { try { } catch (X f) { h(f); } } }"),
        ("a.js", "import f from 'x'\nfunction g({ a: f }) {\nreturn f }"),
        ("a.js", "import f from 'x'\nfunction g() { { var f = 1 }\nreturn f }"),
        ("a.js", "import f from 'x'\ntry {} catch (f) {\nf }"),
        ("a.ts", "import f from 'x'\nfunction g(f?: number) {\nreturn f }"),
        ("a.go", "package p\nfunc f() {}\nfunc g(f int) {\n\t_ = f\n}"),
        ("a.go", "package p\nfunc f() {}\nfunc g() {\n\tfor f := range x {\n\t\t_ = f\n\t}\n}"),
    ],
)
def test_a_local_name_hides_the_one_outside(path: str, source: str) -> None:
    file = parsed(path, source)
    last = [item for item in file.occurrences("f") if item.role is Role.READ][-1]
    binding = file.binding(last)
    assert binding is not None
    assert binding.scopes[0].kind != "file"


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", "def f(): pass\nclass C:\n    f = 1\n    def g(self): return f\n"),
        ("a.py", "def f(): pass\ndef g(a=f): pass\n"),
        ("a.py", "def f(): pass\ndef g(): pass\ndef h(f): pass\nf()\n"),
        ("a.js", "function f() {}\n{ let f = 1 }\nf()"),
        ("a.js", "function f() {}\nfunction g(a) { return f }"),
        ("a.go", "package p\nfunc f() {}\nfunc g() {\n\tf := f()\n}"),
    ],
)
def test_a_name_bound_elsewhere_does_not_hide_it(path: str, source: str) -> None:
    file = parsed(path, source)
    last = [item for item in file.occurrences("f") if item.role is Role.READ][-1]
    binding = file.binding(last)
    assert binding is not None
    assert (binding.line, binding.scopes[0].kind) == (1 if path != "a.go" else 2, "file")


def test_a_syntax_error_means_partial_and_names_the_line() -> None:
    file = parsed("a.py", "def ok(a): pass\n\ndef broken(:\n  =\n\ndef also(b): pass\n")
    assert file.partial is not None
    assert "not understood" in file.partial
    assert "line 3" in file.partial
    assert file.definition("ok") is not None


def test_a_file_of_loose_tokens_is_given_up_on_and_says_so() -> None:
    file = parsed("a.py", "def f(): pass\nx = " + "] " * 20_000)
    assert file.partial is not None
    assert "the file is not understood" in file.partial
    assert file.definitions == ()


def test_a_file_above_the_limit_is_not_parsed_and_says_so() -> None:
    file = parsed("a.py", "def f(): pass\n" + "#" * 1_000_000)
    assert file.definitions == ()
    assert file.partial == "1000014 bytes, limit 1000000: not parsed"
    assert file.limits_reached


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", "x = " + "(" * 100_000 + "f" + ")" * 100_000),
        ("a.py", "x = " + "[" * 200_000),
        ("a.js", "x = " + "{a:" * 100_000),
        ("a.js", "(" * 100_000 + "f" + ")" * 100_000),
        ("a.ts", "type T = " + "A<" * 50_000),
        ("a.go", "package p\nvar x = " + "(" * 100_000 + "f" + ")" * 100_000),
        ("a.py", "class A:\n" + "".join(" " * depth + "class f:\n" for depth in range(1, 900))),
        ("a.py", "\n".join(f"def f{number}(): f()" for number in range(30_000))),
        ("a.js", "f;" * 400_000),
        ("a.py", b"\xff\xfe\x00f = 1\n" * 1000),
    ],
    ids=range(10),
)
def test_hostile_source_ends_in_bounded_time(path: str, source: str | bytes) -> None:
    started = time.process_time()
    file = parsed(path, source)
    _ = file.definitions, file.imports, file.exports, file.occurrences("f"), file.partial
    assert time.process_time() - started < 5


def test_what_is_nested_too_deep_is_said() -> None:
    file = parsed("a.py", "x = " + "(" * 1000 + "f" + ")" * 1000)
    assert file.occurrences("f") == ()
    assert file.limits_reached == ("nested deeper than 400 levels",)


def test_kinds_of_symbols_are_those_of_the_queries() -> None:
    assert {kind.value for kind in SymbolKind} >= {
        "function",
        "method",
        "class",
        "interface",
        "type",
        "constant",
    }
