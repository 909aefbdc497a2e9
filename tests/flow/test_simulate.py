import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.cli.app import main
from reviewer.testing.git_builder import RepositoryBuilder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def ask(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["reviewer", "simulate", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return ask


@pytest.fixture
def repo(tmp_path: Path) -> str:
    """Three merged changes: of two lines, of forty, and one that leaves a use of what it removes."""
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.commit(
        {"a.py": "def a():\n    return 1\n", "b.py": "from a import a\n\na()\n", "c.py": "x = 1\n"}
    )
    builder.commit({"c.py": "x = 2\n"}, message="small")
    builder.commit({"c.py": "".join(f"x{n} = {n}\n" for n in range(40))}, message="long")
    builder.commit({"a.py": "def other():\n    return 1\n"}, message="breaks b")
    return str(builder.path)


def test_two_policies_are_shown_side_by_side(run: Run, repo: str, tmp_path: Path) -> None:
    policy = tmp_path / "new.yml"
    policy.write_text("size: {max_changed_lines: 30}\nrules: {symbol-removed: shadow}\n")
    code, out, err = run("--repo", repo, "--policy", str(policy), "--format", "json")
    assert (code, err) == (0, "")
    said = {each["title"]: each for each in json.loads(out)}
    outcomes = {
        title: (each["was"]["decision"]["outcome"], each["would_be"]["decision"]["outcome"])
        for title, each in said.items()
    }
    assert outcomes == {
        "small": ("escalate", "escalate"),
        "long": ("escalate", "refuse"),
        "breaks b": ("request_changes", "escalate"),
    }


def test_flips_are_told_with_the_reasons_that_come_and_go(run: Run, repo: str, tmp_path: Path) -> None:
    policy = tmp_path / "new.yml"
    policy.write_text("size: {max_changed_lines: 30}\n")
    _, out, _ = run("--repo", repo, "--policy", str(policy))
    assert "eligible -> refuse  long" in out
    assert "    + gate.changed_lines" in out
    assert "3 changes, 1 decided otherwise" in out
    assert "small" not in out


def test_a_limit_and_a_range_bound_what_is_decided(run: Run, repo: str, tmp_path: Path) -> None:
    policy = tmp_path / "new.yml"
    policy.write_text("")
    assert "1 changes, 0 decided" in run("--repo", repo, "--policy", str(policy), "--limit", "1")[1]
    assert "2 changes, 0 decided" in run("--repo", repo, "--policy", str(policy), "--range", "HEAD~2..")[1]
    assert "0 changes, 0 decided" in run("--repo", repo, "--policy", str(policy), "--since", "2999-01-01")[1]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--since", "yesterday"], "not a day such as"),
        (["--range", "main"], "not of the form BASE..HEAD"),
        (["--range", "nope..HEAD"], "nope"),
    ],
)
def test_what_cannot_be_understood_ends_with_its_reason(
    run: Run, repo: str, tmp_path: Path, arguments: list[str], problem: str
) -> None:
    policy = tmp_path / "new.yml"
    policy.write_text("")
    code, _, err = run("--repo", repo, "--policy", str(policy), *arguments)
    assert code in (2, 3)
    assert problem in err


def test_a_wrong_policy_is_told_before_anything_is_decided(run: Run, repo: str, tmp_path: Path) -> None:
    policy = tmp_path / "new.yml"
    policy.write_text("sise: 3\n")
    code, out, err = run("--repo", repo, "--policy", str(policy))
    assert (code, out) == (2, "")
    assert "new.yml:1:1: sise: no such setting" in err


def test_the_risk_of_what_would_be_is_told(run: Run, repo: str, tmp_path: Path) -> None:
    policy = tmp_path / "new.yml"
    policy.write_text("triage: {sensitive: [c.py]}\n")
    _, out, _ = run("--repo", repo, "--policy", str(policy))
    assert "eligible -> escalate  small" in out
    assert "    risk: low -> high risk, code: sensitive_paths" in out
    assert "    + gate.risk_tier" in out
    assert "  risk would be: " in out
