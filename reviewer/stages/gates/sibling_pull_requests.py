"""Sibling pull requests: a check run belongs to a commit, so it is green for all that have this head."""

from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, not_told


def sibling_pull_requests(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:  # noqa: ARG001 - a gate's shape
    """Stop, when another open pull request has the same head commit: a green check would open both.

    Effect: escalate. Setting: none.
    """
    if isinstance(host.siblings, Unknown):
        return not_told("sibling_pull_requests", "other pull requests with this head", host.siblings.why)
    others = [number for number in host.siblings.value if number != host.pull_request.number]
    named = ", ".join(f"#{number}" for number in others[:5]) + (", …" if len(others) > 5 else "")
    return escalates(
        "sibling_pull_requests",
        GateAnswer.STOP if others else GateAnswer.PASS,
        value=f"{len(others)} other pull requests with this head",
        limit="0 other pull requests with this head",
        reason=f"{named} has the same head commit" if others else "no other open pull request has this head",
    )
