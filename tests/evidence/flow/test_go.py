"""The Go programs in `go/`, one to a heading: source of `app.go`, a line of dashes, and every edge of its calls.

`main > one` is an edge within app.go, whose top is `.`; a callee with a slash in front lies outside.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]


def edges_of(written: str) -> set[tuple[str, str]]:
    pairs = [line.split(" > ", 1) for line in written.splitlines() if line.strip()]
    return {(full_name(caller), full_name(callee)) for caller, callee in pairs}


def full_name(name: str) -> str:
    if name.startswith(("/", "<builtin>")):
        return name.removeprefix("/")
    return "app" if name == "." else f"app.{name}"


def programs() -> list[object]:
    found: list[object] = []
    for path in sorted(Path(__file__).with_name("go").glob("*.txt")):
        for text in f"\n{path.read_text(encoding='utf-8')}".split("\n# ")[1:]:
            title, _, rest = text.partition("\n")
            source, _, expected = rest.partition("\n---\n")
            found.append(pytest.param(source, expected, id=f"{path.stem}: {title}"))
    return found


@pytest.mark.parametrize(("source", "expected"), programs())
def test_calls_are_followed_to_what_they_run(calls: Calls, source: str, expected: str) -> None:
    assert calls({"app.go": f"package app\n{source}\n"}) == edges_of(expected)
