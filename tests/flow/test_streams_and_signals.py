"""The real command: its reader goes away, its streams are closed or narrow, it is told to stop."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.cli import app
from reviewer.errors import UsageError
from reviewer.pipeline import Run, review_change
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger

COMMAND = [sys.executable, "-m", "reviewer"]


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.commit({"a.py": "x = 1\n"})
    builder.commit({"a.py": "x = 2\n"}, message="Caf\u00e9 \u2603")
    return builder.path


def environment(repo: Path, **more: str) -> dict[str, str]:
    (repo.parent / "tmp").mkdir(exist_ok=True)
    own = {"REVIEWER_STATE": str(repo.parent / "state"), "TMPDIR": str(repo.parent / "tmp")}
    return {**os.environ, **own, **more}


@pytest.mark.parametrize("form", ["full", "json", "markdown"])
def test_a_recorded_decision_keeps_its_exit_code_when_nobody_reads(repo: Path, form: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [*COMMAND, "review", "--repo", str(repo), "--format", form]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=environment(repo), check=False)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("arguments", "code"), [("", 0), ("--range=x", 2)])
def test_a_closed_standard_error_changes_nothing(repo: Path, arguments: str, code: int) -> None:
    shell = f"exec '{sys.executable}' -m reviewer review --repo '{repo}' {arguments} 2>&-"
    done = subprocess.run(["sh", "-c", shell], stdout=subprocess.PIPE, env=environment(repo), check=False)
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0)


@pytest.mark.parametrize(
    "narrow",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_an_encoding_that_lacks_a_character_shows_it_escaped(repo: Path, narrow: dict[str, str]) -> None:
    shown = {}
    for form in ("full", "json"):
        command = [*COMMAND, "review", "--repo", str(repo), "--format", form]
        done = subprocess.run(command, capture_output=True, env=environment(repo, **narrow), check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        shown[form] = done.stdout
    assert b"Caf\\xe9 \\u2603" in shown["full"]
    assert json.loads(shown["json"])["change"]["prose"]["title"] == "Caf\u00e9 \u2603"


SLOW = """
import asyncio
import signal
# A shell starts what it puts into the background with SIGINT ignored, and the tests may run there.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from reviewer.cli.app import main
import reviewer.pipeline.review as review

class Slow:
    async def ainvoke(self, *_, context, **__):
        print("ready", flush=True)
        await asyncio.sleep(60)

review.review_graph = Slow
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_run_in_an_orderly_way(repo: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", SLOW, "review", "--repo", str(repo)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(repo)
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.1)
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 3
    assert b"interrupted: no decision was recorded" in said
    assert b"Traceback" not in said
    assert not list((repo.parent / "tmp").iterdir())
    (run,) = (repo.parent / "state" / "ledger" / "inbox").iterdir()
    assert len(list(run.glob("*-run_failed.json"))) == 1


def test_an_interrupt_is_recorded_as_a_failed_run(
    a_run: Callable[..., Run],
    a_repository: Callable[..., tuple[MemoryGit, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Interrupted:
        async def ainvoke(self, *_: object, **__: object) -> None:
            raise asyncio.CancelledError

    monkeypatch.setattr("reviewer.pipeline.review.review_graph", Interrupted)
    ledger = MemoryLedger()
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(review_change(a_run(*a_repository(), ledger=ledger)))
    (run_id,) = ledger.runs()
    said = [json.loads(event.header)["facts"] for event in ledger.events(run_id)]
    assert [fact["kind"] for fact in said] == ["run_started", "run_failed"]
    assert said[1]["error"] == "Interrupted"


def test_an_error_stays_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    app._explain(UsageError("a\nerror: b\x1b[2J", advice="Do it."))
    assert capsys.readouterr().err == "error: a<U+000A>error: b<U+001B>[2J\nDo it.\n"
