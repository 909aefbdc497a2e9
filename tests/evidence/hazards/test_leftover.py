from collections.abc import Callable

import pytest

from reviewer.stages.rules.leftover import FORMS

Hazards = Callable[..., list[str]]

CONFLICT = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> topic\n"
MAIN = "src/main/java/A.java"
SLF4J = (
    "import org.slf4j.Logger;\n"
    "class A { void f() { try { g(); } catch (IOException e) { e.printStackTrace(); } } }\n"
)
SPEW = 'package a\nimport "github.com/davecgh/go-spew/spew"\nfunc f() {\nspew.Dump(x)\n}\n'

FIRES = [
    ("conflict-marks", "a.yml", CONFLICT),
    ("conflict-marks", "README.md", CONFLICT),
    ("debugger", "a.py", "def f():\n    breakpoint()\n"),
    ("debugger", "a.py", "import pdb\ndef f():\n    pdb.set_trace()\n"),
    ("debugger", "a.py", "import pdb; pdb.set_trace()\n"),
    ("debugger", "a.js", "function f() { debugger; }\n"),
    ("debugger", "a.rb", "def f\n  binding.pry\nend\n"),
    ("debugger", "a.rb", "def f\n  byebug\n  g\nend\n"),
    ("focused-test", "a.test.js", "it.only('adds', () => {});\n"),
    ("focused-test", "a.spec.ts", "fdescribe('sums', function () {});\n"),
    ("focused-test", "a.test.ts", "import { test } from 'vitest';\ntest.only('adds', async () => {});\n"),
    ("printed", "a.go", "package a\nfunc f() {\nprintln(x)\n}\n"),
    ("printed", "a.go", SPEW),
    ("printed", MAIN, SLF4J),
]

QUIET = [
    ("a.md", f"```\n{CONFLICT}```\n"),
    ("a.rst", CONFLICT),
    ("tests/data/a.yml", CONFLICT),
    ("a.md", "Heading\n=======\n"),
    ("a.py", "def breakpoint():\n    pass\nbreakpoint()\n"),
    ("a.py", "breakpoint()  # when asked for\n"),
    ("a.py", "from ours import pdb2 as pdb\nx.pdb.set_trace()\n"),
    ("a.js", "const debugger_ = 1;\n"),
    ("a.rb", "def debugger\n  1\nend\ndebugger\n"),
    ("a.rb", "x = binding.pry_options\n"),
    ("a.test.js", "it('adds', () => {});\n"),
    ("a.test.js", "function fit(a, b) {}\nfit('a', () => {});\n"),
    ("a.test.js", "fit(model, data);\n"),
    ("a.js", "it.only('adds', () => {});\n"),
    ("test/fixtures/a.js", "debugger;\n"),
    ("a.go", "package a\nfunc println(x int) {}\nfunc f() {\nprintln(1)\n}\n"),
    ("src/main/java/FileLogger.java", SLF4J),
    (MAIN, SLF4J.replace("org.slf4j.Logger", "java.util.List")),
    ("src/test/java/A.java", SLF4J),
]


@pytest.mark.parametrize(("form", "path", "source"), FIRES)
def test_what_was_forgotten_is_told(hazards: Hazards, form: str, path: str, source: str) -> None:
    assert [one.rsplit(":", 1)[0] for one in hazards({}, {path: source})] == [f"leftover {form} {path}"]


@pytest.mark.parametrize(("path", "source"), QUIET)
def test_what_is_meant_or_only_looks_like_it_is_silence(hazards: Hazards, path: str, source: str) -> None:
    assert hazards({}, {path: source}) == []


def test_every_form_has_words_and_every_word_is_produced() -> None:
    assert {form for form, _, _ in FIRES} == set(FORMS)
