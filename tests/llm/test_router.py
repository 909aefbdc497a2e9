import asyncio
from collections.abc import Callable

import pytest

from reviewer.domain.chat import AssistantTurn, ChatReply, ChatRequest, UserTurn
from reviewer.errors import ModelRefusedError, ModelRejectedError, ModelUnavailableError
from reviewer.llm.budget import Budget
from reviewer.llm.router import Routed, Router
from reviewer.ports import ChatModel
from reviewer.testing.scripted_model import Line, ScriptedModel, says

DOWN = ModelUnavailableError("503 from the provider", retry_after_s=0)


def a_request(*turns: UserTurn | AssistantTurn) -> ChatRequest:
    return ChatRequest(
        model="first", system=("s",), turns=turns or (UserTurn(text="?"),), max_output_tokens=100
    )


def a_budget(attempts: int = 2) -> Budget:
    return Budget(
        max_turns=9, max_tool_calls=9, max_input_tokens=10_000, max_output_tokens=100, max_seconds=60,
        max_attempts=attempts,
    )  # fmt: skip


def scripted(label: str, *lines: Line) -> ScriptedModel:
    return ScriptedModel(label, lines)


def asked(router: Router, request: ChatRequest | None = None, **options: object) -> Routed:
    budget = options.pop("budget", None) or a_budget()
    return asyncio.run(router.complete(request or a_request(), budget, **options))  # type: ignore[arg-type]


def test_the_first_model_answers_while_it_is_available() -> None:
    one, other = scripted("a/one", says("yes")), scripted("b/other")
    routed = asked(Router([one, other]))
    assert (routed.model.label, routed.reply.turn.text) == ("a/one", "yes")
    assert other.requests == []


def test_a_model_that_stays_unavailable_is_tried_again_and_then_the_next_is_asked() -> None:
    one, other = scripted("a/one", DOWN, DOWN), scripted("b/other", says("yes"))
    told: list[str] = []
    budget = a_budget(attempts=2)
    routed = asked(
        Router([one, other]),
        budget=budget,
        switched=lambda model, error: told.append(f"{model.label}: {error}"),
    )
    assert routed.model.label == "b/other"
    assert [len(one.requests), len(other.requests)] == [2, 1]
    assert other.requests[0].model == "other"
    assert told == ["b/other: 503 from the provider (given up after 2 of 2 tries)"]
    assert budget.usage.calls == 3


@pytest.mark.parametrize(
    "error", [ModelRefusedError("no"), ModelRejectedError("bad key")], ids=["refused", "rejected"]
)
def test_what_is_an_answer_of_the_provider_is_not_asked_of_another(error: Exception) -> None:
    other = scripted("b/other", says("yes"))
    with pytest.raises(type(error)):
        asked(Router([scripted("a/one", error), other]))  # type: ignore[arg-type]
    assert other.requests == []


def test_when_every_model_is_unavailable_the_error_names_each() -> None:
    router = Router([scripted("a/one", DOWN, DOWN), scripted("b/other", DOWN, DOWN)])
    with pytest.raises(ModelUnavailableError, match=r"503 .*2 of 2 tries\); then 503"):
        asked(router)


def test_a_model_that_was_given_up_rests_for_other_conversations_too() -> None:
    now = [0.0]
    one, other = scripted("a/one", DOWN, DOWN, says("well")), scripted("b/other", says("1"), says("2"))
    router = Router([one, other], rest_s=60, clock=lambda: now[0])
    assert [asked(router).model.label, asked(router).model.label] == ["b/other", "b/other"]
    now[0] = 61
    assert asked(router).model.label == "a/one"


def test_a_longer_wait_that_the_provider_names_is_kept() -> None:
    now = [0.0]
    down = ModelUnavailableError("429", retry_after_s=300)
    one, other = scripted("a/one", down), scripted("b/other", says("1"), says("2"))
    router = Router([one, other], rest_s=60, clock=lambda: now[0])
    asked(router, budget=a_budget(attempts=1))
    now[0] = 120
    assert asked(router).model.label == "b/other"


def test_models_at_rest_are_asked_when_there_is_nobody_else() -> None:
    one = scripted("a/one", DOWN, DOWN, says("well"))
    router = Router([one])
    with pytest.raises(ModelUnavailableError):
        asked(router)
    assert asked(router).reply.turn.text == "well"


def test_a_conversation_stays_with_the_model_that_wrote_its_last_turn() -> None:
    one, other = scripted("a/one"), scripted("b/other", says("more"))
    assert asked(Router([one, other]), last=other).model.label == "b/other"


@pytest.mark.parametrize(("last", "kept"), [("a/one", "signed"), ("b/other", "")])
def test_what_one_vendor_keeps_between_turns_is_never_sent_to_another(last: str, kept: str) -> None:
    models = {label: scripted(label, DOWN, DOWN) for label in ("a/one", "b/other")}
    models["a/one"] = scripted("a/one", says("yes"))
    turn = AssistantTurn(text="so", vendor_state="signed")
    router = Router(list(models.values()))
    asked(router, a_request(UserTurn(text="?"), turn, UserTurn(text="and?")), last=models[last])
    (sent,) = models["a/one"].requests
    assert [each.vendor_state for each in sent.turns if isinstance(each, AssistantTurn)] == [kept]


def test_no_more_requests_than_allowed_are_with_a_model_at_the_same_time() -> None:
    class Slow:
        label, name = "a/slow", "slow"

        def __init__(self) -> None:
            self.now = self.most = 0

        async def complete(self, request: ChatRequest) -> ChatReply:
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.01)
            self.now -= 1
            return says("yes", model="slow")

    async def several(router: Router) -> None:
        await asyncio.gather(*(router.complete(a_request(), a_budget()) for _ in range(10)))

    slow = Slow()
    asyncio.run(several(Router([slow], at_once=3)))
    assert slow.most == 3


@pytest.mark.parametrize(
    ("labels", "why"), [((), "without a model"), (("a/one", "a/one"), "named twice: a/one, a/one")]
)
def test_a_router_that_makes_no_sense_cannot_be_built(labels: tuple[str, ...], why: str) -> None:
    make: Callable[[str], ChatModel] = scripted
    with pytest.raises(ValueError, match=why):
        Router([make(label) for label in labels])
