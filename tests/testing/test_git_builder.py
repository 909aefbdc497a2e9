from pathlib import Path

import pytest

from reviewer.testing.git_builder import RepositoryBuilder


def test_equal_calls_give_equal_commits(tmp_path: Path) -> None:
    commits = []
    for name in ("one", "two"):
        builder = RepositoryBuilder(tmp_path / name)
        builder.commit({"a": "1"})
        commits.append(
            builder.commit({"a": None, b"\xff\n": "x"}, symlinks={"l": "a"}, modes={b"\xff\n": "100755"})
        )
    assert commits[0] == commits[1]


def test_git_itself_finds_nothing_wrong_with_an_ordinary_repository(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    base = builder.commit({"d/a": "1", 'q" \\': "2"})
    builder.commit({"d/a": None}, message=b"m\xff", parents=[base, base], branch="topic")
    builder.git("fsck", "--strict")


def test_a_hostile_tree_is_written_as_given(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    commit = builder.commit_tree([("100644", b"../x", b"1"), ("100644", b"a", b"1"), ("100644", b"a", b"2")])
    assert builder.git("ls-tree", "-r", "--name-only", commit).split("\n") == ["a", "a", "../x"]


def test_a_mode_without_content_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no content"):
        RepositoryBuilder(tmp_path / "house").commit({"a": "1"}, modes={"b": "100755"})


def test_a_failing_git_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="unknown revision"):
        RepositoryBuilder(tmp_path / "house").git("log", "nope")
