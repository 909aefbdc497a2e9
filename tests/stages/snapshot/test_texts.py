"""A git that leaves something out is found out."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Change, Origin
from reviewer.errors import RepositoryError
from reviewer.stages.snapshot import take
from reviewer.testing.git_builder import RepositoryBuilder


class Lying(GitRepository):
    """A repository whose patches are not what git made of them."""

    replace: tuple[bytes, bytes] = (b"", b"")
    asked = 0

    def patch(self, old: str, new: str, paths: Sequence[bytes]) -> bytes:
        self.asked += 1
        return super().patch(old, new, paths).replace(*self.replace)


def taken(path: Path, base: str, replace: tuple[bytes, bytes]) -> Change:
    with Lying.open(path) as repo:
        repo.replace = replace
        return take(repo, base=base, head="main", origin=Origin.LOCAL_RANGE)


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "house")


def test_a_diff_that_hides_a_line_makes_the_snapshot_incomplete(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n2\n"})
    builder.commit({"a": "1\n2\nevil\n"})
    change = taken(builder.path, base, (b"+evil", b"+good"))
    assert change.snapshot.completeness.problems == (
        "a: the diff does not lead from the old content to the new",
    )


def test_a_text_shown_as_binary_makes_the_snapshot_incomplete(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"})
    builder.commit({"a": "2\n"})
    shown = b"--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+2\n"
    change = taken(builder.path, base, (shown, b"Binary files a/a and b/a differ\n"))
    assert change.snapshot.completeness.problems == ("a: shown as binary, and its content is text",)


def test_a_file_without_a_diff_is_an_error(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"})
    builder.commit({"a": "2\n"})
    blob = builder.git("rev-parse", "main:a").encode()
    with pytest.raises(RepositoryError, match="a: differs, and git gives no diff of it"):
        taken(builder.path, base, (blob, b"3" * 40))


def test_contents_that_swap_their_names_are_not_mixed_up(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n", "b": "2\n", "c": "1\n"})
    builder.commit({"a": "2\n", "b": "1\n", "c": "2\n"})
    change = taken(builder.path, base, (b"", b""))
    told = [[line.text for line in unit.hunk.lines] for unit in change.snapshot.units if unit.hunk]
    assert told == [["1", "2"], ["2", "1"], ["1", "2"]]


def test_a_large_change_is_read_in_batches(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"})
    builder.commit({f"{'long-folder-name/' * 12}{number}": f"{number}\n" for number in range(600)})
    with Lying.open(builder.path) as repo:
        change = take(repo, base=base, head="main", origin=Origin.LOCAL_RANGE)
        assert repo.asked > 2
    assert len(change.snapshot.units) == 600
