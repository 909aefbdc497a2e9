"""Java across files and packages, overloads, what is noted of names, and source that is broken or hostile."""

import time
from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Revisions, Side
from reviewer.evidence.flow import ir
from reviewer.evidence.flow.call_graph import call_graph
from reviewer.evidence.flow.program import Program
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.workspace import Workspace
from reviewer.testing.memory_git import MemoryGit

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]
TOOL = "package a.b; public class Tool { public static void run() {} public static class In { public void go() {} } }"


def program_of(files: Mapping[str, str]) -> Program:
    repo = MemoryGit()
    commit = repo.commit(files)
    return Program(
        Codebase(Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit)), Side.HEAD)
    )


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("import a.b.Tool; class Main { void m() { Tool.run(); } }", "Tool.run"),
        ("import a.b.*; class Main { void m() { Tool.run(); } }", "Tool.run"),
        ("class Main { void m() { a.b.Tool.run(); } }", "Tool.run"),
        ("import static a.b.Tool.run; class Main { void m() { run(); } }", "Tool.run"),
        ("import static a.b.Tool.*; class Main { void m() { run(); } }", "Tool.run"),
        ("import a.b.Tool.In; class Main { void m() { new In().go(); } }", "Tool.In.go"),
        ("import a.b.Tool; class Main { void m(Tool.In in) { in.go(); } }", "Tool.In.go"),
        ("class Main { void m() { new a.b.Tool.In().go(); } }", "Tool.In.go"),
    ],
)
def test_a_class_of_another_package_is_found_by_its_import(calls: Calls, written: str, called: str) -> None:
    edges = calls({"src/main/java/a/b/Tool.java": TOOL, "src/main/java/c/Main.java": f"package c; {written}"})
    assert edges == {("src.main.java.c.Main.Main.m", f"src.main.java.a.b.Tool.{called}")}


def test_an_own_method_comes_before_a_static_import(calls: Calls) -> None:
    main = "import static a.b.Tool.run; class Main { void m() { run(); } void run() {} }"
    assert calls({"a/b/Tool.java": TOOL, "Main.java": main}) == {("Main.Main.m", "Main.Main.run")}


def test_without_an_import_a_class_of_another_package_is_not_meant(calls: Calls) -> None:
    edges = calls(
        {"a/b/Tool.java": TOOL, "c/Main.java": "package c; class Main { void m() { Tool.run(); } }"}
    )
    assert edges == {("c.Main.Main.m", "Tool.run")}


def test_classes_of_one_package_see_each_other_across_source_roots(calls: Calls) -> None:
    edges = calls(
        {
            "src/main/java/a/Tool.java": (
                "package a; class Tool { static void run() {} } class Beside { static void go() {} }"
            ),
            "src/main/java/a/Near.java": "package a; class Near { void m() { Beside.go(); } }",
            "src/test/java/a/ToolTest.java": "package a; class ToolTest { void m() { Tool.run(); } }",
        }
    )
    assert edges == {
        ("src.main.java.a.Near.Near.m", "src.main.java.a.Tool.Beside.go"),
        ("src.test.java.a.ToolTest.ToolTest.m", "src.main.java.a.Tool.Tool.run"),
    }


def test_of_two_classes_of_one_name_the_imported_one_is_meant(calls: Calls) -> None:
    edges = calls(
        {
            "a/Tool.java": "package a; public class Tool { public void run() {} }",
            "b/Tool.java": "package b; public class Tool { public void run() {} }",
            "b/Main.java": "package b; import a.Tool; class Main { void m(Tool t) { t.run(); } }",
        }
    )
    assert edges == {("b.Main.Main.m", "a.Tool.Tool.run")}


def test_overrides_are_found_in_other_files(calls: Calls) -> None:
    edges = calls(
        {
            "a/Base.java": "package a; public interface Base { void go(); }",
            "b/Impl.java": "package b; import a.Base; public class Impl implements Base { public void go() {} }",
            "c/Main.java": "package c; import a.*; class Main { void m(Base it) { it.go(); } }",
        }
    )
    assert edges == {("c.Main.Main.m", "b.Impl.Impl.go")}


def test_a_nested_class_that_is_inherited_goes_by_its_bare_name(calls: Calls) -> None:
    edges = calls(
        {
            "A.java": "class A { static class Nest { void go() {} } }",
            "B.java": "class B extends A { void m() { new Nest().go(); } }",
        }
    )
    assert edges == {("B.B.m", "A.A.Nest.go")}


OVERLOADS = """
class A {}
class B extends A {}
class C {}
class Main {
    void f(int x) {}
    void f(String x) {}
    void f(Object x) {}
    void f(A x) {}
    void f(B x, int y) {}
    void f(String x, Object... y) {}
    void f(Runnable x, int y) {}
    void f(long x, long y) {}
    void m(A a, B b, C c, String s, int i, Integer box, String[] many) {
        CALL;
    }
}
"""


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        ("f(1)", {6}),
        ("f(i + 1)", {6}),
        ('f("x")', {7}),
        ('f("x" + i)', {7}),
        ("f(s)", {7}),
        ("f(c)", {8}),
        ("f(many)", {8}),
        ("f(a)", {9}),
        ("f(b)", {9}),
        ("f(new B())", {9}),
        ("f((Object) s)", {8}),
        ("f(b, 1)", {10}),
        ("f(s, 1, 2)", {11}),
        ("f(s, many)", {11}),
        ("f(() -> {}, 1)", {12}),
        ("f(1, 2)", {13}),
        ("f(box)", {8}),
        ("f(unknown())", {6, 7, 8, 9}),
    ],
)
def test_an_overload_is_chosen_by_number_then_by_what_is_evident(call: str, lines: set[int]) -> None:
    program = program_of({"Main.java": OVERLOADS.replace("CALL", call)})
    edges = call_graph(program, ["Main.java"]).edges
    found = {
        edge.callee.node.start_point.row + 1
        for edge in edges
        if isinstance(edge.callee, ir.Scope) and edge.callee.name == "f" and edge.callee.node is not None
    }
    assert found == lines


def test_an_inherited_overload_stays_in_reach(calls: Calls) -> None:
    source = (
        "class A { void f(int x) {} }\nclass B extends A { void f(String x) {} }\n"
        "class Main { void m(B b) { b.f(1); } }"
    )
    assert calls({"Main.java": source}) == {("Main.Main.m", "Main.A.f")}


def test_names_are_noted_where_they_stand() -> None:
    source = "class A { void go() {} }\nclass Main { A it; void m() { it.go(); } }"
    program = program_of({"Main.java": source})
    call_graph(program, ["Main.java"])
    module = program.module("Main.java")
    assert module is not None
    call = module.uses[source.index("go();")]
    assert isinstance(call, ir.Member)
    assert call.name == "go()"
    assert isinstance(module.uses[source.index("it.go")], ir.Member)


def test_a_method_that_is_not_understood_says_so_and_the_rest_is_followed() -> None:
    source = "class Main { void bad() { if ( = ; ok(); } void ok() { fine(); } void fine() {} }"
    program = program_of({"Main.java": source})
    edges = call_graph(program, ["Main.java"]).edges
    assert any(isinstance(edge.callee, ir.Scope) and edge.callee.name == "fine" for edge in edges)


@pytest.mark.parametrize(
    ("body", "partial"),
    [
        ("f(" * 300 + "1" + ")" * 300 + ";", "nested deeper than 100 levels"),
        ("{" * 900 + "f(1);" + "}" * 900, "nested deeper than 100 levels"),
        ("int[] a = {" + "1," * 5_000 + "f(1)};", "an array of more than 1000 elements"),
        ("String s = " + "s + " * 3_000 + "1;", None),
        ("if (a) f(1); else " * 2_000 + "f(2);", None),
        ("f(1);" * 3_000, None),
        ("x().y()" + ".z()" * 3_000 + ";", "nested deeper than 100 levels"),
    ],
    ids=range(7),
)
def test_hostile_source_ends_in_bounded_time_and_says_what_is_missing(body: str, partial: str | None) -> None:
    program = program_of({"Main.java": f"class Main {{ int f(int x) {{ {body} }} }}"})
    started = time.process_time()
    call_graph(program, ["Main.java"], max_steps=200_000)
    assert time.process_time() - started < 5
    module = program.module("Main.java")
    assert module is not None
    assert {scope.partial for scope in module.scopes.values() if scope.partial} == (
        {partial} if partial else set()
    )
