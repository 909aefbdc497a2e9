"""Whole runs over changes that bring source made to bring down who reads it."""

import asyncio
from collections.abc import Callable

import pytest

from reviewer.domain.decision import DecisionOutcome
from reviewer.pipeline import Run, review_change
from reviewer.testing.memory_git import MemoryGit


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = " + "(a*)" * 2_000 + "\n", "hostile.py: head: parsing takes more than"),
        ("x = " + "f(" * 100_000 + ")" * 100_000 + "\n", "brackets nested deeper than 1000 levels"),
    ],
    ids=["ends a parser", "calls in calls"],
)
def test_hostile_source_is_escalated_and_named(
    source: str,
    said: str,
    a_repository: Callable[..., tuple[MemoryGit, str, str]],
    a_run: Callable[..., Run],
) -> None:
    found = asyncio.run(review_change(a_run(*a_repository(**{"hostile.py": source}))))
    assert found.decision.outcome is DecisionOutcome.ESCALATE
    assert any(said in sentence for sentence in found.not_checked)
