"""Completeness: a change that was not read whole is never passed."""

from reviewer.domain.change import Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy


def completeness(snapshot: Snapshot, policy: Policy) -> GateResult:  # noqa: ARG001 - every gate has this shape
    """Could not tell, when the snapshot names anything it does not hold.

    Effect: escalate. Setting: none.
    """
    problems = snapshot.completeness.problems
    whole = snapshot.completeness.complete and not problems
    return GateResult(
        gate="completeness",
        answer=GateAnswer.PASS if whole else GateAnswer.UNKNOWN,
        effect=GateEffect.ESCALATE,
        value=f"{len(problems)} parts missing",
        limit="0 parts missing",
        reason="the snapshot holds the whole change"
        if whole
        else "; ".join(problems) or "the snapshot is partial",
    )
