"""Source that somebody wrote to take down who reads it, by file; run as a program, it collects the evidence of each.

Arguments: the file's name. Writes a line of JSON a case: name, CPU seconds, and every sentence that says partial.
"""

import json
import sys
from collections.abc import Iterator
from time import process_time

from reviewer.domain.change import Origin
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.collect import collect
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

FUNCTION = {
    "a.py": "def f(a):\n    return {}\nf(1)\n",
    "a.js": "export function f(a) {{ return {}; }}\nf(1);\n",
    "a.ts": "export function f(a: any) {{ return {}; }}\nf(1);\n",
    "a.go": "package p\nfunc f(a int) int {{ return {} }}\nfunc g() {{ f(1) }}\n",
    "A.java": "class A {{ int f(int a) {{ return {}; }} int g() {{ return f(1); }} }}\n",
    "a.rb": "def f(a)\n  {}\nend\nf(1)\n",
    "a.rs": "fn f(a: i32) -> i32 {{ {} }}\nfn g() {{ f(1); }}\n",
    "a.c": "int f(int a) {{ return {}; }}\nint g() {{ return f(1); }}\n",
}
"""A function with a place for an expression."""
DEFINITION = {
    "a.py": "def f{}(): pass\n",
    "a.js": "function f{}() {{}}\n",
    "a.ts": "function f{}() {{}}\n",
    "a.go": "func f{}() {{}}\n",
    "A.java": "class F{} {{}}\n",
    "a.rb": "def f{}; end\n",
    "a.rs": "fn f{}() {{}}\n",
    "a.c": "int f{}() {{}}\n",
}
FILES = ("a.json", "a.yaml")
DEEP = 100_000
BRACKETS = (("parentheses", "(", ")"), ("lists", "[", "]"), ("braces", "{", "}"), ("angles", "<", ">"))


def cases(path: str) -> Iterator[tuple[str, bytes, str | None]]:
    """Name and source of each case, and words that some sentence must have; None where all may be understood."""
    yield from (
        (name, text.encode(), says) for name, text, says in (_code(path) if path in FUNCTION else _data(path))
    )
    yield "no UTF-8", b'x = "' + b"\xff\xfe\x80" * 100_000 + b'"\n', None
    yield "NUL", b"a\0" * 50_000, None
    yield "carriage returns", b"\r".join([b"x = 1"] * 50_000), None


def _code(path: str) -> Iterator[tuple[str, str, str | None]]:
    function, definition = FUNCTION[path], DEFINITION[path]
    start = "package p\n" if path == "a.go" else ""
    for name, opens, closes in BRACKETS:
        yield f"open {name}", function.format(opens * DEEP), " "
        yield f"closed {name}", function.format(opens * DEEP + "1" + closes * DEEP), None
    yield "calls in calls", function.format("f(" * DEEP + "1" + ")" * DEEP), " "
    yield "one line", function.format('"' + "at least 3 characters " * 44_000 + '"'), " "
    yield "too large", function.format('"' + "a " * 550_000 + '"'), "limit 1000000"
    yield "definitions", start + "".join(map(definition.format, range(25_000))), "limit 400 a change"
    yield "calls", function.format("[" + "f(1)," * DEEP + "1]"), None
    yield "keys", function.format("{" + ",".join(f"k{at}: {at}" for at in range(50_000)) + "}"), None
    yield from _OF_LANGUAGE.get(path, ())


_FUNCTIONS = range(10_000)
_OF_LANGUAGE: dict[str, list[tuple[str, str, str | None]]] = {
    "a.py": [
        ("ends a parser", "(a*)" * 2_000, "not parsed"),
        (
            "functions in a list",
            "".join(f"def f{at}(): pass\n" for at in _FUNCTIONS)
            + f"L = [{','.join(f'f{at}' for at in _FUNCTIONS)}]\ndef g():\n    for f in L: f()\n",
            "limit",
        ),
        (
            "decorators in a loop",
            "def d(f): return f\nwhile a:\n" + "  @d\n" * DEEP + "  def f(): pass\n",
            None,
        ),
        (
            "classes",
            "class C0: pass\n" + "".join(f"class C{at}(C{at - 1}): pass\n" for at in range(1, 5_000)),
            None,
        ),
    ],
    "a.c": [
        ("macros", "A(a, b)\n" * DEEP, None),
        (
            "macros of macros",
            "".join(f"#define A{at} A{at - 1} A{at - 1}\n" for at in range(1, 30_000)),
            None,
        ),
        ("conditions", "#if A\n" * DEEP, "nested deeper than 300"),
    ],
    "a.rs": [
        ("macros", "fn g() {\n" + "a!{ b(c) }\n" * 50_000 + "}\n", None),
        ("one macro", "a!{ " + "b(" * 200_000 + " }\n", "nested deeper than 1000"),
        ("rules of macros", "macro_rules! a { " + "(b) => {c}; " * 50_000 + "}\n", None),
    ],
}


def _data(path: str) -> Iterator[tuple[str, str, str | None]]:
    text = ",\n".join(f'"k{at}": "must be at least {at} characters"' for at in range(10_000))
    yield "texts", "{\n" + text + "\n}\n", "were not followed"
    yield "numbers", "at least 1 " * 50_000, None
    yield "quotes", '"' * 500_001, None
    yield "tags", "<p " * 200_000, None
    for name, opens, closes in BRACKETS:
        yield f"open {name}", opens * DEEP, None
        yield f"closed {name}", opens * DEEP + closes * DEEP, None
    if path == "a.json":
        yield "objects in objects", '{"a":' * DEEP + "1" + "}" * DEEP, None
    if path == "a.yaml":
        bomb = "".join(f"a{at}: &a{at} [{','.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 40))
        yield "aliases of aliases", "a0: &a0 must be at least 3 characters\n" + bomb, None
        yield "levels", "".join(" " * at + f"k{at}:\n" for at in range(1_000)), None


def said(evidence: EvidenceSet) -> list[str]:
    """Every sentence that says what is missing."""
    files = [file.partial for file in evidence.files if file.partial]
    reach = evidence.reach.cuts if evidence.reach else ()
    literals = evidence.literals
    problems = [file.problem for file in literals.files if file.problem] if literals else ()
    return [*evidence.cuts, *files, *reach, *(literals.cuts if literals else ()), *problems]


def main() -> None:
    """Collect the evidence of every case of one file."""
    (path,) = sys.argv[1:]
    for name, source, _ in cases(path):
        repo = MemoryGit()
        base = repo.commit({"lib.py": "x = 1\n"})
        head = repo.commit({path: source})
        taken = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
        began = process_time()
        evidence = collect(taken, Workspace(repo, taken.revisions))
        sys.stdout.write(json.dumps([name, process_time() - began, said(evidence)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
