"""What is kept: it grows by what is new, survives interruptions, and says when it cannot be used."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from reviewer.errors import IndexDamagedError, RepositoryError, SearchIndexError
from reviewer.evidence.search import index_file, known_blobs
from reviewer.evidence.search.index_file import NAME, IndexFile, Segment, alone
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.words import Fit, Key
from reviewer.ports import GitObjects, ReadBlob
from reviewer.testing.memory_git import MemoryGit

Indexed = Callable[[GitObjects], IndexedSearch]


class CountingGit(MemoryGit):
    """Remembers how many blobs were read, and can fail in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.fails_after: int | None = None

    def blobs(self, object_ids: Sequence[str], *, limit_bytes: int) -> Iterator[ReadBlob]:
        for blob in super().blobs(object_ids, limit_bytes=limit_bytes):
            if self.reads == self.fails_after:
                raise RepositoryError("the disk is gone")
            self.reads += 1
            yield blob


def search_over(repo: GitObjects, index: IndexFile, notes: list[str] | None = None) -> IndexedSearch:
    said = [] if notes is None else notes
    return IndexedSearch(repo, index, may_read=None, tell=lambda _: None, note=said.append)


def paths(search: IndexedSearch, commit: str, word: str) -> list[str]:
    return [hit.path.decode() for hit in search.grep(commit, [word], whole_words=True, limit=100)]


def test_after_a_push_only_new_blobs_are_read(indexed: Indexed) -> None:
    repo = CountingGit()
    first = repo.commit({f"{number}.py": f"word{number}" for number in range(9)})
    assert indexed(repo).knows(first)
    assert repo.reads == 9
    second = repo.commit({"0.py": "word0 changed", "1.py": None, "moved.py": "word2"})
    search = indexed(repo)
    assert search.knows(second)
    assert search.knows(second)
    assert repo.reads == 10
    assert paths(search, second, "changed") == ["0.py"]
    assert paths(search, second, "word2") == ["2.py", "moved.py"]


def test_a_blob_of_another_commit_is_no_answer(indexed: Indexed) -> None:
    repo = MemoryGit()
    first = repo.commit({"a": "old"})
    second = repo.commit({"a": "new"})
    search = indexed(repo)
    assert paths(search, first, "old") == ["a"]
    assert paths(search, second, "new") == ["a"]
    assert paths(search, second, "old") == []


def test_an_interrupted_build_leaves_what_it_had_and_goes_on_from_there(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_blobs, "MAX_BLOBS", 2)
    repo = CountingGit()
    commit = repo.commit({f"{number}.py": f"word{number}" for number in range(7)})
    repo.fails_after = 5
    with pytest.raises(RepositoryError, match="disk"):
        indexed(repo).knows(commit)
    repo.fails_after = None
    search = indexed(repo)
    assert search.knows(commit)
    assert repo.reads == 5 + 3
    assert [paths(search, commit, f"word{number}") for number in range(7)] == [
        [f"{number}.py"] for number in range(7)
    ]


def test_a_segment_that_cannot_be_written_whole_is_not_there_and_git_answers(
    index: IndexFile, indexed: Indexed
) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a": "word"})
    with closing(sqlite3.connect(index.file)) as other:
        other.execute("CREATE TRIGGER no BEFORE INSERT ON atom BEGIN SELECT RAISE(ABORT, 'no room'); END")
    notes: list[str] = []
    assert paths(search_over(repo, index, notes), commit, "word") == ["a"]
    assert notes == [f"the index is not used, and git is searched: {index.file}: no room"]
    assert list(index.blobs()) == []
    with closing(sqlite3.connect(index.file)) as other:
        other.execute("DROP TRIGGER no")
    assert indexed(repo).knows(commit)


KILLED = """
import os, signal, sys
from pathlib import Path
from reviewer.evidence.search.index_file import IndexFile, Segment
index = IndexFile.open(Path(sys.argv[1]))
index.add(Segment(("1" * 40,), {b"kept": bytes(2)}))
class Dying(dict):
    def items(self):
        os.kill(os.getpid(), signal.SIGKILL)
index.add(Segment(("2" * 40,), Dying()))
"""


def test_a_build_that_is_killed_leaves_what_it_had_written(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    with IndexFile.open(tmp_path) as index:
        assert list(index.blobs()) == [((1, 0), "1" * 40)]
        assert list(index.places(Key(b"kept", Fit.WHOLE))) == [(1, 0)]


def test_two_builds_at_once_give_the_answers_of_one(tmp_path: Path) -> None:
    class Overtaken(MemoryGit):
        """Another process builds the whole index while this one reads its first blob."""

        overtaker: IndexedSearch | None = None

        def blobs(self, object_ids: Sequence[str], *, limit_bytes: int) -> Iterator[ReadBlob]:
            other, self.overtaker = self.overtaker, None
            if other:
                other.knows(commit)
            return super().blobs(object_ids, limit_bytes=limit_bytes)

    repo = Overtaken()
    commit = repo.commit({f"{number}.py": f"def word{number}(): every" for number in range(5)})
    with IndexFile.open(tmp_path) as one, IndexFile.open(tmp_path) as two:
        first, second = search_over(repo, one), search_over(repo, two)
        repo.overtaker = second
        assert first.knows(commit)
        assert len(list(one.blobs())) == 10
        for search in (first, second, search_over(repo, two)):
            assert paths(search, commit, "every") == [f"{number}.py" for number in range(5)]
            assert paths(search, commit, "word3") == ["3.py"]


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database" * 99)
    with pytest.raises(IndexDamagedError, match=rf"{NAME}: file is not a database"):
        IndexFile.open(tmp_path)


def test_a_database_of_something_else_is_damaged_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / NAME)) as other:
        other.execute("CREATE TABLE precious (thing)")
    with pytest.raises(IndexDamagedError, match="a database of something else"):
        IndexFile.open(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("precious",)]


def test_a_torn_index_gives_the_answer_of_git_and_says_so(tmp_path: Path) -> None:
    repo = MemoryGit()
    commit = repo.commit(
        {f"{number}.py": " ".join(f"w{number}x{each}" for each in range(99)) for number in range(99)}
    )
    with IndexFile.open(tmp_path) as index:
        assert search_over(repo, index).knows(commit)
    notes: list[str] = []
    with IndexFile.open(tmp_path) as index:
        search = search_over(repo, index, notes)
        raw = bytearray(index.file.read_bytes())
        raw[4096:] = b"\xff" * (len(raw) - 4096)
        index.file.write_bytes(raw)
        assert paths(search, commit, "w2x1") == ["2.py"]
        assert len(notes) == 1
        assert "malformed" in notes[0]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SearchIndexError, match=rf"{NAME}: Not a directory"):
        IndexFile.open(tmp_path / "file" / "state")


def test_an_index_that_stays_locked_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_file, "_WAIT_S", 0.1)
    with IndexFile.open(tmp_path) as index, closing(sqlite3.connect(index.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SearchIndexError, match=r"locked for 0\.1 s"):
            index.add(Segment(("1" * 40,), {}))


def test_only_the_owner_reads_the_index(tmp_path: Path) -> None:
    with IndexFile.open(tmp_path / "a" / "state") as index:
        assert index.file.stat().st_mode & 0o777 == 0o600
        assert index.file.parent.stat().st_mode & 0o777 == 0o700


def test_an_index_that_cannot_be_written_is_read_and_nobody_else_may_remove_it(tmp_path: Path) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a": "word"})
    with IndexFile.open(tmp_path) as index:
        assert search_over(repo, index).knows(commit)
    with IndexFile.open_to_read(tmp_path) as index:
        assert paths(search_over(repo, index), commit, "word") == ["a"]
        with alone(tmp_path) as held:
            assert not held
        with pytest.raises(SearchIndexError, match="readonly"):
            index.add(Segment(("1" * 40,), {}))
    with alone(tmp_path) as held:
        assert held
