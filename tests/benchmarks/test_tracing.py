import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.tracing import Answer
from benchmarks.tracing_cases import Case, read_cases
from reviewer.domain.change import Side
from reviewer.domain.finding import CodeSubject, Finding, ProseSubject
from reviewer.testing.values import a_finding

ROOT = Path(__file__).parents[2]
SHA = "a" * 40
CASES = {case.id: case for case in read_cases()}
FIRING = CASES["python-nickname-minimum-raised"]
QUIET = CASES["python-nickname-check-rewritten"]
(PLACE,) = FIRING.places
LINE = FIRING.line(PLACE)
CHANGED = CodeSubject(
    path="lobby/limits.py", side=Side.HEAD, commit=SHA, first_line=3, last_line=3, quote="x"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.tracing", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def code(first: int, last: int, *, path: str = PLACE.path, side: Side = Side.HEAD) -> CodeSubject:
    return CodeSubject(path=path, side=side, commit=SHA, first_line=first, last_line=last, quote="x")


def about(subject: CodeSubject | ProseSubject, *evidence: CodeSubject) -> Finding:
    return a_finding().model_copy(update={"subject": subject, "evidence": evidence})


def is_right(case: Case, *findings: Finding) -> bool:
    return Answer(case, findings).is_right


@pytest.mark.parametrize(
    "finding",
    [
        about(code(LINE, LINE)),
        about(code(LINE - 1, LINE + 1)),
        about(CHANGED, code(LINE, LINE)),
    ],
    ids=["about the line", "about a range over it", "citing it"],
)
def test_a_finding_that_shows_the_line_finds_the_defect(finding: Finding) -> None:
    assert is_right(FIRING, finding)


@pytest.mark.parametrize(
    "finding",
    [
        about(CHANGED),
        about(code(LINE + 1, LINE + 1)),
        about(code(LINE, LINE, path="lobby/limits.py")),
        about(code(LINE, LINE, side=Side.BASE)),
        about(ProseSubject(part="title", part_digest="b" * 64, start=0, end=1, quote="x")),
    ],
    ids=["the changed line", "the next line", "another file", "the other side", "prose"],
)
def test_a_finding_that_does_not_show_the_line_finds_nothing(finding: Finding) -> None:
    assert not is_right(FIRING, finding)


def test_silence_is_right_only_where_nothing_is_wrong() -> None:
    assert is_right(QUIET)
    assert not is_right(FIRING)


def test_anything_said_of_a_quiet_case_is_an_alarm() -> None:
    assert not is_right(QUIET, about(CHANGED))


def test_the_result_explains_every_key_and_counts_a_family() -> None:
    done = run("--only", "python-nickname")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    section = (ROOT / "benchmarks/README.md").read_text(encoding="utf-8").split("\n## tracing\n")[1]
    rows = re.findall(r"^\| (`.+?) \|", section.split("\n## ")[0], flags=re.MULTILINE)
    assert set(result) == {"benchmark", *(key for row in rows for key in re.findall(r"`(\w+)`", row))}
    assert (result["firing"], result["quiet"], result["families"]) == (1, 2, 1)
    assert (result["crashes"], result["undecided"]) == (0, 0)


def test_a_beginning_that_no_case_has_is_wrong_usage() -> None:
    done = run("--only", "cobol")
    assert (done.returncode, "no case has an id that begins so" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("evals/tracing/unseen", "no case has an id that begins so"),
        ("evals/tracing/nowhere", "no such folder"),
    ],
)
def test_only_the_folder_that_is_named_is_read(folder: str, said: str) -> None:
    done = run("--data", folder, "--only", "python-nickname")
    assert (done.returncode, said in done.stderr) == (2, True)
