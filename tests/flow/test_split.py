"""`reviewer split`, and the plan in a review that is refused for its size, through the real command line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.cli.app import main
from reviewer.domain.review import Review
from reviewer.domain.split_plan import SplitPlan
from reviewer.testing.git_builder import Content, RepositoryBuilder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repo")


@pytest.fixture
def run(
    builder: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("REVIEWER_CACHE", str(builder.path.parent / "cache"))
    monkeypatch.setenv("REVIEWER_STATE", str(builder.path.parent / "state"))

    def run(command: str, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["reviewer", command, "--repo", str(builder.path), *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def oversized(builder: RepositoryBuilder) -> None:
    """A change of 30 files of 30 lines, a quarter of them used by another one."""
    builder.commit({"README.md": "x\n"})
    files: dict[Content, Content | None] = {}
    for number in range(30):
        uses = f"from shop.m{number + 1} import f{number + 1}\n" if number % 4 == 0 else ""
        body = "".join(f"    a{line} = {line}\n" for line in range(27))
        files[f"shop/m{number}.py"] = f"{uses}def f{number}():\n{body}    return 1\n"
    builder.commit(files)


def test_text_names_every_part_and_its_size(builder: RepositoryBuilder, run: Run) -> None:
    oversized(builder)
    code, out, err = run("split", "--range", "HEAD~1..HEAD")
    assert (code, err) == (0, "")
    assert "split plan, limits 500 changed lines and 20 files" in out
    assert "  1. shop: add " in out
    assert "     shop/m0.py, 30 lines\n" in out
    assert "because shop/m0.py uses f1, new in shop/m1.py" in out


def test_json_is_the_whole_plan(builder: RepositoryBuilder, run: Run) -> None:
    oversized(builder)
    code, out, _ = run("split", "--range", "HEAD~1..HEAD", "--format", "json")
    plan = SplitPlan.model_validate(json.loads(out))
    assert code == 0
    assert len(plan.parts) == 2
    assert {file.path for part in plan.parts for file in part.files} == {f"shop/m{at}.py" for at in range(30)}


def test_git_prints_a_script_that_makes_the_branches(builder: RepositoryBuilder, run: Run) -> None:
    oversized(builder)
    code, out, _ = run("split", "--range", "HEAD~1..HEAD", "--format", "git", "--name", "me/shop")
    assert code == 0
    assert builder.git("branch", "--list", "me/*") == ""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(
        ["git", *who, "-c", "alias.x=!sh -s", "x"], input=out.encode(), cwd=builder.path, check=True
    )
    assert builder.git("rev-parse", "me/shop-2^{tree}") == builder.git("rev-parse", "main^{tree}")


@pytest.mark.parametrize("name", ["", "-x", "a b", "a;b", "../a", "a..b", "a.lock", "a'", "a/"])
def test_a_name_that_no_branch_begins_with_is_refused(
    builder: RepositoryBuilder, run: Run, name: str
) -> None:
    oversized(builder)
    code, _, err = run("split", "--range", "HEAD~1..HEAD", "--format", "git", f"--name={name}")
    assert code == 2
    assert "not the beginning of a branch name" in err


def test_a_refused_review_comes_with_the_plan(builder: RepositoryBuilder, run: Run, tmp_path: Path) -> None:
    oversized(builder)
    code, out, _ = run("review", "--save", str(tmp_path / "review.json"))
    assert code == 1
    assert "split plan, limits 500 changed lines" in out
    review = Review.model_validate_json((tmp_path / "review.json").read_bytes())
    assert review.split_plan is not None
    assert len(review.split_plan.parts) == 2
    code, out, _ = run("review", "--format", "markdown")
    assert "### Split plan\n\n<details>\n<summary>2 parts, each to be merged" in out


def test_a_change_within_the_limits_has_no_plan(builder: RepositoryBuilder, run: Run, tmp_path: Path) -> None:
    builder.commit({"a.py": "x = 1\n"})
    builder.commit({"a.py": "x = 2\n"})
    run("review", "--save", str(tmp_path / "review.json"))
    assert Review.model_validate_json((tmp_path / "review.json").read_bytes()).split_plan is None
