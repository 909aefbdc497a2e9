"""Draft: who says that a change is not ready is believed."""

from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, not_told


def draft(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:  # noqa: ARG001 - a gate's shape
    """Stop, while the pull request is a draft.

    Effect: escalate. Setting: none.
    """
    fact = host.is_draft
    if isinstance(fact, Unknown):
        return not_told("draft", "whether it is a draft", fact.why)
    return escalates(
        "draft",
        GateAnswer.STOP if fact.value else GateAnswer.PASS,
        value="a draft" if fact.value else "no draft",
        limit="no draft",
        reason="the pull request is a draft" if fact.value else "the pull request is no draft",
    )
