from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.errors import DiffDoesNotApplyError, EmptyRangeError, UnknownRevisionError
from reviewer.testing.git_builder import RepositoryBuilder


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "house")


def _binary_diff(builder: RepositoryBuilder, old: str, new: str) -> bytes:
    return (builder.git("diff", "--binary", old, new) + "\n").encode("utf-8", "surrogateescape")


def test_a_diff_gives_the_tree_that_it_was_made_from(builder: RepositoryBuilder) -> None:
    old = builder.commit(
        {"a": "1\n2\n", "gone": "x", b"caf\xe9": "y\r\n", "run.sh": "x\n"}, symlinks={"l": "a"}
    )
    new = builder.commit(
        {"a": "1\n3\n", "gone": None, b"caf\xe9": "z\r\n", "bin": b"\0\1\2", "run.sh": "x\n", "empty": ""},
        modes={"run.sh": "100755"},
        symlinks={"l": "gone"},
    )
    with GitRepository.open(builder.path) as repo:
        view, commit = repo.with_diff(old, _binary_diff(builder, old, new))
        with view:
            assert view.tree(commit) == repo.tree(new)
            assert view.merge_base(old, commit) == old
            assert view.resolve(commit) == commit
            [note] = view.commits(old, commit, limit=9)
            assert note.message == b""


def test_the_same_diff_gives_the_same_commit(builder: RepositoryBuilder) -> None:
    old, new = builder.commit({"a": "1\n"}), builder.commit({"a": "2\n"})
    diff = _binary_diff(builder, old, new)
    with GitRepository.open(builder.path) as repo:
        first, one = repo.with_diff(old, diff)
        second, other = repo.with_diff("main~1", diff)
        first.close()
        second.close()
    assert one == other


def test_the_view_outlives_the_repository_it_came_from_and_leaves_nothing(
    builder: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old, new = builder.commit({"a": "1\n"}), builder.commit({"a": "2\n"})
    with GitRepository.open(builder.path) as repo:
        view, commit = repo.with_diff(old, _binary_diff(builder, old, new))
    with view:
        assert len(view.changed_paths(old, commit)) == 1
    assert not list(tmp_path.glob("reviewer-git-*"))
    with GitRepository.open(builder.path) as repo, pytest.raises(UnknownRevisionError):
        repo.resolve(commit)


NEW_FILE = "diff --git {0} {1}\nnew file mode {2}\n--- /dev/null\n+++ {1}\n@@ -0,0 +1 @@\n+x\n"


@pytest.mark.parametrize(
    "diff",
    [
        "hello, this is no diff\n",
        "\0\0\0",
        "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-9\n+2\n",
        "--- a/a\n+++ b/a\n@@ -1 +1,3 @@\n-1\n+2\n",
        "diff --git a/a b/a\nindex 1..2 100644\nBinary files a/a and b/a differ\n",
        NEW_FILE.format("a/../../x", "b/../../x", "100644"),
        NEW_FILE.format("a/.git/hooks/x", "b/.git/hooks/x", "100755"),
        NEW_FILE.format("a/a/x", "b/a/x", "100644"),
        NEW_FILE.format("a/l/x", "b/l/x", "100644"),
        NEW_FILE.format("a/x", "b/x", "160000"),
        "diff --cc a\nindex 1,2..3\n--- a/a\n+++ b/a\n@@@ -1,1 -1,1 +1,1 @@@\n--1\n++2\n",
    ],
    ids=["prose", "zeros", "other_content", "cut_off", "binary_without_content", "parent_folder", "git_folder",
         "file_as_folder", "through_a_link", "submodule_of_text", "combined"],
)  # fmt: skip
def test_text_that_is_no_fitting_diff_is_refused(builder: RepositoryBuilder, diff: str) -> None:
    base = builder.commit({"a": "1\n"}, symlinks={"l": "/tmp"})
    with GitRepository.open(builder.path) as repo, pytest.raises(DiffDoesNotApplyError) as raised:
        repo.with_diff(base, diff.encode())
    assert "git diff --binary" in raised.value.advice


def test_a_combined_diff_is_not_passed_over_beside_a_good_one(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n", "b": "1\n"})
    good = b"--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+2\n"
    combined = b"diff --cc b\nindex 1,2..3\n--- a/b\n+++ b/b\n@@@ -1,1 -1,1 +1,1 @@@\n--1\n++2\n"
    with (
        GitRepository.open(builder.path) as repo,
        pytest.raises(DiffDoesNotApplyError, match="line 6: a combined diff"),
    ):
        repo.with_diff(base, good + combined)


@pytest.mark.parametrize("diff", [b"", b" \n\n"])
def test_an_empty_diff_is_an_empty_range(builder: RepositoryBuilder, diff: bytes) -> None:
    base = builder.commit({"a": "1\n"})
    with GitRepository.open(builder.path) as repo, pytest.raises(EmptyRangeError):
        repo.with_diff(base, diff)


def test_a_diff_that_changes_nothing_in_the_end_is_an_empty_range(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"})
    forth = b"--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+2\n"
    back = b"--- a/a\n+++ b/a\n@@ -1 +1 @@\n-2\n+1\n"
    with GitRepository.open(builder.path) as repo, pytest.raises(EmptyRangeError):
        repo.with_diff(base, forth + back)


def test_a_base_that_is_unknown_is_named(builder: RepositoryBuilder) -> None:
    builder.commit({"a": "1\n"})
    with GitRepository.open(builder.path) as repo, pytest.raises(UnknownRevisionError, match="nope"):
        repo.with_diff("nope", b"x")
