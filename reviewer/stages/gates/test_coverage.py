"""Test coverage: whether tests ran the changed lines, where a report tells."""

from collections.abc import Iterator

from reviewer.domain.change import Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.domain.line_coverage import LineCoverage
from reviewer.policy import Policy

SHOWN = 5
"""Lines that are named one by one."""


def test_coverage(snapshot: Snapshot, covered: LineCoverage | None, policy: Policy) -> GateResult:
    """Stop, when too few of the added lines that can be run were run; lock and generated files left out.

    Without a report: could not tell where the policy requires one, else not applicable.

    Effect: escalate. Setting: `tests`.
    """
    least = policy.tests.min_changed_line_coverage
    if covered is None:
        required = policy.tests.report_required
        answer = GateAnswer.UNKNOWN if required else GateAnswer.NOT_APPLICABLE
        return _result(
            answer, "no report", least, "no report was given" + ("" if required else ", none is required")
        )
    uncounted = {file.path for file in snapshot.files if policy.is_uncounted(file)}
    files = [file for file in covered.files if file.path not in uncounted]
    lines = sum(len(file.executable) for file in files)
    missed = [f"{file.path}:{line}" for file in files for line in file.uncovered]
    value = f"{lines - len(missed)} of {lines} changed lines"
    told = f"tests ran {value}, {least}% are asked for"
    if missed:
        told += f"; not run: {_first(missed)}"
    unknown = list(_unknown(covered, uncounted, least))
    if (lines - len(missed)) * 100 < least * lines:
        return _result(GateAnswer.STOP, value, least, told)
    if unknown:
        return _result(GateAnswer.UNKNOWN, value, least, _first(unknown))
    return _result(GateAnswer.PASS, value, least, told)


def _unknown(covered: LineCoverage, uncounted: set[str], least: int) -> Iterator[str]:
    yield from covered.problems
    if least:
        yield from (f"{path} is in no report" for path in covered.unlisted if path not in uncounted)


def _first(reasons: list[str]) -> str:
    more = f" and {len(reasons) - SHOWN} more" if len(reasons) > SHOWN else ""
    return ", ".join(reasons[:SHOWN]) + more


def _result(answer: GateAnswer, value: str, least: int, reason: str) -> GateResult:
    return GateResult(
        gate="test_coverage",
        answer=answer,
        effect=GateEffect.ESCALATE,
        value=value,
        limit=f"{least}% of changed lines",
        reason=reason,
    )
