import asyncio
from collections.abc import Sequence

import pytest

from reviewer.domain.change import Change, Revisions
from reviewer.domain.chat import ChatRequest
from reviewer.domain.finding import (
    ChallengeOutcome,
    ChallengeResult,
    Finding,
    ProseSubject,
    SourceKind,
    Verification,
    VerificationOutcome,
)
from reviewer.domain.value import digest_bytes
from reviewer.errors import ModelRefusedError, ModelRejectedError
from reviewer.evidence.workspace import Workspace
from reviewer.llm.router import Router
from reviewer.policy import Policy
from reviewer.stages import verify
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.scripted_model import Line, Said, ScriptedModel, answers, says
from reviewer.testing.values import a_finding, a_snapshot, some_prose

GIT = MemoryGit()
BASE = GIT.commit({"src/a.py": "x = 0\n"})
HEAD = GIT.commit({"src/a.py": "x = 1\n"})
REVISIONS = Revisions(base=BASE, merge_base=BASE, head=HEAD)
CHANGE = Change(snapshot=a_snapshot().model_copy(update={"revisions": REVISIONS}), prose=some_prose())


def refuter(model: ScriptedModel) -> verify.Refuter:
    return verify.Refuter(
        router=Router.of(model), toolbox=lambda: None, system=("shared",), key=b"k" * 32, policy=Policy()
    )


def finding(kind: SourceKind = SourceKind.AGENT, *, quote: str = "x = 1", title: str = "breaks") -> Finding:
    made = a_finding(kind=kind, quote=quote, title=title)
    return made.model_copy(update={"subject": made.subject.model_copy(update={"commit": HEAD})})


def confirmed(findings: Sequence[Finding], *script: Line) -> tuple[tuple[Verification, ...], ScriptedModel]:
    model = ScriptedModel("scripted/one", script)
    workspace = Workspace(GIT, REVISIONS)
    done, _ = asyncio.run(
        verify.confirm(findings, change=CHANGE, workspace=workspace, refuter=refuter(model))
    )
    return done, model


def test_a_rules_finding_is_settled_by_its_quote_and_no_model_is_asked() -> None:
    (verification,), model = confirmed([finding(SourceKind.RULE)])
    assert (verification.outcome, verification.stage) == (VerificationOutcome.CONFIRMED, "quote")
    assert not model.requests


def test_a_fabricated_quote_is_inconclusive_before_any_model_is_asked() -> None:
    (verification,), model = confirmed([finding(quote="y = 2")])
    assert (verification.outcome, verification.stage) == (VerificationOutcome.INCONCLUSIVE, "quote")
    assert not model.requests


@pytest.mark.parametrize("outcome", VerificationOutcome)
def test_a_models_finding_gets_the_refuting_passs_outcome(outcome: VerificationOutcome) -> None:
    (verification,), _ = confirmed([finding()], answers({"outcome": outcome, "reason": "followed it"}))
    assert (verification.outcome, verification.stage) == (outcome, "refute")


@pytest.mark.parametrize(
    "script",
    [
        [ModelRefusedError("declined")],
        [ModelRejectedError("401")],
        [says("yes"), says("yes")],
        [answers({"outcome": "confirmed"}), answers({"outcome": "fine", "reason": "x"})],
    ],
)
def test_a_refuting_pass_that_does_not_finish_is_inconclusive(script: list[Line]) -> None:
    (verification,), _ = confirmed([finding()], *script)
    assert verification.outcome is VerificationOutcome.INCONCLUSIVE
    assert "did not finish" in verification.reason


def test_a_supporting_quote_that_is_not_there_is_left_out_and_said() -> None:
    real, forged = finding().subject, finding(quote="import os").subject
    claim = finding().model_copy(update={"evidence": (real, forged)})
    (verification,), model = confirmed([claim], answers({"outcome": "confirmed", "reason": "so"}))
    assert verification.finding.evidence == (real,)
    assert "left out: 1" in verification.reason
    assert "import os" not in model.requests[0].turns[0].text


def about_words() -> Finding:
    prose = CHANGE.prose
    subject = ProseSubject(
        part="title", part_digest=digest_bytes(prose.title.encode()), start=0, end=3, quote=prose.title[:3]
    )
    return finding().model_copy(update={"subject": subject})


def test_only_a_claim_about_words_is_judged_with_the_words_in_sight() -> None:
    for claim, sees in ((about_words(), True), (finding(), False)):
        _, model = confirmed([claim], answers({"outcome": "confirmed", "reason": "so"}))
        assert (CHANGE.prose.body in model.requests[0].turns[0].text) is sees


def test_a_reader_of_the_words_cannot_take_a_finding_away() -> None:
    (verification,), _ = confirmed(
        [about_words()], answers({"outcome": "refuted", "reason": "the body says it is fine"})
    )
    assert verification.outcome is VerificationOutcome.INCONCLUSIVE


def test_without_a_refuter_a_models_finding_stays_inconclusive() -> None:
    workspace = Workspace(GIT, REVISIONS)
    done, usage = asyncio.run(verify.confirm([finding()], change=CHANGE, workspace=workspace, refuter=None))
    assert done[0].outcome is VerificationOutcome.INCONCLUSIVE
    assert usage.calls == 0


def test_verifications_come_in_the_order_of_the_findings_and_every_call_is_counted() -> None:
    def by_claim(request: ChatRequest) -> Said:
        refuted = "second" in request.turns[0].text
        return answers({"outcome": "refuted" if refuted else "confirmed", "reason": "so"})

    model = ScriptedModel("scripted/one", by_claim)
    found = [finding(title=title) for title in ("first", "second", "third")]
    done, usage = asyncio.run(
        verify.confirm(found, change=CHANGE, workspace=Workspace(GIT, REVISIONS), refuter=refuter(model))
    )
    assert [verification.outcome.value for verification in done] == ["confirmed", "refuted", "confirmed"]
    assert [verification.finding.title for verification in done] == ["first", "second", "third"]
    assert usage.calls == 3


def challenged(*script: Line) -> ChallengeResult:
    result, _ = asyncio.run(verify.challenge(refuter(ScriptedModel("scripted/one", script))))
    return result


def test_only_a_whole_stands_passes_the_challenge() -> None:
    assert challenged(answers({"verdict": "stands", "reason": "tried"})).outcome is ChallengeOutcome.PASSED
    assert challenged(answers({"verdict": "falls", "reason": "drops"})).outcome is ChallengeOutcome.FAILED


@pytest.mark.parametrize(
    "script",
    [
        [answers({"verdict": "unable", "reason": "too large"})],
        [ModelRefusedError("declined")],
        [says("stands"), says("stands")],
        [answers({"verdict": "stands"}), answers({"verdict": "stands", "reason": ""})],
        [says('{"verdict": "stands", "verdict": "stands", "reason": "x"}')] * 2,
    ],
)
def test_a_challenge_without_a_whole_answer_is_unable(script: list[Line]) -> None:
    assert challenged(*script).outcome is ChallengeOutcome.UNABLE
