"""What the team's own linters and scanners say about added lines, taken in as findings of their origin."""

from reviewer.domain.finding import (
    ChangedPathSubject,
    CodeSubject,
    Confidence,
    Finding,
    Severity,
    Source,
    SourceKind,
)
from reviewer.domain.scanner import ResultLevel, ScannerResult
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject

_OF_LEVEL = {
    ResultLevel.ERROR: Severity.MEDIUM,
    ResultLevel.WARNING: Severity.LOW,
    ResultLevel.NOTE: Severity.LOW,
}
_OF_SCORE = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.0, Severity.LOW))
"""The least score of each, as code hosts read `security-severity`."""
_OF_PRECISION = {"very-high": Confidence.HIGH, "high": Confidence.HIGH, "low": Confidence.LOW}
_TITLE = 200
"""Characters."""


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a result. Unable where a report could not be taken in, or was in part."""
    scanned = facts.evidence.scanners
    if scanned is None:
        return Outcome((), None)
    units = _units(facts)
    findings = tuple(_finding(rule, one, units[one.path, one.line]) for one in scanned.results)
    return Outcome(findings, "; ".join(scanned.problems) or None)


def _units(facts: Facts) -> dict[tuple[str, int], str]:
    """The unit that adds each added line."""
    return {
        (unit.path, line.new_line): unit.id
        for unit in facts.snapshot.units
        for line in (unit.hunk.lines if unit.hunk else ())
        if line.new_line is not None
    }


def _finding(rule: Rule, told: ScannerResult, unit: str) -> Finding:
    return Finding(
        source=Source(kind=SourceKind.TOOL, name=rule.name, version=rule.version),
        title=_title(told),
        explanation=_explanation(told),
        severity=_severity(told),
        confidence=_OF_PRECISION.get(told.precision, Confidence.MEDIUM),
        subject=_subject(told, unit),
        units=(unit,),
    )


def _title(told: ScannerResult) -> str:
    said = told.message or ("a credential is reported" if told.is_about_secret else told.about)
    title = f"[{' '.join(filter(None, (told.tool, told.rule)))}] {said}".rstrip()
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"


def _explanation(told: ScannerResult) -> str:
    version = f" {told.tool_version}" if told.tool_version else ""
    by_rule = f" by its rule {told.rule}" if told.rule else ""
    where = (
        f"{told.tool}{version} reports line {told.line} of the file as {told.level}{by_rule} ({told.report})."
    )
    hidden = " Its message and the line are not quoted: they may hold the credential." * told.is_about_secret
    words = " ".join(f"{label}: {text}" for label, text in _words(told))
    return f"{where}{hidden} {words}".rstrip()


def _words(told: ScannerResult) -> list[tuple[str, str]]:
    labelled = [("It says", told.message), ("The rule is for", told.about)]
    return [(label, text) for label, text in labelled if text]


def _severity(told: ScannerResult) -> Severity:
    if told.security_severity is None:
        return _OF_LEVEL[told.level]
    score = told.security_severity
    return next(severity for least, severity in _OF_SCORE if score >= least)


def _subject(told: ScannerResult, unit: str) -> CodeSubject | ChangedPathSubject:
    if told.quote is None:
        return ChangedPathSubject(path=told.path, unit=unit)
    return code_subject(told.quote)


RULE = Rule("scanner-report", "1", check)
