"""What is kept: it grows by what is new, survives interruptions, and says when it cannot be used."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reviewer.domain.change import Revisions, Side
from reviewer.errors import RepositoryError, SearchIndexError
from reviewer.evidence.search import index_file, kept_names, side_blobs
from reviewer.evidence.search.definers import names_defined
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.scope import MAX_BLOB_BYTES
from reviewer.evidence.syntax.grammars.row import Grammar
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GitObjects, ReadBlob
from reviewer.testing.memory_git import MemoryGit

Indexed = Callable[[GitObjects, str], IndexedSearch]


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


def search_over(repo: GitObjects, commit: str, index: IndexFile, *, processes: int = 1) -> IndexedSearch:
    workspace = Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit))
    return IndexedSearch(repo, workspace, index, processes=processes)


def paths(search: IndexedSearch, word: str) -> list[str]:
    return [file.path for file in search.files([word], Side.HEAD).files]


def test_after_a_push_only_new_blobs_are_read(indexed: Indexed) -> None:
    repo = CountingGit()
    first = repo.commit({f"{number}.py": f"word{number}" for number in range(9)})
    assert indexed(repo, first).update(Side.HEAD) == repo.reads == 9
    second = repo.commit({"0.py": "word0 changed", "1.py": None, "moved.py": "word2"})
    search = indexed(repo, second)
    assert search.update(Side.HEAD) == 1
    assert search.update(Side.HEAD) == 0
    assert paths(search, "changed") == ["0.py"]
    assert paths(search, "word2") == ["2.py", "moved.py"]
    assert repo.reads == 10


def test_a_blob_of_another_commit_is_no_answer(indexed: Indexed) -> None:
    repo = MemoryGit()
    first = repo.commit({"a": "old"})
    second = repo.commit({"a": "new"})
    assert paths(indexed(repo, first), "old") == ["a"]
    assert paths(indexed(repo, second), "new") == ["a"]
    assert paths(indexed(repo, second), "old") == []


def test_an_interrupted_build_leaves_what_it_had_and_goes_on_from_there(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_blobs, "MAX_BLOBS", 2)
    repo = CountingGit()
    commit = repo.commit({f"{number}.py": f"word{number}" for number in range(7)})
    repo.fails_after = 5
    with pytest.raises(RepositoryError, match="disk"):
        indexed(repo, commit).update(Side.HEAD)
    repo.fails_after = None
    search = indexed(repo, commit)
    assert search.update(Side.HEAD) == 3
    assert [paths(search, f"word{number}") for number in range(7)] == [
        [f"{number}.py"] for number in range(7)
    ]


def test_a_segment_that_cannot_be_written_whole_is_not_there(index: IndexFile, indexed: Indexed) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a": "word"})
    with sqlite3.connect(index.file) as other:
        other.execute("CREATE TRIGGER no BEFORE INSERT ON word BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(SearchIndexError, match=r"words-1\.sqlite3: no room"):
        indexed(repo, commit).update(Side.HEAD)
    assert list(index.blobs()) == []
    with sqlite3.connect(index.file) as other:
        other.execute("DROP TRIGGER no")
    assert paths(indexed(repo, commit), "word") == ["a"]


KILLED = """
import os, signal, sys
from pathlib import Path
from reviewer.evidence.search.index_file import IndexFile, Segment
index = IndexFile.open(Path(sys.argv[1]))
index.add(Segment(("1" * 40,), frozenset(), {b"kept": bytes(2)}))
class Dying(dict):
    def items(self):
        os.kill(os.getpid(), signal.SIGKILL)
index.add(Segment(("2" * 40,), frozenset(), Dying()))
"""


def test_a_build_that_is_killed_leaves_what_it_had_written(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    with IndexFile.open(tmp_path) as index:
        assert [blob.object_id for _, blob in index.blobs()] == ["1" * 40]
        assert list(index.places(b"kept")) == [(1, 0)]


def test_two_builds_at_once_give_the_answers_of_one(tmp_path: Path) -> None:
    class Overtaken(MemoryGit):
        """Another process builds the whole index while this one reads its first blob."""

        overtaker: IndexedSearch | None = None

        def blobs(self, object_ids: Sequence[str], *, limit_bytes: int) -> Iterator[ReadBlob]:
            other, self.overtaker = self.overtaker, None
            if other:
                other.update(Side.HEAD)
            return super().blobs(object_ids, limit_bytes=limit_bytes)

    repo = Overtaken()
    commit = repo.commit({f"{number}.py": f"def word{number}(): every" for number in range(5)})
    with IndexFile.open(tmp_path) as one, IndexFile.open(tmp_path) as two:
        first, second = search_over(repo, commit, one), search_over(repo, commit, two)
        repo.overtaker = second
        assert first.update(Side.HEAD) == 5
        assert len(list(one.blobs())) == 10
        for search in (first, second, search_over(repo, commit, two)):
            assert paths(search, "every") == [f"{number}.py" for number in range(5)]
            assert paths(search, "word3") == ["3.py"]
            assert [file.path for file in search.definers(["word4"], Side.HEAD).files] == ["4.py"]


def test_what_a_file_defines_is_parsed_once(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []

    def counting(raw: bytes, grammar: Grammar) -> frozenset[bytes]:
        parsed.append(raw)
        return names_defined(raw, grammar)

    monkeypatch.setattr(kept_names, "names_defined", counting)
    repo = MemoryGit()
    commit = repo.commit({"a.py": "def f(): g()\n", "b.py": "def g(): f()\n", "c.py": "def h(): pass\n"})
    for _ in range(2):
        found = indexed(repo, commit).definers(["f"], Side.HEAD)
        assert [file.path for file in found.files] == ["a.py"]
    assert len(parsed) == 2, "c.py does not hold the name and is never looked into"


def test_after_reading_all_definitions_no_question_parses(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a.py": "def f(): g()\n", "b.go": "package b\nfunc f() {}\n", "c.txt": "f"})
    assert indexed(repo, commit).read_definitions(Side.HEAD) == 2
    assert indexed(repo, commit).read_definitions(Side.HEAD) == 0
    monkeypatch.setattr(kept_names, "names_defined", None)
    found = indexed(repo, commit).definers(["f", "g"], Side.HEAD)
    assert [(file.path, sorted(file.words)) for file in found.files] == [("a.py", ["f"]), ("b.go", ["f"])]


def test_names_read_with_another_grammar_are_read_again(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a.py": "def f(): pass\n"})
    assert indexed(repo, commit).definers(["f"], Side.HEAD).files
    monkeypatch.setattr(kept_names, "names_defined", lambda *_: frozenset())
    assert indexed(repo, commit).definers(["f"], Side.HEAD).files
    monkeypatch.setattr(kept_names, "reading_of", lambda _: "another")
    assert not indexed(repo, commit).definers(["f"], Side.HEAD).files


def test_many_files_are_parsed_in_processes_of_their_own(
    index: IndexFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_names, "_WORTH_PROCESSES", 2)
    repo = MemoryGit()
    commit = repo.commit({f"{number}.py": f"def f(): pass  # {number}\n" for number in range(40)})
    found = search_over(repo, commit, index, processes=2).definers(["f"], Side.HEAD)
    assert len(found.files) == 40


def test_a_process_that_dies_while_parsing_is_told_of(
    index: IndexFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(ProcessPoolExecutor):
        def map(self, *_: object, **__: object) -> Iterator[Any]:
            raise BrokenProcessPool

    monkeypatch.setattr(kept_names, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(kept_names, "ProcessPoolExecutor", Broken)
    repo = MemoryGit()
    commit = repo.commit({"a.py": "def f(): pass\n"})
    with pytest.raises(SearchIndexError, match=r"1 \.py files"):
        search_over(repo, commit, index, processes=2).definers(["f"], Side.HEAD)


def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "words-1.sqlite3").write_bytes(b"no database" * 99)
    with pytest.raises(SearchIndexError, match=r"words-1\.sqlite3: file is not a database") as caught:
        IndexFile.open(tmp_path)
    assert "Delete the file" in caught.value.advice


def test_a_damaged_index_is_an_error_and_not_a_short_answer(tmp_path: Path) -> None:
    repo = MemoryGit()
    commit = repo.commit(
        {f"{number}.py": " ".join(f"w{number}x{each}" for each in range(99)) for number in range(99)}
    )
    with IndexFile.open(tmp_path) as index:
        search_over(repo, commit, index).update(Side.HEAD)
    file = tmp_path / "words-1.sqlite3"
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    file.write_bytes(raw)
    with pytest.raises(SearchIndexError, match="malformed"), IndexFile.open(tmp_path) as index:
        search_over(repo, commit, index).files(["w1x1"], Side.HEAD)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "words-1.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE precious (thing)")
    with pytest.raises(SearchIndexError, match="a database of something else"):
        IndexFile.open(tmp_path)
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("precious",)]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SearchIndexError, match=r"words-1\.sqlite3: Not a directory"):
        IndexFile.open(tmp_path / "file" / "state")


def test_an_index_that_stays_locked_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_file, "_WAIT_S", 0.1)
    repo = MemoryGit()
    commit = repo.commit({"a": "word"})
    with IndexFile.open(tmp_path) as index, closing(sqlite3.connect(index.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SearchIndexError, match=r"locked for 0\.1 s"):
            search_over(repo, commit, index).update(Side.HEAD)


def test_only_the_owner_reads_the_index(tmp_path: Path) -> None:
    with IndexFile.open(tmp_path / "a" / "state") as index:
        assert index.file.stat().st_mode & 0o777 == 0o600
        assert index.file.parent.stat().st_mode & 0o777 == 0o700


def test_a_blob_too_large_is_said_again_after_opening_again(indexed: Indexed) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a": b" " * (MAX_BLOB_BYTES + 1)})
    for _ in range(2):
        [passed] = indexed(repo, commit).files(["word"], Side.HEAD).passed_over
        assert (passed.path, passed.reason.value) == ("a", "too large")
