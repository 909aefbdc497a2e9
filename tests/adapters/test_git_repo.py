import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.adapters.git_repo import GitRepository
from reviewer.adapters.git_repo.command import GitCommand, Running
from reviewer.errors import (
    NotARepositoryError,
    ObjectTooLargeError,
    RepositoryError,
    ShallowHistoryError,
    UnknownRevisionError,
)
from reviewer.ports import GitObjects
from reviewer.testing.git_builder import RepositoryBuilder


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "house")


@pytest.fixture
def small(builder: RepositoryBuilder) -> Iterator[tuple[GitRepository, str, str]]:
    old = builder.commit({"a.py": "one\ntwo\n", "gone.py": "x\n"}, message="first")
    new = builder.commit({"a.py": "one\n2\n", "gone.py": None, b"caf\xe9\n.py": "y\n"}, message="second")
    with GitRepository.open(builder.path) as repo:
        yield repo, old, new


def ours(parent: Path) -> set[Path]:
    return set(parent.glob("reviewer-git-*"))


def test_it_fits_the_port(small: tuple[GitRepository, str, str]) -> None:
    port: GitObjects = small[0]
    assert port.name == "house"


@pytest.mark.parametrize("form", [".", ".git"])
def test_a_work_tree_and_its_git_folder_are_the_same_repository(
    builder: RepositoryBuilder, form: str
) -> None:
    head = builder.commit({"a": "1"})
    with GitRepository.open(builder.path / form) as repo:
        assert (repo.name, repo.resolve("HEAD")) == ("house", head)


def test_a_bare_repository_is_one(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "bare.git", bare=True)
    head = builder.commit({"a": "1"})
    with GitRepository.open(builder.path) as repo:
        assert repo.resolve("main") == head


def test_the_repositorys_own_path_may_hold_anything(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / 'a\nb:c"d#\udcff -x')
    head = builder.commit({"a": "1"})
    with GitRepository.open(builder.path) as repo:
        assert repo.name == 'a%0Ab:c"d#%FF -x'
        assert len(repo.tree(head)) == 1


def test_a_linked_work_tree_has_its_own_head_and_the_shared_objects(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a": "1"})
    builder.commit({"a": "2"})
    builder.git("worktree", "add", "-q", "--detach", "../linked", first)
    with GitRepository.open(builder.path.parent / "linked") as repo:
        assert repo.resolve("HEAD") == first
        assert [entry.path for entry in repo.tree("main")] == [b"a"]


def test_objects_borrowed_over_a_relative_path_are_found(builder: RepositoryBuilder, tmp_path: Path) -> None:
    head = builder.commit({"a": "1"})
    borrower = RepositoryBuilder(tmp_path / "borrower")
    (borrower.path / ".git/objects/info/alternates").write_text("../../../house/.git/objects\n")
    borrower.git("update-ref", "refs/heads/main", head)
    with GitRepository.open(borrower.path) as repo:
        assert [entry.path for entry in repo.tree("main")] == [b"a"]


def test_a_repository_of_sha256_objects_is_read(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "house", object_format="sha256")
    old, new = builder.commit({"a": "1"}), builder.commit({"a": "2"})
    with GitRepository.open(builder.path) as repo:
        assert len(repo.resolve("HEAD~1")) == 64
        [entry] = repo.changed_paths(old, new)
        assert repo.blob(entry.new_blob, limit_bytes=9) == b"2"


def test_a_folder_without_a_repository_is_refused_though_its_parent_is_one(
    builder: RepositoryBuilder,
) -> None:
    (builder.path / "inside").mkdir()
    with pytest.raises(NotARepositoryError, match="inside: no git repository"):
        GitRepository.open(builder.path / "inside")


def test_a_path_that_is_not_there_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(NotARepositoryError, match="nowhere: no such folder"):
        GitRepository.open(tmp_path / "nowhere")


def test_a_git_file_that_leads_nowhere_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nonexistent\n")
    with pytest.raises(NotARepositoryError):
        GitRepository.open(tmp_path)


def test_a_repository_of_another_user_is_read(builder: RepositoryBuilder) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    head = builder.commit({"a": "1"})
    for path in [builder.path, *builder.path.rglob("*")]:
        os.chown(path, 12345, 12345)
    with GitRepository.open(builder.path) as repo:
        assert repo.resolve("HEAD") == head
        assert len(repo.tree(head)) == 1


def test_revisions_are_named_in_gits_ways(
    small: tuple[GitRepository, str, str], builder: RepositoryBuilder
) -> None:
    repo, old, new = small
    builder.git("tag", "-a", "-m", "x", "v1", old)
    named = {"HEAD": new, "HEAD~1": old, "v1": old, old[:10]: old, "refs/heads/main": new, ":/^first": old}
    assert {name: repo.resolve(name) for name in named} == named


@pytest.mark.parametrize(
    "revision",
    ["", "nope", "-x", "--all", "--output=/tmp/x", "^HEAD", "HEAD^{tree}", "HEAD:a.py", ":a.py", "HEAD~9",
     "HEAD..HEAD", "a\0b", "\ud800", "0" * 40, "HEAD\nHEAD", "x" * 5000],
)  # fmt: skip
def test_what_names_no_commit_is_an_unknown_revision(
    small: tuple[GitRepository, str, str], revision: str
) -> None:
    with pytest.raises(UnknownRevisionError):
        small[0].resolve(revision)


def test_a_name_that_fits_a_branch_and_a_tag_is_refused(
    small: tuple[GitRepository, str, str], builder: RepositoryBuilder
) -> None:
    repo, old, new = small
    builder.git("tag", "main", old)
    with pytest.raises(UnknownRevisionError, match="names more than one thing"):
        repo.resolve("main")
    assert repo.resolve("refs/heads/main") == new


def test_a_branch_named_like_an_id_cannot_stand_in_for_the_commit(
    small: tuple[GitRepository, str, str], builder: RepositoryBuilder
) -> None:
    repo, old, new = small
    builder.git("update-ref", f"refs/heads/{old}", new)
    assert repo.resolve(old) == old


def test_the_merge_base_is_where_the_branch_left(builder: RepositoryBuilder) -> None:
    root = builder.commit({"a": "1"})
    ahead = builder.commit({"b": "1"})
    branch = builder.commit({"c": "1"}, parents=[root], branch="topic")
    with GitRepository.open(builder.path) as repo:
        assert repo.merge_base(ahead, branch) == root
        assert repo.merge_base("main", "topic") == root


def test_histories_without_a_common_commit_have_no_merge_base(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a": "1"})
    second = builder.commit({"a": "2"}, parents=[], branch="other")
    with (
        GitRepository.open(builder.path) as repo,
        pytest.raises(UnknownRevisionError, match="no common ancestor"),
    ):
        repo.merge_base(first, second)


def _cut(builder: RepositoryBuilder, *commits: str) -> None:
    (builder.path / ".git/shallow").write_text("".join(f"{commit}\n" for commit in commits))


def test_a_clone_cut_off_before_the_merge_base_says_how_to_fetch_the_rest(builder: RepositoryBuilder) -> None:
    root = builder.commit({"a": "1"})
    ahead = builder.commit({"b": "1"})
    branch = builder.commit({"c": "1"}, parents=[root], branch="topic")
    _cut(builder, ahead, branch)
    with GitRepository.open(builder.path) as repo, pytest.raises(ShallowHistoryError) as raised:
        repo.merge_base(ahead, branch)
    assert "--unshallow" in raised.value.advice


def test_a_merge_base_that_the_missing_history_could_move_is_not_given(builder: RepositoryBuilder) -> None:
    root = builder.commit({"a": "1"})
    middle = builder.commit({"a": "2"})
    side = builder.commit({"b": "1"}, parents=[middle], branch="side")
    # `merged` reaches `middle`, the true merge base, through `side` only, and there the clone ends
    merged = builder.commit({"c": "1"}, parents=[root, side], branch="topic")
    ahead = builder.commit({"d": "1"}, parents=[middle])
    with GitRepository.open(builder.path) as repo:
        assert repo.merge_base(ahead, merged) == middle
    _cut(builder, side)
    with GitRepository.open(builder.path) as repo, pytest.raises(ShallowHistoryError):
        repo.merge_base(ahead, merged)


def test_a_shallow_clone_whose_base_is_an_ancestor_needs_no_more_history(builder: RepositoryBuilder) -> None:
    builder.commit({"a": "1"})
    base, head = builder.commit({"a": "2"}), builder.commit({"a": "3"})
    _cut(builder, base)
    with GitRepository.open(builder.path) as repo:
        assert repo.merge_base(base, head) == base
        assert len(repo.commits(base, head, limit=9)) == 1


def test_what_was_merged_ends_where_a_shallow_clone_does(builder: RepositoryBuilder) -> None:
    builder.commit({"a": "1"})
    middle, head = builder.commit({"a": "2"}), builder.commit({"a": "3"})
    _cut(builder, middle)
    with GitRepository.open(builder.path) as repo:
        found = repo.merged(head, above=None, since_s=None, limit=9)
    assert [(one.sha, one.parent) for one in found] == [(head, middle)]


def test_commits_that_a_shallow_clone_may_lack_are_an_error(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1"})
    cut = builder.commit({"b": "1"}, parents=[base], branch="topic")
    head = builder.commit({"c": "1"}, parents=[base, cut])
    _cut(builder, cut)
    with (
        GitRepository.open(builder.path) as repo,
        pytest.raises(ShallowHistoryError, match="the clone ends at"),
    ):
        repo.commits(base, head, limit=9)


def test_changed_paths_come_as_git_holds_them(small: tuple[GitRepository, str, str]) -> None:
    repo, old, new = small
    told = [(entry.status, entry.new_path) for entry in repo.changed_paths(old, new)]
    assert told == [("M", b"a.py"), (("A"), b"caf\xe9\n.py"), ("D", b"gone.py")]


def test_a_rename_is_found_and_carries_both_names(builder: RepositoryBuilder) -> None:
    text = "".join(f"{number}\n" for number in range(30))
    old = builder.commit({"a b": text})
    new = builder.commit({"a b": None, "c\td": text + "more\n"})
    with GitRepository.open(builder.path) as repo:
        [entry] = repo.changed_paths(old, new)
        assert (entry.status, entry.old_path, entry.new_path) == ("R", b"a b", b"c\td")


def test_nothing_is_lost_when_there_are_too_many_renames_to_look_for(builder: RepositoryBuilder) -> None:
    count = 1100
    old = builder.commit({f"old/{number}": f"{number}\n" * 9 for number in range(count)})
    files: dict[str, str | None] = {f"old/{number}": None for number in range(count)}
    files |= {f"new/other{number}": f"{number}\n" * 9 + "x\n" for number in range(count)}
    new = builder.commit(files)
    with GitRepository.open(builder.path) as repo:
        entries = repo.changed_paths(old, new)
    assert {entry.status for entry in entries} == {"A", "D"}
    assert len(entries) == 2 * count


def test_paths_of_a_patch_are_names_and_no_patterns(builder: RepositoryBuilder) -> None:
    old = builder.commit({"*.py": "1\n", "a.py": "1\n", ":(exclude)x": "1\n"})
    new = builder.commit({"*.py": "2\n", "a.py": "2\n", ":(exclude)x": "2\n"})
    with GitRepository.open(builder.path) as repo:
        patch = repo.patch(old, new, [b"*.py", b":(exclude)x"])
    assert patch.count(b"diff --git") == 2
    assert b"a/a.py" not in patch


def test_a_patch_of_no_paths_is_a_mistake_and_not_everything(small: tuple[GitRepository, str, str]) -> None:
    repo, old, new = small
    with pytest.raises(ValueError, match="all paths"):
        repo.patch(old, new, [])


def test_a_tree_lists_links_and_submodules(builder: RepositoryBuilder) -> None:
    commit = builder.commit(
        {"d/f": "1"}, symlinks={"l": "d/f"}, submodules={"s": "1" * 40}, modes={"d/f": "100755"}
    )
    with GitRepository.open(builder.path) as repo:
        listed = [(entry.mode, entry.path) for entry in repo.tree(commit)]
    assert listed == [("100755", b"d/f"), ("120000", b"l"), ("160000", b"s")]


def test_a_blob_of_100_mb_is_measured_and_never_read(builder: RepositoryBuilder) -> None:
    size = 100_000_000
    builder.commit({"big": b"\n" * size})
    with GitRepository.open(builder.path) as repo:
        [entry] = repo.tree("main")
        assert repo.blob_size(entry.object_id) == size
        with pytest.raises(ObjectTooLargeError, match=f"{size} bytes, limit 5000000"):
            repo.blob(entry.object_id, limit_bytes=5_000_000)


def test_a_blob_comes_whole(builder: RepositoryBuilder) -> None:
    contents = [b"", b"\n", b"no end", b"\0\r\n\xff" * 300_000, b"blob 3\nabc\n"]
    ids = [builder.blob(content) for content in contents]
    with GitRepository.open(builder.path) as repo:
        assert [repo.blob(blob, limit_bytes=2_000_000) for blob in ids] == contents


@pytest.mark.parametrize("wrong", ["HEAD", "", "1" * 39, "1" * 40 + "\nHEAD", "1" * 40, "main:a.py"])
def test_only_the_full_id_of_a_blob_that_exists_is_read(
    small: tuple[GitRepository, str, str], wrong: str
) -> None:
    with pytest.raises(RepositoryError):
        small[0].blob(wrong, limit_bytes=100)


def test_a_commit_is_no_blob(small: tuple[GitRepository, str, str]) -> None:
    repo, _, new = small
    with pytest.raises(RepositoryError, match="is a commit, not a blob"):
        repo.blob(new, limit_bytes=1000)
    with pytest.raises(RepositoryError, match="is a commit, not a blob"):
        repo.blob_size(new)


def test_threads_share_one_reader(builder: RepositoryBuilder) -> None:
    ids = [builder.blob(f"{number}\n" * number) for number in range(40)]
    with GitRepository.open(builder.path) as repo, ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda blob: repo.blob(blob, limit_bytes=1000), ids * 5))
    assert read == [f"{number}\n".encode() * number for number in range(40)] * 5


def test_a_reader_that_was_killed_starts_again(small: tuple[GitRepository, str, str]) -> None:
    repo, _, new = small
    blob = repo.tree(new)[0].object_id
    before = repo.blob(blob, limit_bytes=100)
    for channel in (repo._objects._headers, repo._objects._contents):
        assert channel._process is not None
        channel._process.kill()
        channel._process.wait()
    assert repo.blob(blob, limit_bytes=100) == before


def test_a_damaged_object_is_an_error_each_time(builder: RepositoryBuilder) -> None:
    blob = builder.blob("content")
    path = builder.path / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o600)
    path.write_bytes(b"damaged")
    with GitRepository.open(builder.path) as repo:
        for _ in range(2):
            with pytest.raises(RepositoryError, match=blob):
                repo.blob(blob, limit_bytes=100)


def test_grep_gives_lines_in_order_with_their_raw_path(builder: RepositoryBuilder) -> None:
    builder.commit({b"z\n1:\xff": "no\nfoo here\n", "a.py": "foo\n\nfood -e foo\r\n", "b/a": "food\n"})
    with GitRepository.open(builder.path) as repo:
        hits = repo.grep("main", ["foo", "-e"], whole_words=True, limit=10)
        loose = repo.grep("main", ["foo"], whole_words=False, limit=10)
    told = [(hit.path, hit.line, hit.text) for hit in hits]
    assert told == [(b"a.py", 1, b"foo"), (b"a.py", 3, b"food -e foo\r"), (b"z\n1:\xff", 2, b"foo here")]
    assert len(loose) == 4


def test_grep_words_are_no_patterns(builder: RepositoryBuilder) -> None:
    builder.commit({"a": "x.y\nxzy\n(\n"})
    with GitRepository.open(builder.path) as repo:
        assert [hit.line for hit in repo.grep("main", ["x.y", "("], whole_words=False, limit=9)] == [1, 3]


def test_grep_stops_at_the_limit_and_cuts_long_lines(builder: RepositoryBuilder) -> None:
    builder.commit({"a": "foo " + "x" * 200_000 + "\n", "b": "foo\n" * 100})
    with GitRepository.open(builder.path) as repo:
        hits = repo.grep("main", ["foo"], whole_words=True, limit=50)
    assert len(hits) == 50
    assert len(hits[0].text) == 1000


def test_grep_follows_no_link_and_enters_no_submodule(builder: RepositoryBuilder) -> None:
    builder.commit({"a": "x\n"}, symlinks={"l": "foo"}, submodules={"s": "1" * 40})
    with GitRepository.open(builder.path) as repo:
        assert [hit.path for hit in repo.grep("main", ["x"], whole_words=False, limit=9)] == [b"a"]


def test_grep_passes_over_binaries_told_by_content(builder: RepositoryBuilder) -> None:
    builder.commit({"a": b"foo\n\0", "b": "foo\n", ".gitattributes": "b binary -text -diff\n"})
    with GitRepository.open(builder.path) as repo:
        assert [hit.path for hit in repo.grep("main", ["foo"], whole_words=False, limit=9)] == [b"b"]


def test_grep_of_a_file_that_cannot_be_read_is_an_error_and_not_no_hits(builder: RepositoryBuilder) -> None:
    builder.commit({"a": "foo\n"})
    blob = builder.git("rev-parse", "main:a")
    (builder.path / ".git/objects" / blob[:2] / blob[2:]).unlink(missing_ok=True)
    for pack in (builder.path / ".git/objects/pack").glob("*"):
        pack.unlink()
    with GitRepository.open(builder.path) as repo, pytest.raises(RepositoryError):
        repo.grep("main", ["foo"], whole_words=False, limit=9)


def test_grep_for_nothing_at_all_is_a_mistake(small: tuple[GitRepository, str, str]) -> None:
    repo, _, new = small
    with pytest.raises(ValueError, match="every line"):
        repo.grep(new, ["one", ""], whole_words=False, limit=9)


def test_grep_for_a_word_that_stands_on_no_line_finds_none(small: tuple[GitRepository, str, str]) -> None:
    repo, _, new = small
    assert repo.grep(new, ["one\ntwo"], whole_words=False, limit=9) == []
    assert repo.grep(new, [], whole_words=False, limit=9) == []


@pytest.mark.parametrize("words", [["a\0b"], ["\udcff"], ["x" * 200_000]])
def test_grep_refuses_words_it_cannot_pass_on(
    small: tuple[GitRepository, str, str], words: list[str]
) -> None:
    repo, _, new = small
    with pytest.raises(RepositoryError):
        repo.grep(new, words, whole_words=False, limit=9)


def test_commits_are_the_newest_ones_oldest_first(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "0"})
    for number in range(1, 6):
        builder.commit({"a": str(number)}, message=f"{number}\n\nbody \xe9\n")
    with GitRepository.open(builder.path) as repo:
        notes = repo.commits(base, "main", limit=3)
    assert [note.message.split(b"\n")[0] for note in notes] == [b"3", b"4", b"5"]
    assert notes[0].message == "3\n\nbody \xe9\n".encode()
    assert notes[0].author_email == b"person@example.org"


def test_nothing_is_written_into_the_repository(
    small: tuple[GitRepository, str, str], builder: RepositoryBuilder
) -> None:
    repo, old, new = small

    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() if path.is_file() else b"" for path in builder.path.rglob("*")}

    before = state()
    repo.resolve("HEAD")
    repo.changed_paths(old, new)
    repo.patch(old, new, [b"a.py"])
    repo.grep(new, ["one"], whole_words=True, limit=1)
    repo.blobs_with([entry.object_id for entry in repo.tree(new)], ["one"], whole_words=True)
    view, _ = repo.with_diff(old, repo.patch(old, new, [b"a.py"]))
    view.close()
    assert state() == before


def test_closing_leaves_nothing_behind(
    builder: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    builder.commit({"a": "1"})
    with GitRepository.open(builder.path) as repo:
        repo.blob_size(repo.tree("main")[0].object_id)
        reader = repo._objects._headers._process
        assert reader is not None
        assert ours(tmp_path)
    assert reader.poll() is not None
    assert not ours(tmp_path)
    repo.close()
    with pytest.raises(RuntimeError, match="was closed"):
        repo.resolve("main")


def test_a_repository_that_was_forgotten_is_released(
    builder: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    builder.commit({"a": "1"})
    repo = GitRepository.open(builder.path)
    repo.blob_size(repo.tree("main")[0].object_id)
    del repo
    assert not ours(tmp_path)


def test_output_above_the_limit_is_an_error_and_not_a_part(
    builder: RepositoryBuilder, tmp_path: Path
) -> None:
    builder.commit({"a": "x" * 10_000})
    git = GitCommand(builder.path / ".git", tmp_path)
    assert len(git.run(["show", "main:a"]).output) == 10_000
    with pytest.raises(RepositoryError, match="git show: more than 9999 bytes of output"):
        git.run(["show", "main:a"], limit_bytes=9_999)


def _pretend_git(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_a_git_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_git(tmp_path / "bin", "exec sleep 60", monkeypatch)
    git = GitCommand(tmp_path, tmp_path)
    began = time.monotonic()
    with pytest.raises(RepositoryError, match=r"git log: no end after 0.2 s"):
        git.run(["log"], timeout_s=0.2)
    assert time.monotonic() - began < 10
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_leaving_early_ends_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_git(tmp_path / "bin", "echo first; exec sleep 60", monkeypatch)
    with Running(GitCommand(tmp_path, tmp_path), ["log"]) as running:
        assert next(running.chunks()) == b"first\n"
    assert running._process.poll() is not None


def test_a_machine_without_git_is_told_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RepositoryError, match="cannot be started") as raised:
        GitRepository.open(tmp_path)
    assert "Install git" in raised.value.advice


def test_what_git_says_cannot_steer_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_git(tmp_path / "bin", r"printf '\033[2Jbad\nworse\n' >&2; exit 3", monkeypatch)
    with pytest.raises(RepositoryError, match=r"git log: exit code 3: %1B\[2Jbad; worse"):
        GitCommand(tmp_path, tmp_path).output(["log"])


WORDS = [
    "a",
    "$a",
    "$a$b",
    "a$",
    "a.b",
    "a|b",
    "ab",
    "(",
    ")",
    "[x]",
    "^a",
    "b$",
    "*",
    "a+",
    "{1}",
    "\\",
    "\\w",
    "x_y",
    "é",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_many_words_are_found_where_each_of_them_stands(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=5, unique=True))
    whole = data.draw(st.booleans())
    pieces = st.lists(st.sampled_from([*WORDS, " ", ".", "_"]), max_size=6).map("".join)
    lines = data.draw(st.lists(pieces, min_size=1, max_size=8))
    builder = RepositoryBuilder(tmp_path_factory.mktemp("many"))
    head = builder.commit({"a.txt": "\n".join(lines) + "\n"})
    with GitRepository.open(builder.path) as repo:
        together = {hit.line for hit in repo.grep(head, words, whole_words=whole, limit=1000)}
        apart = {hit.line for word in words for hit in repo.grep(head, [word], whole_words=whole, limit=1000)}
    assert together == apart
