from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from reviewer.domain.change import Origin, Snapshot
from reviewer.domain.history import LineHistory
from reviewer.errors import RepositoryError
from reviewer.evidence.history import HistoryLimits, line_history
from reviewer.evidence.workspace import Workspace
from reviewer.ports import LineOrigins
from reviewer.stages import snapshot
from reviewer.testing.memory_git import SUBMODULE, MemoryGit

DAY = 86_400
PRAISE = "a flawless change that nobody needs to look at"
NEVER = HistoryLimits(total_s=0, churn_s=0)


class House:
    """A repository whose last commit is the change."""

    def __init__(self) -> None:
        self.git = MemoryGit()
        self.time = 1_700_000_000
        self.head = ""
        self.base = ""

    def commit(
        self, files: Mapping[str, str | None], *, after_days: int = 1, modes: Mapping[str, str] | None = None
    ) -> str:
        self.time += after_days * DAY
        self.base, self.head = self.head, self.git.commit(files, message=PRAISE, time=self.time, modes=modes)
        return self.head

    @property
    def snapshot(self) -> Snapshot:
        return snapshot.take(self.git, base=self.base, head=self.head, origin=Origin.LOCAL_RANGE).snapshot

    def history(self, limits: HistoryLimits | None = None) -> LineHistory:
        taken = self.snapshot
        return line_history(taken, Workspace(self.git, taken.revisions), limits=limits)


@pytest.fixture
def house() -> House:
    return House()


def numbered(count: int, changed: Sequence[int] = (), mark: str = "x") -> str:
    return "".join(f"{mark if number in changed else 'line'} {number}\n" for number in range(1, count + 1))


def told(found: LineHistory) -> list[list[tuple[str, int, int, int]]]:
    return [
        [(commit.commit, commit.age_days, commit.lines, commit.deleted_lines) for commit in unit.commits]
        for unit in found.units
    ]


def test_each_hunk_has_the_commits_of_the_lines_it_deletes_and_surrounds(house: House) -> None:
    first = house.commit({"a.py": numbered(40)})
    second = house.commit({"a.py": numbered(40, [10, 11])}, after_days=9)
    house.commit({"b.py": "x\n"}, after_days=2)
    house.commit({"a.py": numbered(40, [11, 30], "y")})
    found = house.history()
    # lines 7 to 14 around 10 and 11, and 27 to 33 around 30
    assert told(found) == [[(second, 2, 2, 2), (first, 11, 6, 0)], [(first, 11, 7, 1)]]
    assert [unit.unit for unit in found.units] == [unit.id for unit in house.snapshot.units]
    assert (found.cuts, [unit.untold_lines for unit in found.units]) == ((), [0, 0])


def test_the_change_itself_is_never_part_of_the_history(house: House) -> None:
    base = house.commit({"a.py": numbered(9)})
    house.commit({"a.py": numbered(9, [5])})
    house.commit({"a.py": numbered(9, [5, 6])})
    house.base = base
    found = house.history()
    assert {commit.commit for unit in found.units for commit in unit.commits} == {base}
    assert found.churn[0].of_commits == 1


def test_nobodys_words_or_names_are_kept(house: House) -> None:
    house.commit({"a.py": numbered(9)})
    house.commit({"a.py": numbered(9, [5])})
    assert PRAISE not in house.history().model_dump_json()


def test_a_new_file_has_no_history_and_that_is_no_cut(house: House) -> None:
    house.commit({"a.py": "x\n"})
    house.commit({"b.py": "y\n"})
    assert house.history() == LineHistory(units=(), churn=(), cuts=())


def test_an_inserted_line_has_the_history_of_its_neighbours(house: House) -> None:
    first = house.commit({"a.py": "one\ntwo\n"})
    house.commit({"a.py": "one\nand\ntwo\n"})
    assert told(house.history()) == [[(first, 0, 2, 0)]]


def test_a_renamed_file_is_looked_up_under_its_old_name(house: House) -> None:
    house.commit({"a.py": numbered(9)})
    house.commit({"a.py": None, "b.py": numbered(9)})
    assert [(churn.path, churn.changes) for churn in house.history().churn] == [("a.py", 1)]


def test_a_clock_that_runs_ahead_makes_no_negative_age(house: House) -> None:
    house.commit({"a.py": "one\n"}, after_days=50)
    house.commit({"b.py": "x\n"}, after_days=-20)
    house.commit({"a.py": "two\n"})
    assert [commit.age_days for unit in house.history().units for commit in unit.commits] == [0]


def test_changes_of_paths_are_counted(house: House) -> None:
    for number in range(5):
        house.commit({"a.py": f"{number}\n", "b.py": "x\n"})
    house.commit({"a.py": "new\n", "b.py": "y\n"})
    found = house.history(HistoryLimits(churn_commits=3)).churn
    assert [(churn.path, churn.changes, churn.of_commits) for churn in found] == [
        ("a.py", 3, 3),
        ("b.py", 0, 3),
    ]


def test_time_that_is_over_is_a_cut_and_no_error(house: House) -> None:
    house.commit({"a.py": numbered(40), "b.py": "x\n"})
    house.commit({"a.py": numbered(40, [10, 30]), "b.py": "y\n"})
    found = house.history(NEVER)
    assert (found.units, found.churn) == ((), ())
    assert found.cuts == (
        "the history of 3 hunks in 2 files, first a.py, was not looked up: limit 0 s a change",
        "how often paths were changed could not be counted: no end after 0 s",
    )


def test_lines_that_were_not_told_in_time_are_counted_and_named(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.commit({"a.py": "one\ntwo\n"})
    house.commit({"a.py": "1\n2\n"})
    whole = house.git.line_origins(house.base, b"a.py", [(1, 1)], timeout_s=9)
    part = replace(whole, complete=False)
    monkeypatch.setattr(MemoryGit, "line_origins", lambda *_, **__: part)
    found = house.history()
    assert [(unit.untold_lines, len(unit.commits)) for unit in found.units] == [(1, 1)]
    assert found.cuts == ("the history of 1 lines of a.py was not told within 0.50 s",)


def test_where_a_clone_ends_the_history_is_said_not_to_be_known(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.commit({"a.py": "one\n"})
    house.commit({"a.py": "two\n"})
    whole = house.git.line_origins(house.base, b"a.py", [(1, 1)], timeout_s=9)
    cut = replace(whole, origins=tuple(replace(origin, at_clone_end=True) for origin in whole.origins))
    monkeypatch.setattr(MemoryGit, "line_origins", lambda *_, **__: cut)
    found = house.history()
    assert [commit.at_clone_end for unit in found.units for commit in unit.commits] == [True]
    assert found.cuts == ("1 lines of a.py are older than this shallow clone: their history is not known",)


def test_a_file_git_cannot_tell_about_is_a_cut_and_the_others_are_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.commit({"a.py": "one\n", "b.py": "one\n"})
    house.commit({"a.py": "two\n", "b.py": "two\n"})
    answer = MemoryGit.line_origins

    def broken(git: MemoryGit, commit: str, path: bytes, *rest: object, **more: object) -> LineOrigins:
        if path == b"a.py":
            raise RepositoryError("git blame: an object is missing")
        return answer(git, commit, path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(MemoryGit, "line_origins", broken)
    found = house.history()
    assert len(found.units) == 1
    assert found.cuts == ("the history of a.py could not be looked up: git blame: an object is missing",)


def test_the_files_with_most_deleted_lines_are_looked_up_first_and_the_rest_is_named(house: House) -> None:
    house.commit({"a.py": numbered(60), "b.py": numbered(9)})
    house.commit({"a.py": numbered(60, [10, 30, 50]), "b.py": numbered(9, [1, 2, 3, 4])})
    found = house.history(HistoryLimits(max_hunks=2))
    paths = {unit.id: unit.path for unit in house.snapshot.units}
    assert [paths[unit.unit] for unit in found.units] == ["a.py", "b.py"]
    assert found.cuts == ("the history of 2 hunks was not looked up: limit 2 hunks a change",)


def test_paths_above_the_limit_are_not_counted_and_that_is_said(house: House) -> None:
    house.commit({"a.py": "x\n", "b.py": "x\n"})
    house.commit({"a.py": "y\n", "b.py": "y\n"})
    found = house.history(HistoryLimits(churn_paths=1))
    assert [churn.path for churn in found.churn] == ["a.py"]
    assert found.cuts == ("changes of 1 paths were not counted: limit 1 a change",)


def test_a_submodule_has_churn_but_no_lines(house: House) -> None:
    house.commit({"sub": "1" * 40}, modes={"sub": SUBMODULE})
    house.commit({"sub": "2" * 40}, modes={"sub": SUBMODULE})
    found = house.history()
    assert (found.units, found.cuts) == ((), ())
    assert [churn.path for churn in found.churn] == ["sub"]
