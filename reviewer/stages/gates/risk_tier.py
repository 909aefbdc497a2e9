"""Risk tier: what facts alone call too risky for an approval by the engine goes to a human."""

from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.triage import Triage
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, not_told


def risk_tier(triage: Triage | None, policy: Policy) -> GateResult:
    """Stop above the highest risk tier that may be approved. Facts that are not known have raised the tier.

    Effect: escalate. Settings: `approval.max_tier`, `triage`.
    """
    if triage is None:
        return not_told("risk_tier", "the risk of the change", "it was not assessed")
    limit = policy.approval.max_tier
    return escalates(
        "risk_tier",
        GateAnswer.STOP if triage.tier.rank > limit.rank else GateAnswer.PASS,
        value=f"{triage.tier} risk",
        limit=f"{limit} risk",
        reason=f"{triage.headline}, limit {limit}",
    )
