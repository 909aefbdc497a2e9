from pathlib import Path

import pytest

from benchmarks.gates import _broken
from benchmarks.gates_made import many_lines
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Origin
from reviewer.evidence.complexity import collect_complexity
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.git_builder import RepositoryBuilder
from tests.benchmarks.test_benchmarks import documented_keys, last_line, run


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    builder = RepositoryBuilder(tmp_path / "toy")
    builder.commit({"a.py": "def f():\n    return 1\n"})
    builder.commit({"a.py": "def f():\n    return 2\n"})
    builder.commit({"a.py": "def f():\n    if x: return 2\n"})
    return builder.path


def test_gates_are_asked_about_every_change_and_every_key_is_explained(toy: Path) -> None:
    done = run("gates", "--repo", str(toy), "--commits", "5", "--files", "40", "--lines", "1000")
    assert done.returncode == 0, done.stderr
    result = last_line(done)
    assert set(result) == documented_keys("gates")
    assert (result["changes"], result["failures"], result["barring_gates"]) == (2, [], {})
    assert (result["large_change_changed_lines"], result["large_repository_changed_lines"]) == (1000, 24)


def test_gates_refuse_to_make_nothing(toy: Path) -> None:
    assert run("gates", "--repo", str(toy), "--lines", "0").returncode == 2


def test_each_function_of_the_made_change_is_one_that_can_be_measured(tmp_path: Path) -> None:
    base, head = many_lines(tmp_path / "made", 1000)
    with GitRepository.open(tmp_path / "made") as git:
        change = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
        measured = collect_complexity(change, Workspace(git, change.revisions))
    assert len(change.files) == 5
    assert (measured.functions, measured.unmeasured) == ((), ()), "values changed and nothing else"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("failures", [{"head": "a"}]),
        ("gates_p95", 1.01),
        ("large_repository_gates_seconds", 1.01),
        ("large_change_gates_seconds", 60.1),
        ("large_change_memory_mb", 1001),
    ],
)
def test_a_promise_is_broken_just_above_its_limit(key: str, value: object) -> None:
    held = {
        "failures": [],
        "gates_p95": 1.0,
        "large_repository_gates_seconds": 1.0,
        "large_change_gates_seconds": 60.0,
        "large_change_memory_mb": 1000,
    }
    assert _broken(held) == []
    assert _broken(held | {key: value}) == [key]
