import json
from typing import Any

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.scanner import ScannerEvidence
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.scanner_reports import changed_lines, collect_scanner_results
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

BEFORE = {"src/a.js": "one\ntwo\nthree\n", "lib/b.js": "b\n", "lib/a.js": "x\n"}
AFTER = {"src/a.js": "one\nnew\ntwo\nthree\n\nend\n"}  # lines 2, 5 and 6 are added


def told(*results: tuple[str, int], tool: str = "Tool", rule: str = "r1", **run: Any) -> bytes:
    found = [
        {
            "ruleId": rule,
            "message": {"text": "wrong"},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
            ],
        }
        for uri, line in results
    ]
    return json.dumps(
        {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": tool}}, "results": found, **run}]}
    ).encode()


def scanned(
    *reports: bytes, commit: str | None = None, after: dict[str, str] | None = None
) -> ScannerEvidence:
    repo = MemoryGit()
    base, head = repo.commit(BEFORE), repo.commit(after or AFTER)
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    given = [GivenReport(f"r{n}", raw, commit or head) for n, raw in enumerate(reports)]
    found = collect_scanner_results(change, Workspace(repo, change.revisions), given)
    assert found is not None
    return found


def lines(found: ScannerEvidence) -> list[tuple[str, int]]:
    return [(result.path, result.line) for result in found.results]


def test_only_results_about_added_lines_are_kept_with_their_line() -> None:
    found = scanned(told(("src/a.js", 1), ("src/a.js", 2), ("src/a.js", 3), ("lib/b.js", 1)))
    (result,) = found.results
    assert result.quote is not None
    assert (result.path, result.line, result.quote.text) == ("src/a.js", 2, "new")
    assert (found.problems, found.reports[0].tools) == ((), ("Tool",))


def test_nothing_given_is_none() -> None:
    repo = MemoryGit()
    base, head = repo.commit(BEFORE), repo.commit(AFTER)
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    assert collect_scanner_results(change, Workspace(repo, change.revisions), ()) is None


@pytest.mark.parametrize("prefix", ["/ci/work/shop/", "file:///C:/ci/shop/", "file://host/ci/"])
def test_absolute_paths_are_laid_over_the_tree(prefix: str) -> None:
    found = scanned(told((f"{prefix}src/a.js", 2), (f"{prefix}lib/b.js", 1), (f"{prefix}lib/a.js", 1)))
    assert (lines(found), found.problems) == ([("src/a.js", 2)], ())


def test_a_path_that_may_be_two_files_is_a_problem() -> None:
    found = scanned(told(("a.js", 2)))
    assert found.problems[0] == "r0: cannot tell whether src/a.js is meant by a path of the report"
    assert found.results == ()


def test_a_region_counts_in_its_first_ten_lines_only() -> None:
    many = {"src/a.js": "".join(f"l{n}\n" for n in range(1, 31))}
    base = json.loads(told(("src/a.js", 1)))
    region = base["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]

    def found(last: int, added: int) -> list[tuple[str, int]]:
        region["endLine"] = last
        repo = MemoryGit()
        text = many["src/a.js"]
        without = "".join(line for at, line in enumerate(text.splitlines(keepends=True), 1) if at != added)
        first, head = repo.commit({"src/a.js": without}), repo.commit(many)
        change = snapshot.take(repo, base=first, head=head, origin=Origin.LOCAL_RANGE).snapshot
        given = [GivenReport("r", json.dumps(base).encode(), head)]
        scanner = collect_scanner_results(change, Workspace(repo, change.revisions), given)
        assert scanner is not None
        return lines(scanner)

    assert found(30, 10) == [("src/a.js", 10)]
    assert found(30, 11) == []
    assert found(4, 5) == []


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"{}", "r0: version '' of SARIF, only 2.1.0 is read"),
        (told(("src/a.js", 9)), "r0: has lines of src/a.js beyond its 6 lines"),
        (told(("other.js", 1)), "r0: none of its 1 files is in the repository"),
        (
            told(
                ("src/a.js", 2),
                versionControlProvenance=[{"repositoryUri": "https://x", "revisionId": "f" * 40}],
            ),
            "r0: says that it was made at fffffffffff…",
        ),
    ],
)
def test_a_report_that_does_not_fit_says_nothing_but_why(raw: bytes, problem: str) -> None:
    found = scanned(raw)
    assert found.results == ()
    assert found.problems[0].startswith(problem)


def test_a_report_of_another_commit_says_nothing() -> None:
    found = scanned(told(("src/a.js", 2)), commit="1" * 40)
    assert (found.results, found.reports[0].tools) == ((), None)
    assert found.problems[0].startswith("r0: made at 111111111111, the head is ")


def test_what_is_told_twice_counts_once_and_what_is_above_the_limit_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changed_lines, "MAX_TOLD", 1)
    twice = scanned(told(("src/a.js", 2), ("src/a.js", 2)))
    assert (len(twice.results), twice.problems) == (1, ())
    more = scanned(told(("src/a.js", 6), ("src/a.js", 2)))
    assert lines(more) == [("src/a.js", 2)]
    assert more.problems == ("r0: 2 results about added lines, the first 1 are told",)


def test_a_blank_line_has_no_quote() -> None:
    (result,) = scanned(told(("src/a.js", 5))).results
    assert (result.line, result.quote) == (5, None)


@pytest.mark.parametrize(
    ("tool", "rule"), [("gitleaks", "x"), ("Tool", "hardcoded_password-string"), ("T", "API-Key")]
)
def test_what_is_about_a_credential_keeps_neither_message_nor_line(tool: str, rule: str) -> None:
    (result,) = scanned(told(("src/a.js", 2), tool=tool, rule=rule)).results
    assert (result.is_about_secret, result.message, result.quote) == (True, "", None)


def test_words_are_screened_and_cut() -> None:
    token = "ghp_" + "a1B2c3D4e5F6g7H8i9" * 2
    raw = told(("src/a.js", 2)).replace(b'"wrong"', json.dumps(f"{token} \u202e\n" + "x" * 5_000).encode())
    (result,) = scanned(raw).results
    assert result.message.startswith("[secret: GitHub token] <U+202E> xxx")
    assert len(result.message) == 600


def test_a_file_that_holds_a_credential_is_not_quoted() -> None:
    token = "ghp_" + "a1B2c3D4e5F6g7H8i9" * 2
    (result,) = scanned(
        told(("src/a.js", 2)), after={"src/a.js": f"one\nnew = '{token}'\ntwo\nthree\n"}
    ).results
    assert token not in result.model_dump_json()
