from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.evidence import Analysis, Certainty, SymbolChange
from reviewer.evidence.trace.limits import Limits

BY_NAME, BY_TEXT = Certainty.BY_NAME.value, Certainty.BY_TEXT.value
LIB = {
    "lib.rs": "pub fn NAME(MOREa: u32) -> u32 { VALUE }\n",
    "lib.c": "int NAME(MOREint a) { return VALUE; }\n",
    "lib.cpp": "int Shape::NAME(MOREint a) { return VALUE; }\n",
    "Lib.cs": "class Shape { int NAME(MOREint a) { return VALUE; } }\n",
    "lib.php": "<?php\nfunction NAME(MORE$a) { return VALUE; }\n",
    "Lib.kt": "fun NAME(MOREa: Int): Int { return VALUE }\n",
    "Lib.scala": "object Shape { def NAME(MOREa: Int) = VALUE }\n",
    "Lib.swift": "func NAME(MOREa: Int) -> Int { return VALUE }\n",
}
USE = {
    "lib.rs": ("use.rs", 'fn g() -> u32 { area(1) }\n// area\nconst T: &str = "area";\n', 1),
    "lib.c": ("use.c", '/* area */\nint g(void) { return area(1); }\nchar *t = "area";\n', 2),
    "lib.cpp": ("use.cc", '// area\nconst char *t = "area";\nint g(Shape s) { return s.area(1); }\n', 3),
    "Lib.cs": (
        "Use.cs",
        'class U { int G(Shape s) { return s.area(1); }\n// area\nstring t = "area"; }\n',
        1,
    ),
    "lib.php": ("use.php", "area\n<?php\n# area\n$t = 'area';\nfunction g() { return area(1); }\n", 5),
    "Lib.kt": ("Use.kts", '// area\nfun g(): Int { return area(1) }\nval t = "area"\n', 2),
    "Lib.scala": ("Use.scala", 'object U { def g = Shape.area(1)\n// area\nval t = "area" }\n', 1),
    "Lib.swift": ("Use.swift", '// area\nlet t = "area"\nfunc g() -> Int { return area(a: 1) }\n', 3),
}
"""A file that uses the name on one line, and has it in a comment and a string besides."""


PARAMETER = {"c": "int b, ", "cpp": "int b, ", "cs": "int b, ", "php": "$b, ", "rs": "b: u32, "}


def library(path: str, name: str = "area", *, more: bool = False, value: str = "1") -> dict[str, str]:
    parameter = PARAMETER.get(path.split(".")[1], "b: Int, ") if more else ""
    return {path: LIB[path].replace("NAME", name).replace("MORE", parameter).replace("VALUE", value)}


@pytest.mark.parametrize("path", LIB)
@pytest.mark.parametrize(
    ("after", "change"),
    [
        ({"value": "2"}, SymbolChange.BODY),
        ({"more": True}, SymbolChange.SIGNATURE),
        ({"name": "surface"}, SymbolChange.REMOVED),
    ],
)
def test_uses_of_a_changed_definition_are_quoted_and_known_by_name(
    traced: Callable[..., Any], path: str, after: dict[str, Any], change: SymbolChange
) -> None:
    using, source, line = USE[path]
    made = traced({**library(path), using: source}, library(path, **after))
    trace = next(found for found in made.evidence.traces if found.symbol.name == "area")
    assert trace.change is change
    assert trace.symbol.parameters is None
    assert [(use.quote.path, use.quote.first_line, use.certainty.value) for use in trace.uses] == [
        (using, line, BY_NAME)
    ]
    use = trace.uses[0]
    assert use.quote.text == source.split("\n")[line - 1]
    assert use.inside is not None
    assert use.inside.lower().endswith("g")
    assert made.evidence.cuts == ()


@pytest.mark.parametrize("path", LIB)
def test_a_changed_file_says_that_it_is_known_by_tags(traced: Callable[..., Any], path: str) -> None:
    made = traced(library(path), library(path, value="2"))
    assert [file.analysis for file in made.evidence.files] == [Analysis.TAGS]
    assert made.evidence.files[0].language is not None


def test_the_three_kinds_of_knowledge_are_told_apart(traced: Callable[..., Any]) -> None:
    files = {"a.py": "x = 1\n", "a.rs": "const X: u32 = 1;\n", "a.json": "1\n", "a.lua": "x = 1\n"}
    made = traced(files, {path: text.replace("1", "2") for path, text in files.items()})
    assert {file.path: file.analysis for file in made.evidence.files} == {
        "a.py": Analysis.SYNTAX,
        "a.rs": Analysis.TAGS,
        "a.json": Analysis.WORDS,
        "a.lua": Analysis.WORDS,
    }


def test_c_and_cpp_use_each_others_names_and_rust_does_not(traced: Callable[..., Any]) -> None:
    files = {
        "a.h": "int area(int a);\n",
        "a.c": "int f(void) { return area(1); }\n",
        "b.cpp": "int A::f() { return area(1); }\n",
        "c.rs": "fn f() { area(1); }\n",
    }
    made = traced(files, {"a.h": "int area(long a);\n"})
    assert made.uses("area") == [("a.c:1", BY_NAME), ("b.cpp:1", BY_NAME), ("c.rs:1", BY_TEXT)]


def test_what_is_gone_is_also_looked_for_in_the_words_of_other_files(traced: Callable[..., Any]) -> None:
    files = {
        "a.rs": "pub fn area() {}\n",
        "doc.md": "call `area`, not areas\n",
        "b.py": "lib.area()\n",
        "c.json": '{"a": 1}\n',
    }
    made = traced(files, {"a.rs": "pub fn other() {}\n"})
    assert made.uses("area") == [("b.py:1", BY_TEXT), ("doc.md:1", BY_TEXT)]
    assert made.uses("other") == []


def test_likely_references_come_before_nearer_ones(traced: Callable[..., Any]) -> None:
    files = {"a/lib.rs": "fn area() {}\nfn g() { let x = area; }\n", "b/use.rs": "fn g() { area(); }\n"}
    made = traced(files, {"a/lib.rs": files["a/lib.rs"].replace("{}", "{ f() }")})
    assert made.uses("area") == [("b/use.rs:1", BY_NAME), ("a/lib.rs:2", BY_NAME)]


def test_a_class_header_that_changes_is_a_change_of_signature(traced: Callable[..., Any]) -> None:
    made = traced({"a.kt": "class A(a: Int)\n"}, {"a.kt": "class A(a: Int, b: Int)\n"})
    assert made.trace("A").change is SymbolChange.SIGNATURE


def test_a_file_that_becomes_another_language_is_read_by_both(traced: Callable[..., Any]) -> None:
    body = "\n".join(f"# line {number}" for number in range(30))
    before, after = f"def area(): pass\n{body}\n", f"fn area() {{}}\n{body}\n"
    made = traced({"a.py": before}, {"a.py": None, "a.rs": after})
    assert {(trace.symbol.language, trace.change) for trace in made.evidence.traces} == {
        ("python", SymbolChange.REMOVED),
        ("rust", SymbolChange.ADDED),
    }


@pytest.mark.parametrize(
    ("limits", "cut"),
    [
        (Limits(max_files=0), "files with its name were not looked at"),
        (Limits(max_uses=1), "2 of 3 uses are not listed"),
        (Limits(max_search_lines=2), "the search ended after 2 lines"),
        (Limits(max_line=20), "the line has 35 characters, limit 20"),
    ],
)
def test_every_limit_that_leaves_a_use_out_is_named(
    traced: Callable[..., Any], limits: Limits, cut: str
) -> None:
    files = {
        "a.rs": "fn f() { 1 }\n",
        "b.rs": "fn g() { f(); }\nfn h() {\n f()\n}\nfn i() { let long_name = f(1, 2); }\n",
    }
    made = traced(files, {"a.rs": "fn f() { 2 }\n"}, limits)
    assert cut in (made.trace("f").cut or "")


def test_a_garbled_file_that_may_hide_a_use_of_what_is_gone_is_named(traced: Callable[..., Any]) -> None:
    files = {"a.c": "int area(void) { return 1; }\n", "b.c": "int x;\n'area \n)) %% \n"}
    gone = traced(files, {"a.c": "int other;\n"})
    assert "b.c: line 2: not understood by the grammar, which may hide a use" in gone.trace("area").cut
    alive = traced(files, {"a.c": "int area(void) { return 2; }\n"})
    assert alive.trace("area").cut is None


def test_an_operator_cannot_be_searched_for_and_that_is_said(traced: Callable[..., Any]) -> None:
    before = "struct A {\n bool operator==(const A &o) const;\n int a;\n};\n"
    made = traced({"a.cpp": before}, {"a.cpp": before.replace(" bool operator==(const A &o) const;\n", "")})
    assert made.trace("A.operator==").cut == "'operator==' is no word that can be searched for"


def test_a_file_that_is_no_utf8_is_read_and_quoted(traced: Callable[..., Any]) -> None:
    made = traced(
        {"a.rs": "fn area() { 1 }\n", "b.rs": b"fn g() { area() \xff }\n"}, {"a.rs": "fn area() { 2 }\n"}
    )
    assert made.uses("area") == [("b.rs:1", BY_NAME)]
