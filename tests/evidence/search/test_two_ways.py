"""Two ways, one answer: the lines that git finds, the index finds, in the same order, and no others."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviewer.adapters.git_repo import GitRepository
from reviewer.errors import RepositoryError
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.known_blobs import MAX_BLOB_BYTES
from reviewer.ports import GitObjects, GrepHit
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import SYMLINK, MemoryGit

Indexed = Callable[[GitObjects], IndexedSearch]
Files = Mapping[str, str | bytes | None]

PIECES = [
    "a",
    "ab",
    "abc",
    "$",
    "_",
    "é",
    "名",
    "1",
    ".",
    " ",
    "\n",
    "\r\n",
    "-",
    "\ud800",
    "x" * 63,
    "\0",
    "(",
    "|",
]
contents = st.lists(st.sampled_from(PIECES), max_size=14).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)
paths = st.sampled_from(["a.py", "b.go", "lib/a.js", "lib-x/a.py", "lib.txt", "z\n.py", "e"])
words = st.lists(
    st.lists(
        st.sampled_from(["a", "b", "c", "ab", "$", "_", "é", "名", "1", " ", ".", "-", "(", "|", "x" * 63]),
        min_size=1,
        max_size=4,
    ).map("".join),
    min_size=1,
    max_size=4,
)


def search_over(repo: GitObjects, index: IndexFile) -> IndexedSearch:
    return IndexedSearch(repo, index, may_read=None, tell=lambda _: None, note=lambda _: None)


def with_one_more(files: Files) -> Files:
    """A commit of no files is none that a builder makes."""
    return {**files, "always": "a"}


@given(files=st.dictionaries(paths, contents, max_size=6), asked=words, whole=st.booleans())
@example(files={"a.py": b"$ab ab$ a$b", "b.go": b"$$"}, asked=["ab", "$ab", "b", "a$b"], whole=True)
@example(files={"a.py": b"x" * 64, "b.go": b"x" * 65}, asked=["x" * 64, "x" * 65, "x" * 63], whole=True)
@example(files={"a.py": b"x" * 80 + b"a", "b.go": b"bab"}, asked=["xa", "ba"], whole=False)
@example(files={"a.py": b"x" * 80 + b"a c"}, asked=["xa c"], whole=False)
@example(files={"a.py": b"ab cab", "b.go": b"ab ca"}, asked=["b ca"], whole=False)
@example(files={"a.py": b"a a", "b.go": b"\0 \xc3\xa9 a"}, asked=["a"], whole=True)
@example(files={"a.py": "éa aé".encode()}, asked=["a", "éa"], whole=True)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_give_equal_lines_over_git_itself(files: Files, asked: list[str], whole: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        builder = RepositoryBuilder(Path(folder) / "house")
        commit = builder.commit(with_one_more(files))
        with GitRepository.open(builder.path) as repo, IndexFile.open(Path(folder) / "state") as index:
            search = search_over(repo, index)
            for limit in (100, 1):
                by_git = repo.grep(commit, asked, whole_words=whole, limit=limit)
                assert search.grep(commit, asked, whole_words=whole, limit=limit) == by_git


@given(files=st.dictionaries(paths, contents, max_size=8), asked=words, whole=st.booleans())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_give_equal_lines(files: Files, asked: list[str], whole: bool) -> None:
    repo = MemoryGit()
    commit = repo.commit(with_one_more(files))
    with tempfile.TemporaryDirectory() as folder, IndexFile.open(Path(folder)) as index:
        found = search_over(repo, index).grep(commit, asked, whole_words=whole, limit=100)
        assert found == repo.grep(commit, asked, whole_words=whole, limit=100)


class Silent(MemoryGit):
    """Answers no search."""

    def grep(self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int) -> Sequence[GrepHit]:
        raise AssertionError("git was searched")


def test_words_of_a_known_commit_cost_no_search_through_git(indexed: Indexed) -> None:
    repo = Silent()
    commit = repo.commit({"a.py": "at least 3 characters, name(1)", "b.py": "surname"})
    search = indexed(repo)
    for asked, files in (("name", [b"a.py"]), ("least 3 char", []), ("1", [b"a.py"]), ("(1)", [])):
        found = {hit.path for hit in search.grep(commit, [asked], whole_words=True, limit=9)}
        assert found == set(files)
    loose = {hit.path for hit in search.grep(commit, ["name", "least 3 char"], whole_words=False, limit=9)}
    assert loose == {b"a.py", b"b.py"}
    assert search.knows(commit)


def test_links_and_submodules_are_no_lines(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    commit = builder.commit({"a": "word\n"}, submodules={"sub": "2" * 40})
    with GitRepository.open(builder.path) as repo, IndexFile.open(tmp_path / "state") as index:
        found = search_over(repo, index).grep(commit, ["word"], whole_words=True, limit=9)
        assert [(hit.path, hit.line, hit.text) for hit in found] == [(b"a", 1, b"word")]
    memory = MemoryGit()
    commit = memory.commit({"a": "word", "link": "word"}, modes={"link": SYMLINK})
    with IndexFile.open(tmp_path / "other") as index:
        found = search_over(memory, index).grep(commit, ["word"], whole_words=True, limit=9)
        assert [hit.path for hit in found] == [b"a"]


def test_one_content_at_two_paths_is_two_files(indexed: Indexed) -> None:
    repo = MemoryGit()
    commit = repo.commit({"b": "word", "a": "word", "c": "a word"})
    found = indexed(repo).grep(commit, ["word"], whole_words=True, limit=9)
    assert [hit.path for hit in found] == [b"a", b"b", b"c"]


def test_a_file_too_large_for_the_index_is_searched_by_git_when_it_has_the_word(indexed: Indexed) -> None:
    repo = MemoryGit()
    commit = repo.commit({"huge": b" " * MAX_BLOB_BYTES + b"wanted", "small": "wanted other"})
    search = indexed(repo)
    assert [hit.path for hit in search.grep(commit, ["wanted"], whole_words=True, limit=9)] == [
        b"huge",
        b"small",
    ]
    repo.grep = Silent().grep  # type: ignore[method-assign]
    assert [hit.path for hit in search.grep(commit, ["other"], whole_words=True, limit=9)] == [b"small"]


def test_a_long_line_comes_back_cut_as_git_cuts_it(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    commit = builder.commit({"a": "x " * 2_000 + "word\nword\n"})
    with GitRepository.open(builder.path) as repo, IndexFile.open(tmp_path / "state") as index:
        found = search_over(repo, index).grep(commit, ["word"], whole_words=True, limit=9)
        assert found == repo.grep(commit, ["word"], whole_words=True, limit=9)
        assert [hit.line for hit in found] == [1, 2]


@pytest.mark.parametrize("word", ["a\0", "\ud800"])
def test_what_git_refuses_is_refused(indexed: Indexed, word: str, tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    commit = builder.commit({"a": "word"})
    with GitRepository.open(builder.path) as repo, pytest.raises(RepositoryError):
        indexed(repo).grep(commit, [word], whole_words=True, limit=9)


def test_a_commit_that_lacks_much_is_left_to_git_and_that_is_said_once(index: IndexFile) -> None:
    repo: GitObjects = MemoryGit()
    assert isinstance(repo, MemoryGit)
    commit = repo.commit({f"{number}": f"word {number}" for number in range(4)})
    notes: list[str] = []
    search = IndexedSearch(repo, index, may_read=3, tell=lambda _: None, note=notes.append)
    for _ in range(2):
        assert len(search.grep(commit, ["word"], whole_words=True, limit=9)) == 4
    assert not search.knows(commit)
    [note] = notes
    assert note.startswith(f"the index lacks 4 of 4 files of {commit[:12]}, so git is searched")
    assert list(index.blobs()) == []
