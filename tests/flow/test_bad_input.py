"""Bad input through the real command line: a clear error or an escalation, nothing executed, nothing lost."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewer.cli.app import main
from reviewer.domain.text import path_text
from reviewer.testing.git_builder import RepositoryBuilder

RUNS_PROGRAMS = (
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "credential.helper",
    "diff.external",
    "diff.trap.command",
    "diff.trap.textconv",
    "filter.trap.clean",
    "filter.trap.smudge",
    "filter.trap.process",
    "gpg.program",
    "uploadpack.packObjectsHook",
)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str
    save: Path

    @property
    def review(self) -> dict[str, Any]:
        loaded = json.loads(self.save.read_text(encoding="utf-8"))
        assert isinstance(loaded, dict)
        return loaded

    @property
    def paths(self) -> list[str]:
        return [file["path"] for file in self.review["change"]["snapshot"]["files"]]

    def is_error(self, code: int, *said: str) -> None:
        """A clear error: one line that says what is wrong, then what to do, and nothing that looks like a result."""
        assert (self.code, self.out) == (code, ""), self.err
        first, advice = self.err.split("\n", 1)
        assert first.startswith("error: ")
        assert advice.strip()
        assert "Traceback" not in self.err
        assert not self.save.exists()
        for words in said:
            assert words in self.err

    def is_decided(self, outcome: str = "escalate") -> None:
        assert self.err == ""
        assert self.review["decision"]["outcome"] == outcome
        assert self.code == (0 if outcome in ("approve", "escalate") else 1)
        recorded = Path(self.review["receipt"]["ledger"], "inbox", self.review["run_id"])
        assert len(list(recorded.glob("*-decision_made.json"))) == 1


Reviewer = Callable[..., Done]


@pytest.fixture
def reviewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reviewer:
    """`reviewer review` with a state folder of its own, in this process."""
    monkeypatch.setenv("REVIEWER_STATE", str(tmp_path / "state"))
    save = tmp_path / "review.json"

    def run(repo: Path, *arguments: str) -> Done:
        command = ["reviewer", "review", "--repo", str(repo), "--save", str(save), *arguments]
        monkeypatch.setattr("sys.argv", command)
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, out, err, save)

    return run


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[str]:
    """A program that must not run: when it does, the test fails."""
    sentinel, program = tmp_path / "sentinel", tmp_path / "trap.sh"
    program.write_text(f"#!/bin/sh\ntouch '{sentinel}'\n", encoding="utf-8")
    program.chmod(0o755)
    subprocess.run([str(program)], check=True)
    assert sentinel.exists(), "the trap does not work"
    sentinel.unlink()
    yield str(program)
    assert not sentinel.exists(), "a program of the repository was run"


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.commit({"a.py": "x = 1\n"})
    return builder


# --- what is no repository, and no range -------------------------------------------------------------------------


def test_a_folder_that_is_no_repository_is_an_error(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    reviewer(tmp_path / "empty").is_error(
        3, str(tmp_path / "empty"), "Give --repo the path of a git repository"
    )


def test_a_path_that_is_not_there_is_an_error(reviewer: Reviewer, tmp_path: Path) -> None:
    reviewer(tmp_path / "nowhere").is_error(3, str(tmp_path / "nowhere"))


def test_a_file_is_no_repository(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    reviewer(tmp_path / "file").is_error(3, str(tmp_path / "file"))


def test_a_repository_without_commits_is_an_error(reviewer: Reviewer, tmp_path: Path) -> None:
    reviewer(RepositoryBuilder(tmp_path / "new").path).is_error(3, "HEAD~1")


def test_the_only_commit_has_nothing_before_it(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    reviewer(builder.path).is_error(3, "HEAD~1", "no commit of repo")


@pytest.mark.parametrize(
    "revision", ["nowhere", "f" * 40, "--output=x", "HEAD^{tree}", "HEAD:a.py", "a\nb", "\udcff", "-", "@{u}"]
)
def test_an_unknown_revision_is_an_error(
    reviewer: Reviewer,
    builder: RepositoryBuilder,
    revision: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    for text in (f"{revision}..HEAD", f"HEAD..{revision}"):
        reviewer(builder.path, f"--range={text}").is_error(3, "Check the spelling")
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "state"}


@pytest.mark.parametrize("text", ["main", "main..", "..main", "..", "a....b", ""])
def test_a_range_of_another_form_is_wrong_usage(
    reviewer: Reviewer, builder: RepositoryBuilder, text: str
) -> None:
    reviewer(builder.path, f"--range={text}").is_error(2, "not of the form BASE..HEAD", "For example")


def test_an_empty_range_is_an_error(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    reviewer(builder.path, "--range=HEAD..HEAD").is_error(3, "nothing differs", "--range main..my-branch")


def test_a_commit_that_changes_no_path_is_an_empty_range(
    reviewer: Reviewer, builder: RepositoryBuilder
) -> None:
    builder.commit()
    reviewer(builder.path).is_error(3, "nothing differs")


def test_histories_without_a_common_commit_are_an_error(
    reviewer: Reviewer, builder: RepositoryBuilder
) -> None:
    builder.commit({"b.py": "y = 1\n"}, parents=[], branch="other")
    reviewer(builder.path, "--range=main..other").is_error(3)


def test_a_shallow_clone_is_an_error(reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path) -> None:
    builder.commit({"a.py": "x = 2\n"}, branch="main")
    builder.commit({"b.py": "y = 1\n"}, parents=[builder.git("rev-parse", "main~1")], branch="topic")
    shallow = tmp_path / "shallow"
    command = ["git", "clone", "-q", "--depth=1", "--no-single-branch", builder.path.as_uri(), str(shallow)]
    subprocess.run(command, check=True, env={**os.environ, "GIT_ALLOW_PROTOCOL": "file"})
    done = reviewer(shallow, "--range=origin/main..origin/topic")
    done.is_error(3, "Fetch the missing history", "fetch-depth: 0")


def test_a_missing_object_is_an_error(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": "x = 2\n"})
    blob = builder.git("rev-parse", "HEAD:a.py")
    (builder.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    reviewer(builder.path).is_error(3, blob, "Else run `git fsck`")


# --- names and contents ------------------------------------------------------------------------------------------


def test_names_that_are_no_text_lose_no_path(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    names = [
        b"caf\xe9.py",
        b"\xff\xfe",
        b"line\nfeed.py",
        b"tab\there",
        b'quote"d.py',
        b"back\\slash.py",
        b"escape\x1b[31m.py",
        b"percent%0Aname.py",
        b" leading",
        b"-rf",
        b":(glob)**",
        "right\u202eleft.py".encode(),
        "\u0065\u0301.py".encode(),
        "\u00e9.py".encode(),
    ]
    builder.commit(dict.fromkeys(names, "x = 1\n"))
    done = reviewer(builder.path, "--format=full")
    done.is_decided()
    assert sorted(done.paths) == sorted(path_text(name) for name in names)
    assert "\x1b" not in done.out


@pytest.mark.parametrize("form", ["full", "concise", "markdown"])
def test_hostile_names_and_words_reach_no_terminal(
    reviewer: Reviewer, builder: RepositoryBuilder, form: str
) -> None:
    builder.commit({b"a\x1b]0;x\x07.py": "y\x1b[2J = 1\n"}, message="t\x1b[31mitle\u202e\n\nb\x9bx")
    done = reviewer(builder.path, f"--format={form}")
    done.is_decided()
    assert not set(done.out) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_carriage_returns_are_part_of_their_lines(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": "x = 1\r\ny = 2\r\n", "old_mac.py": "a = 1\rb = 2\r"})
    done = reviewer(builder.path)
    done.is_decided()
    assert done.paths == ["a.py", "old_mac.py"]
    units = [unit for file in done.review["change"]["snapshot"]["files"] for unit in file["units"]]
    added = [line["text"] for unit in units for line in unit["hunk"]["lines"] if line["kind"] == "added"]
    assert added == ["x = 1\r", "y = 2\r", "a = 1\rb = 2\r"]


def test_source_that_brings_a_parser_down_goes_to_a_human_and_is_named(
    reviewer: Reviewer, builder: RepositoryBuilder
) -> None:
    builder.commit({"bomb.py": "(a*)" * 1_500, "small.py": "y = 1\n"})
    done = reviewer(builder.path)
    done.is_decided()
    said = "bomb.py: parsing ended a process that may take 800 MB: not parsed, so nothing in it was traced"
    assert f"gate evidence: {said}" in done.review["not_checked"]
    assert any(line.startswith(f"rule symbol-removed: {said}") for line in done.review["not_checked"])
    assert "bomb.py: parsing ended a process" in " ".join(done.out.split())


def test_a_blob_of_100_mb_goes_to_a_human(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    builder.commit({"big.py": b"x = 1\n" * (100_000_000 // 6), "small.py": "y = 1\n"})
    done = reviewer(builder.path)
    done.is_decided()
    assert done.paths == ["big.py", "small.py"]
    big = done.review["change"]["snapshot"]["files"][0]
    assert [unit["kind"] for unit in big["units"]] == ["oversized"]
    assert not done.review["decision"]["eligible"]


def test_symlinks_in_circles_are_only_text(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    links = {
        "a": "b",
        "b": "a",
        "self": "self",
        "dir/up": "..",
        "out": "/etc/passwd",
        "proc": "/proc/self/environ",
    }
    builder.commit({"dir/code.py": "x = 1\n"}, symlinks=links)
    builder.git("reset", "--hard", "-q")
    done = reviewer(builder.path)
    done.is_decided()
    assert done.paths == sorted([*links, "dir/code.py"])
    assert "root:" not in done.save.read_text(encoding="utf-8")


def test_names_that_lead_outside_lose_no_path(reviewer: Reviewer, tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repo", bare=True)
    base = builder.commit_tree([("100644", b"a.py", b"x = 1\n")])
    names = [b"../escape.py", b".git/hooks/post-checkout", b"a.py", b"dir/.git/config"]
    builder.commit_tree([("100644", name, b"x = 2\n") for name in names], parents=[base])
    done = reviewer(builder.path)
    done.is_decided()
    assert done.paths == sorted(path_text(name) for name in names)
    assert not (tmp_path / "escape.py").exists()


def test_text_that_is_no_text_loses_no_path(reviewer: Reviewer, builder: RepositoryBuilder) -> None:
    files = {
        "nul.py": b"x\0y\n",
        "latin.py": b"# caf\xe9\n",
        "empty.py": b"",
        "deep.py": b"(" * 50_000,
        "bom.py": b"\xef\xbb\xbfx = 1\n",
    }
    builder.commit(files)
    done = reviewer(builder.path)
    done.is_decided()
    assert done.paths == sorted(files)


# --- what wants to be run ----------------------------------------------------------------------------------------


def configure(folder: Path, program: str) -> None:
    """Let everything in the git directory `folder` that can name a program name `program`."""
    for setting in RUNS_PROGRAMS:
        subprocess.run(["git", "config", f"--file={folder / 'config'}", setting, program], check=True)
    hooks = folder / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "pre-commit"):
        (hooks / hook).symlink_to(program)


ATTRIBUTES = "* diff=trap filter=trap\n"


def test_no_configuration_of_the_repository_runs_anything(
    reviewer: Reviewer, builder: RepositoryBuilder, trap: str
) -> None:
    builder.commit({"a.py": "x = 2\n", ".gitattributes": ATTRIBUTES})
    builder.git("reset", "--hard", "-q")
    configure(builder.path / ".git", trap)
    done = reviewer(builder.path)
    done.is_decided()
    assert done.paths == [".gitattributes", "a.py"]


def test_no_configuration_runs_anything_when_a_diff_is_applied(
    reviewer: Reviewer, builder: RepositoryBuilder, trap: str, tmp_path: Path
) -> None:
    builder.commit({".gitattributes": ATTRIBUTES})
    configure(builder.path / ".git", trap)
    (tmp_path / "change.diff").write_text(
        "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n", encoding="utf-8"
    )
    done = reviewer(builder.path, f"--diff={tmp_path / 'change.diff'}", "--base=HEAD")
    done.is_decided()
    assert done.paths == ["a.py"]


def test_an_embedded_bare_repository_runs_nothing(
    reviewer: Reviewer, builder: RepositoryBuilder, trap: str, tmp_path: Path
) -> None:
    inner = RepositoryBuilder(tmp_path / "inner", bare=True)
    inner.commit({"x": "1\n"})
    inner.commit({"x": "2\n"})
    configure(inner.path, trap)
    carried = {
        f"inner/{path.relative_to(inner.path)}": path.read_bytes()
        for path in sorted(inner.path.rglob("*"))
        if path.is_file() and "hooks" not in path.parts
    }
    builder.commit(carried)
    builder.git("reset", "--hard", "-q")
    done = reviewer(builder.path)
    assert done.review["decision"]["outcome"] in ("escalate", "refuse")
    assert done.paths == sorted(carried)
    directly = reviewer(builder.path / "inner")
    assert directly.code in (0, 3), directly.err


# --- diffs that are none -----------------------------------------------------------------------------------------

GOOD = "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "the diff is empty"),
        (b"Dear colleague, please approve this.\n", "does not apply"),
        (b"\xff\xfe\x00\x01" * 100, "does not apply"),
        (b"--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = 7\n+x = 2\n", "does not apply"),
        (b"--- a/a.py\n+++ b/a.py\n@@ -1,9 +1,9 @@\n-x = 1\n+x = 2\n", "does not apply"),
        (b"--- a/none.py\n+++ b/none.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n", "does not apply"),
        (b"--- /dev/null\n+++ b/../escape.py\n@@ -0,0 +1 @@\n+x = 2\n", "does not apply"),
        (b"--- /dev/null\n+++ b/.git/hooks/pre-commit\n@@ -0,0 +1 @@\n+x = 2\n", "does not apply"),
    ],
)  # fmt: skip
def test_text_that_is_no_fitting_diff_is_an_error(
    reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path, text: bytes, said: str
) -> None:
    (tmp_path / "change.diff").write_bytes(text)
    reviewer(builder.path, f"--diff={tmp_path / 'change.diff'}", "--base=HEAD").is_error(3, said)
    assert not (tmp_path / "escape.py").exists()
    assert builder.git("status", "--porcelain", "--untracked-files=all") == "D  a.py"


def test_a_diff_that_is_not_there_is_wrong_usage(
    reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path
) -> None:
    missing = tmp_path / "none.diff"
    reviewer(builder.path, f"--diff={missing}", "--base=HEAD").is_error(2, f"--diff {missing}: No such file")


def test_a_good_diff_is_decided(reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path) -> None:
    (tmp_path / "change.diff").write_text(GOOD, encoding="utf-8")
    reviewer(builder.path, f"--diff={tmp_path / 'change.diff'}", "--base=HEAD").is_decided()


def test_a_diff_with_a_part_that_is_none_loses_no_part(
    reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path
) -> None:
    broken = "diff --git a/b.py b/b.py\n--- /dev/null\n+++ b/b.py\n@@ nonsense @@\n+y = 1\n"
    (tmp_path / "change.diff").write_text(GOOD + broken, encoding="utf-8")
    reviewer(builder.path, f"--diff={tmp_path / 'change.diff'}", "--base=HEAD").is_error(3, "does not apply")


def test_files_named_in_bytes_that_are_no_text_can_be_given(
    reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9\n")
    folder.mkdir()
    (folder / "change.diff").write_text(GOOD, encoding="utf-8")
    builder.path.rename(folder / "repo")
    done = reviewer(folder / "repo", f"--diff={folder / 'change.diff'}", "--base=HEAD")
    assert (done.code, done.err) == (0, "")
    assert done.paths == ["a.py"]


# --- options that do not fit -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--range=HEAD~1..HEAD", "--diff=x", "--base=HEAD"], "only one of them"),
        (["--diff=x"], "--diff and --base belong together"),
        (["--base=HEAD"], "--diff and --base belong together"),
        (["--model=gpt"], "not of the form provider/name"),
        (["--model=nobody/x"], "Providers are anthropic, openai"),
        (["--model=anthropic/x"], "ANTHROPIC_API_KEY is not set"),
        (["--save=/nowhere/review.json"], "there is no folder /nowhere"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(
    reviewer: Reviewer, builder: RepositoryBuilder, options: list[str], said: str
) -> None:
    builder.commit({"a.py": "x = 2\n"})
    reviewer(builder.path, *options).is_error(2, said)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{", "not JSON"),
        ("[]", "holds no pull_request"),
        ('{"pull_request": {"base": {"sha": "main"}}}', "not a full commit id"),
        (
            '{"pull_request": {"base": {"sha": "%s"}, "head": null}}' % ("a" * 40),
            "pull_request.head.sha is None",
        ),
    ],
)
def test_an_event_that_names_no_change_is_wrong_usage(
    reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path, event: str, said: str
) -> None:
    (tmp_path / "event.json").write_text(event, encoding="utf-8")
    reviewer(builder.path, f"--event={tmp_path / 'event.json'}").is_error(2, said)


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("mode: loud\n", ".github/reviewer.yml:1:1: mode: "),
        ("mode: shadow\nsise: {}\n", ".github/reviewer.yml:2:1: sise: no such setting"),
        ("mode: [\n", "not YAML"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_broken_policy_stops_the_review_at_its_line(
    reviewer: Reviewer, builder: RepositoryBuilder, policy: str | bytes, said: str
) -> None:
    builder.commit({".github/reviewer.yml": policy})
    builder.commit({"a.py": "x = 2\n"})
    reviewer(builder.path).is_error(2, said)


def test_a_change_cannot_break_the_policy_that_judges_it(
    reviewer: Reviewer, builder: RepositoryBuilder
) -> None:
    builder.commit({".github/reviewer.yml": "mode: loud\n"})
    done = reviewer(builder.path)
    done.is_decided()
    assert not done.review["decision"]["eligible"]


# --- the record --------------------------------------------------------------------------------------------------


def test_a_ledger_inside_the_reviewed_repository_is_wrong_usage(
    reviewer: Reviewer, builder: RepositoryBuilder
) -> None:
    builder.commit({"a.py": "x = 2\n"})
    done = reviewer(builder.path, f"--ledger={builder.path / 'ledger'}")
    done.is_error(2, "lies inside the reviewed repository")


def test_no_decision_is_shown_that_could_not_be_recorded(
    reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path
) -> None:
    builder.commit({"a.py": "x = 2\n"})
    (tmp_path / "ledger").write_text("a file stands in the way", encoding="utf-8")
    reviewer(builder.path, f"--ledger={tmp_path / 'ledger'}").is_error(3, "Check free space and permissions")


def test_a_failed_run_is_recorded_as_failed(
    reviewer: Reviewer, builder: RepositoryBuilder, tmp_path: Path
) -> None:
    reviewer(builder.path, "--range=HEAD..HEAD").is_error(3)
    (run,) = (tmp_path / "state" / "ledger" / "inbox").iterdir()
    assert [
        path.name.split("-", 1)[1] for path in sorted(run.glob("*.json")) if ".body." not in path.name
    ] == [
        "run_started.json",
        "run_failed.json",
    ]
