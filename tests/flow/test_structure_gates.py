"""Gates that need the evidence, through whole runs and the command line."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.gate import GateAnswer
from reviewer.domain.review import Review
from reviewer.domain.value import digest_bytes
from reviewer.evidence.given_report import GivenReport
from reviewer.pipeline import Run, review_change
from reviewer.policy import parse_policy
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger

LCOV = b"SF:/builds/shop/shapes.py\nDA:1,1\nDA:2,0\nend_of_record\n"
RunOf = Callable[..., Run]
RepositoryOf = Callable[..., tuple[MemoryGit, str, str]]


def answer_of(review: Review, gate: str) -> GateAnswer:
    return next(result.answer for result in review.gates.results if result.gate == gate)


def test_a_change_above_a_limit_of_complexity_is_refused(a_run: RunOf, a_repository: RepositoryOf) -> None:
    policy = parse_policy("complexity: {max_function: 1}\n")
    deep = "def area(width, height):\n    if width:\n        if height:\n            return 1\n"
    review = asyncio.run(review_change(a_run(*a_repository(deep), policy=policy)))
    assert review.decision.outcome is DecisionOutcome.REFUSE
    assert answer_of(review, "complexity") is GateAnswer.STOP


def test_a_report_is_recorded_by_its_digest_with_what_the_decision_went_by(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    git, base, head = a_repository()
    ledger = MemoryLedger()
    policy = parse_policy("tests: {min_changed_line_coverage: 50}\n")
    run = replace(
        a_run(git, base, head, policy=policy, ledger=ledger), coverage=(GivenReport("r", LCOV, head),)
    )
    review = asyncio.run(review_change(run))
    assert answer_of(review, "test_coverage") is GateAnswer.STOP
    (run_id,) = ledger.runs()
    decided = next(event for event in ledger.events(run_id) if "decision_made" in event.name)
    assert decided.body is not None
    assert digest_bytes(LCOV).encode() in decided.body


@pytest.fixture
def toy(tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "toy")
    policy = "tests: {min_changed_line_coverage: 50}\n"
    builder.commit({".github/reviewer.yml": policy, "shapes.py": "def f():\n    return 1\n"})
    builder.commit({"shapes.py": "def f():\n    return 2\n"})
    (tmp_path / "lcov.info").write_bytes(LCOV)
    return builder


def reviewed(toy: RepositoryBuilder, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "reviewer",
        "review",
        "--repo",
        str(toy.path),
        "--format",
        "json",
        *options,
    ]
    state = {
        "REVIEWER_STATE": str(toy.path.parent / "state"),
        "REVIEWER_CACHE": str(toy.path.parent / "cache"),
    }
    environment = {"PATH": "/usr/bin:/bin", **state}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def gate_of(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    assert done.stdout, done.stderr
    results = json.loads(done.stdout)["gates"]["results"]
    return next(result for result in results if result["gate"] == "test_coverage")


def test_a_report_on_the_command_line_is_laid_over_the_changed_lines(toy: RepositoryBuilder) -> None:
    gate = gate_of(reviewed(toy, "--coverage", str(toy.path.parent / "lcov.info")))
    assert (gate["answer"], gate["value"]) == ("stop", "0 of 1 changed lines")


def test_a_report_of_another_commit_is_unknown(toy: RepositoryBuilder) -> None:
    report = str(toy.path.parent / "lcov.info")
    gate = gate_of(reviewed(toy, "--coverage", report, "--coverage-commit", "HEAD~1"))
    assert gate["answer"] == "unknown"
    assert gate["reason"].startswith("lcov.info: made at ")


def test_without_a_report_the_gate_does_not_apply(toy: RepositoryBuilder) -> None:
    assert gate_of(reviewed(toy))["answer"] == "not_applicable"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--coverage", "none.xml"], "--coverage none.xml: No such file or directory"),
        (["--coverage-commit", "HEAD"], "--coverage-commit: belongs to --coverage"),
    ],
)
def test_options_that_cannot_be_meant_are_wrong_usage(
    toy: RepositoryBuilder, options: list[str], problem: str
) -> None:
    done = reviewed(toy, *options)
    assert done.returncode == 2
    assert problem in done.stderr
