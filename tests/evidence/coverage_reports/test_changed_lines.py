from collections.abc import Sequence

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.line_coverage import FileCoverage, LineCoverage
from reviewer.evidence.coverage_reports import changed_lines, collect_line_coverage
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

BEFORE = {"src/a.py": "x = 1\n", "src/b.py": "y = 1\n"}
AFTER = {"src/a.py": "x = 1\nif x:\n    x = 2\n\n# done\n"}


def covered(
    *reports: bytes, commit: str | None = None, after: dict[str, str] | None = None
) -> LineCoverage | None:
    repo = MemoryGit()
    base, head = repo.commit(BEFORE), repo.commit(after or AFTER)
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    given: Sequence[GivenReport] = [
        GivenReport(f"r{n}", raw, commit or head) for n, raw in enumerate(reports)
    ]
    return collect_line_coverage(change, Workspace(repo, change.revisions), given)


def lcov(path: str, **lines: int) -> bytes:
    told = "".join(f"DA:{line[1:]},{hits}\n" for line, hits in lines.items())
    return f"SF:{path}\n{told}end_of_record\n".encode()


def known(found: LineCoverage | None) -> LineCoverage:
    assert found is not None
    return found


def test_only_added_lines_that_a_report_lists_count() -> None:
    found = known(covered(lcov("src/a.py", l1=0, l2=1, l3=0)))
    assert found.files == (FileCoverage(path="src/a.py", executable=(2, 3), uncovered=(3,)),)
    assert (found.problems, found.unlisted) == ((), ())


def test_a_line_that_ran_in_any_report_has_run() -> None:
    found = known(covered(lcov("src/a.py", l2=1, l3=0), lcov("/ci/src/a.py", l2=0, l3=4)))
    assert found.files[0].uncovered == ()
    assert [used.form for used in found.reports] == ["lcov", "lcov"]


def test_no_report_is_none() -> None:
    assert covered() is None


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"{}", "r0: neither Cobertura XML nor LCOV nor a profile of `go test`"),
        (lcov("src/a.py", l9=1), "r0: has lines of src/a.py beyond its 5 lines"),
        (lcov("lib/other.py", l1=1), "r0: none of its 1 files is in the repository"),
    ],
)
def test_a_report_that_does_not_fit_is_a_problem_and_covers_nothing(raw: bytes, problem: str) -> None:
    found = known(covered(raw))
    assert (found.problems, found.files) == ((problem,), ())


def test_a_report_of_another_commit_covers_nothing() -> None:
    found = known(covered(lcov("src/a.py", l2=1), commit="0" * 40))
    assert found.files == ()
    assert found.problems[0].startswith("r0: made at 000000000000, the head is ")


def test_changed_code_that_no_report_lists_is_told_and_tests_and_documents_are_not() -> None:
    after = {"src/new.py": "z = 1\n", "tests/test_a.py": "z = 1\n", "notes.md": "words\n"}
    assert known(covered(lcov("src/b.py", l1=1), after=after)).unlisted == ("src/new.py",)


def test_a_path_that_may_be_the_changed_file_is_a_problem() -> None:
    after = {"one/a.py": "z = 1\n", "two/a.py": "z = 1\n"}
    found = known(covered(lcov("a.py", l1=1), after=after))
    assert "r0: cannot tell whether one/a.py is meant by a path of the report" in found.problems


def test_a_report_of_too_many_paths_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed_lines, "MAX_SPELLINGS", 1)
    found = known(covered(lcov("src/a.py", l2=1) + lcov("src/b.py", l1=1)))
    assert (found.problems, found.files) == (("r0: 2 ways to spell its paths, limit 1",), ())
