"""Undone paths: what one commit brings and a later one takes away is in no diff, and still enters the history."""

from reviewer.domain.base_facts import BaseFacts
from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, first_of, not_told


def undone_paths(snapshot: Snapshot, policy: Policy, base: BaseFacts) -> GateResult:  # noqa: ARG001 - a gate's shape
    """Stop, when a commit of the change touches a path of which nothing differs in the end: nobody reviews it.

    Effect: escalate. Setting: none.
    """
    if isinstance(base.undone, Unknown):
        return not_told("undone_paths", "what the single commits touch", base.undone.why)
    undone = [
        f"{path}: touched by a commit of the change, and undone by another" for path in base.undone.value
    ]
    return escalates(
        "undone_paths",
        GateAnswer.STOP if undone else GateAnswer.PASS,
        value=f"{len(undone)} undone paths",
        limit="0 undone paths",
        reason=first_of(undone) if undone else "all that its commits touch is part of the change",
    )
