"""What the engine concluded and the tree of reasons for it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from reviewer.domain.value import Digest, Value


class DecisionOutcome(StrEnum):
    """The four ways a review can end."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    ESCALATE = "escalate"
    REFUSE = "refuse"


class Reason(Value):
    """One node of the tree: a condition, whether it holds, and what it rests on."""

    code: str
    """Stable name for queries: `gate.size`, `coverage.incomplete`."""
    argues_for: DecisionOutcome
    holds: bool
    """True when this condition is met and so argues for its outcome."""
    text: str
    because: tuple[Reason, ...] = ()


class Circumstances(Value):
    """Facts from outside the change that can only tighten a decision."""

    human_requested: bool = False
    approvals_suspended: bool = False


class Decision(Value):
    """The outcome, every reason that was weighed, and which policy weighed them."""

    outcome: DecisionOutcome
    headline: str
    """One sentence for people: why this outcome."""
    reasons: tuple[Reason, ...] = Field(min_length=1)
    """One node an outcome, in the order they were tried; all are kept, not only the winning one."""
    eligible: bool
    """True when no deterministic stop stands: gates, rules and policy alone would not prevent an approval."""
    policy_digest: Digest
