import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.adapters.git_repo.command import Running
from reviewer.errors import RepositoryError
from reviewer.ports import GitObjects, LineOrigins
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit

LONG = 60.0
ALL = [(1, 10_000)]


class House:
    """A history that is written the same way in memory and by git."""

    def __init__(self, path: Path | None) -> None:
        self._memory = MemoryGit()
        self.builder = RepositoryBuilder(path) if path else None
        self._opened: GitRepository | None = None

    def commit(self, files: Mapping[str, str | None], message: str = "change") -> str:
        if self.builder:
            return self.builder.commit(files, message=message)
        return self._memory.commit(files, message=message)

    @property
    def repo(self) -> GitObjects:
        if self.builder is None:
            return self._memory
        self._opened = self._opened or GitRepository.open(self.builder.path)
        return self._opened

    def close(self) -> None:
        if self._opened:
            self._opened.close()


@pytest.fixture(params=["memory", "git"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "house" if request.param == "git" else None)
    yield made
    made.close()


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "house")


def told(found: LineOrigins) -> list[tuple[int, int, str]]:
    return [(origin.first_line, origin.last_line, origin.commit) for origin in found.origins]


def numbered(count: int) -> str:
    return "".join(f"line {number}\n" for number in range(count))


def test_each_line_has_the_commit_that_touched_it_last(house: House) -> None:
    first = house.commit({"a.py": "one\ntwo\nthree\nfour\n"}, "first\n\nbody\n")
    second = house.commit({"a.py": "one\n2\nthree\nfour\nfive\n"}, "second")
    third = house.commit({"b.py": "x\n"}, "elsewhere")
    found = house.repo.line_origins(third, b"a.py", ALL, timeout_s=LONG)
    assert told(found) == [(1, 1, first), (2, 2, second), (3, 4, first), (5, 5, second)]
    assert found.complete
    assert [origin.subject for origin in found.origins] == [b"first", b"second", b"first", b"second"]
    assert found.commit_time - found.origins[0].author_time == 120
    assert not any(origin.at_clone_end for origin in found.origins)


def test_only_the_lines_asked_for_are_told_and_lines_after_the_end_are_left_out(house: House) -> None:
    first = house.commit({"a.py": numbered(9)})
    found = house.repo.line_origins(first, b"a.py", [(2, 3), (3, 4), (8, 99)], timeout_s=LONG)
    assert told(found) == [(2, 4, first), (8, 9, first)]


def test_later_commits_are_not_told(house: House) -> None:
    first = house.commit({"a.py": "one\ntwo\n"}, "first")
    house.commit({"a.py": "1\n2\n"}, "later")
    found = house.repo.line_origins(first, b"a.py", ALL, timeout_s=LONG)
    assert told(found) == [(1, 2, first)]


def test_white_space_counts(house: House) -> None:
    house.commit({"a.py": "if x:\n  y()\n"})
    second = house.commit({"a.py": "if x:\n    y()\n"})
    found = house.repo.line_origins(second, b"a.py", [(2, 2)], timeout_s=LONG)
    assert told(found) == [(2, 2, second)]


def test_a_rename_is_followed(house: House) -> None:
    first = house.commit({"a.py": numbered(30)})
    moved = house.commit({"a.py": None, "b.py": numbered(30)})
    found = house.repo.line_origins(moved, b"b.py", ALL, timeout_s=LONG)
    assert told(found) == [(1, 30, first)]


def test_a_file_that_was_written_anew_is_no_older_than_that(house: House) -> None:
    house.commit({"a.py": "x\n", "b.py": "y\n"})
    house.commit({"a.py": None})
    again = house.commit({"a.py": "x\n"})
    assert told(house.repo.line_origins(again, b"a.py", ALL, timeout_s=LONG)) == [(1, 1, again)]


@pytest.mark.parametrize(("path", "ranges"), [(b"no.py", [(1, 1)]), (b"a.py", [(3, 4)]), (b"a", [(1, 1)])])
def test_a_path_or_range_that_is_not_there_is_an_error(
    house: House, path: bytes, ranges: list[tuple[int, int]]
) -> None:
    head = house.commit({"a.py": "one\ntwo\n"})
    with pytest.raises(RepositoryError):
        house.repo.line_origins(head, path, ranges, timeout_s=LONG)


@pytest.mark.parametrize("ranges", [[], [(0, 1)], [(2, 1)], [(1, 1), (-1, 5)]])
def test_ranges_that_git_would_read_otherwise_are_a_mistake(
    house: House, ranges: list[tuple[int, int]]
) -> None:
    head = house.commit({"a.py": "one\ntwo\n"})
    with pytest.raises(ValueError, match="ranges of lines"):
        house.repo.line_origins(head, b"a.py", ranges, timeout_s=LONG)


def test_changes_of_paths_are_counted_over_the_newest_commits(house: House) -> None:
    for number in range(6):
        head = house.commit({"a.py": f"{number}\n", **({"b/c.py": f"{number}\n"} if number % 2 else {})})
    found = house.repo.change_counts(head, [b"a.py", b"b/c.py", b"b", b"no"], last=4, timeout_s=LONG)
    assert (found.counts, found.commits) == ((4, 2, 0, 0), 4)
    whole = house.repo.change_counts(head, [b"a.py"], last=100, timeout_s=LONG)
    assert (whole.counts, whole.commits) == ((6,), 6)
    assert house.repo.change_counts(head, [], last=4, timeout_s=LONG).counts == ()


def test_what_no_time_is_given_for_is_not_told(house: House) -> None:
    head = house.commit({"a.py": "x\n"})
    assert not house.repo.line_origins(head, b"a.py", ALL, timeout_s=0).complete
    with pytest.raises(RepositoryError, match="no end after"):
        house.repo.change_counts(head, [b"a.py"], last=9, timeout_s=0)


def test_an_empty_message_is_an_empty_subject(builder: RepositoryBuilder) -> None:
    head = builder.commit({"a.py": "x\n"}, message="")
    with GitRepository.open(builder.path) as repo:
        assert repo.line_origins(head, b"a.py", ALL, timeout_s=LONG).origins[0].subject == b""


def test_a_message_cannot_pass_for_anything_else(builder: RepositoryBuilder) -> None:
    false = "0" * 40
    evil = f"author-time 5\rfilename x\x1b[2J caf\xe9\nauthor-time 7\n{false} 1 1 1\nfilename y\n"
    head = builder.commit(
        {"a.py": "x\n"}, message=evil.encode("latin-1"), author="summary filename <a@example.org>"
    )
    with GitRepository.open(builder.path) as repo:
        [origin] = repo.line_origins(head, b"a.py", ALL, timeout_s=LONG).origins
    assert origin.subject == b"author-time 5\rfilename x\x1b[2J caf\xe9"
    assert (origin.commit, origin.author_time > 7) == (head, True)


@pytest.mark.parametrize("name", [b"-x", b":(top)a", b'a\n"b', b"caf\xe9", b"*", b"a b"])
def test_any_name_of_a_file_is_taken_literally(builder: RepositoryBuilder, name: bytes) -> None:
    builder.commit({name: "x\n", "other": "y\n"})
    head = builder.commit({name: "x\nz\n"})
    with GitRepository.open(builder.path) as repo:
        found = repo.line_origins(head, name, [(2, 2)], timeout_s=LONG)
        assert told(found) == [(2, 2, head)]
        assert repo.change_counts(head, [name, b"other"], last=9, timeout_s=LONG).counts == (2, 1)


def test_where_a_clone_ends_the_origin_is_said_to_be_open(builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": "one\ntwo\n"})
    cut = builder.commit({"b.py": "x\n"})
    head = builder.commit({"a.py": "one\n2\n"})
    (builder.path / ".git/shallow").write_text(f"{cut}\n")
    with GitRepository.open(builder.path) as repo:
        origins = repo.line_origins(head, b"a.py", ALL, timeout_s=LONG).origins
        counted = repo.change_counts(head, [b"a.py", b"b.py"], last=9, timeout_s=LONG)
    assert [(origin.commit, origin.at_clone_end) for origin in origins] == [(cut, True), (head, False)]
    assert (counted.counts, counted.commits) == ((1, 0), 1)


def test_a_root_of_a_whole_clone_is_no_end(builder: RepositoryBuilder) -> None:
    head = builder.commit({"a.py": "one\n"})
    with GitRepository.open(builder.path) as repo:
        [origin] = repo.line_origins(head, b"a.py", ALL, timeout_s=LONG).origins
    assert not origin.at_clone_end


def test_a_missing_commit_is_an_error_and_not_a_wrong_origin(builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": "one\n"})
    middle = builder.commit({"b.py": "x\n"})
    head = builder.commit({"b.py": "y\n"})
    for pack in (builder.path / ".git/objects/pack").glob("*.pack"):
        raw = pack.read_bytes()
        for file in pack.parent.glob(f"{pack.stem}.*"):
            file.unlink()
        builder._run(["unpack-objects", "-q"], raw)
    (builder.path / ".git/objects" / middle[:2] / middle[2:]).unlink()
    with GitRepository.open(builder.path) as repo, pytest.raises(RepositoryError, match="Could not read"):
        repo.line_origins(head, b"a.py", ALL, timeout_s=LONG)


def test_configuration_and_attributes_of_the_repository_change_no_origin(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a.py": "one\ntwo\n", ".gitattributes": "*.py diff=evil\n"})
    second = builder.commit({"a.py": "one\n2\n", "ignored": ""})
    builder.commit({"ignored": f"{second}\n"})
    marker = builder.path / "ran"
    (builder.path / "revs").write_text(f"{second}\n")
    builder.git("config", "blame.ignoreRevsFile", str(builder.path / "revs"))
    builder.git("config", "diff.evil.textconv", f"touch {marker}; cat")
    with GitRepository.open(builder.path) as repo:
        found = repo.line_origins("main", b"a.py", ALL, timeout_s=LONG)
    assert told(found) == [(1, 1, first), (2, 2, second)]
    assert not marker.exists()


def test_what_was_told_before_the_time_was_over_is_kept_and_said_to_be_a_part(
    builder: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = builder.commit({"a.py": "one\n"})
    second = builder.commit({"a.py": "one\ntwo\n"})
    chunks = Running.chunks

    def slow(running: Running) -> Iterator[bytes]:
        output = b"".join(chunks(running))
        part = output[: output.index(f"\n{first}".encode()) + 30]
        yield part
        running._expire()
        raise RepositoryError("no end")

    with GitRepository.open(builder.path) as repo:
        whole = repo.line_origins(second, b"a.py", ALL, timeout_s=LONG)
        monkeypatch.setattr(Running, "chunks", slow)
        part = repo.line_origins(second, b"a.py", ALL, timeout_s=LONG)
    assert told(whole) == [(1, 1, first), (2, 2, second)]
    assert (told(part), part.complete) == ([(2, 2, second)], False)


def test_a_git_that_does_not_end_is_ended_and_nothing_is_called_complete(
    builder: RepositoryBuilder, sleeping_blame: Callable[[], None]
) -> None:
    head = builder.commit({"a.py": "one\n"})
    with GitRepository.open(builder.path) as repo:
        sleeping_blame()
        found = repo.line_origins(head, b"a.py", ALL, timeout_s=0.2)
    assert (found.origins, found.complete) == ((), False)


@pytest.fixture
def sleeping_blame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Puts a git on PATH whose `blame` sleeps and whose other commands work."""

    def install() -> None:
        real = shutil.which("git")
        folder = tmp_path / "bin"
        folder.mkdir()
        script = (
            f'#!/bin/sh\nfor word in "$@"; do [ "$word" = blame ] && exec sleep 60; done\nexec {real} "$@"\n'
        )
        (folder / "git").write_text(script)
        (folder / "git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    return install
