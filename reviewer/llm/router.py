"""Which of several models answers: the first, and when its provider fails, the next."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from reviewer.domain.chat import AssistantTurn, ChatReply, ChatRequest, Turn
from reviewer.errors import ModelUnavailableError
from reviewer.llm.budget import Budget
from reviewer.llm.retry import Retried, complete_with_retries
from reviewer.ports import ChatModel

AT_ONCE = 8
"""Requests to one model at the same time, over all conversations of a process."""
REST_S = 60.0
"""Seconds for which a model that was given up is asked last, unless its provider named a longer wait."""

Switched = Callable[[ChatModel, ModelUnavailableError], None]
"""Told of each change of the model: which is asked now, and why the one before it was given up."""


@dataclass(frozen=True)
class Routed:
    """A whole reply, and whose it is."""

    reply: ChatReply
    model: ChatModel


class Router:
    """Models in the order in which they are asked. Safe to share between conversations of one event loop.

    A model whose provider is unavailable after every try is given up for a while, for all conversations: six agents
    need not find out one by one. What a model refuses, cuts or answers wrongly is its answer: nobody else is asked.
    """

    def __init__(
        self,
        models: Sequence[ChatModel],
        *,
        at_once: int = AT_ONCE,
        rest_s: float = REST_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not models:
            raise ValueError("a router without a model answers nothing")
        labels = [model.label for model in models]
        if len(set(labels)) != len(labels):
            raise ValueError(f"a model is named twice: {', '.join(labels)}")
        self.models = tuple(models)
        self._places = {label: asyncio.Semaphore(at_once) for label in labels}
        self._rests_until = dict.fromkeys(labels, 0.0)
        self._rest_s = rest_s
        self._clock = clock

    @classmethod
    def of(cls, *models: ChatModel) -> Self:
        """A router over these models, as it ships."""
        return cls(models)

    @property
    def first(self) -> ChatModel:
        """The model that is preferred."""
        return self.models[0]

    async def complete(
        self,
        request: ChatRequest,
        budget: Budget,
        *,
        last: ChatModel | None = None,
        retried: Retried | None = None,
        switched: Switched | None = None,
    ) -> Routed:
        """A whole reply of the first model that gives one; each try of each model is charged to `budget`.

        `last` wrote the newest turn of the conversation and goes on with it while it can: no other model can read
        what its vendor keeps between turns. When every model is unavailable, the error names each of them.
        """
        given_up: list[ModelUnavailableError] = []
        for model in self._in_order(last):
            if given_up and switched:
                switched(model, given_up[-1])
            try:
                async with self._places[model.label]:
                    asked = _for_model(request, model, last=last)
                    return Routed(await complete_with_retries(model, asked, budget, retried=retried), model)
            except ModelUnavailableError as error:
                given_up.append(error)
                rest_s = max(self._rest_s, error.retry_after_s or 0.0)
                self._rests_until[model.label] = self._clock() + rest_s
        raise _all_given_up(given_up)

    def _in_order(self, last: ChatModel | None) -> list[ChatModel]:
        """Those at rest come last: one of them may be well again, and there is nobody else."""
        now = self._clock()
        preferred = sorted(self.models, key=lambda model: last is not None and model.label != last.label)
        return sorted(preferred, key=lambda model: self._rests_until[model.label] > now)


def _for_model(request: ChatRequest, model: ChatModel, *, last: ChatModel | None) -> ChatRequest:
    turns = request.turns
    if last is not None and last.label != model.label:
        turns = tuple(_without_state(turn) for turn in turns)
    return request.model_copy(update={"model": model.name, "turns": turns})


def _without_state(turn: Turn) -> Turn:
    return turn.model_copy(update={"vendor_state": ""}) if isinstance(turn, AssistantTurn) else turn


def _all_given_up(errors: Sequence[ModelUnavailableError]) -> ModelUnavailableError:
    told = copy.copy(errors[-1])
    told.args = ("; then ".join(str(error) for error in errors),)
    told.__cause__ = errors[-1]
    return told
