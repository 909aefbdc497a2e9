from pathlib import Path

import pytest

from reviewer.evidence.syntax.grammars.tagged import TAGGED
from reviewer.evidence.syntax.languages import grammar_of, language_of, tags_of
from reviewer.evidence.syntax.tagged_file import TaggedFile

SAMPLES = Path(__file__).with_name("tagged")
DEFINITIONS = {
    "sample.c": {
        "constant": "LIMIT:3 TEXT:5 RED:8 GREEN:8 table:11 counter:12",
        "function": "TWICE:4 pick:13 helper:14 names:15 helper:16 run:17-21",
        "class": "store:6 bits:7",
        "type": "color:8 store_t:9 callback:10",
    },
    "sample.cpp": {
        "constant": (
            "LIMIT:2 shop.core.Store.KEY:6 shop.core.Store.Inner.z:13 Bits.a:19 Color.Red:20 "
            "Color.Blue:20 TOP:23"
        ),
        "class": "shop.core.Store:4-14 shop.core.Store.Inner:13 Bits:19 Color:20",
        "method": (
            "shop.core.Store.Store:7 shop.core.Store.~Store:8 shop.core.Store.read:9 "
            "shop.core.Store.raw:10 shop.core.Store.operator==:11 shop.core.Store.get:12 "
            "shop.core.Store.Store:15 shop.core.Store.read:16"
        ),
        "type": "Alias:21 Callback:22",
        "function": "helper:24 pointer:25 helper:26",
    },
    "sample.cs": {
        "class": (
            "Shop.Core.Store:4-20 Shop.Core.Store.Inner:18 Shop.Core.Point:22 Shop.Core.Pair:23 "
            "Shop.Core.Color:24"
        ),
        "constant": (
            "Shop.Core.Store.Key:5 Shop.Core.Store.size:6 Shop.Core.Store.Count:8 "
            "Shop.Core.Store.Changed:9 Shop.Core.Color.Red:24 Shop.Core.Color.Blue:24"
        ),
        "method": (
            "Shop.Core.Store.Store:7 Shop.Core.Store.Read:11-17 Shop.Core.Store.Inner.Deep:18 "
            "Shop.Core.Store.Helper:19 Shop.Core.IRead.Read:21"
        ),
        "type": "Shop.Core.Store.Done:10",
        "interface": "Shop.Core.IRead:21",
    },
    "sample.kt": {
        "constant": (
            "LIMIT:4 Color.hex:6 Color.RED:7 Color.BLUE:8 Read.size:13 Store.url:18 Store.KEY:20 "
            "Store.prop:23"
        ),
        "type": "Names:5",
        "class": "Color:6-10 Single:15-17 Store:18-33 Store.Inner:30-32",
        "method": (
            "Color.mix:9 Read.read:12 Single.read:16 Store.make:21 Store.reads_a_key:24-29 "
            "Store.Inner.deep:31"
        ),
        "interface": "Read:11-14",
        "function": "ext:34-37 helper:38",
    },
    "sample.php": {
        "constant": "LIMIT:7 Color.Red:10 Store.KEY:12 Store.size:13 Store.made:14",
        "interface": "Read:8 Log:9",
        "method": "Read.read:8 Log.log:9 Store.__construct:15 Store.read:16 Store.make:17",
        "class": "Color:10 Store:11-18",
        "function": "helper:19",
    },
    "sample.rs": {
        "constant": "LIMIT:4 TOP:5 Color.Red:7 Color.Blue:7 Read.KEY:11",
        "class": "Store:6 Color:7 Bits:8",
        "type": "Names:9 Read.Out:12",
        "interface": "Read:10-14",
        "method": "Read.read:13 Store.read:16 Store.new:19",
        "function": "inner.deep:22 helper:24-29 twice:30",
    },
    "sample.scala": {
        "class": (
            "Single:4 Store:6-15 Store.Inner:13 Color:17 Color.Red:17 Color.Blue:17 Color.Green:17 ord:19"
        ),
        "constant": "Single.LIMIT:4 Read.size:5 Store.url:6 Store.a:14 Store.b:14",
        "method": "Single.apply:4 Read.read:5 Store.read:7-12 Store.Inner.deep:13 ord.compare:19",
        "interface": "Read:5",
        "type": "Read.Out:5 Names:16",
        "function": "helper:18",
    },
    "sample.swift": {
        "constant": (
            "limit:3 Read.size:8 Color.red:10 Color.blue:10 Point.x:11 Store.url:13 Store.computed:22"
        ),
        "type": "Names:4 Read.Out:6",
        "interface": "Read:5-9",
        "method": (
            "Read.read:7 Store.init:14 Store.read:15-19 Store.subscript:20 Store.Inner.deep:21 Store.more:24"
        ),
        "class": "Color:10 Point:11 Store:12-23 Store.Inner:21",
        "function": "helper:25",
    },
}
"""Qualified name and lines of each definition, a blank in a name written as `_`, by kind."""
REFERENCES = {
    "sample.c": {
        "helper": "4:call 18:other 19:call",
        "LIMIT": "4:other",
        "store": "9:type 17:type",
        "counter": "20:other",
    },
    "sample.cpp": {
        "helper": "16:call",
        "read": "24:call",
        "Store": "8:other 11:type 15:type 16:type 24:type",
        "Later": "18:type 21:type",
    },
    "sample.cs": {
        "Helper": "13:call 19:call",
        "Read": "14:call 15:call",
        "Store": "16:type",
        "Count": "16:other",
    },
    "sample.kt": {
        "helper": "2:other 16:call 25:call 27:other",
        "Read": "15:type 18:type",
        "LIMIT": "25:other",
        "read": "26:call",
    },
    "sample.php": {
        "helper": "4:other 16:call 20:call",
        "read": "16:call 21:call",
        "size": "15:other 16:other",
        "made": "16:other",
        "KEY": "17:other",
    },
    "sample.rs": {
        "helper": "1:other 25:other 26:other 30:other",
        "Read": "15:type",
        "read": "28:call",
        "deep": "27:call",
        "LIMIT": "19:other 28:other",
    },
    "sample.scala": {
        "helper": "2:other 4:call 10:other",
        "read": "9:call 18:call",
        "Store": "18:type",
        "size": "11:other",
    },
    "sample.swift": {
        "helper": "17:call",
        "Read": "12:type 25:type",
        "read": "18:call",
        "limit": "17:other",
        "Store": "24:type 25:call",
    },
}
"""Line and kind of each reference. All samples also have the names in comments and strings, where they are none."""


def parse(path: str, source: str | bytes) -> TaggedFile:
    raw = source.encode() if isinstance(source, str) else source
    grammar = tags_of(path, raw)
    assert grammar is not None
    return TaggedFile(path, raw, grammar)


def sample(name: str) -> TaggedFile:
    return parse(name, (SAMPLES / name).read_bytes())


def defined(path: str, source: str) -> list[str]:
    return [f"{found.kind} {found.qualified_name}" for found in parse(path, source).definitions]


def referred(file: TaggedFile, name: str) -> str:
    return " ".join(f"{found.line}:{found.kind.value}" for found in file.references(name))


def test_every_row_has_a_sample_that_is_understood_as_a_whole() -> None:
    files = [sample(name) for name in DEFINITIONS]
    assert {file.grammar for file in files} == set(TAGGED)
    assert [file.partial for file in files] == [None] * len(files)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_definitions_have_kind_owner_and_lines(name: str) -> None:
    found: dict[str, list[str]] = {}
    for definition in sample(name).definitions:
        first, last = definition.first_line, definition.last_line
        lines = str(first) if first == last else f"{first}-{last}"
        label = definition.qualified_name.replace(" ", "_")
        found.setdefault(definition.kind.value, []).append(f"{label}:{lines}")
    assert {kind: " ".join(names) for kind, names in found.items()} == DEFINITIONS[name]


@pytest.mark.parametrize(("name", "word"), [(name, word) for name in REFERENCES for word in REFERENCES[name]])
def test_references_are_found_and_comments_strings_and_definitions_are_none(name: str, word: str) -> None:
    file = sample(name)
    assert referred(file, word) == REFERENCES[name][word]
    for reference in file.references(word):
        end = reference.start + len(word.encode())
        assert file.source[reference.start : end].decode() == word


@pytest.mark.parametrize("name", DEFINITIONS)
def test_what_is_defined_inside_a_function_is_not_listed(name: str) -> None:
    names = {definition.name for definition in sample(name).definitions}
    assert names.isdisjoint({"local", "Local", "inner", "hidden", "f", "r"})


@pytest.mark.parametrize(
    ("path", "old", "new", "differs"),
    [
        ("a.rs", "fn f(a: u32) { 1 }", "fn f(a: u32) { 2 }", False),
        ("a.rs", "fn f(a: u32) { 1 }", "fn f(a: u64) { 1 }", True),
        ("a.rs", "const A: u32 = 1;", "const A: u32 = 2;", False),
        ("a.rs", "const A: u32 = 1;", "const A: u64 = 1;", True),
        ("a.rs", "struct A { a: u32 }", "struct A { b: u32 }", False),
        ("a.c", "int f(int a) { return 1; }", "int f(int a) { return 2; }", False),
        ("a.c", "int f(int a);", "int f(int a, int b);", True),
        ("a.c", "#define F(a) a\n", "#define F(a) (a)\n", False),
        ("a.c", "#define F(a) a\n", "#define F(a, b) a\n", True),
        ("a.cpp", "A::A(int a) : b(a) {}", "A::A(int a) : b(0) {}", False),
        ("a.cpp", "int A::f() {}", "int A::f() const {}", True),
        ("a.cs", "class A { int F() => 1; }", "class A { int F() => 2; }", False),
        ("a.cs", "class A { int P { get; } }", "class A { long P { get; } }", True),
        ("a.cs", "record A(int B);", "record A(long B);", True),
        ("a.php", "<?php function f($a) { return 1; }", "<?php function f($a) { return 2; }", False),
        ("a.php", "<?php function f($a) { return 1; }", "<?php function f($a, $b) { return 1; }", True),
        ("a.kt", "fun f(a: Int) = 1", "fun f(a: Int) = 2", False),
        ("a.kt", "class A(a: Int)", "class A(a: Int, b: Int)", True),
        ("a.scala", "def f(a: Int) = 1", "def f(a: Int) = 2", False),
        ("a.scala", "class A(a: Int) { }", "class A(a: Long) { }", True),
        ("a.swift", "func f(a: Int) { x() }", "func f(a: Int) { y() }", False),
        ("a.swift", "func f(a: Int) { x() }", "func f(b: Int) { x() }", True),
    ],
)
def test_the_signature_differs_when_callers_may_have_to_change(
    path: str, old: str, new: str, differs: bool
) -> None:
    before, after = (parse(path, text).definitions[-1] for text in (old, new))
    assert (before.signature != after.signature) is differs


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("int f(int a);\nstruct a { int b; };\n", "c"),
        ('/* a class of things: */\n#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n', "c"),
        ("struct a *class_of(int template_id);\n", "c"),
        ("class A {\n};\n", "c++"),
        ("namespace a {\n}\n", "c++"),
        ("template <class T> T f(T);\n", "c++"),
        ("struct A {\n public:\n  int a;\n};\n", "c++"),
        ("using A = int;\n", "c++"),
    ],
)
def test_a_header_is_c_unless_it_plainly_is_cpp(header: str, language: str) -> None:
    file = parse("a.h", header)
    assert file.grammar.language == language
    assert file.grammar.family == "c"


@pytest.mark.parametrize(
    ("path", "language"),
    [("a.rs", "rust"), ("a.h", "c"), ("a.hpp", "c++"), ("A.cs", "c#"), ("a.PHP", "php"), ("a.kts", "kotlin")],
)
def test_a_row_is_found_by_extension(path: str, language: str) -> None:
    assert language_of(path) == language
    assert grammar_of(path) is None


@pytest.mark.parametrize("path", ["a.py", "a.ts", "a.go", "a.sql", "a.json", "a.tf", "a.java", "a.rb", "a"])
def test_full_languages_data_and_unknown_ones_have_no_tag_query(path: str) -> None:
    assert tags_of(path) is None


def test_an_elaborated_type_is_a_reference_and_no_definition() -> None:
    source = "enum a f(enum a x, struct b *y);\nunion c z;\n"
    assert defined("a.c", source) == ["function f"]
    file = parse("a.c", source)
    assert [referred(file, name) for name in "abc"] == ["1:type 1:type", "1:type", "2:type"]


def test_a_macro_is_read_as_code_with_its_own_strings_and_comments() -> None:
    file = parse("a.c", '#define A(x) do { f(x); g("f"); /* f */ } while (0)\n')
    assert referred(file, "f") == "1:call"


def test_a_macro_too_long_to_read_is_said() -> None:
    file = parse("a.c", f"#define A f(1) {'x ' * 12_500}\n")
    assert file.references("f") == ()
    assert file.limits_reached == ("a macro of 25005 bytes, limit 20000: not parsed",)


def test_what_the_grammar_did_not_understand_is_said_and_the_rest_is_read() -> None:
    file = parse("a.c", "int f(void) { return g(1); }\n)) %% @\nint h(void) { return g(2); }\n")
    assert file.partial == "line 2: not understood by the grammar"
    assert {"f", "h"} <= {definition.name for definition in file.definitions}
    assert referred(file, "g") == "1:call 3:call"


def test_a_name_in_what_was_not_understood_may_be_hidden() -> None:
    file = parse("a.c", "int g;\n'f \n)) %% \n")
    assert file.syntax_problem is not None
    assert file.may_hide("f")
    assert not file.may_hide("nowhere")


def test_invalid_utf8_is_read_around() -> None:
    file = parse("a.rs", b"fn f() { g(1); } // \xff\xfe\nfn h() { g(2); }\n")
    assert [definition.name for definition in file.definitions] == ["f", "h"]
    assert referred(file, "g") == "1:call 2:call"


DEEP = 100_000


@pytest.mark.parametrize(
    ("path", "source", "said"),
    [
        ("a.rs", "mod a {" * DEEP + "}" * DEEP, "brackets nested deeper than 1000"),
        ("a.c", "int x = " + "(" * DEEP + "1" + ")" * DEEP + ";", "brackets nested deeper than 1000"),
        ("a.cpp", "namespace a {" * DEEP, "1300000 bytes, limit 1000000"),
        ("a.cpp", "A<" * DEEP, "angle brackets nested deeper than 300"),
        ("a.cs", "A<" * DEEP, "angle brackets nested deeper than 300"),
        ("a.php", "<?php " + "(" * DEEP + "f()" + ")" * DEEP, "brackets nested deeper than 1000"),
        ("a.kt", "fun f()" + "{" * DEEP + "}" * DEEP, "brackets nested deeper than 1000"),
        ("a.scala", "object A { def f = " + "{" * DEEP + "}" * DEEP, "brackets nested deeper than 1000"),
        ("a.swift", "/*" * DEEP, "comments nested deeper than 300"),
        ("a.c", "M(f) " * 60_000, "not understood"),
        ("a.c", "#if A\n" * DEEP + "int f;\n" + "#endif\n" * 9, "`#if` nested deeper than 300"),
        ("a.c", "#define f(x) f(x) + f\n" * 40_000, "more than 30000 definitions"),
        ("a.rs", "fn f() {}\n" * 40_000, "more than 30000 definitions"),
        ("a.rs", "mod a {" * 50 + "fn f() {}" + "}" * 50, "definitions nested deeper than 20"),
        ("a.c", "int " + "*" * DEEP + "f;", "nested deeper than 400 levels"),
        ("a.rs", "fn g() {" + "f();" * 240_000 + "}", "f occurs 240000 times, limit 2000"),
        ("a.rs", 'const A: &str = "' + "f " * 490_000 + '";', "f occurs 490000 times, limit 2000"),
    ],
)
def test_hostile_source_ends_in_bounded_time_and_says_what_was_left_out(
    path: str, source: str, said: str
) -> None:
    file = parse(path, source)
    assert len(file.definitions) <= 30_000
    assert len(file.references("f")) <= 2_000
    assert file.partial is not None
    assert said in file.partial
