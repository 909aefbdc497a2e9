"""Many blobs by one git process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository, blob_batches
from reviewer.adapters.git_repo.command import GitCommand
from reviewer.errors import RepositoryError
from reviewer.ports import ReadBlob
from reviewer.testing.git_builder import RepositoryBuilder


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "house")
    built.commit({"a": "x"})
    return built


@pytest.fixture
def repo(builder: RepositoryBuilder) -> Iterator[GitRepository]:
    with GitRepository.open(builder.path) as opened:
        yield opened


CONTENTS = [b"", b"\n", b"word", b"no\n\n", b"\0word\n", b"caf\xe9 word", b"x" * 100_000, b"word\r\n"]


@pytest.mark.parametrize("batch_bytes", [1, 50_000, 10_000_000])
def test_blobs_come_whole_and_in_the_order_asked_for(
    repo: GitRepository, builder: RepositoryBuilder, batch_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blob_batches, "_BATCH_BYTES", batch_bytes)
    monkeypatch.setattr(blob_batches, "_BATCH_BLOBS", 3)
    ids = [builder.blob(content) for content in CONTENTS]
    assert repo.blob_sizes(ids) == [len(content) for content in CONTENTS]
    asked = [*ids[::-1], ids[2]]
    wanted = [*CONTENTS[::-1], CONTENTS[2]]
    assert list(repo.blobs(asked, limit_bytes=100_000)) == [
        ReadBlob(object_id, content) for object_id, content in zip(asked, wanted, strict=True)
    ]


def test_a_blob_above_the_limit_is_said_to_be_and_not_cut(
    repo: GitRepository, builder: RepositoryBuilder
) -> None:
    ids = [builder.blob("12345"), builder.blob("1234")]
    assert list(repo.blobs(ids, limit_bytes=4)) == [ReadBlob(ids[0], None), ReadBlob(ids[1], b"1234")]
    assert [read.content for read in repo.blobs(ids, limit_bytes=0)] == [None, None]


def test_blobs_with_a_word_are_told_once_a_place_and_in_order(
    repo: GitRepository, builder: RepositoryBuilder
) -> None:
    ids = [builder.blob(content) for content in CONTENTS]
    asked = [ids[7], ids[6], ids[2], ids[4], ids[2], ids[5]]
    assert repo.blobs_with(asked, ["word"], whole_words=True) == [ids[7], ids[2], ids[4], ids[2], ids[5]]
    assert repo.blobs_with(asked, ["wor"], whole_words=True) == []
    assert repo.blobs_with(asked, ["wor", "x" * 50], whole_words=False) == asked
    assert repo.blobs_with([], ["word"], whole_words=True) == []
    assert repo.blobs_with(asked, [], whole_words=True) == []


def test_nothing_is_asked_of_git_for_no_blobs(repo: GitRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GitCommand, "run", None)
    assert repo.blob_sizes([]) == []
    assert list(repo.blobs([], limit_bytes=9)) == []


@pytest.mark.parametrize("wrong", ["", "HEAD", "-x", "a" * 39, "a" * 40 + "\n" + "b" * 40])
def test_what_is_no_full_id_never_reaches_git(repo: GitRepository, wrong: str) -> None:
    for ask in (
        lambda: repo.blob_sizes([wrong]),
        lambda: list(repo.blobs([wrong], limit_bytes=9)),
        lambda: repo.blobs_with([wrong], ["x"], whole_words=True),
    ):
        with pytest.raises(RepositoryError, match="no full object id"):
            ask()


def test_a_tree_or_commit_is_no_blob(repo: GitRepository) -> None:
    commit = repo.resolve("main")
    with pytest.raises(RepositoryError, match="is a commit, not a blob"):
        repo.blob_sizes([commit])
    with pytest.raises(RepositoryError, match="is a commit, not a blob"):
        list(repo.blobs([commit], limit_bytes=9))


def test_a_missing_blob_is_an_error_with_advice(repo: GitRepository, builder: RepositoryBuilder) -> None:
    there = builder.blob("word")
    with pytest.raises(RepositoryError) as sized:
        repo.blob_sizes([there, "1" * 40])
    with pytest.raises(RepositoryError) as searched:
        repo.blobs_with([there, "1" * 40], ["word"], whole_words=True)
    for caught in (sized, searched):
        assert "fetch without --filter" in caught.value.advice


def test_a_closed_repository_answers_nothing(builder: RepositoryBuilder) -> None:
    repo = GitRepository.open(builder.path)
    repo.close()
    for ask in (
        lambda: repo.blob_sizes(["1" * 40]),
        lambda: repo.blobs(["1" * 40], limit_bytes=9),
        lambda: repo.blobs_with(["1" * 40], ["x"], whole_words=True),
    ):
        with pytest.raises(RuntimeError, match="closed"):
            ask()
