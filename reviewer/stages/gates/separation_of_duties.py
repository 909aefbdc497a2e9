"""Separation of duties: who had a hand in a change does not approve it, and neither does the engine its own."""

from collections.abc import Iterator

from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts, Pseudonym
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, first_of


def separation_of_duties(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:  # noqa: ARG001 - a gate's shape
    """Stop, when the engine's account or an approver also is author, committer, pusher, co-author or initiator.

    Could not tell, when any of these is not known and no clash is proven by the others.

    Effect: escalate. Setting: none.
    """
    clashes = [f"{who} is also {role} of the change" for role, account in _hands(host)
               for who in _judges(host, account)]  # fmt: skip
    gaps = list(_gaps(host))
    if clashes:
        answer, reason = GateAnswer.STOP, first_of(clashes)
    elif gaps:
        answer, reason = GateAnswer.UNKNOWN, first_of(gaps)
    else:
        answer, reason = GateAnswer.PASS, "nobody who had a hand in the change judges it"
    return escalates(
        "separation_of_duties",
        answer,
        value=f"{len(clashes)} clashes, {len(gaps)} facts not known",
        limit="0 clashes",
        reason=reason,
    )


def _hands(host: HostFacts) -> Iterator[tuple[str, Pseudonym]]:
    """Role and account of everyone who is known to have had a hand in it."""
    if not isinstance(host.author, Unknown):
        yield "author", host.author.value.account
    if not isinstance(host.initiator, Unknown) and host.initiator.value is not None:
        yield "initiator", host.initiator.value
    for role, fact in (
        ("committer", host.committers),
        ("pusher", host.pushers),
        ("co-author", host.co_authors),
    ):
        if not isinstance(fact, Unknown):
            yield from ((role, account) for account in fact.value)


def _judges(host: HostFacts, account: Pseudonym) -> Iterator[str]:
    if not isinstance(host.engine, Unknown) and host.engine.value == account:
        yield "the engine's own account"
    if not isinstance(host.approvers, Unknown) and account in host.approvers.value:
        yield "an approver"


def _gaps(host: HostFacts) -> Iterator[str]:
    facts = {
        "the author": host.author,
        "who committed": host.committers,
        "who pushed": host.pushers,
        "who else wrote": host.co_authors,
        "who set an agent to work": host.initiator,
        "who approved": host.approvers,
        "the engine's own account": host.engine,
    }
    for what, fact in facts.items():
        if isinstance(fact, Unknown):
            yield f"{what} is not known: {fact.why}"
