"""Whatever source a change brings is answered within limits of memory and time, and what is missing is said."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evidence.hostile import FILES, cases

ROOT = Path(__file__).parents[2]
MEMORY_BYTES, CASE_SECONDS, FILE_SECONDS = 1_500_000_000, 15, 120
PART = int(os.environ.get("HOSTILE_PART", "10"))
"""1 for the sizes of the issue: 100,000 levels and repetitions, files of a megabyte. That takes minutes."""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (FILE_SECONDS, FILE_SECONDS))


@pytest.mark.skipif(sys.platform != "linux", reason="the limits of a process are Linux's")
@pytest.mark.parametrize("path", FILES)
def test_hostile_source_is_answered_within_limits_and_what_is_missing_is_said(path: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.evidence.hostile", path, str(PART)],
        cwd=ROOT,
        preexec_fn=_limited,
        capture_output=True,
        check=False,
        text=True,
    )
    answers = {name: (seconds, said) for name, seconds, said in map(json.loads, done.stdout.splitlines())}
    expected = {name: says for name, _, says in cases(path, PART)}
    assert list(answers) == list(expected), done.stderr[-2_000:]
    assert {name: seconds for name, (seconds, _) in answers.items() if seconds > CASE_SECONDS} == {}
    unsaid = [
        name
        for name, says in expected.items()
        if says is not None and not any(says in sentence for sentence in answers[name][1])
    ]
    assert unsaid == []
