"""One sub-agent's work: asked, answered in its type, or unable with the reason. It never raises for the world."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from reviewer.domain.change import Change, Snapshot
from reviewer.domain.coverage import AgentReport, AgentStatus
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.text import tokens_at_most
from reviewer.errors import ConversationFailedError
from reviewer.evidence.workspace import Workspace
from reviewer.llm.budget import Budget
from reviewer.llm.loop import converse
from reviewer.llm.page import Page, shipped_page
from reviewer.llm.router import Router
from reviewer.policy import Policy
from reviewer.ports import Toolbox
from reviewer.stages.agents import answer as answers
from reviewer.stages.agents.prompt import own_prompt, shared_system


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """What every agent of one run is given."""

    change: Change
    system: tuple[str, ...]
    """The shared beginning of every prompt."""
    key: bytes
    """Keys the boundaries around untrusted text."""
    policy: Policy

    @property
    def snapshot(self) -> Snapshot:
        """The change without its prose."""
        return self.change.snapshot


def brief(
    change: Change, evidence: EvidenceSet, *, workspace: Workspace, key: bytes, policy: Policy
) -> Briefing:
    """Prepare what the agents share, once a run."""
    system = shared_system(
        change.snapshot,
        evidence,
        workspace=workspace,
        key=key,
        max_input_tokens=policy.budget.max_input_tokens,
    )
    return Briefing(change=change, system=system, key=key, policy=policy)


def required_pages(policy: Policy) -> tuple[Page, ...]:
    """The pages of the agents that `policy` requires, in its order."""
    return tuple(_page(name) for name in policy.required_agents)


@cache
def _page(name: str) -> Page:
    return shipped_page("reviewer.stages.agents", name)


def not_run(page: Page, reason: str) -> AgentReport:
    """The report of an agent that was never asked."""
    return AgentReport(
        name=page.name,
        status=AgentStatus.NOT_RUN,
        ran=False,
        reason=reason,
        page_digest=page.digest,
        model=None,
    )


async def review(page: Page, briefing: Briefing, *, router: Router, toolbox: Toolbox | None) -> AgentReport:
    """Ask `page`'s question; what the model cannot answer whole becomes a report that says *unable* and why."""
    budget = Budget.of(briefing.policy.budget)
    if reason := _cannot_fit(briefing):
        return _unable(page, router, reason)
    try:
        conversation = await converse(
            router,
            system=briefing.system,
            prompt=own_prompt(page, briefing.change.prose, key=briefing.key),
            toolbox=toolbox,
            answer=answers.AgentAnswer,
            budget=budget,
            check=lambda given: answers.complaint(given, snapshot=briefing.snapshot, page=page),
        )
    except ConversationFailedError as failure:
        return _unable(page, router, str(failure), failure)
    given = conversation.answer
    return AgentReport(
        name=page.name,
        status=AgentStatus.COMPLETED,
        ran=True,
        reason="",
        page_digest=page.digest,
        model=conversation.label,
        switched=conversation.switched,
        attestations=answers.attestations(given),
        findings=answers.findings(given, snapshot=briefing.snapshot, prose=briefing.change.prose, page=page),
        summary=given.summary,
        usage=conversation.usage,
        turns=conversation.turns,
        tool_calls=conversation.tool_calls,
        prompt_digest=conversation.prompt_digest,
    )


def _unable(
    page: Page, router: Router, reason: str, failure: ConversationFailedError | None = None
) -> AgentReport:
    spent: dict[str, Any] = {}
    if failure:
        spent = {name: getattr(failure, name) for name in ("usage", "turns", "tool_calls", "prompt_digest")}
    return AgentReport(
        name=page.name,
        status=AgentStatus.UNABLE,
        ran=True,
        reason=reason,
        page_digest=page.digest,
        model=router.first.label,
        **spent,
    )


def _cannot_fit(briefing: Briefing) -> str | None:
    tokens = tokens_at_most(sum(len(part) for part in briefing.system))
    limit = briefing.policy.budget.max_input_tokens
    if tokens <= limit:
        return None
    return f"the change and its evidence are about {tokens} tokens, limit {limit} (budget.max_input_tokens)"
