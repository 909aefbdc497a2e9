"""Two ways, one answer: what the lazy search finds, the index finds, and nothing else."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Revisions, Side
from reviewer.errors import RepositoryError
from reviewer.evidence.search.found import FilesFound, NotSearched, PassedOver, WordSearch
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.lazy import LazySearch
from reviewer.evidence.search.scope import MAX_BLOB_BYTES, of_families
from reviewer.evidence.search.words import is_word
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GitObjects
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import SYMLINK, MemoryGit

Files = Mapping[str, str | bytes | None]
Ways = Callable[[GitObjects, str], tuple[WordSearch, WordSearch]]

PIECES = ["a", "ab", "abc", "$", "_", "é", "名", "1", "." , " ", "\n", "\r\n", "-", "def ", "\ud800", "x" * 63, "\0",
          "func ", "(", ")", ":", " = 1"]  # fmt: skip
contents = st.lists(st.sampled_from(PIECES), max_size=14).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)
paths = st.sampled_from(["a.py", "b.go", "lib/a.js", "lib-x/a.py", "lib.txt", "z\n.py", "e"])
words = st.lists(
    st.lists(
        st.sampled_from(["a", "b", "c", "ab", "$", "_", "é", "名", "1", "x" * 63]), min_size=1, max_size=4
    ).map("".join),
    max_size=5,
)


def ways_over(repo: GitObjects, commit: str, index: IndexFile) -> tuple[WordSearch, WordSearch]:
    workspace = Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit))
    return LazySearch(repo, workspace), IndexedSearch(repo, workspace, index, processes=1)


def with_one_more(files: Files) -> Files:
    """A commit of no files is none that a builder makes."""
    return {**files, "always": "a"}


@given(files=st.dictionaries(paths, contents, max_size=6), asked=words, beside=words)
@example(files={"a.py": b"$ab ab$ a$b", "b.go": b"$$"}, asked=["ab", "$", "$ab", "b", "a$b"], beside=[])
@example(files={"a.py": b"x" * 64, "b.go": b"x" * 65}, asked=["x" * 64, "x" * 65, "x" * 63], beside=[])
@example(files={"a.py": b"ab " * 60 + b"a", "b.go": b"ab " * 60}, asked=["a"], beside=[])
@example(files={"a.py": b"a", "b.go": b"\0 \xc3\xa9 a"}, asked=["\u00e9", "a"], beside=["\u00e9"])
@example(files={"a.py": b"\0 \xc3\xa9"}, asked=["\u00e9"], beside=[])
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_give_equal_answers(files: Files, asked: list[str], beside: list[str]) -> None:
    repo = MemoryGit()
    commit = repo.commit(with_one_more(files))
    with tempfile.TemporaryDirectory() as folder, IndexFile.open(Path(folder)) as index:
        lazy, indexed = ways_over(repo, commit, index)
        for within in (None, of_families(frozenset({"python", "go"}))):
            assert lazy.files(asked, Side.HEAD, within=within) == indexed.files(
                asked, Side.HEAD, within=within
            )
            assert lazy.definers(asked, Side.HEAD, within=within) == indexed.definers(
                asked, Side.HEAD, within=within
            )
        for limit in range(3):
            narrowed = lazy.files(asked, Side.HEAD, beside=beside, limit=limit)
            assert narrowed == indexed.files(asked, Side.HEAD, beside=beside, limit=limit)


@given(files=st.dictionaries(paths, contents, max_size=8), asked=words)
@example(files={"a.py": b"a.b ab\xc3\xa9 a"}, asked=["a", "ab", "ab\u00e9"])
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_give_equal_answers_over_git_itself(files: Files, asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        builder = RepositoryBuilder(Path(folder) / "house")
        commit = builder.commit(with_one_more(files))
        with GitRepository.open(builder.path) as repo, IndexFile.open(Path(folder) / "state") as index:
            lazy, indexed = ways_over(repo, commit, index)
            assert lazy.files(asked, Side.HEAD) == indexed.files(asked, Side.HEAD)


@given(raw=contents, asked=words)
def test_an_answer_is_what_splitting_at_every_other_byte_gives(raw: bytes, asked: list[str]) -> None:
    """The notion of a word, said once more in the dullest way."""
    repo = MemoryGit()
    commit = repo.commit({"a.txt": raw})
    lazy = LazySearch(repo, Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit)))
    expected = {word for word in asked if _stands(raw, word.encode())}
    found = lazy.files(asked, Side.HEAD)
    if b"\0" in raw:
        assert bool(found.passed_over) == bool(expected)
    else:
        assert {word for file in found.files for word in file.words} == expected


def _stands(raw: bytes, word: bytes) -> bool:
    inside = {byte for byte in range(256) if byte >= 0x80 or bytes([byte]).isalnum() or byte == ord("_")}
    return any(
        raw[at : at + len(word)] == word
        and (at == 0 or raw[at - 1] not in inside)
        and (at + len(word) == len(raw) or raw[at + len(word)] not in inside)
        for at in range(len(raw))
    )


MIXED: Files = {
    "b.py": "other(wanted)\r\n", "a.py": "", "bin": b"wanted\0", "bin2": b"\0", "link": "wanted",
    "lib/c.py": b"\xff wanted", "lib.py": "unwanted", "huge": b" " * MAX_BLOB_BYTES + b"wanted",
}  # fmt: skip


def test_every_exclusion_is_said_and_the_order_is_gits(both: Ways) -> None:
    repo = MemoryGit()
    commit = repo.commit(MIXED, modes={"link": SYMLINK})
    for search in both(repo, commit):
        found = search.files(["wanted"], Side.HEAD)
        assert [file.path for file in found.files] == ["b.py", "lib/c.py"]
        assert found.passed_over == (
            PassedOver("bin", NotSearched.BINARY),
            PassedOver("huge", NotSearched.TOO_LARGE),
            PassedOver("link", NotSearched.SYMLINK),
        )
        assert found.complete


def test_a_submodule_is_told_of_and_not_entered(tmp_path: Path, both: Ways) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    commit = builder.commit({"a": "word\n"}, submodules={"sub": "2" * 40})
    with GitRepository.open(builder.path) as repo:
        for search in both(repo, commit):
            found = search.files(["word"], Side.HEAD)
            assert found.passed_over == (PassedOver("sub", NotSearched.SUBMODULE),)
            assert [file.path for file in found.files] == ["a"]


def test_one_content_at_two_paths_is_two_files(both: Ways) -> None:
    repo = MemoryGit()
    commit = repo.commit({"b": "word", "a": "word"})
    for search in both(repo, commit):
        assert [file.path for file in search.files(["word"], Side.HEAD).files] == ["a", "b"]


def test_narrowing_and_a_limit_are_said(both: Ways) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a": "word module", "b": "word", "c": "word module", "d": "module"})
    for search in both(repo, commit):
        found = search.files(["word"], Side.HEAD, beside=["module"], limit=1)
        assert [file.path for file in found.files] == ["a"]
        assert not found.complete
        assert found.cut == (
            "only files that also hold one of: module; uses in files that do not may be missed",
            "more than 1 files hold the words: only the first in order of paths were taken",
        )


def test_nothing_asked_is_nothing_found(both: Ways) -> None:
    repo = MemoryGit()
    commit = repo.commit({"a": "word"})
    for search in both(repo, commit):
        assert search.files([], Side.HEAD) == FilesFound((), (), ())
        assert search.definers([], Side.HEAD) == FilesFound((), (), ())


@pytest.mark.parametrize("word", ["", "a b", "a-b", "a\n", "a.b", "\ud800", "a?"])
def test_what_is_no_word_is_refused_by_both(both: Ways, word: str) -> None:
    assert not is_word(word)
    repo = MemoryGit()
    commit = repo.commit({"a": "word"})
    for search in both(repo, commit):
        with pytest.raises(RepositoryError, match="no word"):
            search.files(["fine", word], Side.HEAD)


def test_a_file_defines_a_name_that_its_grammar_says_it_defines(both: Ways) -> None:
    repo = MemoryGit()
    commit = repo.commit(
        {
            "a.py": "def wanted(): pass\n", "b.py": "wanted()\n", "c.go": "package c\nfunc wanted() {}\n",
            "d.txt": "def wanted(): pass\n", "e.py": b"def wanted(): pass\n" + b"#" * 1_000_000,
            "f.py": "class C:\n    def wanted(self): ...\n",
        }
    )  # fmt: skip
    for search in both(repo, commit):
        found = search.definers(["wanted", "C"], Side.HEAD)
        assert [(file.path, sorted(file.words)) for file in found.files] == [
            ("a.py", ["wanted"]),
            ("c.go", ["wanted"]),
            ("f.py", ["C", "wanted"]),
        ]
        assert found.passed_over == (PassedOver("e.py", NotSearched.TOO_LARGE),)
        python = search.definers(["wanted"], Side.HEAD, within=of_families(frozenset({"python"})))
        assert [file.path for file in python.files] == ["a.py", "f.py"]
