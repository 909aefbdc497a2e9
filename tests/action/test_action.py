import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from reviewer.testing.git_builder import RepositoryBuilder

ROOT = Path(__file__).parents[2]
SMALL = {"app.py": "def double(x):\n    return 2 * x\n"}
LARGER = {"app.py": "def double(x):\n    return x + x\n"}


@dataclass
class Job:
    """Runs the steps of action.yml as a runner does, in a temporary folder and workspace of their own.

    The engine is not installed from a registry: the action finds the environment of these tests in its place.
    """

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    exit_code: int = 0
    log: str = ""

    def __post_init__(self) -> None:
        self.temp.mkdir(parents=True)
        self.workspace.mkdir(parents=True, exist_ok=True)
        (self.temp / "reviewer-venv").symlink_to(sys.prefix)

    @property
    def temp(self) -> Path:
        return self.root / "temp"

    @property
    def workspace(self) -> Path:
        return self.root / "workspace"

    @property
    def summary(self) -> str:
        path = self.root / "summary.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def run(self, event: object, **inputs: str) -> dict[str, str]:
        """Run all steps until one fails; the action's outputs."""
        (self.root / "event.json").write_text(json.dumps(event), encoding="utf-8")
        action = YAML(typ="safe").load(ROOT / "action.yml")
        given = {name: spec["default"] for name, spec in action["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        for step in action["runs"]["steps"]:
            if self.exit_code == 0:
                self._step(step, given)
        return {name: self._value(spec["value"], given) for name, spec in action["outputs"].items()}

    def _step(self, step: dict[str, Any], inputs: dict[str, str]) -> None:
        assert step["shell"] == "bash"
        script = self.root / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        written = self.root / "output.txt"
        written.write_text("", encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            env=self._variables() | {k: self._value(v, inputs) for k, v in step.get("env", {}).items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.log += done.stdout
        self.exit_code = done.returncode
        lines = written.read_text(encoding="utf-8").splitlines()
        self.outputs[step.get("id", "")] = dict(line.split("=", 1) for line in lines)

    def _variables(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_EVENT_PATH": str(self.root / "event.json"),
            "GITHUB_OUTPUT": str(self.root / "output.txt"),
            "GITHUB_STEP_SUMMARY": str(self.root / "summary.md"),
            **self.environment,
        }

    def _value(self, text: str, inputs: dict[str, str]) -> str:
        def evaluate(match: re.Match[str]) -> str:
            kind, *rest = match[1].split(".")
            if kind == "inputs":
                return inputs[rest[0]]
            assert (kind, rest[1]) == ("steps", "outputs"), f"{match[0]}: this runner does not know it"
            return self.outputs.get(rest[0], {}).get(rest[2], "")

        return re.sub(r"\$\{\{ (.+?) \}\}", evaluate, text)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path / "runner")


def pull_request(base: str, head: str, *, title: str = "Simplify") -> dict[str, Any]:
    return {
        "action": "opened",
        "pull_request": {
            "number": 7,
            "title": title,
            "body": None,
            "base": {"sha": base},
            "head": {"sha": head},
        },
    }


def two_commits(path: Path, **more: str) -> tuple[str, str]:
    builder = RepositoryBuilder(path)
    changed = {**LARGER, **more}
    return builder.commit(SMALL), builder.commit(changed)


def test_a_pull_request_is_reviewed_into_the_job_summary(job: Job) -> None:
    outputs = job.run(pull_request(*two_commits(job.workspace)))
    assert job.exit_code == 0, job.log
    assert outputs["decision"] == "escalate"
    assert job.summary.startswith("## A human decides\n")
    review = json.loads(Path(outputs["review-file"]).read_text(encoding="utf-8"))
    assert review["change"]["snapshot"]["origin"] == "pull_request_event"
    run = Path(outputs["ledger"]) / "inbox" / review["run_id"]
    assert list(run.glob("*-decision_made.json"))


def test_a_refused_change_is_a_recorded_decision_and_the_step_stays_green(job: Job) -> None:
    long = "".join(f"x{number} = {number}\n" for number in range(600))
    outputs = job.run(pull_request(*two_commits(job.workspace, long=long)))
    assert (job.exit_code, outputs["decision"]) == (0, "refuse"), job.log
    assert job.summary.startswith("## Too large to review\n")


def test_a_shallow_clone_fails_and_says_that_nothing_was_decided(job: Job, tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "origin")
    root = builder.commit(SMALL)
    base = builder.commit({"main.py": "import app\n"})
    head = builder.commit(LARGER, parents=[root], branch="topic")
    clone(tmp_path / "origin", job.workspace, depth=1)
    outputs = job.run(pull_request(base, head))
    assert job.exit_code == 3, job.log
    assert outputs["decision"] == outputs["review-file"] == ""
    assert job.summary.startswith("## No decision was recorded\n")
    assert (
        "    Fetch the missing history: `git fetch --unshallow`, or fetch-depth: 0 in a workflow."
        in job.summary
    )
    assert "::error title=No decision was recorded::" in job.log


def clone(origin: Path, target: Path, *, depth: int) -> None:
    """Both branches of `origin`, cut off after `depth` commits."""
    environment = {**os.environ, "GIT_ALLOW_PROTOCOL": "file"}
    command = ["git", "clone", "-q", f"--depth={depth}", "--no-single-branch", origin.as_uri(), str(target)]
    subprocess.run(command, check=True, env=environment)


@pytest.mark.parametrize("event", [{"ref": "refs/heads/main"}, {"pull_request": None}])
def test_an_event_without_a_pull_request_fails_and_says_so(job: Job, event: object) -> None:
    two_commits(job.workspace)
    outputs = job.run(event)
    assert job.exit_code == 2, job.log
    assert outputs["decision"] == ""
    assert "## No decision was recorded" in job.summary
    assert "holds no pull_request" in job.summary
    assert "Run on `pull_request` events" in job.summary


def test_without_a_key_a_model_that_was_asked_for_is_left_out_and_that_is_said(job: Job) -> None:
    outputs = job.run(pull_request(*two_commits(job.workspace)), model="anthropic/some-model")
    assert (job.exit_code, outputs["decision"]) == (0, "escalate"), job.log
    assert "::notice title=No model::" in job.log
    assert "no model key is set" in job.summary.replace("\\", "")


def test_a_model_without_its_providers_key_is_wrong_usage(job: Job) -> None:
    job.run(pull_request(*two_commits(job.workspace)), model="anthropic/some-model", openai_api_key="key")
    assert job.exit_code == 2, job.log
    assert "ANTHROPIC_API_KEY is not set" in job.summary


def test_nothing_of_the_workspace_runs(job: Job) -> None:
    base, head = two_commits(job.workspace)
    trap = f"open({str(job.root / 'sentinel')!r}, 'a').write(__name__)\n"
    for name in ("json", "venv", "pip", "reviewer", "sitecustomize", "typing", "secrets", "git"):
        (job.workspace / f"{name}.py").write_text(trap, encoding="utf-8")
    job.environment["PYTHONPATH"] = str(job.workspace)
    outputs = job.run(pull_request(base, head))
    assert (job.exit_code, outputs["decision"]) == (0, "escalate"), job.log
    assert not (job.root / "sentinel").exists()


def test_the_trap_of_the_test_above_works(job: Job) -> None:
    (job.workspace / "sitecustomize.py").write_text(
        f"open({str(job.root / 'sentinel')!r}, 'a').write(__name__)\n", encoding="utf-8"
    )
    subprocess.run([sys.executable, "-c", ""], check=True, env={"PYTHONPATH": str(job.workspace)})
    assert (job.root / "sentinel").exists()


def put_in_place_of_the_engine(job: Job, script: str) -> None:
    """From now on `python -m reviewer` is `script`, whose last argument is the file to save to."""
    binaries = job.temp / "reviewer-venv" / "bin"
    binaries.parent.unlink()
    binaries.mkdir(parents=True)
    python = f'#!/bin/bash\nif [ "$3" = reviewer ]; then\n{script}\nfi\nexec {sys.executable} "$@"\n'
    for name, text in {"python": python, "reviewer": "#!/bin/sh\n"}.items():
        (binaries / name).write_text(text, encoding="utf-8")
        (binaries / name).chmod(0o755)


def test_words_from_outside_give_the_runner_no_commands(job: Job) -> None:
    put_in_place_of_the_engine(job, r"printf '::add-mask::y\r## forged\n::warning::x' >&2; exit 2")
    job.run(pull_request("a" * 40, "b" * 40))
    assert job.exit_code == 2, job.log
    stop = re.search(r"^::stop-commands::(\w{32})$", job.log, flags=re.MULTILINE)
    assert stop
    obeyed = job.log[: stop.start()] + job.log[stop.end() :].split(f"\n::{stop[1]}::\n")[1]
    assert re.findall(r"^::(\w+)", obeyed, flags=re.MULTILINE) == ["notice", "error"]
    assert "    ::add-mask::y## forged\n" in job.summary
    assert "\r" not in job.summary


def test_a_crash_of_the_engine_is_no_decision(job: Job) -> None:
    put_in_place_of_the_engine(job, "echo Traceback >&2; exit 1")
    outputs = job.run(pull_request("a" * 40, "b" * 40))
    assert (job.exit_code, outputs["decision"]) == (3, ""), job.log
    assert job.summary.startswith("## No decision was recorded\n")


def test_a_review_too_long_for_a_job_summary_is_named_there(job: Job) -> None:
    saved = """echo '{"decision": {"outcome": "refuse"}}' > "${@: -1}"; head -c 1000001 /dev/zero; exit 0"""
    put_in_place_of_the_engine(job, saved)
    outputs = job.run(pull_request("a" * 40, "b" * 40))
    assert (job.exit_code, outputs["decision"]) == (0, "refuse"), job.log
    assert job.summary.startswith("## refuse\n\nThe review is too long for a job summary.")
    assert len(job.summary) < 1000


def test_the_checkout_may_lie_in_a_folder_of_the_workspace(job: Job) -> None:
    base, head = two_commits(job.workspace / "code")
    outputs = job.run(pull_request(base, head), repository_path="code")
    assert outputs["decision"] == "escalate", job.log


def test_two_uses_in_one_job_keep_their_results_apart(job: Job) -> None:
    event = pull_request(*two_commits(job.workspace))
    first, second = job.run(event), job.run(event)
    assert first["review-file"] != second["review-file"]
    assert first["ledger"] == second["ledger"]


def put_in_place_of_python3(job: Job, script: str) -> None:
    binaries = job.root / "bin"
    binaries.mkdir()
    (binaries / "python3").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (binaries / "python3").chmod(0o755)
    job.environment["PATH"] = f"{binaries}:{os.environ['PATH']}"


def test_a_python_that_is_too_old_is_named(job: Job) -> None:
    put_in_place_of_python3(job, "exit 1")
    outputs = job.run({})
    assert (job.exit_code, outputs["decision"]) == (3, "")
    assert "needs Python 3.11 or newer" in job.summary


def test_an_installation_that_fails_is_no_green_step(job: Job) -> None:
    (job.temp / "reviewer-venv").unlink()
    put_in_place_of_python3(job, '[ "$2" = -c ]')
    outputs = job.run({})
    assert (job.exit_code, outputs["decision"]) == (3, "")
    assert "reviewer could not be installed" in job.summary
