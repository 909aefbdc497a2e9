import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.trace import goals
from reviewer.testing.git_builder import RepositoryBuilder

ROOT = Path(__file__).parents[2]


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def last_line(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    result = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(result, dict)
    return result


def documented_keys(subject: str) -> set[str]:
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {subject}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", section, flags=re.MULTILINE)
    return {"benchmark", *(key for row in rows for key in re.findall(r"`(\w+)`", row))}


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """Three merged changes, one of them a merge of a side branch and one empty, on top of a root."""
    builder = RepositoryBuilder(tmp_path / "toy")
    root = builder.commit({"a.py": "def f():\n    return 1\n"})
    second = builder.commit({"a.py": "def f():\n    return 2\n"})
    side = builder.commit({"b.py": "X = 1\n"}, parents=[root], branch="side")
    builder.commit({"b.py": "X = 1\n"}, parents=[second, side])
    builder.commit()
    builder.commit({"a.py": "def f(x):\n    return x\n"})
    return builder.path


def test_history_reviews_every_change_and_explains_every_key(toy: Path) -> None:
    done = run("history", "--repo", str(toy))
    assert done.returncode == 0, done.stderr
    result = last_line(done)
    assert set(result) == documented_keys("history")
    assert (result["changes"], result["empty"], result["crashes"], result["undecided"]) == (3, 1, 0, 0)
    assert sum(result["decisions"].values()) == 3
    assert done.stderr == ""


def test_split_makes_the_branches_and_explains_every_key(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "large")
    builder.commit({"a.py": "x = 1\n"})
    builder.commit({f"m{number}.py": f"def f{number}():\n    return 1\n" for number in range(25)})
    builder.commit({"a.py": "x = 2\n"})
    done = run("split", "--repo", str(builder.path))
    assert done.returncode == 0, done.stderr
    result = last_line(done)
    assert set(result) == documented_keys("split")
    assert [result[key] for key in ("changes", "failed", "applies", "union", "within", "parts")] == [
        1,
        0,
        1,
        1,
        1,
        2,
    ]
    assert done.stderr == ""


def test_rules_counts_what_each_rule_said_and_explains_every_key(toy: Path) -> None:
    done = run("rules", "--repo", str(toy), "--changes", "5")
    assert done.returncode == 0, done.stderr
    result = last_line(done)
    row = result["rules"]["mutable-default"]
    assert set(result) | set(row) | set(result["repos"][0]) == documented_keys("rules") - {"head", "error"}
    assert (result["changes"], result["crashes"], result["noisy"]) == (3, 0, [])


def test_a_rule_that_speaks_often_has_to_be_judged_right(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shared")
    builder.commit({"a.py": "x = 1\n"})
    builder.commit({"a.py": "x = 1\n\n\ndef f(x, seen=[]):\n    seen.append(x)\n"})
    heard = tmp_path / "said.jsonl"
    first = run("rules", "--repo", str(builder.path), "--said", str(heard))
    assert (first.returncode, last_line(first)["noisy"]) == (1, ["mutable-default"])
    said = json.loads(heard.read_text().splitlines()[0])
    judged = tmp_path / "judged.jsonl"
    for right, code in ((True, 0), (False, 1)):
        judged.write_text(json.dumps({key: said[key] for key in ("repo", "head", "id")} | {"right": right}))
        again = run("rules", "--repo", str(builder.path), "--data", str(judged))
        assert again.returncode == code, again.stderr
        assert last_line(again)["rules"]["mutable-default"]["precision"] == float(right)


def test_a_judgement_that_says_neither_right_nor_wrong_is_refused(toy: Path, tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text('{"repo": "a", "head": "b", "id": "c", "right": "maybe"}\n')
    done = run("rules", "--repo", str(toy), "--data", str(judged))
    assert done.returncode != 0
    assert "judged.jsonl:1: right is 'maybe'" in done.stderr


def test_history_stops_at_the_number_of_changes_asked_for(toy: Path) -> None:
    assert last_line(run("history", "--repo", str(toy), "--changes", "2"))["changes"] == 2


def test_history_leaves_nothing_undecided_unsaid(toy: Path) -> None:
    builder = RepositoryBuilder(toy)
    builder.commit({".github/reviewer.yml": "mode: loud\n"})
    builder.commit({"a.py": "def f():\n    return 3\n"})
    done = run("history", "--repo", str(toy), "--changes", "1")
    result = last_line(done)
    assert done.returncode == 1
    assert (result["changes"], result["undecided"]) == (1, 1)
    assert result["undecided_reasons"][0]["error"].startswith("ConfigError: .github/reviewer.yml:1:")


def test_history_of_no_repository_says_so(tmp_path: Path) -> None:
    done = run("history", "--repo", str(tmp_path))
    assert done.returncode == 1
    assert "not a git repository" in done.stderr
    assert done.stdout == ""


def test_startup_explains_every_key() -> None:
    result = last_line(run("startup", "--pairs", "1"))
    assert set(result) == documented_keys("startup")


def test_index_answers_like_git_and_explains_every_key(toy: Path) -> None:
    result = last_line(run("index", "--repo", str(toy), "--words", "3"))
    assert set(result) == documented_keys("index")
    assert (result["files"], result["parsed_files"], result["equal"]) == (2, 2, True)
    assert result["words"] >= 1


def test_index_refuses_to_ask_nothing(toy: Path) -> None:
    assert run("index", "--repo", str(toy), "--words", "0").returncode == 2


def test_callgraph_counts_what_is_found_and_what_is_not(tmp_path: Path) -> None:
    program = {
        "id": "one",
        "category": "calls",
        "suite": "own",
        "files": {"app.py": "def f(): pass\ndef g(): pass\nf()\ng()\n"},
        "nodes": ["app", "app.f", "app.g"],
        "edges": [["app", "app.f"], ["app.f", "app.g"]],
    }
    data = tmp_path / "programs.jsonl"
    data.write_text(json.dumps(program) + "\n", encoding="utf-8")
    done = run("callgraph", "--data", str(data))
    result = last_line(done)
    assert set(result) == documented_keys("callgraph")
    assert (result["edges"], result["extra"], result["missed"], result["crashes"]) == (2, 1, 1, 0)
    assert (result["precision"], result["recall"], done.returncode) == (0.5, 0.5, 0)


def test_callgraph_below_its_promise_says_so(tmp_path: Path) -> None:
    program = {
        "id": "x",
        "category": "c",
        "suite": "pycg",
        "files": {"a.py": "x = 1\n"},
        "edges": [["a", "a.f"]],
    }
    data = tmp_path / "pycg.jsonl"
    data.write_text(json.dumps(program) + "\n", encoding="utf-8")
    assert run("callgraph", "--data", str(data)).returncode == 1


def test_callgraph_without_its_data_says_that_nothing_was_measured(tmp_path: Path) -> None:
    done = run("callgraph", "--data", str(tmp_path / "none.jsonl"))
    assert last_line(done) == {"benchmark": "callgraph", "skipped": "no file none.jsonl"}
    assert "nothing was measured" in done.stderr


def test_trace_measures_every_change_that_is_not_empty_and_explains_every_key(toy: Path) -> None:
    result = last_line(run("trace", "--repo", str(toy)))
    assert set(result) == documented_keys("trace")
    assert (result["changes"], result["failed"], result["parsed_files"]) == (3, 0, 2)
    assert result["goals"]["index_ratio"] is None, "two tiny files say nothing about the index"
    assert result["files_p95"] == 2


def test_trace_stops_at_the_number_of_commits_asked_for(toy: Path) -> None:
    assert last_line(run("trace", "--repo", str(toy), "--commits", "1"))["changes"] == 1


@pytest.mark.parametrize(
    ("key", "value", "goal"),
    [
        ("trace_p50", 0.51, "lazy_p50"),
        ("memory_mb", 251, "memory"),
        ("index_ratio", 1.31, "index_ratio"),
        ("answer_p95", 0.16, "answer"),
    ],
)
def test_trace_misses_a_goal_just_above_its_limit(key: str, value: float, goal: str) -> None:
    met = {
        "trace_p50": 0.5,
        "memory_mb": 250,
        "index_ratio": 1.3,
        "answer_p95": 0.15,
        "parsed_mb": 9,
        "mb": 9,
    }
    assert set(goals(met).values()) == {True}
    assert goals(met | {key: value})[goal] is False
