"""Confirming: every finding's quote is checked by code; a model's finding must then survive a refuting pass."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import StringConstraints

from reviewer.domain.change import Change, Prose
from reviewer.domain.chat import Usage
from reviewer.domain.finding import (
    CodeSubject,
    Finding,
    ProseSubject,
    SourceKind,
    Subject,
    Verification,
    VerificationOutcome,
)
from reviewer.domain.value import Value
from reviewer.errors import ConversationFailedError
from reviewer.evidence.workspace import Workspace
from reviewer.llm.boundary import fence
from reviewer.llm.budget import Budget
from reviewer.llm.loop import converse
from reviewer.llm.page import shipped_page
from reviewer.llm.router import Router
from reviewer.llm.structured import answer_format
from reviewer.policy import Policy
from reviewer.ports import Toolbox
from reviewer.screening.outgoing import screened
from reviewer.stages.verify.quote import QuoteCheck, check_subject

AT_ONCE = 4
"""Refuting conversations at the same time."""


class RefuteAnswer(Value):
    """What the refuting pass says about one claim."""

    outcome: VerificationOutcome
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


@dataclass(frozen=True, kw_only=True)
class Refuter:
    """Models with what they need to try to bring claims down."""

    router: Router
    toolbox: Callable[[], Toolbox | None]
    """A fresh toolbox for each conversation, so that one cannot spend another's budget."""
    system: tuple[str, ...]
    """The same beginning that the agents were sent."""
    key: bytes
    policy: Policy


async def confirm(
    findings: Sequence[Finding], *, change: Change, workspace: Workspace, refuter: Refuter | None
) -> tuple[tuple[Verification, ...], Usage]:
    """One verification a finding, in order, and what it cost.

    A finding of a rule or a tool is settled by its quote: models never see it. A model's finding without a refuter
    stays inconclusive.
    """
    places = asyncio.Semaphore(AT_ONCE)

    async def one(finding: Finding) -> tuple[Verification, Usage]:
        quotes = _Quotes(change, workspace)
        checked = quotes.check(finding.subject)
        standing = quotes.with_what_stands(finding, checked)
        if settled := _settled_by_quote(standing, checked):
            verification, usage = settled, Usage()
        else:
            async with places:
                verification, usage = await _refute(standing, change.prose, refuter)
        return _with_note(verification, left_out=len(finding.evidence) - len(standing.evidence)), usage

    done = await asyncio.gather(*(one(finding) for finding in findings))
    return tuple(verification for verification, _ in done), sum((usage for _, usage in done), Usage())


def _with_note(verification: Verification, *, left_out: int) -> Verification:
    if not left_out:
        return verification
    note = f"{verification.reason} (supporting quotes that are not there and were left out: {left_out})"
    return verification.model_copy(update={"reason": note})


@dataclass(frozen=True)
class _Quotes:
    """Looks quotes up in the change and its code."""

    change: Change
    workspace: Workspace

    def check(self, subject: Subject) -> QuoteCheck:
        return check_subject(
            subject, snapshot=self.change.snapshot, prose=self.change.prose, workspace=self.workspace
        )

    def with_what_stands(self, finding: Finding, checked: QuoteCheck) -> Finding:
        """`finding` with its places as they stand in the code; supporting quotes that do not stand are left out."""
        supporting = [self.check(quoted) for quoted in finding.evidence]
        standing = tuple(
            check.subject
            for check in supporting
            if check.outcome is VerificationOutcome.CONFIRMED and isinstance(check.subject, CodeSubject)
        )
        return finding.model_copy(update={"subject": checked.subject, "evidence": standing})


def _settled_by_quote(finding: Finding, checked: QuoteCheck) -> Verification | None:
    if checked.outcome is not VerificationOutcome.CONFIRMED:
        return _verified(finding, checked.outcome, "quote", checked.reason)
    if finding.source.kind is not SourceKind.AGENT:
        return _verified(finding, VerificationOutcome.CONFIRMED, "quote", checked.reason)
    return None


async def _refute(finding: Finding, prose: Prose, refuter: Refuter | None) -> tuple[Verification, Usage]:
    if refuter is None:
        reason = "its quote stands; no model was there to try to refute it"
        return _verified(finding, VerificationOutcome.INCONCLUSIVE, "refute", reason), Usage()
    try:
        conversation = await converse(
            refuter.router,
            system=refuter.system,
            prompt=_prompt(finding, prose, refuter.key),
            toolbox=refuter.toolbox(),
            answer=RefuteAnswer,
            budget=Budget.of(refuter.policy.budget),
        )
    except ConversationFailedError as failure:
        reason = f"the refuting pass did not finish: {failure}"
        return _verified(finding, VerificationOutcome.INCONCLUSIVE, "refute", reason), failure.usage
    answer = conversation.answer
    if _sees_prose(finding) and answer.outcome is VerificationOutcome.REFUTED:
        # Who reads the words of the change can only tighten: they may have been written to get a finding refuted.
        reason = f"called refuted by a reader of the words, which settles nothing: {answer.reason}"
        return _verified(finding, VerificationOutcome.INCONCLUSIVE, "refute", reason), conversation.usage
    return _verified(finding, answer.outcome, "refute", answer.reason), conversation.usage


def _sees_prose(finding: Finding) -> bool:
    """A claim about words cannot be judged without them; any other is judged blind."""
    return isinstance(finding.subject, ProseSubject)


def _prompt(finding: Finding, prose: Prose, key: bytes) -> str:
    words = [fence(part, screened(text), key) for part, text in prose.parts.items()]
    page = shipped_page("reviewer.stages.verify", "refute")
    claim = finding.model_dump(mode="json", include={"title", "explanation", "subject", "evidence", "units"})
    return "\n\n".join(
        [
            f"# Your question: {page.question}\n\n{page.text}",
            *(words if _sees_prose(finding) else ()),
            fence("claim", json.dumps(claim, indent=1, ensure_ascii=False), key),
            "Answer with one JSON object of this schema:",
            json.dumps(answer_format(RefuteAnswer).json_schema, sort_keys=True),
        ]
    )


def _verified(
    finding: Finding, outcome: VerificationOutcome, stage: Literal["quote", "refute"], reason: str
) -> Verification:
    return Verification(finding=finding, outcome=outcome, stage=stage, reason=reason)
