import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reviewer import __version__, compose
from reviewer.cli import app
from reviewer.domain.decision import Decision, DecisionOutcome, Reason
from reviewer.domain.review import Review
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.values import a_review

CODES = {
    DecisionOutcome.APPROVE: 0,
    DecisionOutcome.ESCALATE: 0,
    DecisionOutcome.REQUEST_CHANGES: 1,
    DecisionOutcome.REFUSE: 1,
}


def end_of(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["reviewer", *arguments])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def decide_always(monkeypatch: pytest.MonkeyPatch, outcome: DecisionOutcome) -> None:
    reason = Reason(code="test", argues_for=outcome, holds=True, text="because")
    decision = Decision(
        outcome=outcome, headline="because", reasons=(reason,), eligible=False, policy_digest="0" * 64
    )

    async def review(*_: object) -> Review:
        return a_review(decision)

    monkeypatch.setattr(compose, "review", review)


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_the_exit_code_tells_the_decision(monkeypatch: pytest.MonkeyPatch, outcome: DecisionOutcome) -> None:
    decide_always(monkeypatch, outcome)
    assert end_of(monkeypatch, "review") == CODES[outcome]


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_in_shadow_any_recorded_decision_ends_with_0(
    monkeypatch: pytest.MonkeyPatch, outcome: DecisionOutcome
) -> None:
    decide_always(monkeypatch, outcome)
    assert end_of(monkeypatch, "review", "--shadow") == 0


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["review", "--nothing"], ["review", "--format=pdf"], ["publish"]]
)
def test_a_command_line_that_is_not_understood_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    assert end_of(monkeypatch, *arguments) == 2


def test_the_version_is_told_without_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert end_of(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"reviewer {__version__}\n"


def test_a_mistake_of_the_engine_is_no_decision_and_no_request_for_changes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def review(*_: object) -> Review:
        raise RuntimeError("a broken assumption")

    monkeypatch.setattr(compose, "review", review)
    assert end_of(monkeypatch, "review", "--shadow") == 3
    assert "RuntimeError: a broken assumption" in capsys.readouterr().err


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.commit({"a.py": "x = 1\n"})
    builder.commit({"a.py": "x = 2\n"})
    return builder.path


def review_command(repo: Path) -> list[str]:
    return [sys.executable, "-m", "reviewer", "review", "--repo", str(repo)]


def environment(repo: Path) -> dict[str, str]:
    return {**os.environ, "REVIEWER_STATE": str(repo.parent / "state"), "TERM": "xterm-256color"}


def test_without_a_terminal_there_is_no_colour_and_no_progress(repo: Path) -> None:
    done = subprocess.run(review_command(repo), check=False, capture_output=True, env=environment(repo))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout
    assert b"\x1b" not in done.stdout


def test_on_a_terminal_there_is_progress(repo: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        review_command(repo), stdout=subprocess.DEVNULL, stderr=theirs, env=environment(repo)
    ) as process:
        os.close(theirs)
        shown = b"".join(pieces(ours))
    os.close(ours)
    assert process.returncode == 0
    assert b"decide" in shown


def pieces(terminal: int) -> Iterator[bytes]:
    """What is written to a terminal until nobody has it open any more."""
    with suppress(OSError):
        while piece := os.read(terminal, 4096):
            yield piece


def test_the_repository_around_the_folder_is_reviewed_when_none_is_named(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.commit({"a.py": "x = 1\n"})
    builder.commit({"a.py": "x = 2\n"})
    inside = builder.path / "src" / "deep"
    inside.mkdir(parents=True)
    command = [
        sys.executable,
        "-m",
        "reviewer",
        "review",
        "--format",
        "concise",
        "--ledger",
        str(tmp_path / "ledger"),
    ]
    environment = {**os.environ, "REVIEWER_STATE": str(tmp_path / "state")}
    done = subprocess.run(command, cwd=inside, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    outside = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert outside.returncode == 3
    assert "no git repository" in outside.stderr
