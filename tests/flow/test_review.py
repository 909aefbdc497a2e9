"""Whole runs through the real stages, with a scripted model where one is asked."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.coverage import AgentStatus
from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.review import Review
from reviewer.domain.value import digest_of
from reviewer.errors import LedgerError, ModelRefusedError, RepositoryError
from reviewer.pipeline import Run, review_change
from reviewer.pipeline.review import _first
from reviewer.policy import ALL_AGENTS, Policy, Size
from reviewer.ports import StoredEvent
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.scripted_model import Said, ScriptedModel, answers, compliant, says

OLD = "def area(width, height):\n    return width * height\n"
NEW = "def area(width, height):\n    return width * height * 1\n"
RunOf = Callable[..., Run]
RepositoryOf = Callable[..., tuple[MemoryGit, str, str]]
UNIT = re.compile(r"UNIT (u-[0-9a-f]+)")


def reviewed(run: Run) -> Review:
    return asyncio.run(review_change(run))


def kinds(ledger: MemoryLedger) -> list[str]:
    (run_id,) = ledger.runs()
    return [json.loads(event.header)["facts"]["kind"] for event in ledger.events(run_id)]


def test_without_a_model_everything_else_runs_and_a_human_decides(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    review = reviewed(a_run(*a_repository()))
    assert review.decision.outcome is DecisionOutcome.ESCALATE
    assert review.decision.eligible
    assert [report.name for report in review.agents] == list(ALL_AGENTS)
    assert {report.status for report in review.agents} == {AgentStatus.NOT_RUN}
    assert not any(report.ran for report in review.agents)
    assert all(any(name in item for item in review.not_checked) for name in ALL_AGENTS)
    (trace,) = review.evidence.traces
    assert "rooms.py" in {use.quote.path for use in trace.uses}


def test_six_agents_and_a_challenge_that_find_nothing_approve(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    model = ScriptedModel("scripted/one", compliant)
    review = reviewed(a_run(*a_repository(), model=model))
    assert review.decision.outcome is DecisionOutcome.APPROVE
    assert len(model.requests) == len(ALL_AGENTS) + 1
    assert review.usage.calls == len(model.requests)


def test_a_refused_change_asks_no_agent_and_still_runs_rules(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    model = ScriptedModel("scripted/one", [])
    review = reviewed(a_run(*a_repository(), model=model, policy=Policy(size=Size(max_changed_lines=1))))
    assert review.decision.outcome is DecisionOutcome.REFUSE
    assert review.rules
    assert not model.requests


def test_a_rules_finding_requests_changes_whatever_the_model_says(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    model = ScriptedModel("scripted/one", compliant)
    review = reviewed(
        a_run(*a_repository(new="def surface(width, height):\n    return width * height\n"), model=model)
    )
    assert review.decision.outcome is DecisionOutcome.REQUEST_CHANGES
    assert not review.decision.eligible
    (verification,) = review.verifications
    assert verification.finding.source.name == "symbol-removed"


def test_a_models_confirmed_blocking_finding_requests_changes(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    def accuse(request: ChatRequest) -> Said:
        units = UNIT.findall("\n".join(request.system))
        claim = {
            "title": "multiplies by one",
            "explanation": "always",
            "severity": "high",
            "confidence": "high",
            "units": units[:1],
            "subject": {
                "kind": "code",
                "path": "shapes.py",
                "side": "head",
                "first_line": 9,
                "last_line": 9,
                "quote": "return width * height * 1",
            },
            "evidence": [],
            "suggestion": None,
        }
        return compliant(
            request, [claim] if "# Your question: Does the new code compute" in last(request) else ()
        )

    review = reviewed(a_run(*a_repository(), model=ScriptedModel("scripted/one", accuse)))
    assert review.decision.outcome is DecisionOutcome.REQUEST_CHANGES
    assert review.decision.eligible


def last(request: ChatRequest) -> str:
    return request.turns[0].text


@pytest.mark.parametrize("name", ALL_AGENTS)
def test_one_agent_that_fails_is_enough_for_a_human(
    name: str, a_run: RunOf, a_repository: RepositoryOf
) -> None:
    from reviewer.stages.agents import required_pages

    page = next(page for page in required_pages(Policy()) if page.name == name)

    def fail_one(request: ChatRequest) -> Said:
        return ModelRefusedError("declined") if page.question in last(request) else compliant(request)

    review = reviewed(a_run(*a_repository(), model=ScriptedModel("scripted/one", fail_one)))
    assert review.decision.outcome is DecisionOutcome.ESCALATE
    assert review.challenge is None
    report = next(report for report in review.agents if report.name == name)
    assert (report.status, report.ran) == (AgentStatus.UNABLE, True)


def test_a_failed_challenge_is_no_approval(a_run: RunOf, a_repository: RepositoryOf) -> None:
    def object_last(request: ChatRequest) -> Said:
        assert request.answer
        if request.answer.name.startswith("challenge"):
            return answers({"verdict": "falls", "reason": "drops data"})
        return compliant(request)

    review = reviewed(a_run(*a_repository(), model=ScriptedModel("scripted/one", object_last)))
    assert review.decision.outcome is DecisionOutcome.ESCALATE


def test_suspended_approvals_approve_nothing(a_run: RunOf, a_repository: RepositoryOf) -> None:
    review = reviewed(a_run(*a_repository(), model=ScriptedModel("scripted/one", compliant), suspended=True))
    assert review.decision.outcome is DecisionOutcome.ESCALATE
    assert not review.decision.eligible


def test_a_captured_model_cannot_approve_past_a_gate_or_a_rule(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    for new, more in ((NEW, {".github/workflows/x.yml": "on: push\n"}), (NEW + "# \u202e\n", {})):
        review = reviewed(a_run(*a_repository(new, **more), model=ScriptedModel("scripted/one", compliant)))
        assert review.decision.outcome is DecisionOutcome.ESCALATE


@pytest.mark.parametrize("text", ["approve", "{}", '{"decision": "approve"}', "\x00", "[" * 5000])
def test_whatever_bytes_a_model_emits_it_does_not_approve(
    text: str, a_run: RunOf, a_repository: RepositoryOf
) -> None:
    review = reviewed(a_run(*a_repository(), model=ScriptedModel("scripted/one", lambda _: says(text))))
    assert review.decision.outcome is DecisionOutcome.ESCALATE


def test_the_decision_is_in_the_ledger_with_its_inputs_and_the_receipt_names_it(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    ledger = MemoryLedger()
    review = reviewed(a_run(*a_repository(), ledger=ledger))
    seen = kinds(ledger)
    assert seen[0] == "run_started"
    assert seen[-1] == "decision_made"
    assert {"snapshot_taken", "gate_evaluated", "evidence_collected", "rule_completed"} <= set(seen)
    assert seen.count("agent_completed") == len(ALL_AGENTS)
    assert review.receipt.decision_digest == digest_of(review.decision)
    assert json.loads(list(ledger.events(review.run_id))[-1].header)["event_id"] == review.receipt.event_id


class FullDisk(MemoryLedger):
    """A store that takes `room` events and then fails."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def put(self, event: StoredEvent) -> None:
        if self.room == 0:
            raise LedgerError("no space left on device")
        self.room -= 1
        super().put(event)


@pytest.mark.parametrize("room", [0, 1, 5, 12, 24])
def test_a_decision_that_cannot_be_recorded_is_not_made(
    room: int, a_run: RunOf, a_repository: RepositoryOf
) -> None:
    with pytest.raises(LedgerError):
        reviewed(a_run(*a_repository(), ledger=FullDisk(room)))


def test_a_run_that_cannot_go_on_is_recorded_as_failed(a_run: RunOf, a_repository: RepositoryOf) -> None:
    ledger = MemoryLedger()
    git, base, _ = a_repository()
    with pytest.raises(RepositoryError):
        reviewed(a_run(git, base, "no-such-revision", ledger=ledger))
    assert kinds(ledger) == ["run_started", "run_failed"]


def test_a_review_survives_its_own_json(tmp_path: Path, a_run: RunOf, a_repository: RepositoryOf) -> None:
    review = reviewed(a_run(*a_repository()))
    saved = tmp_path / "review.json"
    saved.write_text(review.model_dump_json())
    assert Review.model_validate_json(saved.read_text()) == review


def test_limits_of_the_evidence_are_among_what_was_not_checked_the_first_and_a_count() -> None:
    assert list(_first("callers", tuple("abcde"))) == [
        "callers: a",
        "callers: b",
        "callers: c",
        "callers: 2 more limits were reached, all in the JSON",
    ]
    assert list(_first("callers", ())) == []
