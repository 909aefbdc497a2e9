"""One attempt at a request, from the first byte sent to a checked reply or a typed error."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from reviewer.domain.chat import AssistantTurn, ChatReply, Usage
from reviewer.errors import ModelError
from reviewer.llm.reply import whole_reply


class Arrival(Protocol):
    """What of a streamed reply has arrived."""

    @property
    def model(self) -> str | None:
        """The model that answers, as the server names it; None until it said so."""

    @property
    def tokens(self) -> Usage:
        """The tokens reported until now; zero for what was not."""

    def turn(self) -> AssistantTurn:
        """The turn, when it is whole; a `ModelError` for every other way in which the stream ended."""


async def attempt(
    label: str,
    asked: str,
    arrival: Arrival,
    receiving: Awaitable[None],
    *,
    timeout_s: float,
    known: Callable[[Exception], ModelError | None],
) -> ChatReply:
    """The whole reply of model `asked`, once `receiving` has filled `arrival`; for an adapter's `complete`.

    `timeout_s` bounds the whole attempt: a server that sends a byte now and then would outlive any limit on
    silence. An error that `known` translates is raised as our own, with what was consumed before it;
    one that it does not know (None) is a mistake of ours and passes through.
    """
    started = time.monotonic()

    def usage() -> Usage:
        elapsed_ms = round((time.monotonic() - started) * 1000)
        return arrival.tokens.model_copy(update={"calls": 1, "duration_ms": elapsed_ms})

    try:
        async with asyncio.timeout(timeout_s):
            await receiving
        return whole_reply(label, asked=asked, answered=arrival.model, turn=arrival.turn(), usage=usage())
    except Exception as error:
        told = known(error)
        if told is None:
            raise
        told.usage = usage()
        if told is error:
            raise
        raise told from error
