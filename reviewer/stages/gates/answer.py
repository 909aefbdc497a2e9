"""Answers of gates that lead to a human, in the shape that all of them share."""

from collections.abc import Sequence

from reviewer.domain.gate import GateAnswer, GateEffect, GateResult


def escalates(gate: str, answer: GateAnswer, *, value: str, limit: str, reason: str) -> GateResult:
    """A result whose stop needs a human."""
    return GateResult(
        gate=gate, answer=answer, effect=GateEffect.ESCALATE, value=value, limit=limit, reason=reason
    )


def not_told(gate: str, what: str, why: str, *, effect: GateEffect = GateEffect.ESCALATE) -> GateResult:
    """Could not tell, because the fact `what` is not known."""
    return GateResult(
        gate=gate,
        answer=GateAnswer.UNKNOWN,
        effect=effect,
        value="not known",
        limit=f"{what} known",
        reason=f"{what} is not known: {why}",
    )


def first_of(reasons: Sequence[str]) -> str:
    """The first of `reasons`, and how many more there are."""
    more = f" and {len(reasons) - 1} more" if len(reasons) > 1 else ""
    return f"{reasons[0]}{more}"
