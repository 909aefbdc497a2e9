"""Expected values are worked out by hand from the rules of the white paper; the sum stands beside each case."""

# ruff: noqa: E501 - a case is a line

import pytest

from tests.evidence.complexity.measured import measured, one

PYTHON = [
    ("straight code", "def f(a):\n    b = a + 1\n    return b\n", 0, 0),
    ("an if", "def f(a):\n    if a:\n        return 1\n", 1, 1),
    ("guard clauses add no level to each other", "def f(a):\n    if a: return 1\n    if b: return 2\n    return 3\n", 2, 1),
    ("if 1, elif 1, elif 1, else 1", "def f(a):\n    if a: x()\n    elif b: x()\n    elif c: x()\n    else: x()\n", 4, 1),
    ("if 1, else 1, if in else 2", "def f(a):\n    if a: x()\n    else:\n        if b: x()\n", 4, 2),
    ("if 1, elif 1, for inside 2", "def f(a):\n    if a: x()\n    elif b:\n        for c in d: x()\n", 4, 2),
    ("for 1, if 2, while 3", "def f(a):\n    for b in a:\n        if b:\n            while c: x()\n", 6, 3),
    ("for 1, its else 1", "def f(a):\n    for b in a: x()\n    else: y()\n", 2, 1),
    ("try 0, except 1, if in it 2, its else and finally 0",
     "def f(a):\n    try: x()\n    except E:\n        if a: x()\n    else: y()\n    finally: z()\n", 3, 2),
    ("an if in the else of a try 1", "def f(a):\n    try: x()\n    except E: y()\n    else:\n        if a: z()\n", 2, 1),
    ("match 1, whatever its cases", "def f(a):\n    match a:\n        case 1: x()\n        case 2 if b: y()\n        case _: z()\n", 1, 1),
    ("if in a case 2", "def f(a):\n    match a:\n        case 1:\n            if b: x()\n", 3, 2),
    ("and 1", "def f(a):\n    return a and b and c\n", 1, 0),
    ("and 1, or 1, and 1", "def f(a):\n    return a and b or c and d\n", 3, 0),
    ("parentheses do not matter: and 1, or 1, and 1", "def f(a):\n    return a and (b or c) and d\n", 3, 0),
    ("if 1, and 1, and behind not 1", "def f(a):\n    if a and not (b and c): x()\n", 3, 1),
    ("and 1, and in an argument 1", "def f(a):\n    return a and g(b and c)\n", 2, 0),
    ("ternary 1, in a ternary 2", "def f(a):\n    return 1 if a else (2 if b else 3)\n", 3, 2),
    ("comprehension 0, ternary in it 1", "def f(a):\n    return [1 if b else 2 for b in a if b]\n", 1, 1),
    ("lambda 0, ternary in it 2", "def f(a):\n    return g(lambda b: 1 if b else 2)\n", 2, 2),
    ("nested function 0, if in it 2", "def f(a):\n    x()\n    def g():\n        if a: y()\n    return g\n", 2, 2),
    ("decorator: the function inside adds no level", "def f(a):\n    def g(b):\n        if b: x()\n    return g\n", 1, 1),
    ("recursion 1, once", "def f(a):\n    return f(f(a))\n", 1, 0),
    ("a call of a method with the same name is none", "def f(a):\n    return a.f()\n", 0, 0),
    ("with and assert 0", "def f(a):\n    with a: x()\n    assert a\n", 0, 0),
    ("if 1, ternary in its condition 1", "def f(a):\n    if (1 if a else 0): x()\n", 2, 1),
]  # fmt: skip

JAVASCRIPT = [
    ("if 1, else if 1, else 1", "function f(a) { if (a) {} else if (b) {} else {} }", 3, 1),
    ("if 1, else 1, if in its block 2, second statement", "function f(a) { if (a) {} else { if (b) {} x() } }", 4, 2),
    ("if 1, else 1, if alone in the block of an else 2", "function f(a) { if (a) {} else { if (b) {} } }", 4, 2),
    ("switch 1, if in a case 2", "function f(a) { switch (a) { case 1: if (b) {} break; default: } }", 3, 2),
    ("for 1, for of 2, labeled continue 1", "function f(a) { L: for (;;) { for (const b of a) { continue L } } }", 4, 2),
    ("a break without a label 0", "function f(a) { while (a) { break } }", 1, 1),
    ("catch 1, finally 0", "function f(a) { try { x() } catch (e) { y() } finally { z() } }", 1, 1),
    ("?? and ?. 0", "function f(a) { return a?.b ?? c }", 0, 0),
    ("|| 1, && 1", "function f(a) { return a || b && c }", 2, 0),
    ("arrow 0, ternary in it 2", "function f(a) { return a.map(b => b ? 1 : 2) }", 2, 2),
    ("a function of declarations only adds no level", "function f() { const a = 1; function g() { if (a) {} } }", 1, 1),
    ("do 1, ternary in its condition 1", "function f(a) { do {} while (a ? 1 : 2) }", 2, 1),
]  # fmt: skip

GO = [
    ("if 1, else if 1, else 1", "func f() { if a := 1; a > 0 {} else if b {} else {} }", 3, 1),
    ("error checks 1 each", "func f() error { if err != nil { return err }; if err != nil { return err }; return nil }", 2, 1),
    ("switch 1, if in a case 2", "func f() { switch a { case 1: if b {} ; default: } }", 3, 2),
    ("type switch 1, select 1", "func f() { switch a.(type) { case int: }; select { default: } }", 2, 1),
    ("for 1, for 2, continue with a label 1", "func f() { L: for { for range a { continue L } } }", 4, 2),
    ("goto 1", "func f() { L: x(); goto L }", 1, 0),
    ("function literal 0, if in it 2", "func f() { g(func() { if a {} }) }", 2, 2),
    ("&& 1, || 1, recursion 1", "func f() bool { return a && b || f() }", 3, 0),
]  # fmt: skip

JAVA = [
    ("if 1, else if 1, else 1", "void f() { if (a) {} else if (b) {} else {} }", 3, 1),
    ("the sum of primes: for 1, for 2, if 3, continue with a label 1",
     "int f(int max) { int t = 0; OUT: for (int i = 1; i <= max; ++i) { for (int j = 2; j < i; ++j) {"
     " if (i % j == 0) { continue OUT; } } t += i; } return t; }", 7, 3),
    ("if 1, for 2, while 3; catch 1, if 2", "void f() { try { if (a) { for (;;) { while (b) {} } } } catch (E e) { if (c) {} } }", 9, 3),
    ("switch 1, whatever its cases", "String f() { switch (n) { case 1: return a; case 2: return b; default: return c; } }", 1, 1),
    ("a switch with arrows 1, ternary in it 2", "int f() { return switch (n) { case 1 -> a ? 1 : 2; default -> 3; }; }", 3, 2),
    ("catch 1, while 2", "void f() { try { x(); } catch (E e) { while (a) {} } finally { y(); } }", 3, 2),
    ("&& 1, || 1, && 1", "boolean f() { return a && b && c || d || e && g; }", 3, 0),
    ("lambda 0, if in it 2", "void f() { Runnable r = () -> { if (a) {} }; }", 2, 2),
    ("a method of an anonymous class: if in it 2", "void f() { g(new R() { public void run() { if (a) {} } }); }", 2, 2),
    ("a call of an overload is no recursion", "void f(int a) { f(a, 1); }", 0, 0),
    ("synchronized 0, for each 1, do 1", "void f() { synchronized (a) { for (A b : c) {} do {} while (d); } }", 2, 1),
]  # fmt: skip

RUBY = [
    ("if 1, elsif 1, else 1", "def f\n if a\n  x\n elsif b\n  y\n else\n  z\n end\nend", 3, 1),
    ("if 1, else 1, if in else 2", "def f\n if a\n  x\n else\n  if b\n   y\n  end\n end\nend", 4, 2),
    ("modifiers 1 each", "def f\n x if a\n y unless b\nend", 2, 1),
    ("case 1, its else 0, if in else 2", "def f\n case a\n when 1 then x\n else\n  y if b\n end\nend", 3, 2),
    ("pattern case 1", "def f\n case a\n in {b:} if c then x\n end\nend", 1, 1),
    ("while 1, until 2", "def f\n while a\n  until b\n   x\n  end\n end\nend", 3, 2),
    ("rescue 1, its else 0", "def f\n x\nrescue E\n y\nelse\n z\nensure\n w\nend", 1, 1),
    ("block 0, if in it 2", "def f\n a.each do |b|\n  x if b\n end\nend", 2, 2),
    ("lambda is one level: if in it 2", "def f\n -> (a) { x if a }\nend", 2, 2),
    ("&& 1, and 0 after it, || 1", "def f\n (a && b and c) || d\nend", 2, 0),
    ("ternary 1, safe navigation 0", "def f\n a&.b ? 1 : 2\nend", 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cognitive", "nesting"), [case[1:] for case in PYTHON], ids=[c[0] for c in PYTHON]
)
def test_python_counts_as_the_paper_says(text: str, cognitive: int, nesting: int) -> None:
    found = one("a.py", text)
    assert (found.cognitive, found.nesting) == (cognitive, nesting)


@pytest.mark.parametrize("path", ["a.js", "a.ts", "a.tsx"])
@pytest.mark.parametrize(
    ("text", "cognitive", "nesting"), [case[1:] for case in JAVASCRIPT], ids=[c[0] for c in JAVASCRIPT]
)
def test_javascript_and_typescript_count_alike(path: str, text: str, cognitive: int, nesting: int) -> None:
    found = one(path, text)
    assert (found.cognitive, found.nesting) == (cognitive, nesting)


@pytest.mark.parametrize(("text", "cognitive", "nesting"), [case[1:] for case in GO], ids=[c[0] for c in GO])
def test_go_counts_as_the_paper_says(text: str, cognitive: int, nesting: int) -> None:
    found = one("a.go", f"package p\n{text}\n")
    assert (found.cognitive, found.nesting) == (cognitive, nesting)


@pytest.mark.parametrize(
    ("text", "cognitive", "nesting"), [case[1:] for case in JAVA], ids=[c[0] for c in JAVA]
)
def test_java_counts_as_the_paper_says(text: str, cognitive: int, nesting: int) -> None:
    found = one("A.java", f"class A {{ {text} }}")
    assert (found.cognitive, found.nesting) == (cognitive, nesting)


@pytest.mark.parametrize(
    ("text", "cognitive", "nesting"), [case[1:] for case in RUBY], ids=[c[0] for c in RUBY]
)
def test_ruby_counts_as_the_paper_says(text: str, cognitive: int, nesting: int) -> None:
    found = one("a.rb", text)
    assert (found.cognitive, found.nesting) == (cognitive, nesting)


def test_a_method_that_calls_itself_by_its_receiver_is_recursive_and_by_a_bare_name_is_not() -> None:
    source = "class A:\n    def f(self): return self.f()\n    def g(self): return g()\n"
    found = measured("a.py", source)
    assert (found["A.f"].cognitive, found["A.g"].cognitive) == (1, 0)


def test_functions_are_named_by_the_types_around_or_by_what_they_are_assigned_to() -> None:
    assert set(measured("a.py", "class A:\n    class B:\n        def f(self): pass\n")) == {"A.B.f"}
    assert set(measured("a.ts", "const f = () => 1; x.y = function () {}; class A { g() {} }")) == {
        "f",
        "x.y",
        "A.g",
    }
    assert set(measured("a.go", "package p\nfunc (s *Store[T]) Get() {}\n")) == {"Store.Get"}
    assert set(measured("a.rb", "class A::B\n def self.f\n end\n def g\n end\nend")) == {
        "A::B.self.f",
        "A::B.g",
    }


def test_functions_in_a_block_at_the_top_of_a_file_are_measured_each_for_itself() -> None:
    source = "describe('x', () => {\n  if (a) {}\n  function f() {\n    if (b) {}\n  }\n})\n"
    found = measured("a.js", source)
    assert (found["f"].cognitive, found["f"].lines) == (1, 3)
    assert (found[""].cognitive, found[""].lines) == (1, 3)


def test_lines_are_counted_from_the_signature_to_the_end() -> None:
    assert one("a.py", "@d\ndef f(\n    a,\n):\n    return a\n").lines == 4


def test_long_chains_are_measured_without_recursion() -> None:
    conditions = " and ".join(["a"] * 5_000)
    branches = "".join(f"    elif a == {n}: x()\n" for n in range(2_000))
    assert one("a.py", f"def f(a):\n    return {conditions}\n").cognitive == 1
    assert one("a.py", f"def f(a):\n    if a: x()\n{branches}").cognitive == 2_001
    assert one("a.js", "function f(a) { " + "if (a) {} else " * 2_000 + "{} }").cognitive == 2_001


def test_blocks_in_blocks_are_each_measured_once() -> None:
    depth = 150
    found = measured("a.js", "g(() => { if (a) {} " * depth + "})" * depth)
    assert found[""].cognitive == 1
