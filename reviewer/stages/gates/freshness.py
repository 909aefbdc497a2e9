"""Freshness: a decision is about one base and one head, and says nothing about later ones."""

from collections.abc import Iterator

from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, first_of


def freshness(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:  # noqa: ARG001 - a gate's shape
    """Stop, when the pull request has another head or base by now; a run for those commits follows.

    Effect: escalate. Setting: none.
    """
    moved, gaps = list(_moved(snapshot, host)), list(_gaps(host))
    if moved:
        answer, reason = GateAnswer.STOP, first_of(moved)
    elif gaps:
        answer, reason = GateAnswer.UNKNOWN, first_of(gaps)
    else:
        answer, reason = GateAnswer.PASS, "base and head are the ones that were read"
    return escalates(
        "freshness",
        answer,
        value=f"{len(moved)} of base and head moved",
        limit="0 moved",
        reason=reason,
    )


def _moved(snapshot: Snapshot, host: HostFacts) -> Iterator[str]:
    read = snapshot.revisions
    for side, then, now in (("head", read.head, host.head_now), ("base", read.base, host.base_now)):
        if not isinstance(now, Unknown) and now.value != then:
            yield f"the {side} was {then[:12]} when it was read and is {now.value[:12]} now"


def _gaps(host: HostFacts) -> Iterator[str]:
    for side, now in (("head", host.head_now), ("base", host.base_now)):
        if isinstance(now, Unknown):
            yield f"the {side} of this moment is not known: {now.why}"
