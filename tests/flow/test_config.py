import json
from collections.abc import Callable
from pathlib import Path

import jsonschema_rs
import pytest

from reviewer.cli.app import main
from reviewer.testing.git_builder import RepositoryBuilder

Run = Callable[..., tuple[int, str, str]]
POLICY = "mode: comment\nsize:\n  max_files: 7\nfolders:\n  - paths: [docs/**]\n    size: {max_files: 70}\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def ask(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["reviewer", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return ask


@pytest.fixture
def repo(tmp_path: Path) -> str:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.commit({".github/reviewer.yml": POLICY})
    return str(builder.path)


def test_each_value_is_shown_with_the_place_that_decides_it(run: Run, repo: str) -> None:
    code, out, err = run("config", "show", "--repo", repo, "--origin")
    assert (code, err) == (0, "")
    lines = {line.split()[0]: line.split(None, 1)[1] for line in out.splitlines()}
    assert lines["size.max_files"] == "7  # .github/reviewer.yml:3:3"
    assert lines["size.max_changed_lines"] == "500  # default"
    assert lines["mode"] == '"comment"  # .github/reviewer.yml:1:1'


def test_a_path_is_shown_with_the_limits_of_its_folder(run: Run, repo: str) -> None:
    code, out, _ = run("config", "show", "--repo", repo, "--path", "docs/a.md", "--format", "json")
    shown = {each["setting"]: each for each in json.loads(out)}
    assert code == 0
    assert (shown["size.max_files"]["value"], shown["size.max_files"]["origin"]) == (
        70,
        ".github/reviewer.yml:4:1",
    )


def test_a_file_is_tried_out_and_its_mistake_told_at_its_place(run: Run, repo: str, tmp_path: Path) -> None:
    tried = tmp_path / "new.yml"
    tried.write_text("size:\n  max_fils: 3\n")
    code, out, err = run("config", "show", "--repo", repo, "--policy", str(tried))
    assert (code, out) == (2, "")
    assert f"{tried}:2:3: size.max_fils: no such setting" in err


def test_the_schema_takes_what_the_engine_takes_and_refuses_what_it_refuses(run: Run) -> None:
    code, out, _ = run("config", "schema")
    schema = json.loads(out)
    takes = jsonschema_rs.Draft7Validator(schema)
    assert code == 0
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert jsonschema_rs.meta.is_valid(schema)
    good = {"mode": "comment", "size": {"max_files": 7}, "folders": [{"paths": ["a/**"], "mode": "off"}]}
    assert takes.is_valid(good)
    for bad in ({"mod": "off"}, {"size": {"max_files": 0}}, {"mode": "yolo"}, {"folders": [{"mode": "off"}]}):
        assert not takes.is_valid(bad), bad


def test_rules_are_listed_and_explained(run: Run) -> None:
    code, out, _ = run("rules", "list")
    assert code == 0
    assert "symbol-removed" in out
    code, out, _ = run("rules", "show", "symbol-removed")
    assert (code, "silences:" in out, "## Why" in out) == (0, True, True)
    _, out, _ = run("rules", "show", "secret-added")
    assert "secret-added: shadow" not in out


def test_a_rule_that_does_not_exist_is_wrong_usage(run: Run) -> None:
    code, _, err = run("rules", "show", "nope")
    assert code == 2
    assert "nope: no such rule" in err
    assert "symbol-removed" in err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "mode: shadow\nrules: {symbol-removd: shadow}\n",
            ":2:9: symbol-removd: no such rule; there are",
        ),
        ("agents: {lawyer: 'off'}\n", ":1:10: lawyer: no such agent; there are intent"),
        (
            "silences: [{rule: nope, paths: [a], reason: it is accepted here}]\n",
            ":1:1: silences: nope: no such rule",
        ),
        ("folders: [{paths: [a], rules: {nope: shadow}}]\n", ":1:1: folders: nope: no such rule"),
    ],
)
def test_a_rule_or_agent_that_does_not_exist_is_an_error_with_its_place(
    run: Run, repo: str, tmp_path: Path, text: str, problem: str
) -> None:
    tried = tmp_path / "new.yml"
    tried.write_text(text)
    code, _, err = run("config", "show", "--repo", repo, "--policy", str(tried))
    assert code == 2
    assert f"{tried}{problem}" in err
