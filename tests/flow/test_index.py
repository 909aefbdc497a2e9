"""The kept index through the real command line: the answers are those of git, and no fault of it stops one."""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.tracing_cases import Case, read_cases
from reviewer.cli.app import main
from reviewer.domain.change import Side
from reviewer.evidence.search import kept_index
from reviewer.evidence.search.index_file import NAME, IndexFile
from reviewer.evidence.search.index_folder import kept, prune
from reviewer.testing.git_builder import RepositoryBuilder

Run = Callable[..., tuple[int, str, str]]
FILES = {
    "price.py": "def total(items):\n    return sum(items)\n",
    "app.py": "from price import total\n\ntotal([1])\n",
}


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repo")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def run(
    builder: RepositoryBuilder,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    monkeypatch.setenv("REVIEWER_CACHE", str(cache))
    monkeypatch.setenv("REVIEWER_STATE", str(cache.parent / "state"))

    def command(*arguments: str) -> tuple[int, str, str]:
        at = () if arguments[:2] == ("index", "prune") else ("--repo", str(builder.path))
        monkeypatch.setattr("sys.argv", ["reviewer", *arguments, *at])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def folder_in(cache: Path) -> Path:
    [one] = kept(cache / "index")
    return one.folder


@pytest.mark.parametrize("case", read_cases()[::9], ids=lambda case: case.id)
def test_a_trace_says_the_same_with_and_without_the_index(
    case: Case, builder: RepositoryBuilder, run: Run, cache: Path
) -> None:
    base, head = builder.commit(case.files(Side.BASE)), builder.commit(case.files(Side.HEAD))
    asked = ("trace", "--range", f"{base}..{head}", "--format", "json", "--up", "3")
    by_git = run(*asked, "--no-index")
    assert not cache.exists()
    assert run(*asked) == by_git
    assert run(*asked) == by_git
    assert kept(cache / "index")


def test_a_review_uses_an_index_and_builds_one_only_when_told(
    builder: RepositoryBuilder, run: Run, cache: Path
) -> None:
    builder.commit(FILES)
    builder.commit({"price.py": "def total(things):\n    return sum(things)\n"})
    run("review", "--shadow")
    assert not cache.exists()
    run("review", "--shadow", "--index", "build")
    assert "has all 2 files" in run("index", "status")[1]
    builder.commit({"price.py": "def total(all_of_them):\n    return sum(all_of_them)\n"})
    assert "lacks 1 of 2 files" in run("index", "status")[1]
    code, _, err = run("review", "--shadow")
    assert (code, err) == (0, "")
    assert "has all 2 files" in run("index", "status")[1]


def test_a_review_leaves_an_index_alone_that_lacks_much_and_says_so(
    builder: RepositoryBuilder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_index, "CHEAP_BLOBS", 1)
    builder.commit(FILES)
    run("index", "build")
    builder.commit({f"{name}.py": f"{name} = 1\n" for name in "abc"})
    code, _, err = run("review", "--shadow")
    assert code == 0
    assert err.startswith("note: the index lacks 3 of 5 files of ")
    assert "lacks 3 of 5" in run("index", "status")[1]


@pytest.mark.parametrize("content", [b"torn" * 2_000, None])
def test_a_torn_or_foreign_file_is_built_anew_and_that_is_said(
    builder: RepositoryBuilder, run: Run, cache: Path, content: bytes | None
) -> None:
    builder.commit(FILES)
    by_git = run("trace", "total", "--no-index")[1]
    run("index", "build")
    file = folder_in(cache) / NAME
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    else:
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE something (else_ TEXT)")
    code, out, err = run("trace", "total")
    assert (code, out) == (0, by_git)
    assert re.match(rf"note: the index is built anew: .*{NAME}: ", err)
    assert run("trace", "total") == (0, by_git, "")


def test_a_cache_that_cannot_be_made_is_said_and_the_trace_goes_on(
    builder: RepositoryBuilder, run: Run, cache: Path
) -> None:
    builder.commit(FILES)
    by_git = run("trace", "total", "--no-index")[1]
    cache.write_text("a file")
    code, out, err = run("trace", "total")
    assert (code, out) == (0, by_git)
    assert err.startswith("note: the index is not used, and git is searched: ")
    assert run("index", "build")[0] == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_an_index_that_cannot_be_written_is_read(
    builder: RepositoryBuilder, run: Run, cache: Path, tmp_path: Path
) -> None:
    builder.commit(FILES)
    expected = run("trace", "total")[1]
    folder = folder_in(cache)
    (folder / NAME).chmod(0o400)
    folder.chmod(0o500)
    code, out, err = run("trace", "total")
    assert (code, out) == (0, expected)
    assert err.startswith("note: the index is only read: ")
    folder.chmod(0o700)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    for name in ("old", "new"):
        with IndexFile.open(tmp_path / "two" / name):
            pass
    os.utime(tmp_path / "two" / "old" / "lock", (1, 1))
    os.utime(tmp_path / "two" / "old" / NAME, (1, 1))
    return tmp_path / "two"


def test_the_index_not_used_for_longest_goes_first_and_one_in_use_stays(two: Path) -> None:
    size = kept(two)[0].bytes
    with IndexFile.open_to_read(two / "old"):
        os.utime(two / "old" / "lock", (1, 1))
        assert prune(two, max_bytes=size) == ([], 2 * size)
    os.utime(two / "old" / "lock", (1, 1))
    removed, left = prune(two, max_bytes=size)
    assert [one.folder.name for one in removed] == ["old"]
    assert left == size
    assert [one.folder.name for one in kept(two)] == ["new"]


def test_what_an_earlier_format_left_behind_is_pruned_and_what_is_not_ours_stays(
    two: Path, run: Run, cache: Path
) -> None:
    (two / "old" / "words-1.sqlite3-wal").write_bytes(b"x" * 99)
    (two / "old" / "mine.txt").write_text("keep")
    (two / "other").mkdir()
    (two / "other" / "notes").write_text("keep")
    cache.mkdir()
    two.rename(cache / "index")
    code, out, _ = run("index", "prune", "--max-mb", "0")
    assert code == 0
    assert out.count("removed ") == 2
    assert sorted(path.name for path in (cache / "index").rglob("*") if path.is_file()) == [
        "lock", "lock", "mine.txt", "notes",
    ]  # fmt: skip


def test_a_cache_inside_the_reviewed_repository_is_refused(builder: RepositoryBuilder, run: Run) -> None:
    builder.commit(FILES)
    for command in (["trace", "total"], ["index", "build"]):
        code, _, err = run(*command, "--cache", str(builder.path / "cache"))
        assert code == 2
        assert "lies inside the reviewed repository" in err
        assert "--cache" in err
    assert not (builder.path / "cache").exists()


def test_status_without_an_index_says_how_to_make_one(builder: RepositoryBuilder, run: Run) -> None:
    builder.commit(FILES)
    assert run("index", "status") == (0, "no index: `reviewer index build` makes one\n", "")
