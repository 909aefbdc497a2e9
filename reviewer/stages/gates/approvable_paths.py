"""Approvable paths: approvals are opt-in per path, and lock or generated files bar them unless policy names them."""

from reviewer.domain.change import Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy, matches


def approvable_paths(snapshot: Snapshot, policy: Policy) -> GateResult:
    """Stop, when a changed path lies outside `approval.paths` or is uncounted and not named as approvable."""
    outside = [_why(path, policy) for path in sorted({file.path for file in snapshot.files})]
    reasons = [reason for reason in outside if reason]
    more = f" and {len(reasons) - 1} more" if len(reasons) > 1 else ""
    return GateResult(
        gate="approvable_paths",
        answer=GateAnswer.STOP if reasons else GateAnswer.PASS,
        effect=GateEffect.ESCALATE,
        value=f"{len(reasons)} paths without approval",
        limit="0 paths without approval",
        reason=f"{reasons[0]}{more}" if reasons else "policy allows approvals on every changed path",
    )


def _why(path: str, policy: Policy) -> str | None:
    if not matches(path, policy.approval.paths):
        return f"{path}: outside approval.paths"
    if policy.is_uncounted(path) and not matches(path, policy.paths.approvable_uncounted):
        return f"{path}: a lock or generated file, not named in paths.approvable_uncounted"
    return None
