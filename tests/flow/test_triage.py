"""Triage through whole runs: what it bounds, what it chooses, and what is recorded and shown of it."""

import asyncio
import json
from collections.abc import Callable

from reviewer.cli.full_report import full_report
from reviewer.domain.coverage import AgentStatus
from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.gate import GateAnswer
from reviewer.domain.review import Review
from reviewer.domain.triage import RiskTier, Triage
from reviewer.ledger.bodies import DecisionRecord
from reviewer.pipeline import Run, review_change
from reviewer.policy import ALL_AGENTS, parse_policy
from reviewer.stages.decide import Case, decide
from reviewer.stages.publish import summary
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.scripted_model import ScriptedModel, compliant

RunOf = Callable[..., Run]
RepositoryOf = Callable[..., tuple[MemoryGit, str, str]]
RISKY = {"auth/login.py": "def login():\n    return True\n"}


def reviewed(run: Run) -> Review:
    return asyncio.run(review_change(run))


def triage_of(review: Review) -> Triage:
    assert review.triage is not None
    return review.triage


def test_a_risky_change_is_not_approved_whatever_the_model_says(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    model = ScriptedModel("scripted/one", compliant)
    review = reviewed(a_run(*a_repository(**RISKY), model=model))
    assert triage_of(review).tier is RiskTier.HIGH
    assert review.decision.outcome is DecisionOutcome.ESCALATE
    assert not review.decision.eligible
    assert "high risk" in review.decision.headline


def test_a_house_may_allow_approvals_of_a_higher_tier(a_run: RunOf, a_repository: RepositoryOf) -> None:
    policy = parse_policy("approval: {max_tier: high}\n")
    model = ScriptedModel("scripted/one", compliant)
    review = reviewed(a_run(*a_repository(**RISKY), model=model, policy=policy))
    assert review.decision.outcome is DecisionOutcome.APPROVE


def test_agents_that_a_tier_leaves_out_are_not_asked_and_nothing_is_approved(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    policy = parse_policy("approval: {max_tier: critical}\ntiers: {high: {agents: [safety]}}\n")
    model = ScriptedModel("scripted/one", compliant)
    review = reviewed(a_run(*a_repository(**RISKY), model=model, policy=policy))
    assert [report.name for report in review.agents if report.ran] == ["safety"]
    left_out = [report for report in review.agents if not report.ran]
    assert {report.status for report in left_out} == {AgentStatus.NOT_RUN}
    assert {report.reason for report in left_out} == {"not asked for a change of high risk, by the policy"}
    assert [report.name for report in review.agents] == list(ALL_AGENTS)
    assert review.decision.outcome is DecisionOutcome.ESCALATE


def test_a_tier_bounds_what_its_agents_may_spend(a_run: RunOf, a_repository: RepositoryOf) -> None:
    policy = parse_policy("budget: {max_input_tokens: 4000}\ntiers: {high: {budget: 10}}\n")
    model = ScriptedModel("scripted/one", compliant)
    review = reviewed(a_run(*a_repository(**RISKY), model=model, policy=policy))
    assert {report.status for report in review.agents} == {AgentStatus.UNABLE}
    assert all("limit 400 (budget.max_input_tokens)" in report.reason for report in review.agents)


def test_the_tier_is_recorded_and_the_recorded_decision_can_be_computed_again(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    ledger = MemoryLedger()
    review = reviewed(a_run(*a_repository(**RISKY), ledger=ledger))
    (run_id,) = ledger.runs()
    events = {event.name[7:]: event for event in ledger.events(run_id)}
    said = json.loads(events["change_triaged"].header)["facts"]
    assert (said["tier"], said["kind_of_change"]) == ("high", "code")
    assert "auth/login.py" not in json.dumps(said)
    assert Triage.model_validate_json(events["change_triaged"].body or b"") == review.triage
    record = DecisionRecord.model_validate_json(events["decision_made"].body or b"")
    inputs = record.inputs
    risk = next(result for result in inputs.gates.results if result.gate == "risk_tier")
    assert risk.answer is GateAnswer.STOP
    again = decide(
        Case(
            gates=inputs.gates,
            rules=inputs.rules,
            coverage=inputs.coverage,
            verifications=inputs.verifications,
            challenge=inputs.challenge,
            circumstances=inputs.circumstances,
            policy=inputs.policy,
        )
    )
    assert again == record.decision


def test_the_tier_is_shown_with_what_argues_for_it(a_run: RunOf, a_repository: RepositoryOf) -> None:
    review = reviewed(a_run(*a_repository(**RISKY)))
    text = "\n".join(line for _, line in full_report(review))
    assert "risk: high risk, code: sensitive_paths, familiarity" in text
    assert "  high: sensitive_paths: auth/login.py: a sensitive path, limit 0" in text
    assert "  medium: familiarity, not known: whose code is changed is not known" in text
    markdown = summary(review)
    assert "**Risk:** high risk, code" in markdown
    assert "- medium: `familiarity`, not known" in markdown


def test_a_review_from_before_there_were_tiers_is_still_read_and_shown(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    written = json.loads(reviewed(a_run(*a_repository())).model_dump_json())
    del written["triage"]
    older = Review.model_validate(written)
    assert older.triage is None
    assert "risk:" not in "\n".join(line for _, line in full_report(older))
    assert "**Risk:**" not in summary(older)
