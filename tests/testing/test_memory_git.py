from pathlib import Path
from typing import Any

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.errors import ObjectTooLargeError, UnknownRevisionError
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit

BEFORE: dict[str, str | bytes] = {
    "a.py": "one\ntwo\nthree\n", "b/c.py": "x word y\nwords\n", "gone.py": "g\n", "moved.py": "a\nb\nc\nd\ne\n",
    "bin": b"\0word",
}  # fmt: skip
AFTER: dict[str, str | bytes | None] = {
    "a.py": "one\n2\nthree", "new.py": "n\n", "gone.py": None, "moved.py": None, "elsewhere.py": "a\nb\nc\nd\ne\n",
}  # fmt: skip


def test_the_fake_answers_as_git_does(tmp_path: Path) -> None:
    """What is asked here is what tests rely on; ids of commits differ, ids of blobs do not."""
    builder, fake = RepositoryBuilder(tmp_path / "r"), MemoryGit()
    real_base, real_head = builder.commit(BEFORE, message="one"), builder.commit(AFTER, message="two\n\nbody")
    base, head = fake.commit(BEFORE, message="one"), fake.commit(AFTER, message="two\n\nbody")
    with GitRepository.open(builder.path) as real:
        assert list(fake.changed_paths(base, head)) == sorted(
            real.changed_paths(real_base, real_head), key=lambda entry: entry.new_path
        )
        assert list(fake.tree(head)) == list(real.tree(real_head))
        for whole_words in (True, False):
            asked: dict[str, Any] = {"whole_words": whole_words, "limit": 100}
            assert list(fake.grep(head, ["word", "2"], **asked)) == list(
                real.grep(real_head, ["word", "2"], **asked)
            )
        notes = [(note.message.strip()) for note in real.commits(real_base, real_head, limit=5)]
        assert [note.message for note in fake.commits(base, head, limit=5)] == notes
        assert _hunks(fake.patch(base, head, [b"a.py"])) == _hunks(
            real.patch(real_base, real_head, [b"a.py"])
        )
        ids = [entry.object_id for entry in real.tree(real_head)]
        assert fake.blob_sizes(ids) == real.blob_sizes(ids) == [real.blob_size(one) for one in ids]
        assert list(fake.blobs(ids, limit_bytes=10)) == list(real.blobs(ids, limit_bytes=10))
        for whole_words in (True, False):
            assert fake.blobs_with(ids, ["word", "2"], whole_words=whole_words) == real.blobs_with(
                ids, ["word", "2"], whole_words=whole_words
            )
        assert fake.blobs_with(ids, ["a\nb"], whole_words=False) == []


def test_the_fake_lists_what_was_merged_as_git_does(tmp_path: Path) -> None:
    builder, fake = RepositoryBuilder(tmp_path / "r"), MemoryGit()
    files: list[dict[str, str | bytes | None]] = [{"a": "1"}, {"a": "2"}, {}, {"b": "1"}]
    real_ids, ids = [builder.commit(one) for one in files], [fake.commit(one) for one in files]
    with GitRepository.open(builder.path) as real:
        for above, limit in ((None, 9), (None, 2), (1, 9), (3, 9)):
            asked: dict[str, Any] = {"since_s": None, "limit": limit}
            found = real.merged(real_ids[3], above=None if above is None else real_ids[above], **asked)
            faked = fake.merged(ids[3], above=None if above is None else ids[above], **asked)
            assert [real_ids.index(one.sha) for one in found] == [ids.index(one.sha) for one in faked]
            assert [one.changes_nothing for one in found] == [one.changes_nothing for one in faked]
            assert all(real_ids.index(one.parent) == real_ids.index(one.sha) - 1 for one in found)
        assert real.merged(real_ids[3], above=None, since_s=2**40, limit=9) == []
        assert fake.merged(ids[3], above=None, since_s=2**40, limit=9) == []


def test_it_refuses_what_it_does_not_have() -> None:
    fake = MemoryGit()
    sha = fake.commit({"a": "12345"})
    assert fake.resolve("HEAD") == fake.resolve(sha[:8]) == sha
    for unknown in ("", "nope", "0" * 40):
        with pytest.raises(UnknownRevisionError):
            fake.resolve(unknown)
    with pytest.raises(ObjectTooLargeError, match="5 bytes, limit 4"):
        fake.blob(fake.tree(sha)[0].object_id, limit_bytes=4)


def test_branches_meet_at_their_merge_base() -> None:
    fake = MemoryGit()
    root = fake.commit({"a": "1"})
    left = fake.commit({"b": "1"})
    right = fake.commit({"c": "1"}, parent=root)
    assert fake.merge_base(left, right) == root
    assert [note.sha for note in fake.commits(left, right, limit=9)] == [right]


def _hunks(patch: bytes) -> bytes:
    return patch[patch.index(b"@@ ") :]
