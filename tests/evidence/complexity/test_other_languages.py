"""Expected values are worked out by hand from the rules of the white paper; the sum stands beside each case."""

# ruff: noqa: E501 - a case is a line

import pytest

from tests.evidence.complexity.measured import measured, one

CASES = [
    ("a.rs", "if 1, else if 1, else 1", "fn f() { if a {} else if b {} else {} }", 3, 1),
    ("a.rs", "loop 1, while 2, continue with a label 1", "fn f() { 'l: loop { while a { continue 'l; } } }", 4, 2),
    ("a.rs", "match 1, if in an arm 2, ? and let else 0",
     "fn f() { let Some(x) = y else { return }; match x { A if b => { if c {} } _ => z()? } }", 3, 2),
    ("a.rs", "closure 0, for in it 2", "fn f() { let g = |x| { for y in x {} }; }", 2, 2),
    ("a.rs", "if 1, && of a let chain 1", "fn f() { if let Some(x) = y && z {} }", 2, 1),
    ("a.c", "if 1, else if 1, else 1", "int *f(int a) { if (a) {} else if (b) {} else {} }", 3, 1),
    ("a.c", "for 1, switch 2, goto 1", "void f() { for (;;) { switch (a) { case 1: goto out; } } out: ; }", 4, 2),
    ("a.c", "#if 1, if in it 2, #else 1", "void f() {\n#if A\n if (a) {}\n#else\n b();\n#endif\n}\n", 4, 2),
    ("a.c", "&& 1, || 1, recursion 1", "int f(int a) { return a && b || f(1); }", 3, 0),
    ("a.cpp", "catch 1, range for 2", "void f() { try { x(); } catch (E &e) { for (auto a : b) {} } }", 3, 2),
    ("a.cpp", "lambda 0, if in it 2", "void f() { auto g = [&](int a) { if (a) {} }; }", 2, 2),
    ("a.cpp", "if 1, and 1, or 1, ternary in it 2", "void f() { if (a and b or c) { d = e ? 1 : 2; } }", 5, 2),
    ("a.cs", "if 1, else if 1, else 1", "class A { void F() { if (a) {} else if (b) {} else {} } }", 3, 1),
    ("a.cs", "foreach 1, catch 2, ?? 0", "class A { void F() { foreach (var a in b) { try { x(a ?? c); } catch (E e) {} } } }", 3, 2),
    ("a.cs", "switch 1, arm with a ternary 2", "class A { int F() { return a switch { 1 => b ? 1 : 2, _ => 3 }; } }", 3, 2),
    ("a.cs", "lambda 0, if in it 2", "class A { void F() { G(x => { if (x) {} }); } }", 2, 2),
    ("a.php", "if 1, elseif 1, else if 1, else 1", "<?php function f() { if ($a) {} elseif ($b) {} else if ($c) {} else {} }", 4, 1),
    ("a.php", "foreach 1, while 2, break 2 is 1", "<?php function f() { foreach ($a as $b) { while ($c) { break 2; } } }", 4, 2),
    ("a.php", "match 1, ternary in it 2, ?: 1", "<?php function f() { return match ($a) { 1 => $b ? 1 : 2, default => 3 }; }", 3, 2),
    ("a.php", "&& 1, and 0 after it, xor 1", "<?php function f() { return ($a && $b and $c) xor $d; }", 2, 0),
    ("a.kt", "if 1, else if 1, else 1", "fun f() {\n if (a) { x() } else if (b) { y() } else { z() }\n}\n", 3, 1),
    ("a.kt", "when 1, if in it 2, ?: 0", "fun f() {\n when (a) {\n  1 -> { if (b) { x() } }\n  else -> c ?: d\n }\n}\n", 3, 2),
    ("a.kt", "for 1, catch 2", "fun f() {\n for (a in b) {\n  try { x() } catch (e: E) { y() }\n }\n}\n", 3, 2),
    ("a.kt", "lambda 0, if in it 2, && 1", "fun f() {\n a.map { if (it && b) { x() } }\n}\n", 3, 2),
    ("a.scala", "if 1, else if 1, else 1", "object A { def f() = { if (a) { x() } else if (b) { y() } else { z() } } }", 3, 1),
    ("a.scala", "match 1, for in a case 2", "object A { def f() = a match { case 1 => for (b <- c) { x() }; case _ => 2 } }", 3, 2),
    ("a.scala", "catch 1 with all its cases", "object A { def f() = try { x() } catch { case e: E => 1; case _ => 2 } }", 1, 1),
    ("a.scala", "&& 1, || 1", "object A { def f() = a && b && c || d }", 2, 0),
    ("a.swift", "if 1, else if 1, else 1", "func f() {\n if a { x() } else if b { y() } else { z() }\n}\n", 3, 1),
    ("a.swift", "guard 1, for 1, if 2, labeled continue 1",
     "func f() {\n guard let a = b else { return }\n l: for c in a {\n  if c { continue l }\n }\n}\n", 5, 2),
    ("a.swift", "switch 1, catch 1, ?? 0", "func f() {\n switch a {\n case 1: x()\n default: y()\n }\n do { try z() } catch { w(a ?? b) }\n}\n", 2, 1),
    ("a.swift", "closure 0, ternary in it 2, && 1, || 1", "func f() {\n a.map { $0 && b || c ? 1 : 2 }\n}\n", 4, 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "cognitive", "nesting"),
    [(path, *rest) for path, _, *rest in CASES],
    ids=[f"{case[0]}: {case[1]}" for case in CASES],
)
def test_each_language_counts_as_the_paper_says(path: str, text: str, cognitive: int, nesting: int) -> None:
    found = one(path, text)
    assert (found.cognitive, found.nesting) == (cognitive, nesting)


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("a.rs", "impl<T> X for A<T> { fn f(&self) {} }", "A.f"),
        ("a.cpp", "namespace n { int A<T>::f(int a) const { return 1; } }", "n.A<T>::f"),
        ("a.cs", "namespace N { class A { int P { get { return 1; } } } }", "N.A.P.get"),
        ("a.kt", "object A {\n fun f() = 1\n}\n", "A.f"),
        ("a.swift", "extension A {\n func f() { x() }\n}\n", "A.f"),
    ],
)
def test_functions_are_named_by_the_types_around(path: str, text: str, name: str) -> None:
    assert set(measured(path, text)) == {name}
