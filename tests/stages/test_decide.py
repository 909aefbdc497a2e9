from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.coverage import AgentStatus, Attestation, AttestationVerdict, Coverage
from reviewer.domain.decision import Circumstances, DecisionOutcome
from reviewer.domain.finding import (
    ChallengeOutcome,
    ChallengeResult,
    Severity,
    SourceKind,
    VerificationOutcome,
)
from reviewer.domain.gate import GateAnswer, GateEffect, GateReport
from reviewer.policy import Policy
from reviewer.stages.decide import Case, awaits_challenge, decide
from reviewer.testing.values import (
    PASSED,
    a_finding,
    a_gate,
    a_report,
    a_rule_report,
    a_verification,
    full_coverage,
)

APPROVE = DecisionOutcome.APPROVE


def a_case(**parts: Any) -> Case:
    """A case that is approved unless `parts` say otherwise."""
    whole: dict[str, Any] = {
        "gates": GateReport(results=(a_gate(),)),
        "rules": (a_rule_report(),),
        "coverage": full_coverage(),
        "verifications": (),
        "challenge": PASSED,
        "circumstances": Circumstances(),
        "policy": Policy(),
    }
    return Case(**{**whole, **parts})


def test_everything_in_order_is_approved() -> None:
    decision = decide(a_case())
    assert decision.outcome is APPROVE
    assert decision.eligible


BREAKERS: dict[str, dict[str, Any]] = {
    "a gate that stops": {"gates": GateReport(results=(a_gate(GateAnswer.STOP),))},
    "a gate that cannot tell": {"gates": GateReport(results=(a_gate(GateAnswer.UNKNOWN),))},
    "a size gate that cannot tell": {
        "gates": GateReport(results=(a_gate(GateAnswer.UNKNOWN, GateEffect.REFUSE),))
    },
    "only gates that do not apply": {"gates": GateReport(results=(a_gate(GateAnswer.NOT_APPLICABLE),))},
    "no rule": {"rules": ()},
    "a rule that could not look": {"rules": (a_rule_report(unable="too many files"),)},
    "no required agent": {"coverage": full_coverage(agents=())},
    "no unit": {"coverage": full_coverage(units=())},
    "an agent that is unable": {
        "coverage": Coverage(
            required_agents=("logic",),
            required_units=("u-1",),
            reports=(a_report("logic", ("u-1",), status=AgentStatus.UNABLE),),
        )
    },
    "an agent that never ran": {
        "coverage": Coverage(
            required_agents=("logic",),
            required_units=("u-1",),
            reports=(a_report("logic", ("u-1",), status=AgentStatus.NOT_RUN),),
        )
    },
    "an agent without a report": {
        "coverage": Coverage(required_agents=("logic",), required_units=("u-1",), reports=())
    },
    "a unit nobody attested": {
        "coverage": Coverage(
            required_agents=("logic",), required_units=("u-1", "u-2"), reports=(a_report("logic", ("u-1",)),)
        )
    },
    "a unit attested twice": {
        "coverage": Coverage(
            required_agents=("logic",), required_units=("u-1",), reports=(a_report("logic", ("u-1", "u-1")),)
        )
    },
    "a unit an agent could not judge": {
        "coverage": Coverage(
            required_agents=("logic",),
            required_units=("u-1",),
            reports=(
                a_report("logic", ()).model_copy(
                    update={
                        "attestations": (
                            Attestation(unit="u-1", verdict=AttestationVerdict.UNABLE, note="minified"),
                        )
                    }
                ),
            ),
        )
    },
    "a finding attested and not reported": {
        "coverage": Coverage(
            required_agents=("logic",),
            required_units=("u-1",),
            reports=(
                a_report("logic", ()).model_copy(
                    update={
                        "attestations": (
                            Attestation(unit="u-1", verdict=AttestationVerdict.FINDING, note="bad"),
                        )
                    }
                ),
            ),
        )
    },
    "a confirmed blocking finding": {"verifications": (a_verification(a_finding()),)},
    "an inconclusive blocking finding": {
        "verifications": (a_verification(a_finding(), VerificationOutcome.INCONCLUSIVE),)
    },
    "a rule's finding nobody verified": {"rules": (a_rule_report(findings=(a_finding(Severity.LOW),)),)},
    "two findings of one id and one verification": {
        "rules": (a_rule_report(findings=(a_finding(Severity.LOW), a_finding(Severity.LOW, line=9))),),
        "verifications": (a_verification(a_finding(Severity.LOW)),),
    },
    "a human asked for": {"circumstances": Circumstances(human_requested=True)},
    "approvals suspended": {"circumstances": Circumstances(approvals_suspended=True)},
    "no challenge": {"challenge": None},
    "a failed challenge": {
        "challenge": ChallengeResult(outcome=ChallengeOutcome.FAILED, reason="it drops data")
    },
    "an unable challenge": {"challenge": ChallengeResult(outcome=ChallengeOutcome.UNABLE, reason="timeout")},
}


@pytest.mark.parametrize("what", BREAKERS)
def test_any_one_thing_out_of_order_prevents_an_approval(what: str) -> None:
    assert decide(a_case(**BREAKERS[what])).outcome is not APPROVE


@given(st.sets(st.sampled_from(sorted(BREAKERS)), min_size=1))
def test_no_combination_of_things_out_of_order_is_approved(broken: set[str]) -> None:
    parts: dict[str, Any] = {}
    for what in sorted(broken):
        parts.update(BREAKERS[what])
    assert decide(a_case(**parts)).outcome is not APPROVE


def test_a_refusing_gate_wins_over_a_confirmed_finding_and_both_reasons_are_kept() -> None:
    gates = GateReport(results=(a_gate(GateAnswer.STOP, GateEffect.REFUSE),))
    decision = decide(a_case(gates=gates, verifications=(a_verification(a_finding()),)))
    assert decision.outcome is DecisionOutcome.REFUSE
    assert [node.code for node in decision.reasons if node.holds] == ["refuse", "request_changes"]


def test_a_confirmed_blocking_finding_wins_over_a_gate_that_cannot_tell() -> None:
    gates = GateReport(results=(a_gate(GateAnswer.UNKNOWN),))
    decision = decide(a_case(gates=gates, verifications=(a_verification(a_finding()),)))
    assert decision.outcome is DecisionOutcome.REQUEST_CHANGES


def test_a_refuted_finding_blocks_nothing() -> None:
    refuted = a_verification(a_finding(), VerificationOutcome.REFUTED)
    assert decide(a_case(verifications=(refuted,))).outcome is APPROVE


def test_a_confirmed_finding_below_the_blocking_severity_blocks_nothing() -> None:
    assert decide(a_case(verifications=(a_verification(a_finding(Severity.MEDIUM)),))).outcome is APPROVE


def test_a_model_cannot_take_eligibility_away_and_a_rule_can() -> None:
    by_agent = decide(a_case(verifications=(a_verification(a_finding()),)))
    by_rule = decide(a_case(verifications=(a_verification(a_finding(kind=SourceKind.RULE)),)))
    assert by_agent.eligible
    assert not by_rule.eligible


@pytest.mark.parametrize(("kind", "eligible"), [(SourceKind.RULE, False), (SourceKind.AGENT, True)])
def test_a_rules_blocking_finding_that_is_not_settled_is_not_eligible(
    kind: SourceKind, eligible: bool
) -> None:
    unsettled = a_verification(a_finding(kind=kind), VerificationOutcome.INCONCLUSIVE)
    assert decide(a_case(verifications=(unsettled,))).eligible is eligible


def test_without_a_model_a_clean_change_is_eligible_and_escalated() -> None:
    coverage = Coverage(
        required_agents=("logic",),
        required_units=("u-1",),
        reports=(a_report("logic", ("u-1",), status=AgentStatus.NOT_RUN),),
    )
    decision = decide(a_case(coverage=coverage, challenge=None))
    assert decision.outcome is DecisionOutcome.ESCALATE
    assert decision.eligible


def test_only_the_missing_challenge_calls_for_a_challenge() -> None:
    assert awaits_challenge(decide(a_case(challenge=None)))
    assert not awaits_challenge(decide(a_case(challenge=None, rules=())))
    assert not awaits_challenge(decide(a_case()))


def test_the_same_case_gives_the_same_bytes() -> None:
    assert decide(a_case()).model_dump_json() == decide(a_case()).model_dump_json()
