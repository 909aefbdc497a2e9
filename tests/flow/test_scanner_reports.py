"""Reports of linters, through whole runs and the command line."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.value import digest_bytes
from reviewer.evidence.given_report import GivenReport
from reviewer.pipeline import Run, review_change
from reviewer.policy import parse_policy
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger

RunOf = Callable[..., Run]
RepositoryOf = Callable[..., tuple[MemoryGit, str, str]]
RESULT = {
    "ruleId": "E1",
    "level": "error",
    "message": {"text": "Too plain."},
    "locations": [
        {"physicalLocation": {"artifactLocation": {"uri": "shapes.py"}, "region": {"startLine": 2}}},
    ],
}
SARIF = json.dumps(
    {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Lint"}}, "results": [RESULT]}]}
).encode()


def test_the_policy_says_whether_an_error_blocks(a_run: RunOf, a_repository: RepositoryOf) -> None:
    git, base, head = a_repository()
    given = (GivenReport("lint", SARIF, head),)

    def outcome(policy: str) -> DecisionOutcome:
        run = replace(a_run(git, base, head, policy=parse_policy(policy)), scanners=given)
        return asyncio.run(review_change(run)).decision.outcome

    assert outcome("") is DecisionOutcome.ESCALATE
    assert outcome("approval: {block_severity: medium}\n") is DecisionOutcome.REQUEST_CHANGES


def test_a_report_is_recorded_by_its_digest_and_its_findings_as_of_a_tool(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    git, base, head = a_repository()
    ledger = MemoryLedger()
    run = replace(a_run(git, base, head, ledger=ledger), scanners=(GivenReport("lint", SARIF, head),))
    asyncio.run(review_change(run))
    (run_id,) = ledger.runs()
    events = list(ledger.events(run_id))
    decided = next(event for event in events if "decision_made" in event.name)
    assert decided.body is not None
    assert digest_bytes(SARIF).encode() in decided.body
    assert any(b'"source_kind":"tool"' in event.header for event in events)


@pytest.fixture
def toy(tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "toy")
    builder.commit({"shapes.py": "def f():\n    return 1\n"})
    builder.commit({"shapes.py": "def f():\n    return 2\n"})
    (tmp_path / "lint.sarif").write_bytes(SARIF)
    return builder


def reviewed(toy: RepositoryBuilder, *options: str) -> subprocess.CompletedProcess[str]:
    home = toy.path.parent
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
    environment = {
        "PATH": "/usr/bin:/bin",
        "REVIEWER_STATE": str(home / "state"),
        "REVIEWER_CACHE": str(home / "cache"),
    }
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def rule_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.stdout, done.stderr
    found: dict[str, Any] = next(
        one for one in json.loads(done.stdout)["rules"] if one["rule"] == "scanner-report"
    )
    return found


def test_the_command_takes_reports_and_tells_a_thing_once(toy: RepositoryBuilder) -> None:
    report = str(toy.path.parent / "lint.sarif")
    taken = rule_of(reviewed(toy, "--sarif", report, "--sarif", report))
    assert [one["title"] for one in taken["findings"]] == ["[Lint E1] Too plain."]
    other = rule_of(reviewed(toy, "--sarif", report, "--sarif-commit", "HEAD~1"))
    assert other["findings"] == []
    assert "lint.sarif: made at" in other["unable"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sarif", "/nowhere/x.sarif"), "--sarif /nowhere/x.sarif: No such file"),
        (("--sarif-commit", "HEAD"), "--sarif-commit: belongs to --sarif"),
    ],
)
def test_a_report_that_is_not_there_ends_the_command(
    toy: RepositoryBuilder, options: tuple[str, ...], said: str
) -> None:
    done = reviewed(toy, *options)
    assert done.returncode == 2
    assert said in done.stderr
