"""Approval share: a house starts with some of its pull requests, and each stays on its side."""

from reviewer.domain.change import Snapshot
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates


def approval_share(snapshot: Snapshot, policy: Policy, host: HostFacts | None) -> GateResult:
    """Stop, when the pull request is not among the share that may be approved.

    Its place from 0 to 99 comes from a digest of repository and number, so that every push gives the same answer
    and a higher share only adds pull requests. A local change has no place, which matters only between 0 and 100.

    Effect: escalate. Setting: `approval.share`.
    """
    share = policy.approval.share
    place = None if host is None else int(host.pull_request.digest, 16) % 100
    if share in (0, 100):
        answer = GateAnswer.PASS if share else GateAnswer.STOP
        reason = "every pull request may be approved" if share else "no pull request may be approved: share 0"
    elif place is None:
        answer = GateAnswer.NOT_APPLICABLE if snapshot.origin.is_local else GateAnswer.UNKNOWN
        reason = f"the share of {share} % is chosen by the pull request's number, which is not known here"
    else:
        answer = GateAnswer.PASS if place < share else GateAnswer.STOP
        reason = f"place {place} of 100, and those below {share} may be approved"
    return escalates(
        "approval_share",
        answer,
        value="no place" if place is None else f"place {place}",
        limit=f"below {share}",
        reason=reason,
    )
