"""Approvable paths: approvals are opt-in per path, and lock or generated files bar them unless policy names them."""

from collections.abc import Iterator

from reviewer.domain.change import FileChange, Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy, matches


def approvable_paths(snapshot: Snapshot, policy: Policy) -> GateResult:
    """Stop, when a changed path lies outside `approval.paths` or is uncounted and not named as approvable.

    Effect: escalate. Settings: `approval.paths`, `paths.approvable_uncounted`.
    """
    reasons = [reason for file in snapshot.files for reason in _why(file, policy)]
    more = f" and {len(reasons) - 1} more" if len(reasons) > 1 else ""
    return GateResult(
        gate="approvable_paths",
        answer=GateAnswer.STOP if reasons else GateAnswer.PASS,
        effect=GateEffect.ESCALATE,
        value=f"{len(reasons)} paths without approval",
        limit="0 paths without approval",
        reason=f"{reasons[0]}{more}" if reasons else "policy allows approvals on every changed path",
    )


def _why(file: FileChange, policy: Policy) -> Iterator[str]:
    """A file that moved is judged where it was and where it is."""
    for path in dict.fromkeys((file.path, file.path_at_base)):
        if not matches(path, policy.approval.paths):
            yield f"{path}: outside approval.paths"
        uncounted = file.marked_at_base or policy.is_listed_uncounted(path)
        if uncounted and not matches(path, policy.paths.approvable_uncounted):
            yield f"{path}: a lock or generated file, not named in paths.approvable_uncounted"
