import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from reviewer.domain.chat import ChatRequest, ToolCall, UserTurn
from reviewer.errors import (
    ModelAnswerError,
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelTruncatedError,
    ModelUnavailableError,
)
from reviewer.ports import ChatModel
from reviewer.testing.model_server import Fault, HttpError, Served
from reviewer.testing.scripted_model import says

AdapterOf = Callable[..., AbstractContextManager[ChatModel]]

REQUEST = ChatRequest(model="m-1", system=("s",), turns=(UserTurn(text="t"),), max_output_tokens=100)

FAULTS: dict[Fault, type[ModelError]] = {
    Fault.CUT: ModelTruncatedError,
    Fault.RESET: ModelTruncatedError,
    Fault.EARLY_END: ModelTruncatedError,
    Fault.NO_STOP_REASON: ModelTruncatedError,
    Fault.BROKEN_FRAME: ModelTruncatedError,
    Fault.MISSHAPEN_FRAME: ModelAnswerError,
    Fault.ERROR_FRAME: ModelUnavailableError,
    Fault.LIMIT: ModelTruncatedError,
    Fault.REFUSED: ModelRefusedError,
    Fault.FILTERED: ModelRefusedError,
    Fault.ODD_STOP: ModelAnswerError,
    Fault.EMPTY: ModelAnswerError,
    Fault.OTHER_MODEL: ModelAnswerError,
    Fault.WEB_PAGE: ModelAnswerError,
    Fault.SILENT: ModelUnavailableError,
    Fault.ENDLESS: ModelUnavailableError,
}
STATUSES: dict[int, type[ModelError]] = {
    307: ModelRejectedError,
    400: ModelRejectedError,
    401: ModelRejectedError,
    402: ModelRejectedError,
    403: ModelRejectedError,
    404: ModelRejectedError,
    408: ModelUnavailableError,
    409: ModelUnavailableError,
    413: ModelRejectedError,
    422: ModelRejectedError,
    429: ModelUnavailableError,
    500: ModelUnavailableError,
    503: ModelUnavailableError,
    529: ModelUnavailableError,
}


def failure(adapter_of: AdapterOf, served: Served, timeout_s: float = 10) -> ModelError:
    with (
        adapter_of([served], timeout_s=timeout_s) as model,
        pytest.raises(ModelError) as caught,
    ):
        asyncio.run(asyncio.wait_for(model.complete(REQUEST), 30))  # an endless stream must fail, not hang
    return caught.value


def test_every_fault_has_its_error() -> None:
    assert set(FAULTS) == set(Fault)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_in_its_error(adapter_of: AdapterOf, fault: Fault) -> None:
    waits = fault in (Fault.SILENT, Fault.ENDLESS)
    error = failure(adapter_of, fault, 0.3 if waits else 10)
    assert type(error) is FAULTS[fault]
    assert "m-1" in str(error)


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_ends_in_its_error(adapter_of: AdapterOf, status: int) -> None:
    error = failure(adapter_of, HttpError(status, "some_error", "because"))
    assert type(error) is STATUSES[status]
    assert f"HTTP {status}: because" in str(error)


@pytest.mark.parametrize(
    "fault", [Fault.CUT, Fault.RESET, Fault.EARLY_END, Fault.BROKEN_FRAME, Fault.NO_STOP_REASON]
)
def test_a_reply_that_the_connection_cut_is_worth_another_try(adapter_of: AdapterOf, fault: Fault) -> None:
    error = failure(adapter_of, fault)
    assert isinstance(error, ModelTruncatedError)
    assert error.cut


def test_a_reply_that_a_limit_cut_is_not_worth_another_try(adapter_of: AdapterOf) -> None:
    error = failure(adapter_of, Fault.LIMIT)
    assert isinstance(error, ModelTruncatedError)
    assert not error.cut


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("0.5", 0.5), ("soon", None), ("-3", 0.0), ("inf", None)]
)
def test_a_rate_limit_says_how_long_to_wait(
    adapter_of: AdapterOf, header: str, seconds: float | None
) -> None:
    error = failure(adapter_of, HttpError(429, "rate_limit_error", "slow", (("retry-after", header),)))
    assert isinstance(error, ModelUnavailableError)
    assert error.retry_after_s == seconds


def test_a_rate_limit_until_a_date_in_the_past_is_over(adapter_of: AdapterOf) -> None:
    past = (("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"),)
    error = failure(adapter_of, HttpError(429, "rate_limit_error", "slow", past))
    assert isinstance(error, ModelUnavailableError)
    assert error.retry_after_s == 0


def test_an_account_without_credit_is_not_worth_another_try(adapter_of: AdapterOf) -> None:
    error = failure(adapter_of, HttpError(429, "insufficient_quota", "pay first"))
    assert type(error) is ModelRejectedError


def test_a_filter_that_refuses_the_prompt_is_a_refusal(adapter_of: AdapterOf) -> None:
    error = failure(adapter_of, HttpError(400, "content_filter", "filtered"))
    assert type(error) is ModelRefusedError


def test_an_error_does_not_repeat_our_key(adapter_of: AdapterOf) -> None:
    error = failure(adapter_of, HttpError(401, "authentication_error", "bad key sk-planted"))
    assert "sk-planted" not in str(error)
    assert "bad key [api key]" in str(error)


def test_an_error_is_one_line_of_bounded_length(adapter_of: AdapterOf) -> None:
    error = failure(adapter_of, HttpError(400, "x", "long\n" * 5000))
    assert len(str(error)) < 500
    assert "\n" not in str(error)


def test_a_prompt_follows_no_redirect(adapter_of: AdapterOf) -> None:
    # Had it been followed, the server would complain of a request beyond its script.
    error = failure(adapter_of, HttpError(307, headers=(("location", "/elsewhere/messages"),)))
    assert type(error) is ModelRejectedError


def test_a_refusal_keeps_its_words(adapter_of: AdapterOf) -> None:
    assert "I will not." in str(failure(adapter_of, Fault.REFUSED))


@pytest.mark.parametrize("fault", [Fault.LIMIT, Fault.EMPTY, Fault.OTHER_MODEL, Fault.REFUSED])
def test_what_a_failed_reply_cost_is_not_lost(adapter_of: AdapterOf, fault: Fault) -> None:
    usage = failure(adapter_of, fault).usage
    assert usage is not None
    assert (usage.input_tokens, usage.output_tokens, usage.calls) == (100, 20, 1)


def test_a_server_that_is_not_there_is_unavailable(adapter_of: AdapterOf) -> None:
    with adapter_of([]) as model:
        pass  # the server is gone now
    with pytest.raises(ModelUnavailableError, match="cannot be reached"):
        asyncio.run(model.complete(REQUEST))


def test_the_other_model_is_named_with_what_to_do(adapter_of: AdapterOf) -> None:
    error = failure(adapter_of, Fault.OTHER_MODEL)
    assert "asked for model 'm-1', answered by 'something-else-1'" in str(error)
    assert "/something-else-1" in error.advice


def test_half_a_surrogate_pair_is_no_text(adapter_of: AdapterOf) -> None:
    assert type(failure(adapter_of, says("\ud800"))) is ModelAnswerError


@pytest.mark.parametrize("ids", [("a", "a"), ("a", "")])
def test_tool_calls_without_ids_of_their_own_are_refused(adapter_of: AdapterOf, ids: tuple[str, str]) -> None:
    doubled = says("", *(ToolCall(id=each, name="read", arguments="{}") for each in ids))
    assert type(failure(adapter_of, doubled)) is ModelAnswerError


def test_a_tool_call_without_a_name_is_refused(adapter_of: AdapterOf) -> None:
    nameless = says("", ToolCall(id="a", name="", arguments="{}"))
    assert type(failure(adapter_of, nameless)) is ModelAnswerError


def test_a_mistake_of_our_own_is_not_dressed_as_the_worlds(adapter_of: AdapterOf) -> None:
    no_turns = REQUEST.model_copy(update={"turns": None})
    with adapter_of([]) as model, pytest.raises(TypeError):
        asyncio.run(model.complete(no_turns))
