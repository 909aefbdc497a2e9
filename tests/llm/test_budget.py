import pytest

from reviewer import policy
from reviewer.domain.chat import ChatRequest, Usage, UserTurn
from reviewer.errors import BudgetSpentError
from reviewer.llm.budget import Budget, estimated_tokens

REQUEST = ChatRequest(model="m", system=(), turns=(UserTurn(text="x" * 4000),), max_output_tokens=10)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def a_budget(clock: Clock | None = None, **limits: int) -> Budget:
    defaults = {
        "max_turns": 3,
        "max_tool_calls": 2,
        "max_input_tokens": 5000,
        "max_output_tokens": 10,
        "max_seconds": 60,
        "max_attempts": 3,
    }
    return Budget(**{**defaults, **limits}, clock=clock or Clock())


def test_a_policy_makes_a_budget() -> None:
    limits = policy.Budget(max_turns=7, max_seconds=5)
    budget = Budget.of(limits)
    assert (budget.max_turns, budget.max_seconds, budget.remaining_s) == (7, 5, 5)


def test_turns_are_counted_and_end_with_value_and_limit() -> None:
    budget = a_budget()
    for expected in (False, False, True):
        assert budget.is_last_turn is expected
        budget.begin_turn()
    with pytest.raises(BudgetSpentError, match="turns: 3 used without an answer, limit 3"):
        budget.begin_turn()
    assert budget.turns == 3


def test_seconds_count_from_the_first_turn() -> None:
    clock = Clock()
    budget = a_budget(clock)
    clock.now += 100
    assert budget.remaining_s == 60
    budget.begin_turn()
    clock.now += 59
    budget.admit(REQUEST)
    clock.now += 2
    assert budget.remaining_s == 0
    with pytest.raises(BudgetSpentError, match="seconds: no answer after 1 turns, limit 60 s"):
        budget.admit(REQUEST)


def test_a_request_that_would_go_beyond_the_token_limit_is_not_sent() -> None:
    budget = a_budget()
    budget.charge(REQUEST, Usage(input_tokens=4500))
    with pytest.raises(BudgetSpentError, match=r"input tokens: 4500 spent and .* about 10\d\d, limit 5000"):
        budget.admit(REQUEST)


def test_a_server_that_reports_no_tokens_is_charged_with_an_estimate() -> None:
    budget = a_budget()
    for _ in range(4):
        budget.admit(REQUEST)
        budget.charge(REQUEST, Usage(calls=1))
    with pytest.raises(BudgetSpentError, match="input tokens"):
        budget.admit(REQUEST)
    assert budget.usage == Usage(calls=4)


def test_the_estimate_does_not_count_tokens_of_the_reply() -> None:
    more = REQUEST.model_copy(update={"max_output_tokens": 10**9})
    assert 1000 <= estimated_tokens(REQUEST) == estimated_tokens(more) < 1100


def test_tool_calls_run_up_to_the_limit() -> None:
    budget = a_budget()
    assert [budget.take_tool_call() for _ in range(4)] == [True, True, False, False]
    assert budget.tool_calls == 2
