"""Gates that need facts only a code host has; on a local change they are listed, not skipped in silence."""

from reviewer.domain.change import Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult

NEEDS = {
    "draft": "whether the pull request is a draft",
    "fork": "whether the head lies in a fork",
    "separation_of_duties": "who wrote, pushed and approves",
    "required_checks": "the checks at this head",
    "sibling_pull_requests": "other pull requests with the same head",
    "freshness": "whether head and base are still current",
}


def code_host(snapshot: Snapshot) -> tuple[GateResult, ...]:
    """One result a gate: not applicable on a local change, could not tell where a host exists but was not asked."""
    local = snapshot.origin.is_local
    return tuple(
        GateResult(
            gate=gate,
            answer=GateAnswer.NOT_APPLICABLE if local else GateAnswer.UNKNOWN,
            effect=GateEffect.ESCALATE,
            value="not asked",
            limit="known from the code host",
            reason=f"needs {fact}; "
            + ("a local change has none" if local else "the code host was not asked"),
        )
        for gate, fact in NEEDS.items()
    )
