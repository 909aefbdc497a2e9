import asyncio
from collections.abc import Callable, Sequence

import pytest

from reviewer import policy
from reviewer.domain.chat import ChatReply, ChatRequest, ToolCall, ToolResult, ToolSpec, Usage, UserTurn
from reviewer.domain.value import Value, digest_of
from reviewer.errors import (
    BudgetSpentError,
    ConversationFailedError,
    ModelAnswerError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
)
from reviewer.llm.budget import Budget
from reviewer.llm.loop import LAST_TURN, Conversation, Step, StepKind, converse
from reviewer.llm.router import Router
from reviewer.testing.scripted_model import Line, ScriptedModel, answers, calls, says

READ = ToolSpec(name="read", description="Read.", parameters={"type": "object", "properties": {}})


class Opinion(Value):
    verdict: str


class Shelf:
    """A toolbox with one tool that gives its arguments back."""

    def __init__(self) -> None:
        self.ran: list[ToolCall] = []

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        return (READ,)

    async def run(self, call: ToolCall) -> ToolResult:
        self.ran.append(call)
        return ToolResult(call_id=call.id, content=call.arguments)


class Talk:
    """One conversation with a scripted model."""

    def __init__(
        self,
        script: Sequence[Line] | Callable[[ChatRequest], ChatReply],
        *,
        check: Callable[[Opinion], str | None] | None = None,
        tools: bool = True,
        **limits: int,
    ) -> None:
        self.model = ScriptedModel("fake/m-1", script)
        self.shelf = Shelf()
        self.steps: list[Step] = []
        self.check = check
        self.tools = tools
        defaults = policy.Budget(
            max_turns=5,
            max_tool_calls=3,
            max_input_tokens=10_000,
            max_output_tokens=500,
            max_seconds=30,
            max_attempts=1,
        )
        self.budget = Budget.of(defaults.model_copy(update=limits))

    def run(self) -> Conversation[Opinion]:
        return asyncio.run(
            converse(
                Router.of(self.model),
                system=("rules",),
                prompt="What do you think?",
                toolbox=self.shelf if self.tools else None,
                answer=Opinion,
                budget=self.budget,
                check=self.check,
                on_event=self.steps.append,
            )
        )

    def fails(self) -> ConversationFailedError:
        with pytest.raises(ConversationFailedError) as caught:
            self.run()
        return caught.value


def spent(usage: Usage) -> Usage:
    return usage.model_copy(update={"duration_ms": 0})


def test_an_answer_comes_with_its_account() -> None:
    talk = Talk([calls("read", {"path": "x"}), answers({"verdict": "fine"})])
    found = talk.run()
    assert found.answer == Opinion(verdict="fine")
    assert (found.turns, found.tool_calls, found.model) == (2, 1, "m-1")
    assert spent(found.usage) == Usage(input_tokens=200, output_tokens=40, calls=2)
    assert found.prompt_digest == digest_of(talk.model.requests[0])


def test_the_first_request_holds_everything_and_later_ones_only_grow_at_the_end() -> None:
    talk = Talk([calls("read", {}), calls("read", {}), answers({"verdict": "fine"})])
    talk.run()
    first, second, third = talk.model.requests
    assert first.model == "m-1"
    assert first.system == ("rules",)
    assert first.turns == (UserTurn(text="What do you think?"),)
    assert first.tools == (READ,)
    assert first.answer is not None
    assert first.answer.name == "opinion"
    assert first.max_output_tokens == 500
    for earlier, later in ((first, second), (second, third)):
        assert later.turns[: len(earlier.turns)] == earlier.turns
        assert later.model_copy(update={"turns": earlier.turns}) == earlier


def test_tools_run_in_the_order_of_the_calls_and_answer_each() -> None:
    both = says(
        "", ToolCall(id="a", name="read", arguments="1"), ToolCall(id="b", name="read", arguments="2")
    )
    talk = Talk([both, answers({"verdict": "fine"})])
    talk.run()
    assert [call.id for call in talk.shelf.ran] == ["a", "b"]
    last = talk.model.requests[1].turns[-1]
    assert isinstance(last, UserTurn)
    assert last.results == (ToolResult(call_id="a", content="1"), ToolResult(call_id="b", content="2"))


def test_an_answer_may_be_repaired_once() -> None:
    talk = Talk([says("Looks fine to me."), answers({"verdict": "fine"})])
    assert talk.run().answer.verdict == "fine"
    repair = talk.model.requests[1].turns[-1]
    assert isinstance(repair, UserTurn)
    assert "the answer holds no JSON object" in repair.text
    assert StepKind.REPAIRING in [step.kind for step in talk.steps]


def test_a_second_unusable_answer_is_a_failure_that_keeps_what_it_cost() -> None:
    failure = Talk([says("Fine."), says("{"), answers({"verdict": "never asked"})]).fails()
    assert isinstance(failure.cause, ModelAnswerError)
    assert spent(failure.usage) == Usage(input_tokens=200, output_tokens=40, calls=2)
    assert failure.turns == 2


def test_a_complaint_of_the_caller_asks_for_repair_too() -> None:
    def check(opinion: Opinion) -> str | None:
        return None if opinion.verdict == "fine" else "unit u1 is not attested"

    good = Talk([answers({"verdict": "?"}), answers({"verdict": "fine"})], check=check)
    assert good.run().answer.verdict == "fine"
    repair = good.model.requests[1].turns[-1]
    assert isinstance(repair, UserTurn)
    assert "unit u1 is not attested" in repair.text
    stubborn = Talk([answers({"verdict": "?"})] * 2, check=check).fails()
    assert str(stubborn) == "unit u1 is not attested"


def test_a_repair_may_use_tools_and_is_still_the_only_one() -> None:
    talk = Talk([says("?"), calls("read", {}), says("?"), answers({"verdict": "never asked"})])
    assert talk.fails().turns == 3


@pytest.mark.parametrize(
    "error",
    [
        ModelRefusedError("no"),
        ModelRejectedError("no key"),
        ModelUnavailableError("down"),
        ModelAnswerError("empty"),
    ],
)
def test_every_failure_of_the_model_keeps_cause_advice_and_cost(error: Exception) -> None:
    failure = Talk([calls("read", {}), error]).fails()  # type: ignore[list-item]
    assert type(failure.cause) is type(error)
    assert str(error) in str(failure)
    assert failure.advice == failure.cause.advice
    assert spent(failure.usage) == Usage(input_tokens=100, output_tokens=20, calls=2)
    assert (failure.turns, failure.tool_calls) == (2, 1)
    assert len(failure.prompt_digest) == 64


def test_a_model_that_never_answers_ends_at_the_limit_of_turns() -> None:
    talk = Talk(lambda _: calls("read", {}), max_tool_calls=100)
    failure = talk.fails()
    assert isinstance(failure.cause, BudgetSpentError)
    assert "limit 5" in str(failure)
    assert len(talk.model.requests) == 5


def test_the_last_turn_is_announced() -> None:
    talk = Talk([calls("read", {}), calls("read", {}), answers({"verdict": "fine"})], max_turns=3)
    talk.run()
    texts = [turn.text for turn in talk.model.requests[2].turns if isinstance(turn, UserTurn)]
    assert texts == ["What do you think?", "", LAST_TURN]


def test_tool_calls_beyond_the_limit_are_refused_and_not_run() -> None:
    talk = Talk([*[calls("read", {})] * 3, answers({"verdict": "fine"})], max_tool_calls=2)
    assert talk.run().tool_calls == 2
    assert len(talk.shelf.ran) == 2
    last = talk.model.requests[3].turns[-1]
    assert isinstance(last, UserTurn)
    assert last.results[0].is_error
    assert "the limit of 2 tool calls" in last.results[0].content


def test_tokens_end_a_conversation_before_a_request_goes_beyond_them() -> None:
    big = says("", ToolCall(id="a", name="read", arguments="{}"), usage=Usage(input_tokens=9_990))
    talk = Talk([big, answers({"verdict": "never asked"})])
    failure = talk.fails()
    assert isinstance(failure.cause, BudgetSpentError)
    assert len(talk.model.requests) == 1


def test_a_model_that_hangs_ends_with_the_seconds() -> None:
    class Hanging(ScriptedModel):
        async def complete(self, request: ChatRequest) -> ChatReply:
            await asyncio.sleep(60)
            raise AssertionError("never")

    talk = Talk([])
    talk.model = Hanging("fake/m-1", [])
    talk.budget.max_seconds = 0.05
    failure = talk.fails()
    assert isinstance(failure.cause, BudgetSpentError)
    assert "limit 0.05 s" in str(failure)
    assert failure.usage.calls == 1


def test_a_timeout_of_something_else_is_not_a_spent_budget() -> None:
    class Broken(Shelf):
        async def run(self, call: ToolCall) -> ToolResult:
            raise TimeoutError("a bug in a tool")

    talk = Talk([calls("read", {})])
    talk.shelf = Broken()
    with pytest.raises(TimeoutError, match="a bug"):
        talk.run()


def test_calling_a_tool_where_none_was_offered_is_a_failure() -> None:
    failure = Talk([calls("read", {})], tools=False).fails()
    assert isinstance(failure.cause, ModelAnswerError)
    assert "'read'" in str(failure)


def test_a_budget_serves_one_conversation() -> None:
    talk = Talk([answers({"verdict": "fine"})] * 2)
    talk.run()
    with pytest.raises(ValueError, match="another conversation"):
        talk.run()


def test_progress_is_told_in_order() -> None:
    down = ModelUnavailableError("down", retry_after_s=0)
    talk = Talk([calls("read", {}), down, answers({"verdict": "fine"})], max_attempts=2)
    talk.run()
    assert [step.kind for step in talk.steps] == [
        StepKind.REPLIED,
        StepKind.RAN_TOOL,
        StepKind.RETRYING,
        StepKind.REPLIED,
    ]
