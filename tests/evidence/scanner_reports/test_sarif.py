"""Reports in the shapes that common tools give them, written small, and hostile ones."""

import json
from typing import Any

import pytest

from reviewer.domain.scanner import ResultLevel
from reviewer.evidence.given_report import UnreadableReport
from reviewer.evidence.scanner_reports import node, sarif
from reviewer.evidence.scanner_reports.report import ToldPlace, ToldResult
from reviewer.evidence.scanner_reports.sarif import read_sarif


def place(uri: str = "src/a.js", line: int = 2, **region: int) -> dict[str, Any]:
    where = {"artifactLocation": {"uri": uri}, "region": {"startLine": line, **region}}
    return {"physicalLocation": where}


def a_result(**more: Any) -> dict[str, Any]:
    return {"ruleId": "r1", "message": {"text": "wrong"}, "locations": [place()], **more}


def a_report(*results: dict[str, Any], driver: dict[str, Any] | None = None, **run: Any) -> bytes:
    tool = {"driver": driver or {"name": "Tool"}}
    return json.dumps(
        {"version": "2.1.0", "runs": [{"tool": tool, "results": list(results), **run}]}
    ).encode()


def only(raw: bytes) -> ToldResult:
    (result,) = read_sarif(raw).results
    return result


def test_eslint_names_its_rule_by_index_and_its_files_by_url() -> None:
    rules = [
        {"id": "no-eval", "shortDescription": {"text": "disallow the use of eval()"}, "helpUri": "https://x"}
    ]
    told = only(
        a_report(
            {
                "level": "error",
                "message": {"text": "eval can be harmful."},
                "locations": [place("file:///build/shop/shop/src/a%20b.js", 14, startColumn=3)],
                "ruleId": "no-eval",
                "ruleIndex": 0,
            },
            driver={"name": "ESLint", "version": "9.1.0", "rules": rules},
            artifacts=[{"location": {"uri": "file:///build/shop/shop/src/a%20b.js"}}],
        )
    )
    assert (told.tool, told.tool_version, told.level) == ("ESLint", "9.1.0", ResultLevel.ERROR)
    assert (told.rule.id, told.rule.about) == ("no-eval", "disallow the use of eval()")
    assert told.places == (ToldPlace("/build/shop/shop/src/a b.js", 14, 14),)


def test_ruff_has_a_null_where_another_has_nothing() -> None:
    fixes = [{"artifactChanges": [], "description": {"text": None}}]
    told = only(a_report(a_result(level="error", fixes=fixes, fingerprints=None, ruleIndex=None)))
    assert (told.rule.id, told.message) == ("r1", "wrong")


def test_codeql_describes_its_rules_in_an_extension_with_a_score() -> None:
    rule = {
        "id": "py/sql-injection",
        "shortDescription": {"text": "SQL query built from user-controlled sources"},
        "defaultConfiguration": {"enabled": True, "level": "error"},
        "properties": {
            "precision": "high",
            "security-severity": "8.8",
            "tags": ["security", "external/cwe/cwe-089"],
        },
    }
    report = json.loads(
        a_report(
            {
                "ruleId": "py/sql-injection",
                "rule": {"id": "py/sql-injection", "index": 0, "toolComponent": {"index": 1}},
                "message": {"text": "This depends on a [user-provided value](1)."},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "db.py", "uriBaseId": "%SRCROOT%", "index": 0},
                            "region": {"startLine": 5, "startColumn": 9, "endColumn": 30},
                        }
                    }
                ],
            }
        )
    )
    report["runs"][0]["tool"]["extensions"] = [{"name": "other"}, {"name": "codeql/python", "rules": [rule]}]
    told = only(json.dumps(report).encode())
    assert (told.level, told.rule.security_severity, told.rule.precision) == (ResultLevel.ERROR, 8.8, "high")
    assert told.places == (ToldPlace("db.py", 5, 5),)


def test_semgrep_takes_the_level_from_its_rule_s_default() -> None:
    rule = {
        "id": "r1",
        "name": "r1",
        "defaultConfiguration": {"level": "note"},
        "fullDescription": {"text": "why"},
    }
    assert (
        only(a_report(a_result(), driver={"name": "Semgrep OSS", "rules": [rule]})).level is ResultLevel.NOTE
    )


def test_gitleaks_gives_neither_level_nor_default_which_means_a_warning() -> None:
    told = only(
        a_report(a_result(partialFingerprints={"commitSha": "x"}), driver={"name": "gitleaks", "rules": []})
    )
    assert told.level is ResultLevel.WARNING


@pytest.mark.parametrize(
    "told",
    [
        {"suppressions": [{"kind": "inSource"}]},
        {"suppressions": [{"kind": "external", "status": "accepted"}]},
        {"baselineState": "unchanged"},
        {"baselineState": "absent"},
        {"kind": "pass"},
        {"kind": "informational"},
        {"level": "none"},
        {"locations": []},
        {"locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/a.js"}}}]},
        {"locations": [place("https://example.org/a.js")]},
        {"locations": [place("../../etc/passwd")]},
        {"locations": [place("src/%2e%2e/a.js")]},
    ],
)
def test_what_the_tool_does_not_want_told_and_what_has_no_place_is_left_out(told: dict[str, Any]) -> None:
    assert read_sarif(a_report(a_result(**told))).results == ()


@pytest.mark.parametrize(
    "told",
    [
        {"suppressions": []},
        {"suppressions": [{"kind": "inSource", "status": "rejected"}]},
        {"suppressions": [{"kind": "inSource", "status": "underReview"}]},
        {"baselineState": "new"},
        {"baselineState": "updated"},
        {"kind": "fail"},
    ],
)
def test_what_is_much_like_it_is_told(told: dict[str, Any]) -> None:
    assert len(read_sarif(a_report(a_result(**told))).results) == 1


def test_a_base_of_paths_is_put_in_front_and_one_of_nothing_is_not() -> None:
    where = {"artifactLocation": {"uri": "a.js", "uriBaseId": "SRC"}, "region": {"startLine": 1}}
    result = a_result(locations=[{"physicalLocation": where}])
    bases = {"SRC": {"uri": "src/", "uriBaseId": "ROOT"}, "ROOT": {"uri": "file:///ci/shop/"}}
    assert only(a_report(result, originalUriBaseIds=bases)).places[0].path == "/ci/shop/src/a.js"
    endless = {"SRC": {"uri": "x/", "uriBaseId": "SRC"}}
    assert only(a_report(result, originalUriBaseIds=endless)).places[0].path == "x/" * 10 + "a.js"
    assert only(a_report(result)).places[0].path == "a.js"


def test_a_path_may_stand_in_the_list_of_artifacts_only() -> None:
    where = {"artifactLocation": {"index": 1}, "region": {"startLine": 1}}
    result = a_result(locations=[{"physicalLocation": where}])
    artifacts = [{"location": {"uri": "b.js"}}, {"location": {"uri": "a.js"}}]
    assert only(a_report(result, artifacts=artifacts)).places[0].path == "a.js"


def test_a_message_by_id_is_written_out() -> None:
    rules = [{"id": "r1", "messageStrings": {"default": {"text": "{0} shadows {1}"}}}]
    result = a_result(message={"id": "default", "arguments": ["x", "y"]})
    assert only(a_report(result, driver={"name": "T", "rules": rules})).message == "x shadows y"


def test_a_region_that_ends_before_the_first_column_does_not_touch_its_last_line() -> None:
    result = a_result(locations=[place(line=2, endLine=3, endColumn=1)])
    assert only(a_report(result)).places == (ToldPlace("src/a.js", 2, 2),)


@pytest.mark.parametrize("score", ["", "high", "nan", "1e999", "-1", "11", True, None, [], "9" * 5_000])
def test_a_score_that_is_none_is_passed_over(score: Any) -> None:
    rules = [{"id": "r1", "properties": {"security-severity": score}}]
    assert only(a_report(a_result(), driver={"name": "T", "rules": rules})).rule.security_severity is None


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b'{"version": "2.1.0", "runs": [', "not JSON: Expecting value: line 1 column 31"),
        (b"\xff\xfe{", "not UTF-8: invalid start byte at byte 0"),
        (b"[]", "JSON, but no object"),
        (b'{"version": "2.1.0", "x": NaN}', "not JSON: NaN is no value"),
        (b'{"version": "2.1.0", "x": %s}' % (b"9" * 5_000), "not JSON: Exceeds the limit"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (b'{"version": "2.0.0", "runs": []}', "version '2.0.0' of SARIF, only 2.1.0 is read"),
        (b'{"version": "2.1.0"}', "has no runs"),
        (b'{"version": "2.1.0", "runs": {}}', "runs is no list"),
        (b'{"version": "2.1.0", "runs": [7]}', "runs[0] is no object"),
        (b'{"version": "2.1.0", "runs": [{}]}', "runs[0].tool.driver.name is no text"),
        (a_report(a_result(), a_result(locations=[7])), "runs[0].results[1].locations[0] is no object"),
        (a_report(a_result(level="fatal")), "runs[0].results[0].level is no error, warning, note or none"),
        (a_report(a_result(ruleIndex=True)), "runs[0].results[0].ruleIndex is no number"),
        (a_report(a_result(locations=[place(line=0)])), "region.startLine is no line that a file has"),
        (a_report(a_result(locations=[place(line=10**12)])), "region.startLine is no line that a file has"),
        (
            a_report(a_result(locations=[place(line=9, endLine=2)])),
            "region.startLine is no line that a file has",
        ),
    ],
)
def test_a_damaged_report_says_where(raw: bytes, problem: str) -> None:
    with pytest.raises(UnreadableReport) as raised:
        read_sarif(raw)
    assert problem in str(raised.value)


def test_a_report_above_a_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "MAX_BYTES", 10)
    with pytest.raises(UnreadableReport, match="bytes, limit 10"):
        read_sarif(a_report())
    monkeypatch.undo()
    monkeypatch.setattr(sarif, "MAX_RESULTS", 1)
    with pytest.raises(UnreadableReport, match="2 results, limit 1"):
        read_sarif(a_report(a_result(), a_result()))
