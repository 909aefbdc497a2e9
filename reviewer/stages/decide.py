"""The verdict: a pure function from what was established to one of four outcomes, with every reason kept.

The order is that of the first that applies: refuse, request changes, escalate, approve. Nothing here asks a
clock, a model or a repository, so a recorded decision can be computed again from its record.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.coverage import Coverage, RuleFlag, RuleReport
from reviewer.domain.decision import Circumstances, Decision, DecisionOutcome, Reason
from reviewer.domain.finding import (
    ChallengeOutcome,
    ChallengeResult,
    Finding,
    SourceKind,
    Verification,
    VerificationOutcome,
)
from reviewer.domain.gate import GateAnswer, GateEffect, GateReport, GateResult
from reviewer.domain.value import digest_of
from reviewer.policy import Policy

APPROVE = DecisionOutcome.APPROVE
REQUEST_CHANGES = DecisionOutcome.REQUEST_CHANGES
ESCALATE = DecisionOutcome.ESCALATE
REFUSE = DecisionOutcome.REFUSE

CHALLENGE_MISSING = "challenge.missing"
"""The reason that is left alone when everything but the challenge speaks for an approval."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything a decision may rest on."""

    gates: GateReport
    rules: tuple[RuleReport, ...]
    coverage: Coverage
    verifications: tuple[Verification, ...]
    challenge: ChallengeResult | None
    circumstances: Circumstances
    policy: Policy


def decide(case: Case) -> Decision:
    """Weigh `case`. Approval needs complete coverage, passing gates and a passed challenge, without exception."""
    refusals = _refusals(case.gates)
    blocking = _blocking(case)
    deterministic = [
        *_gate_stops(case.gates),
        *_circumstances(case.circumstances),
        *_rules_unable(case.rules),
    ]
    escalations = [*deterministic, *_coverage(case.coverage), *_unsettled(case)]
    ahead = _holding([*refusals, *blocking, *escalations])
    escalations += _challenge(case.challenge, already_settled=bool(ahead))
    tree = (
        _node(
            "refuse",
            REFUSE,
            refusals,
            "a limit on size, breadth or complexity is exceeded",
            "no such limit is exceeded",
        ),
        _node(
            "request_changes",
            REQUEST_CHANGES,
            blocking,
            "a blocking finding is confirmed",
            "no blocking finding is confirmed",
        ),
        _node("escalate", ESCALATE, escalations, "something needs a human", "nothing needs a human"),
    )
    winner = next((node for node in tree if node.holds), None)
    outcome = winner.argues_for if winner else APPROVE
    approve = Reason(
        code="approve",
        argues_for=APPROVE,
        holds=winner is None,
        text="every gate passes, coverage is complete, no blocking finding stands, the challenge passed"
        if winner is None
        else "not everything that an approval needs is given",
    )
    by_code = [*_blocking(case, by_code=True), *_unsettled(case, by_code=True)]
    return Decision(
        outcome=outcome,
        headline=_headline(winner or approve),
        reasons=(*tree, approve),
        eligible=not _holding([*refusals, *by_code, *deterministic]),
        policy_digest=digest_of(case.policy),
    )


def awaits_challenge(decision: Decision) -> bool:
    """True when the missing challenge is all that keeps `decision` from being an approval."""
    standing = [leaf.code for node in decision.reasons for leaf in node.because if leaf.holds]
    return standing == [CHALLENGE_MISSING]


def _refusals(gates: GateReport) -> list[Reason]:
    return [
        _from_gate(result, REFUSE, holds=result.answer is GateAnswer.STOP)
        for result in gates.results
        if result.effect is GateEffect.REFUSE
    ]


def _gate_stops(gates: GateReport) -> list[Reason]:
    """Gates that lead to a human: any that could not tell, and stops that do not refuse."""
    answered = gates.having(GateAnswer.PASS, GateAnswer.STOP, GateAnswer.UNKNOWN)
    nobody = Reason(
        code="gates.none",
        argues_for=ESCALATE,
        holds=not answered,
        text=f"{len(answered)} gates gave an answer",
    )
    reasons = [nobody]
    for result in gates.results:
        stops = result.answer is GateAnswer.STOP and result.effect is GateEffect.ESCALATE
        unknown = result.answer is GateAnswer.UNKNOWN
        if result.effect is GateEffect.ESCALATE or unknown:
            reasons.append(_from_gate(result, ESCALATE, holds=stops or unknown))
    return reasons


def _from_gate(result: GateResult, outcome: DecisionOutcome, *, holds: bool) -> Reason:
    return Reason(code=f"gate.{result.gate}", argues_for=outcome, holds=holds, text=result.reason)


def _blocking(case: Case, *, by_code: bool = False) -> list[Reason]:
    """Blocking findings; with `by_code` those that no model made."""
    return [
        _from_finding(verification, REQUEST_CHANGES, holds=_is(verification, VerificationOutcome.CONFIRMED))
        for verification in case.verifications
        if _is_blocking(verification.finding, case.policy) and _counts(verification.finding, by_code=by_code)
    ]


def _unsettled(case: Case, *, by_code: bool = False) -> list[Reason]:
    """Blocking findings that are neither confirmed nor refuted, and findings nobody checked."""
    reasons = [
        _from_finding(verification, ESCALATE, holds=True)
        for verification in case.verifications
        if _is_blocking(verification.finding, case.policy)
        and _is(verification, VerificationOutcome.INCONCLUSIVE)
        and _counts(verification.finding, by_code=by_code)
    ]
    # Counted, not only looked up: the same words about the same line twice in a file share an id.
    checked = Counter(verification.finding.id for verification in case.verifications)
    for finding in _all_findings(case):
        checked[finding.id] -= 1
        if checked[finding.id] < 0 and _counts(finding, by_code=by_code):
            reasons.append(
                Reason(
                    code="finding.unverified",
                    argues_for=ESCALATE,
                    holds=True,
                    text=f"{finding.id} by {finding.source.name} was never verified: {finding.title}",
                )
            )
    return reasons


def _all_findings(case: Case) -> Iterable[Finding]:
    for rule in case.rules:
        yield from rule.findings
    for agent in case.coverage.reports:
        yield from agent.findings


def _counts(finding: Finding, *, by_code: bool) -> bool:
    return not by_code or finding.source.kind is not SourceKind.AGENT


def _is_blocking(finding: Finding, policy: Policy) -> bool:
    return finding.severity.rank <= policy.approval.block_severity.rank


def _is(verification: Verification, outcome: VerificationOutcome) -> bool:
    return verification.outcome is outcome


def _from_finding(verification: Verification, outcome: DecisionOutcome, *, holds: bool) -> Reason:
    finding = verification.finding
    return Reason(
        code=f"finding.{finding.id}",
        argues_for=outcome,
        holds=holds,
        text=f"{finding.title} ({finding.subject.place}; {finding.source.name}, {verification.outcome})",
    )


def _circumstances(circumstances: Circumstances) -> list[Reason]:
    return [
        Reason(
            code="human.requested",
            argues_for=ESCALATE,
            holds=circumstances.human_requested,
            text="a human was asked for" if circumstances.human_requested else "nobody asked for a human",
        ),
        Reason(
            code="approvals.suspended",
            argues_for=ESCALATE,
            holds=circumstances.approvals_suspended,
            text="approvals are suspended by REVIEWER_SUSPEND"
            if circumstances.approvals_suspended
            else "approvals are not suspended",
        ),
    ]


def _rules_unable(rules: Sequence[RuleReport]) -> list[Reason]:
    if not any(report.flag is RuleFlag.ON for report in rules):
        text = "no rule ran, so nothing deterministic was looked at"
        return [Reason(code="rules.none", argues_for=ESCALATE, holds=True, text=text)]
    return [
        Reason(
            code=f"rule.{report.rule}",
            argues_for=ESCALATE,
            holds=report.unable is not None,
            text=f"rule {report.rule} could not look at everything: {report.unable}"
            if report.unable
            else f"rule {report.rule} looked at everything",
        )
        for report in rules
        if report.flag is RuleFlag.ON
    ]


def _coverage(coverage: Coverage) -> list[Reason]:
    return [
        Reason(code="coverage.incomplete", argues_for=ESCALATE, holds=True, text=gap) for gap in coverage.gaps
    ] or [
        Reason(
            code="coverage.incomplete",
            argues_for=ESCALATE,
            holds=False,
            text=f"{len(coverage.required_agents)} agents accounted for all {len(coverage.required_units)} units",
        )
    ]


def _challenge(challenge: ChallengeResult | None, *, already_settled: bool) -> list[Reason]:
    if challenge is None:
        text = (
            "the challenge was not run: the decision was settled before it"
            if already_settled
            else ("the approval has not been challenged")
        )
        return [Reason(code=CHALLENGE_MISSING, argues_for=ESCALATE, holds=not already_settled, text=text)]
    passed = challenge.outcome is ChallengeOutcome.PASSED
    return [
        Reason(
            code=f"challenge.{challenge.outcome}",
            argues_for=ESCALATE,
            holds=not passed,
            text=f"challenge {challenge.outcome}: {challenge.reason}",
        )
    ]


def _holding(reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.holds]


def _node(code: str, outcome: DecisionOutcome, because: Sequence[Reason], met: str, unmet: str) -> Reason:
    holds = bool(_holding(because))
    return Reason(
        code=code,
        argues_for=outcome,
        holds=holds,
        text=met if holds else unmet,
        because=tuple(because),
    )


def _headline(winner: Reason) -> str:
    standing = _holding(winner.because)
    if not standing:
        return winner.text
    more = f", and {len(standing) - 1} more" if len(standing) > 1 else ""
    return f"{standing[0].text}{more}"
