import asyncio
from collections.abc import Sequence

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, Usage, UserTurn
from reviewer.errors import (
    BudgetSpentError,
    ModelAnswerError,
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelTruncatedError,
    ModelUnavailableError,
)
from reviewer.llm.budget import Budget
from reviewer.llm.retry import complete_with_retries
from reviewer.testing.scripted_model import Line, ScriptedModel, says

REQUEST = ChatRequest(model="m", system=(), turns=(UserTurn(text="hello"),), max_output_tokens=10)
SPENT = Usage(input_tokens=100, output_tokens=20, calls=1)


class Attempts:
    """One run of `complete_with_retries` with time that passes only by waiting."""

    def __init__(self, script: Sequence[Line], **limits: float) -> None:
        self.now = 0.0
        self.waits: list[float] = []
        self.told: list[str] = []
        self.model = ScriptedModel("fake/m", script)
        merged = {"max_input_tokens": 10_000, "max_seconds": 60, "max_attempts": 3, **limits}
        self.budget = Budget(
            max_turns=9,
            max_tool_calls=9,
            max_input_tokens=int(merged["max_input_tokens"]),
            max_output_tokens=10,
            max_seconds=merged["max_seconds"],
            max_attempts=int(merged["max_attempts"]),
            clock=lambda: self.now,
        )
        self.budget.begin_turn()

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def run(self) -> ChatReply:
        return asyncio.run(
            complete_with_retries(
                self.model,
                REQUEST,
                self.budget,
                retried=lambda error, wait_s: self.told.append(f"{error} / {wait_s:g}"),
                sleep=self._sleep,
            )
        )


def overloaded(retry_after_s: float | None = None) -> ModelUnavailableError:
    return ModelUnavailableError("overloaded", retry_after_s=retry_after_s)


def test_a_reply_after_failures_counts_every_try() -> None:
    cut = ModelTruncatedError("cut", cut=True, usage=Usage(input_tokens=50))
    attempts = Attempts([overloaded(2), cut, says("yes", usage=SPENT)])
    assert attempts.run().turn.text == "yes"
    assert attempts.budget.usage.calls == 3
    assert attempts.budget.usage.input_tokens == 150
    assert attempts.waits[0] == 2
    assert attempts.told[0] == "overloaded / 2"
    assert len(attempts.told) == 2


@pytest.mark.parametrize(
    "error",
    [
        ModelRejectedError("no key", usage=SPENT),
        ModelRefusedError("no", usage=SPENT),
        ModelTruncatedError("limit", usage=SPENT),
        ModelAnswerError("empty", usage=SPENT),
    ],
)
def test_what_will_not_change_is_tried_once_and_still_counted(error: ModelError) -> None:
    attempts = Attempts([error])
    with pytest.raises(ModelError) as caught:
        attempts.run()
    assert caught.value is error
    assert attempts.budget.usage.model_copy(update={"duration_ms": 0}) == SPENT
    assert attempts.waits == []


def test_tries_end_at_the_limit_and_the_error_says_so() -> None:
    attempts = Attempts([overloaded()] * 5)
    with pytest.raises(ModelUnavailableError, match=r"overloaded \(given up after 3 of 3 tries\)") as caught:
        attempts.run()
    assert isinstance(caught.value.__cause__, ModelUnavailableError)
    assert len(attempts.model.requests) == 3
    assert attempts.budget.usage.calls == 3


def test_one_try_means_one() -> None:
    attempts = Attempts([overloaded()], max_attempts=1)
    with pytest.raises(ModelUnavailableError, match="1 of 1 tries"):
        attempts.run()
    assert attempts.waits == []


def test_a_wait_that_does_not_fit_into_the_time_left_is_not_waited() -> None:
    attempts = Attempts([overloaded(90), says("never")])
    with pytest.raises(
        ModelUnavailableError, match=r"1 of 3 tries, asked to wait 90 s with 60 s left"
    ) as caught:
        attempts.run()
    assert caught.value.retry_after_s == 90
    assert attempts.waits == []


def test_waits_without_a_hint_grow() -> None:
    attempts = Attempts([overloaded(), overloaded(), overloaded(), says("yes")], max_attempts=4)
    attempts.run()
    assert [0.5 <= attempts.waits[0] <= 1, 1 <= attempts.waits[1] <= 1.5, 2 <= attempts.waits[2] <= 2.5] == [
        True
    ] * 3


def test_a_budget_that_is_spent_between_tries_ends_them() -> None:
    cut = ModelTruncatedError("cut", cut=True, usage=Usage(input_tokens=9_999))
    attempts = Attempts([cut, says("never")])
    with pytest.raises(BudgetSpentError, match="input tokens: 9999"):
        attempts.run()
    assert len(attempts.model.requests) == 1


def test_a_try_that_is_cancelled_is_counted() -> None:
    class Hanging(ScriptedModel):
        async def complete(self, request: ChatRequest) -> ChatReply:
            await asyncio.sleep(60)
            raise AssertionError("never")

    attempts = Attempts([])
    attempts.model = Hanging("fake/m", [])

    async def impatient() -> None:
        async with asyncio.timeout(0.01):
            await complete_with_retries(attempts.model, REQUEST, attempts.budget)

    with pytest.raises(TimeoutError):
        asyncio.run(impatient())
    assert attempts.budget.usage.calls == 1


def test_a_mistake_of_ours_is_not_tried_again() -> None:
    attempts = Attempts([])
    with pytest.raises(RuntimeError, match="beyond the script"):
        attempts.run()
    assert attempts.waits == []
