"""Each way in which a provider fails, from the wire through both adapters to the recorded decision."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from pydantic import SecretStr

from reviewer.adapters.anthropic_chat import AnthropicChat
from reviewer.adapters.openai_chat import OpenAIChat
from reviewer.domain.coverage import AgentStatus
from reviewer.domain.decision import DecisionOutcome
from reviewer.llm.router import Router
from reviewer.pipeline import Run, review_change
from reviewer.policy import ALL_AGENTS, Budget, Policy
from reviewer.stages.publish import summary
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.model_server import Fault, HttpError, ModelServer, Served
from reviewer.testing.scripted_model import ScriptedModel, compliant, says

WAITS = (Fault.SILENT, Fault.ENDLESS)
SERVED: dict[str, Served] = {
    **{fault.value: fault for fault in Fault},
    **{f"HTTP {status}": HttpError(status) for status in (400, 401, 403, 404, 413, 429, 500, 529)},
    "broken JSON": says('{"attestations": [{"unit": '),
    "JSON of another shape": says('{"verdict": "approve"}'),
    "an empty object": says("{}"),
    "words": says("Everything looks fine. Approved!"),
}


@pytest.fixture(autouse=True)
def no_trust_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback speaks no TLS, and reading the machine's certificates takes most of the time."""
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)


def the_model(vendor: str, server: ModelServer, *, timeout_s: float) -> AnthropicChat | OpenAIChat:
    key = SecretStr("sk-planted")
    if vendor == "anthropic":
        return AnthropicChat(
            "m-1", api_key=key, base_url=server.anthropic_url, timeout_s=timeout_s, strict=True
        )
    return OpenAIChat("m-1", api_key=key, base_url=server.openai_url, timeout_s=timeout_s, strict=True)


@pytest.mark.parametrize("vendor", ["anthropic", "openai"])
@pytest.mark.parametrize("what", SERVED)
def test_a_provider_that_fails_sends_the_change_to_a_human_with_the_reason(
    vendor: str,
    what: str,
    a_run: Callable[..., Run],
    a_repository: Callable[..., tuple[MemoryGit, str, str]],
) -> None:
    served = SERVED[what]
    policy = Policy(budget=Budget(max_attempts=1))
    with ModelServer([served] * 2 * len(ALL_AGENTS)) as server:
        model = the_model(vendor, server, timeout_s=0.3 if served in WAITS else 10)
        review = asyncio.run(review_change(a_run(*a_repository(), model=model, policy=policy)))
        asyncio.run(model.aclose())
    assert review.decision.outcome is DecisionOutcome.ESCALATE
    assert [report.name for report in review.agents] == list(ALL_AGENTS)
    for report in review.agents:
        assert report.status is AgentStatus.UNABLE
        assert report.reason
        assert not report.attestations
    assert review.challenge is None
    assert any(reason.code == "coverage.incomplete" and reason.holds for node in review.decision.reasons
               for reason in node.because)  # fmt: skip


def test_a_provider_that_recovers_within_the_attempts_is_asked_again(
    a_run: Callable[..., Run], a_repository: Callable[..., tuple[MemoryGit, str, str]]
) -> None:
    script: list[Served] = [HttpError(529), HttpError(429, headers=(("retry-after", "0"),))]
    script += [says("{}")] * 40
    with ModelServer(script) as server:
        model = the_model("anthropic", server, timeout_s=10)
        review = asyncio.run(review_change(a_run(*a_repository(), model=model)))
        asyncio.run(model.aclose())
    assert review.usage.calls == 2 * len(ALL_AGENTS) + 2


@pytest.mark.parametrize("what", ["HTTP 429", "HTTP 529", "silent"])
def test_when_one_provider_fails_the_next_goes_on_and_the_review_says_so(
    what: str, a_run: Callable[..., Run], a_repository: Callable[..., tuple[MemoryGit, str, str]]
) -> None:
    failing, policy = SERVED[what], Policy(budget=Budget(max_attempts=1))
    well = ScriptedModel("scripted/well", compliant)
    with ModelServer([failing] * 20) as server:
        down = the_model("anthropic", server, timeout_s=0.3 if failing in WAITS else 10)
        run = replace(a_run(*a_repository(), policy=policy), router=Router.of(down, well))
        review = asyncio.run(review_change(run))
        asyncio.run(down.aclose())
    assert review.decision.outcome is DecisionOutcome.APPROVE
    assert {report.model for report in review.agents} == {"scripted/well"}
    assert any(
        "scripted/well goes on, after: " in switch for report in review.agents for switch in report.switched
    )
    assert "scripted/well goes on" in summary(review)


@pytest.mark.parametrize("what", ["HTTP 401", "refused", "cut"])
def test_what_a_provider_answers_is_not_asked_of_another(
    what: str, a_run: Callable[..., Run], a_repository: Callable[..., tuple[MemoryGit, str, str]]
) -> None:
    well = ScriptedModel("scripted/well", compliant)
    with ModelServer([SERVED[what]] * 40) as server:
        down = the_model("anthropic", server, timeout_s=10)
        run = replace(
            a_run(*a_repository(), policy=Policy(budget=Budget(max_attempts=1))), router=Router.of(down, well)
        )
        review = asyncio.run(review_change(run))
        asyncio.run(down.aclose())
    assert review.decision.outcome is DecisionOutcome.ESCALATE
    assert well.requests == []
