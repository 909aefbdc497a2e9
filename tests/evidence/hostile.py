"""Source that somebody wrote to take down who reads it, by file; run as a program, it collects the evidence of each.

Arguments: the name of the file, and by what to divide the sizes. Writes a line of JSON a case: name, CPU seconds,
and every sentence that says partial.
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
DATA = ("a.json", "a.yaml", "a.md", "a.html")
FILES = (*FUNCTION, *DATA)
DEEP = 100_000
BRACKETS = (("parentheses", "(", ")"), ("lists", "[", "]"), ("braces", "{", "}"), ("angles", "<", ">"))


def cases(path: str, part: int) -> Iterator[tuple[str, bytes, str | None]]:
    """Name and source of each case, and words that some sentence must have; None where all may be understood.

    The sizes are divided by `part`; 10 at most, for the limits are to be passed.
    """
    deep = DEEP // part
    texts = _code(path, deep) if path in FUNCTION else _data(path, deep)
    yield from ((name, text.encode(), says) for name, text, says in texts)
    yield "no UTF-8", b'x = "' + b"\xff\xfe\x80" * deep + b'"\n', None
    yield "NUL", b"a\0" * (deep // 2), None
    yield "carriage returns", b"\r".join([b"x = 1"] * (deep // 2)), None


_CHAINS = {
    "members": ("a", ".b", ""),
    "sums": ("1", " + 1", ""),
    "minus": ("", "- ", "1"),
    "spaces": ("1", " ", ""),
    "words": ("", "a", ""),
    "dots": ("a", ".", "b"),
    "quotes": ("", "\"'", ""),
    "blank lines": ("1", "\n", ""),
}
"""Expressions without a bracket: what begins, what is said again and again, and what ends."""


def _code(path: str, deep: int) -> Iterator[tuple[str, str, str | None]]:
    function, definition = FUNCTION[path], DEFINITION[path]
    start = "package p\n" if path == "a.go" else ""
    for name, opens, closes in BRACKETS:
        yield f"open {name}", function.format(opens * deep), " "
        yield f"closed {name}", function.format(opens * deep + "1" + closes * deep), None
    yield "calls in calls", function.format("f(" * deep + "1" + ")" * deep), " "
    for name, (begins, again, ends) in _CHAINS.items():
        yield name, function.format(begins + again * deep + ends), None
    yield "one line", function.format('"' + "at least 3 characters " * (deep * 44 // 100) + '"'), " "
    yield "too large", function.format('"' + "a " * 550_000 + '"'), "limit 1000000"
    yield "definitions", start + "".join(map(definition.format, range(deep // 4))), "limit 400 a change"
    yield "calls", function.format("[" + "f(1)," * deep + "1]"), None
    yield "keys", function.format("{" + ",".join(f"k{at}: {at}" for at in range(deep // 2)) + "}"), None
    yield from _of_language(path, deep)


def _of_language(path: str, deep: int) -> list[tuple[str, str, str | None]]:
    functions = range(deep // 10)
    return {
        "a.py": [
            ("ends a parser", "(a*)" * 2_000, "not parsed"),
            (
                "functions in a list",
                "".join(f"def f{at}(): pass\n" for at in functions)
                + f"L = [{','.join(f'f{at}' for at in functions)}]\ndef g():\n    for f in L: f()\n",
                "limit",
            ),
            (
                "decorators in a loop",
                "def d(f): return f\nwhile a:\n" + "  @d\n" * deep + "  def f(): pass\n",
                None,
            ),
            (
                "classes",
                "class C0: pass\n"
                + "".join(f"class C{at}(C{at - 1}): pass\n" for at in range(1, deep // 20)),
                None,
            ),
        ],
        "a.c": [
            ("macros", "A(a, b)\n" * deep, None),
            (
                "macros of macros",
                "".join(f"#define A{at} A{at - 1} A{at - 1}\n" for at in range(1, deep * 3 // 10)),
                None,
            ),
            ("conditions", "#if A\n" * deep, "nested deeper than 300"),
        ],
        "a.rs": [
            ("macros", "fn g() {\n" + "a!{ b(c) }\n" * (deep // 2) + "}\n", None),
            ("one macro", "a!{ " + "b(" * (2 * deep) + " }\n", "nested deeper than 1000"),
            ("rules of macros", "macro_rules! a { " + "(b) => {c}; " * (deep // 2) + "}\n", None),
        ],
    }.get(path, [])


def _data(path: str, deep: int) -> Iterator[tuple[str, str, str | None]]:
    text = ",\n".join(f'"k{at}": "must be at least {at} characters"' for at in range(deep // 10))
    says = "were not followed" if path in ("a.json", "a.yaml") else "limits are not known"
    yield "texts", "{\n" + text + "\n}\n", says
    yield "numbers", "at least 1 " * (deep // 2), None
    yield "quotes", '"' * (5 * deep + 1), None
    yield "tags", "<p " * (2 * deep), None
    for name, opens, closes in BRACKETS:
        yield f"open {name}", opens * deep, None
        yield f"closed {name}", opens * deep + closes * deep, None
    if path == "a.json":
        yield "objects in objects", '{"a":' * deep + "1" + "}" * deep, None
    if path == "a.yaml":
        bomb = "".join(f"a{at}: &a{at} [{','.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 40))
        yield "aliases of aliases", "a0: &a0 must be at least 3 characters\n" + bomb, None
        yield "levels", "".join(" " * at + f"k{at}:\n" for at in range(deep // 100)), None


def said(evidence: EvidenceSet) -> list[str]:
    """Every sentence that says what is missing."""
    files = [file.partial for file in evidence.files if file.partial]
    reach = evidence.reach.cuts if evidence.reach else ()
    literals = evidence.literals
    problems = [file.problem for file in literals.files if file.problem] if literals else ()
    return [*evidence.cuts, *files, *reach, *(literals.cuts if literals else ()), *problems]


def main() -> None:
    """Collect the evidence of every case of one file."""
    path, part = sys.argv[1:]
    for name, source, _ in cases(path, int(part)):
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
