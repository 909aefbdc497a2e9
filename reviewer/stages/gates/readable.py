"""Readable: units that nobody here can look into need a human."""

from reviewer.domain.change import UNREADABLE, Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy


def readable(snapshot: Snapshot, policy: Policy) -> GateResult:  # noqa: ARG001 - every gate has this shape
    """Could not tell, when a unit is binary, a submodule, or over the reading limit."""
    closed = [unit for unit in snapshot.units if unit.kind in UNREADABLE]
    return GateResult(
        gate="readable",
        answer=GateAnswer.UNKNOWN if closed else GateAnswer.PASS,
        effect=GateEffect.ESCALATE,
        value=f"{len(closed)} unreadable units",
        limit="0 unreadable units",
        reason=f"{closed[0].summary}: no rule and no agent can read it"
        if closed
        else f"all {len(snapshot.units)} units can be read",
    )
