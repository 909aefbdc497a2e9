"""What a risk tier changes in a policy: which sub-agents are asked, and what each may spend."""

from reviewer.domain.triage import RiskTier
from reviewer.policy.always import ALL_AGENTS
from reviewer.policy.model import Policy
from reviewer.policy.sections import Budget

_SCALED = ("max_turns", "max_tool_calls", "max_input_tokens", "max_seconds")


def at_tier(policy: Policy, tier: RiskTier) -> Policy:
    """`policy` as it holds for a change of `tier`; to be asked once.

    Agents that the tier leaves out are `off`. They stay required, so that without them nothing is approved.
    """
    depth = policy.tiers.of(tier)
    left_out = {name: "off" for name in ALL_AGENTS if name not in depth.agents}
    return policy.model_copy(
        update={"agents": {**policy.agents, **left_out}, "budget": _scaled(policy.budget, depth.budget)}
    )


def _scaled(budget: Budget, percent: int) -> Budget:
    return budget.model_copy(
        update={name: max(1, getattr(budget, name) * percent // 100) for name in _SCALED}
    )
