"""What happened, as events: one function a kind, which sorts what it is given into header and body."""

import re
from collections import Counter
from collections.abc import Iterator

from reviewer.domain.change import Change, Origin
from reviewer.domain.coverage import AgentReport, AttestationVerdict, RuleReport
from reviewer.domain.decision import Decision, Reason
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import ChallengeResult, Finding, Verification, VerificationOutcome
from reviewer.domain.gate import GateResult
from reviewer.domain.triage import Triage
from reviewer.domain.value import digest_bytes, digest_of
from reviewer.errors import ReviewerError
from reviewer.ledger import facts
from reviewer.ledger.bodies import (
    ChallengeNote,
    DecisionInputs,
    DecisionRecord,
    Failure,
    RuleTrouble,
    RunRequest,
    without_code,
    without_credentials,
)
from reviewer.ledger.events import Draft

_GUIDANCE_REF = re.compile(r"[A-Z]{1,8}-[0-9]{1,6}@[0-9]{1,6}")
_MODEL_LABEL = re.compile(r"[!-~]{1,200}")


def run_started(*, engine_version: str, origin: Origin, repository: str, asked: str) -> Draft:
    """A run began; `asked` is the range, diff or pull request as it was given."""
    return Draft(
        facts.RunStarted(engine_version=engine_version, origin=origin),
        RunRequest(repository=repository, asked=asked),
    )


def snapshot_taken(change: Change, *, repository_digest: str) -> Draft:
    """The change was frozen; its code is not recorded. `repository_digest` comes from `RunRecorder.pseudonym`."""
    snapshot = change.snapshot
    return Draft(
        facts.SnapshotTaken(
            repository_digest=repository_digest,
            base=snapshot.revisions.base,
            merge_base=snapshot.revisions.merge_base,
            head=snapshot.revisions.head,
            diff_digest=snapshot.diff_digest,
            author_kind=snapshot.author.kind,
            complete=snapshot.completeness.complete,
            problems=len(snapshot.completeness.problems),
            files=len(snapshot.files),
            units=len(snapshot.units),
            added_lines=sum(file.added_lines for file in snapshot.files),
            deleted_lines=sum(file.deleted_lines for file in snapshot.files),
        ),
        without_code(change),
    )


def gate_evaluated(result: GateResult) -> Draft:
    """One gate answered."""
    return Draft(facts.GateEvaluated(gate=result.gate, answer=result.answer, effect=result.effect), result)


def evidence_collected(evidence: EvidenceSet) -> Draft:
    """The code around the change was asked."""
    return Draft(
        facts.EvidenceCollected(
            traces=len(evidence.traces),
            uses=sum(len(trace.uses) for trace in evidence.traces),
            files=len(evidence.files),
            files_partial=sum(file.partial is not None for file in evidence.files),
            cuts=len(evidence.cuts) + sum(trace.cut is not None for trace in evidence.traces),
            files_parsed=evidence.files_parsed,
            bytes_parsed=evidence.bytes_parsed,
        ),
        without_credentials(evidence),
    )


def change_triaged(triage: Triage) -> Draft:
    """The risk was assessed; the body has every factor with its reason, which may name paths."""
    arguing = triage.arguing
    return Draft(
        facts.ChangeTriaged(
            tier=triage.tier,
            kind_of_change=triage.kind,
            raised=triage.raised,
            arguing=tuple(factor.name for factor in arguing),
            unknown=tuple(factor.name for factor in arguing if not factor.known),
        ),
        triage,
    )


def rule_completed(report: RuleReport) -> Draft:
    """One rule ran; its findings are events of their own."""
    return Draft(
        facts.RuleCompleted(
            rule=report.rule,
            version=report.version,
            findings=len(report.findings),
            unable=report.unable is not None,
        ),
        None if report.unable is None else RuleTrouble(unable=report.unable),
    )


def agent_completed(report: AgentReport, *, policy_digest: str, cost_micro_usd: int | None = None) -> Draft:
    """One sub-agent ended; the body holds its attestations and its own account."""
    said = Counter(attestation.verdict for attestation in report.attestations)
    return Draft(
        facts.AgentCompleted(
            agent=report.name,
            status=report.status,
            model=_model_label(report.model),
            page_digest=report.page_digest,
            prompt_digest=report.prompt_digest,
            policy_digest=policy_digest,
            findings=len(report.findings),
            units_clear=said[AttestationVerdict.CLEAR],
            units_with_finding=said[AttestationVerdict.FINDING],
            units_unable=said[AttestationVerdict.UNABLE],
            turns=report.turns,
            tool_calls=report.tool_calls,
            cost_micro_usd=cost_micro_usd,
            **report.usage.model_dump(),
        ),
        report,
    )


def finding_raised(finding: Finding) -> Draft:
    """A rule or an agent made a claim."""
    cited = finding.guidance
    return Draft(
        facts.FindingRaised(
            finding=finding.id,
            source_kind=finding.source.kind,
            source=finding.source.name,
            source_version=finding.source.version,
            severity=finding.severity,
            confidence=finding.confidence,
            subject=finding.subject.kind,
            units=len(finding.units),
            # A model chose these words: only a reference may enter a header.
            guidance=cited if cited and _GUIDANCE_REF.fullmatch(cited) else None,
        ),
        finding,
    )


def finding_checked(verification: Verification) -> Draft:
    """A claim was checked: `finding_discarded` when it was refuted, else `finding_verified`."""
    finding, stage = verification.finding.id, verification.stage
    if verification.outcome is VerificationOutcome.REFUTED:
        return Draft(
            facts.FindingDiscarded(finding=finding, outcome=verification.outcome, stage=stage), verification
        )
    return Draft(
        facts.FindingVerified(finding=finding, outcome=verification.outcome, stage=stage), verification
    )


def challenge_completed(result: ChallengeResult) -> Draft:
    """The attempt to refute an approval ended."""
    return Draft(facts.ChallengeCompleted(outcome=result.outcome), ChallengeNote(reason=result.reason))


def decision_made(decision: Decision, inputs: DecisionInputs) -> Draft:
    """The engine decided; the body holds all that a replay of the decision needs."""
    held = dict.fromkeys(code for reason in decision.reasons for code in _codes_that_hold(reason))
    return Draft(
        facts.DecisionMade(
            outcome=decision.outcome,
            eligible=decision.eligible,
            mode=inputs.policy.mode,
            policy_digest=decision.policy_digest,
            decision_digest=digest_of(decision),
            reason_codes=tuple(held),
            challenge=inputs.challenge.outcome if inputs.challenge else None,
            human_requested=inputs.circumstances.human_requested,
            approvals_suspended=inputs.circumstances.approvals_suspended,
        ),
        DecisionRecord(decision=decision, inputs=inputs),
    )


def run_failed(error: Exception, *, stage: str) -> Draft:
    """`error` ended the run in `stage`; the message goes to the body, for it may quote anything."""
    advice = error.advice if isinstance(error, ReviewerError) else None
    return Draft(
        facts.RunFailed(stage=stage, error=type(error).__name__.lstrip("_")),
        Failure(message=_printable(str(error)), advice=advice),
    )


def _codes_that_hold(reason: Reason) -> Iterator[str]:
    if reason.holds:
        yield reason.code
    for part in reason.because:
        yield from _codes_that_hold(part)


def _model_label(label: str | None) -> str | None:
    # Whoever configured the model chose these words. What does not look like a label is shown by its digest;
    # the body has it as it was.
    if label is None or _MODEL_LABEL.fullmatch(label):
        return label
    return f"sha256:{digest_bytes(label.encode())}"


def _printable(text: str) -> str:
    # Half a surrogate pair has no bytes in UTF-8; an error must be recordable whatever it quotes.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
