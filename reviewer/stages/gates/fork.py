"""Fork: whoever can fork a repository can send a change, and it is built there without secrets."""

from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, not_told


def fork(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:  # noqa: ARG001 - a gate's shape
    """Stop, when the head lies in another repository than the base and policy does not allow forks.

    Effect: escalate. Setting: `approval.forks`.
    """
    fact, allowed = host.is_fork, policy.approval.forks
    if isinstance(fact, Unknown):
        return not_told("fork", "where the head lies", fact.why)
    stops = fact.value and allowed != "allow"
    where = "in another repository" if fact.value else "in the repository of the base"
    return escalates(
        "fork",
        GateAnswer.STOP if stops else GateAnswer.PASS,
        value=f"the head lies {where}",
        limit=f"approval.forks: {allowed}",
        reason=f"the head lies {where}" + (f", and approval.forks is {allowed}" if fact.value else ""),
    )
