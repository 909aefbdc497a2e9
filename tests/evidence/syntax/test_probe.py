"""Source that brings a parser down does so in a process of its own, and is parsed nowhere after that."""

import subprocess
from typing import Any

import pytest

from reviewer.evidence.syntax import bounded, probe
from reviewer.evidence.syntax.bounded import GivenUp, parse
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.probe import ProbeFailed, Untrusted

PLAIN = b"name = 'value'\n" * 200
EXPLODES = b"(a*)" * 1_500
"""6 kB of Python, at the end of which a parser takes gigabytes."""
PYTHON = grammar_of("a.py")
assert PYTHON is not None


@pytest.fixture(autouse=True)
def given_up(monkeypatch: pytest.MonkeyPatch) -> GivenUp:
    fresh = GivenUp(100)
    monkeypatch.setattr(bounded, "GIVEN_UP", fresh)
    monkeypatch.setattr(probe, "GIVEN_UP", fresh)
    return fresh


def untrusted(*sources: bytes) -> list[Untrusted]:
    assert PYTHON is not None
    return [Untrusted(source, PYTHON) for source in sources]


def test_what_ends_the_process_is_given_up_and_what_follows_it_is_not(given_up: GivenUp) -> None:
    other = PLAIN + b"# another\n"
    assert probe.probe(untrusted(PLAIN, EXPLODES, other)) == 2
    assert given_up.reason(EXPLODES) == "parsing ended a process that may take 800 MB"
    assert given_up.reason(PLAIN) is given_up.reason(other) is None


def test_what_was_given_up_is_not_parsed_again(given_up: GivenUp) -> None:
    assert PYTHON is not None
    given_up.add(PLAIN, "too much")
    tree, limit = parse(PLAIN, PYTHON.tree_sitter)
    assert limit == "too much"
    assert tree.root_node.child_count == 0


def test_what_is_small_or_too_large_to_be_parsed_costs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a process was started"))
    assert probe.probe(untrusted(b"x = 1\n", b"#" * 1_000_001)) == 0


def test_no_more_than_a_few_processes_are_spent_and_the_rest_is_given_up(
    monkeypatch: pytest.MonkeyPatch, given_up: GivenUp
) -> None:
    monkeypatch.setattr(probe, "_MAX_ENDED", 2)
    bombs = [EXPLODES + b"(a*)" * number for number in range(3)]
    assert probe.probe(untrusted(*bombs)) == 2
    assert given_up.reason(bombs[2]) == "2 other sources ended the process that was to parse it first"


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (subprocess.CompletedProcess((), 1, b"", b"no such\nImportError: x"), "ended with 1: ImportError: x"),
        (subprocess.CompletedProcess((), 0, b"-", b""), "does not limit the memory"),
    ],
)
def test_a_process_without_limits_is_a_failure_and_blames_no_source(
    monkeypatch: pytest.MonkeyPatch, given_up: GivenUp, done: Any, why: str
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    with pytest.raises(ProbeFailed, match=why):
        probe.probe(untrusted(PLAIN))
    assert given_up.reason(PLAIN) is None


def test_a_parser_that_takes_many_steps_is_stopped_and_that_is_remembered(given_up: GivenUp) -> None:
    assert PYTHON is not None
    source = b"<-" * 8_000
    _, limit = parse(source, PYTHON.tree_sitter)
    assert limit == "parsing takes more than 8 steps a byte"
    assert given_up.reason(source) == limit


def test_the_oldest_given_up_is_forgotten_first() -> None:
    given_up = GivenUp(1)
    given_up.add(b"a", "one")
    given_up.add(b"b", "two")
    assert (given_up.reason(b"a"), given_up.reason(b"b")) == (None, "two")
