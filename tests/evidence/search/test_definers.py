"""What a file may define: at least everything that `SourceFile` says it defines."""

from pathlib import Path

import pytest

from reviewer.evidence.search.definers import names_defined
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.source_file import SourceFile

ROOT = Path(__file__).parents[3]
SOURCES = {
    "a.py": """
@d
def f(): ...
class C:
    def m(self): ...
    X = 1
Y: int = 2
type T = int
if f:
    def g(): ...
""",
    "a.js": """
export const f = () => 1
exports.g = function () {}
class C { m() {} static s = 1 }
function* h() {}
""",
    "a.ts": """
interface I { m(): void }
type T = string
enum E { A }
export default class C<T> { private m() {} }
""",
    "a.tsx": "export const C = () => <a/>",
    "a.go": """package a
const X = 1
var (
    Y = 2
)
type T struct{}
func (t *T) M() {}
func F[A any]() {}
type I interface { N() }
""",
    "broken.py": "def f(:\n  x\ndef g(): pass\nclass )\n",
}


@pytest.mark.parametrize("path", SOURCES)
def test_no_definition_of_a_source_file_is_missing(path: str) -> None:
    check(path, SOURCES[path].encode())


def test_no_definition_of_this_package_is_missing() -> None:
    files = sorted((ROOT / "reviewer").rglob("*.py"))
    assert files
    for file in files:
        check(file.name, file.read_bytes())


def check(path: str, raw: bytes) -> None:
    grammar = grammar_of(path)
    assert grammar is not None
    expected = {definition.name.encode() for definition in SourceFile(path, raw, grammar).definitions}
    assert expected <= names_defined(raw, grammar)
