"""One request, tried again while that is worth it; every try is counted."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Awaitable, Callable

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_exponential_jitter,
)

from reviewer.domain.chat import ChatReply, ChatRequest, Usage
from reviewer.errors import ModelError, ModelTruncatedError, ModelUnavailableError
from reviewer.llm.budget import Budget
from reviewer.ports import ChatModel

_BACKOFF = wait_exponential_jitter(multiplier=0.5, max=20, jitter=0.5)
"""Seconds between tries when the provider names none: 0.5, 1, 2 … each with up to half a second added."""

Retried = Callable[[ModelError, float], None]
"""Told of each failed try that is followed by another, with the seconds to wait before it."""


async def complete_with_retries(
    model: ChatModel,
    request: ChatRequest,
    budget: Budget,
    *,
    retried: Retried | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> ChatReply:
    """A whole reply from at most `budget.max_attempts` tries; all of them are charged to `budget`.

    Tried again: a provider that is unavailable, and a reply whose end the connection lost. A wait that the
    provider asks for is kept, and when it does not fit into the seconds left the error is raised at once.
    """
    tries = AsyncRetrying(
        sleep=sleep,
        retry=retry_if_exception(_is_worth_another_try),
        wait=_seconds_to_wait,
        stop=lambda state: _is_over(state, budget),
        before_sleep=lambda state: _tell(state, retried),
        reraise=True,
    )
    try:
        return await tries(_attempt, model, request, budget)
    except ModelError as error:
        if not _is_worth_another_try(error):
            raise
        raise _given_up(error, tries.statistics.get("attempt_number", 1), budget) from error


async def _attempt(model: ChatModel, request: ChatRequest, budget: Budget) -> ChatReply:
    budget.admit(request)
    started = time.monotonic()
    reported = Usage()
    try:
        reply = await model.complete(request)
        reported = reply.usage
    except ModelError as error:
        reported = error.usage or reported
        raise
    finally:  # a try that was cancelled was sent, too
        elapsed_ms = round((time.monotonic() - started) * 1000)
        budget.charge(request, reported.model_copy(update={"calls": 1, "duration_ms": elapsed_ms}))
    return reply


def _is_worth_another_try(error: BaseException) -> bool:
    return isinstance(error, ModelUnavailableError) or (isinstance(error, ModelTruncatedError) and error.cut)


def _seconds_to_wait(state: RetryCallState) -> float:
    error = _error_of(state)
    asked = error.retry_after_s if isinstance(error, ModelUnavailableError) else None
    return _BACKOFF(state) if asked is None else asked


def _is_over(state: RetryCallState, budget: Budget) -> bool:
    return state.attempt_number >= budget.max_attempts or state.upcoming_sleep >= budget.remaining_s


def _tell(state: RetryCallState, retried: Retried | None) -> None:
    error = _error_of(state)
    if retried and isinstance(error, ModelError):
        retried(error, state.upcoming_sleep)


def _error_of(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _given_up(error: ModelError, tries: int, budget: Budget) -> ModelError:
    """The same error, saying how often it was tried and why no more."""
    wait_s = error.retry_after_s if isinstance(error, ModelUnavailableError) else None
    asked = f", asked to wait {wait_s:g} s with {budget.remaining_s:.0f} s left" if wait_s else ""
    told = copy.copy(error)
    told.args = (f"{error} (given up after {tries} of {budget.max_attempts} tries{asked})",)
    return told
