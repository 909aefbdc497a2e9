import asyncio
import json
from typing import Any

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.coverage import RuleReport
from reviewer.domain.finding import ChangedPathSubject, CodeSubject, Severity, SourceKind, VerificationOutcome
from reviewer.evidence.collect import collect
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.workspace import Workspace
from reviewer.policy import parse_policy
from reviewer.stages import rules, snapshot, verify
from reviewer.testing.memory_git import MemoryGit

RULE = "scanner-report"


class Scanned:
    """A change of one file with a report on its second line, which is added."""

    def __init__(
        self, *, line: int = 2, name: str = "ESLint", policy: str = "", head: str | None = None, **result: Any
    ) -> None:
        git = MemoryGit()
        base = git.commit({"app.js": "one()\n"})
        tip = git.commit({"app.js": "one()\neval(x)\n"})
        self.change = snapshot.take(git, base=base, head=tip, origin=Origin.LOCAL_RANGE)
        self.workspace = Workspace(git, self.change.snapshot.revisions)
        given = GivenReport("eslint.sarif", _report(name, line, result), head or tip)
        evidence = collect(self.change.snapshot, self.workspace, scanners=(given,))
        said = rules.run(self.change.snapshot, evidence, self.workspace, parse_policy(policy))
        self.report: RuleReport = next(one for one in said if one.rule == RULE)


def _report(name: str, line: int, result: dict[str, Any]) -> bytes:
    score = result.pop("score", None)
    where = {"artifactLocation": {"uri": "app.js"}, "region": {"startLine": line}}
    whole = {"ruleId": "no-eval", "message": {"text": "eval can be harmful."}, **result}
    whole["locations"] = [{"physicalLocation": where}]
    described = {
        "id": "no-eval",
        "shortDescription": {"text": "no eval"},
        "properties": {"security-severity": score},
    }
    tool = {"driver": {"name": name, "semanticVersion": "9.1.0", "rules": [described]}}
    return json.dumps({"version": "2.1.0", "runs": [{"tool": tool, "results": [whole]}]}).encode()


def test_a_result_about_an_added_line_is_a_finding_of_its_tool() -> None:
    scanned = Scanned(level="error")
    (finding,) = scanned.report.findings
    assert finding.source.kind is SourceKind.TOOL
    assert finding.title == "[ESLint no-eval] eval can be harmful."
    assert finding.explanation == (
        "ESLint 9.1.0 reports line 2 of the file as error by its rule no-eval (eslint.sarif)."
        " It says: eval can be harmful. The rule is for: no eval"
    )
    assert isinstance(finding.subject, CodeSubject)
    assert finding.subject.quote == "eval(x)"
    assert finding.units == (scanned.change.snapshot.units[0].id,)
    assert scanned.report.unable is None


def test_it_is_confirmed_by_its_quote_without_a_model() -> None:
    scanned = Scanned()
    (checked,), _ = asyncio.run(
        verify.confirm(
            scanned.report.findings, change=scanned.change, workspace=scanned.workspace, refuter=None
        )
    )
    assert (checked.outcome, checked.stage) == (VerificationOutcome.CONFIRMED, "quote")


def test_one_without_a_quote_is_confirmed_by_the_path() -> None:
    scanned = Scanned(name="gitleaks", message={"text": "found hunter2"})
    (finding,) = scanned.report.findings
    assert isinstance(finding.subject, ChangedPathSubject)
    assert "hunter2" not in finding.model_dump_json()
    (checked,), _ = asyncio.run(
        verify.confirm([finding], change=scanned.change, workspace=scanned.workspace, refuter=None)
    )
    assert checked.outcome is VerificationOutcome.CONFIRMED


@pytest.mark.parametrize(
    ("result", "severity"),
    [
        ({"level": "error"}, Severity.MEDIUM),
        ({"level": "warning"}, Severity.LOW),
        ({"level": "note"}, Severity.LOW),
        ({}, Severity.LOW),
        ({"level": "error", "score": "9.1"}, Severity.CRITICAL),
        ({"level": "warning", "score": "7.0"}, Severity.HIGH),
        ({"level": "error", "score": "6.9"}, Severity.MEDIUM),
        ({"level": "error", "score": 0}, Severity.LOW),
    ],
)
def test_a_score_of_security_goes_before_the_level(result: dict[str, Any], severity: Severity) -> None:
    (finding,) = Scanned(**result).report.findings
    assert finding.severity is severity


def test_a_result_about_a_line_that_was_there_is_no_finding() -> None:
    report = Scanned(line=1).report
    assert (report.findings, report.unable) == ((), None)


def test_a_report_of_another_commit_makes_it_unable() -> None:
    report = Scanned(head="1" * 40).report
    assert report.findings == ()
    assert report.unable is not None
    assert report.unable.startswith("eslint.sarif: made at 111111111111")


def test_without_a_report_it_is_silent_and_able(ruled: Any) -> None:
    report = ruled({"a.js": "a\n"}, {"a.js": "b\n"}).report(RULE)
    assert (report.findings, report.unable) == ((), None)


def test_a_long_message_does_not_make_a_long_title() -> None:
    (finding,) = Scanned(message={"text": "x" * 4_000}).report.findings
    assert len(finding.title) == 200
    assert len(finding.explanation) < 1_000


def test_it_can_be_silenced_by_path_like_any_rule() -> None:
    report = Scanned(
        policy=f"silences: [{{rule: {RULE}, paths: [app.js], reason: known since long ago}}]\n"
    ).report
    assert (report.findings, len(report.silenced)) == ((), 1)
