"""Protected paths: what judges changes, and what the house names, always goes to a human."""

from reviewer.domain.change import Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy


def protected_paths(snapshot: Snapshot, policy: Policy) -> GateResult:
    """Stop, when a path is protected before or after the change (moving a file out is a change to it).

    Effect: escalate. Setting: `paths.protected`.
    """
    touched = {path for file in snapshot.files for path in (file.path, file.path_at_base)}
    hits = sorted(path for path in touched if policy.is_protected(path))
    more = f" and {len(hits) - 1} more" if len(hits) > 1 else ""
    return GateResult(
        gate="protected_paths",
        answer=GateAnswer.STOP if hits else GateAnswer.PASS,
        effect=GateEffect.ESCALATE,
        value=f"{len(hits)} protected paths",
        limit="0 protected paths",
        reason=f"{hits[0]}{more}: protected, a human must look" if hits else "no protected path is touched",
    )
