"""Merged changes of late, along the first parents."""

from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.errors import RepositoryError
from reviewer.ports import RecentChanges
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit

LONG = 60.0
PATHS = [b"a.py", b"caf\xe9", b"*"]


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repo")


def recent(builder: RepositoryBuilder, head: str, *, days: int = 1, timeout_s: float = LONG) -> RecentChanges:
    with GitRepository.open(builder.path) as repo:
        return repo.recent_changes(head, PATHS, days=days, timeout_s=timeout_s)


def test_git_and_memory_tell_the_same_of_a_line_of_commits(builder: RepositoryBuilder) -> None:
    memory, told = MemoryGit(), []
    for files in ({"a.py": "1\n", "b.py": "1\n"}, {"b.py": "2\n"}, {"a.py": "2\n"}, {"a.py": None}):
        by_git, by_memory = builder.commit(files), memory.commit(files)
    for found in (recent(builder, by_git), memory.recent_changes(by_memory, PATHS, days=1, timeout_s=LONG)):
        told.append([(change.path, change.old_blob, change.new_blob) for change in found.changes])
        assert found.complete
    assert told[0] == told[1]
    assert [(old is None, new is None) for _, old, new in told[0]] == [
        (False, True),
        (False, False),
        (True, False),
    ]


def test_a_merge_is_one_change_and_what_it_brings_is_not_counted_again(builder: RepositoryBuilder) -> None:
    start = builder.commit({"a.py": "1\n"})
    builder.commit({"a.py": "2\n"}, parents=[start], branch="topic")
    topic = builder.commit({"a.py": "3\n"}, branch="topic")
    main = builder.commit({"b.py": "1\n"}, parents=[start])
    merge = builder.commit({"a.py": "3\n"}, parents=[main, topic])
    assert [change.commit for change in recent(builder, merge).changes] == [merge, start]


def test_names_are_literal_and_need_not_be_text(builder: RepositoryBuilder) -> None:
    head = builder.commit({b"caf\xe9": "1\n", "z.py": "1\n", "a.py": "1\n"})
    assert {change.path for change in recent(builder, head).changes} == {b"caf\xe9", b"a.py"}


def test_what_is_older_than_the_days_is_left_out(builder: RepositoryBuilder) -> None:
    for number in range(3):
        head = builder.commit({"a.py": f"{number}\n"})
    assert len(recent(builder, head, days=0).changes) == 1
    assert len(recent(builder, head, days=1).changes) == 3


def test_a_clone_that_ends_within_the_days_says_so_and_its_end_is_no_change(
    builder: RepositoryBuilder,
) -> None:
    builder.commit({"a.py": "1\n"})
    cut = builder.commit({"b.py": "1\n"})
    head = builder.commit({"a.py": "2\n"})
    (builder.path / ".git/shallow").write_text(f"{cut}\n")
    found = recent(builder, head)
    assert ([change.commit for change in found.changes], found.complete) == ([head], False)
    assert recent(builder, head, days=0).complete


def test_what_no_time_is_given_for_is_an_error(builder: RepositoryBuilder) -> None:
    head = builder.commit({"a.py": "1\n"})
    with pytest.raises(RepositoryError, match="no end after"):
        recent(builder, head, timeout_s=0)
    memory = MemoryGit()
    commit = memory.commit({"a.py": "1\n"})
    with pytest.raises(RepositoryError, match="no end after"):
        memory.recent_changes(commit, PATHS, days=1, timeout_s=0)


def test_git_and_memory_tell_the_same_paths_of_the_commits_of_a_change(builder: RepositoryBuilder) -> None:
    memory, told = MemoryGit(), []
    for to in (builder, memory):
        base = to.commit({"a.py": "1\n"})
        to.commit({"key.pem": "k\n", "a.py": "2\n"})
        told.append((base, to.commit({"key.pem": None, "dir/b.py": "1\n"})))
    with GitRepository.open(builder.path) as repo:
        by_git = repo.paths_of_commits(*told[0], timeout_s=LONG)
    assert by_git == memory.paths_of_commits(*told[1], timeout_s=LONG) == [b"a.py", b"dir/b.py", b"key.pem"]


def test_a_merge_of_the_base_brings_no_paths_but_what_it_alone_changes_counts(
    builder: RepositoryBuilder,
) -> None:
    start = builder.commit({"a.py": "1\n"})
    topic = builder.commit({"b.py": "1\n"}, parents=[start], branch="topic")
    main = builder.commit({"c.py": "1\n"}, parents=[start])
    clean = builder.commit({"c.py": "1\n"}, parents=[topic, main], branch="topic")
    evil = builder.commit({"c.py": "1\n", "evil.py": "1\n"}, parents=[topic, main], branch="evil")
    with GitRepository.open(builder.path) as repo:
        assert repo.paths_of_commits(main, clean, timeout_s=LONG) == [b"b.py"]
        assert repo.paths_of_commits(main, evil, timeout_s=LONG) == [b"b.py", b"evil.py"]


def test_commits_of_a_change_that_a_clone_lacks_are_an_error(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a.py": "1\n"})
    cut = builder.commit({"a.py": "2\n"})
    head = builder.commit({"a.py": "3\n"})
    (builder.path / ".git/shallow").write_text(f"{cut}\n")
    with GitRepository.open(builder.path) as repo, pytest.raises(RepositoryError, match="the clone ends"):
        repo.paths_of_commits(base, head, timeout_s=LONG)
