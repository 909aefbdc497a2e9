"""Untested code: what changes while no test does was perhaps never tried."""

from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.evidence.base import is_tested_code
from reviewer.stages.triage.subject import Subject, argues, quiet


def untested_code(subject: Subject) -> RiskFactor:
    """Argue for `medium` where programs change by more than a few lines, and no test gets a line.

    Tests that stand inside the file that they test, as in Rust, are not seen.
    """
    programs = [file for file in subject.of(KindOfChange.CODE) if is_tested_code(file.path)]
    lines = sum(file.added_lines + file.deleted_lines for file in programs)
    tests = sum(file.added_lines > 0 for file in subject.of(KindOfChange.TESTS))
    limit = subject.policy.triage.untested_lines
    if lines <= limit or tests:
        return quiet("untested_code", f"{lines} changed lines of programs and {tests} tests, limit {limit}")
    said = f"{lines} changed lines of programs, and no test gets a line, limit {limit}"
    return argues("untested_code", RiskTier.MEDIUM, said)
