"""Bot author: which kinds of authors may have their changes approved without a human."""

from reviewer.domain.change import AuthorKind, Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, not_told


def bot_author(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:
    """Stop, when an agent or a bot opened the pull request or wrote in it, and policy does not allow that kind.

    What the commits say about themselves counts too, when it is stricter: an agent that pushes as a human is one.

    Effect: escalate. Settings: `approval.agents`, `approval.bots`.
    """
    told = host.author
    account = AuthorKind.UNKNOWN if isinstance(told, Unknown) else told.value.kind
    allowed = {AuthorKind.AGENT: policy.approval.agents, AuthorKind.BOT: policy.approval.bots}
    kinds = sorted({snapshot.author.kind, account} - {AuthorKind.UNKNOWN})
    barred = [f"approval.{kind}s is {allowed[kind]}" for kind in kinds if allowed.get(kind) == "escalate"]
    if not barred and account is AuthorKind.UNKNOWN:
        why = told.why if isinstance(told, Unknown) else "the code host does not tell it"
        return not_told("bot_author", "the author's kind", why)
    written = f"written by {' and '.join(kinds)}"
    return escalates(
        "bot_author",
        GateAnswer.STOP if barred else GateAnswer.PASS,
        value=written,
        limit=f"approval.agents: {policy.approval.agents}, approval.bots: {policy.approval.bots}",
        reason=f"{written}, and {' and '.join(barred)}" if barred else written,
    )
