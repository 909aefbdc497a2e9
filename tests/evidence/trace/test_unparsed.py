"""A file of which nothing is known is said, and is taken neither for an empty one nor for one that lost its code."""

from collections.abc import Callable
from typing import Any

import pytest

from reviewer.evidence.syntax.probe import ProbeFailed
from reviewer.evidence.trace import brought

LARGE = "# " + "x" * 1_000_000 + "\n"
LIB, APP = "def helper(a): return a\n", "from lib import helper\nhelper(1)\n"
TOO_LARGE = "1000026 bytes, limit 1000000: not parsed"


def test_a_file_that_became_too_large_is_a_cut_and_its_definitions_are_not_removed(
    traced: Callable[..., Any],
) -> None:
    evidence = traced({"lib.py": LIB, "app.py": APP}, {"lib.py": LIB[:-1] + LARGE}).evidence
    assert evidence.traces == ()
    assert evidence.cuts == (f"lib.py: {TOO_LARGE}, so nothing in it was traced",)


@pytest.mark.parametrize(
    ("large", "user"),
    [
        ({"big.py": LARGE}, "from big import helper\nfrom lib import other\nhelper(1)\n"),
        ({"big.ts": "//" + LARGE}, "import { helper } from './big'\nhelper(1)\n"),
        ({"p/big.go": "package p\n//" + LARGE}, "package p\nfunc F() { helper(1) }\n"),
    ],
)
def test_what_is_reached_through_a_file_too_large_is_unknown_and_the_file_is_named(
    traced: Callable[..., Any], large: dict[str, str], user: str
) -> None:
    (name,) = large
    path = {"py": "app.py", "ts": "app.ts", "go": "p/app.go"}[name.rsplit(".")[-1]]
    before = {**large, "lib.py": "def other(): pass\n", "go.mod": "module m\n", path: user}
    after = user.replace("helper(1)", "helper(2)").replace("F()", "F(a int)")
    after += {"py": "def run(): helper(3)\n", "ts": "export function run() { helper(3) }\n", "go": ""}[
        name.rsplit(".")[-1]
    ]
    reach = traced(before, {path: after}).evidence.reach
    assert any(cut.startswith(f"{name}: ") and "not parsed" in cut for cut in reach.cuts), reach.cuts


def test_a_new_file_that_ends_a_parser_is_a_cut_that_names_it(traced: Callable[..., Any]) -> None:
    evidence = traced({"lib.py": LIB}, {"bomb.py": "(a*)" * 1_500}).evidence
    reason = "parsing ended a process that may take 800 MB: not parsed"
    assert evidence.cuts == (f"bomb.py: {reason}, so nothing in it was traced",)
    assert evidence.files[0].partial == f"head: {reason}"


def test_a_text_that_ends_a_parser_does_so_apart_although_its_bytes_are_no_text(
    traced: Callable[..., Any],
) -> None:
    found = traced({"lib.py": LIB}, {"bomb.py": b"(a*)" * 1_500 + b"\xff"})
    assert [file.partial for file in found.evidence.files] != [None]


def test_where_no_process_has_limits_the_files_say_so_and_the_evidence_is_whole(
    traced: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> int:
        raise ProbeFailed("none here")

    monkeypatch.setattr(brought, "probe", fail)
    long = "".join(f"def helper{number}(a): return a\n" for number in range(100))
    evidence = traced({"lib.py": LIB}, {"long.py": long, "short.py": LIB}).evidence
    assert {file.path: file.partial for file in evidence.files} == {
        "long.py": "parsed without the limits of a process: none here",
        "short.py": None,
    }
    assert evidence.cuts == ()
