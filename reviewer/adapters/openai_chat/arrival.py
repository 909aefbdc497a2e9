"""Streamed chunks put together to one turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reviewer.domain.chat import AssistantTurn, ToolCall, Usage
from reviewer.errors import ModelAnswerError, ModelRefusedError, ModelTruncatedError
from reviewer.llm.provider_errors import one_line

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionChunk
    from openai.types.chat.chat_completion_chunk import Choice, ChoiceDeltaToolCall
    from openai.types.completion_usage import CompletionUsage


@dataclass
class _Arriving:
    """One tool call while it arrives."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


class Arrived:
    """What of a reply has arrived."""

    def __init__(self, label: str) -> None:
        self.model: str | None = None
        self.tokens = Usage()
        """As reported; servers do so in their last chunk, so a cut reply has none."""
        self._label = label
        self._text = ""
        self._refusal = ""
        self._calls: list[_Arriving] = []
        self._finish: str | None = None

    def take(self, chunk: ChatCompletionChunk) -> None:
        """Add a chunk."""
        with self._reading(chunk):
            self.model = chunk.model or self.model
            self.tokens = _tokens(chunk.usage) if chunk.usage else self.tokens
            for choice in chunk.choices or ():
                self._choose(choice)

    def turn(self) -> AssistantTurn:
        """The whole turn; a `ModelError` for every way of ending that is not a whole one.

        A finish reason ends a reply, whether or not `[DONE]` follows: the SDK does not tell, and nothing of
        the reply can come in between.
        """
        if self._refusal:
            raise ModelRefusedError(f"{self._label}: the model refused: {one_line(self._refusal)}")
        if self._finish is None:
            raise ModelTruncatedError(f"{self._label}: the stream ended before the reply did", cut=True)
        if self._finish == "length":
            raise ModelTruncatedError(f"{self._label}: the reply was cut by the limit on output tokens")
        if self._finish == "content_filter":
            raise ModelRefusedError(f"{self._label}: a content filter withheld the reply")
        # Some servers end a turn that calls tools with `stop`, too.
        if self._finish != "stop" and not (self._finish == "tool_calls" and self._calls):
            how = f"finish reason {self._finish!r} with {len(self._calls)} tool calls"
            raise ModelAnswerError(f"{self._label}: {how} is no whole reply")
        calls = (ToolCall(id=c.id, name=c.name, arguments=c.arguments or "{}") for c in self._calls)
        return AssistantTurn(text=self._text, calls=tuple(calls))

    def _choose(self, choice: Choice) -> None:
        if choice.index:
            raise ModelAnswerError(f"{self._label}: sent choice {choice.index}, only one was asked for")
        if choice.delta.function_call:
            raise ModelAnswerError(f"{self._label}: called a function in the form that tool calls replaced")
        self._text += choice.delta.content or ""
        self._refusal += choice.delta.refusal or ""
        for delta in choice.delta.tool_calls or ():
            self._extend(delta)
        self._finish = choice.finish_reason or self._finish

    def _extend(self, delta: ChoiceDeltaToolCall) -> None:
        call = next((each for each in reversed(self._calls) if each.index == delta.index), None)
        # Some servers give every call the index 0: an id that differs starts another call.
        if call is None or (delta.id and call.id and delta.id != call.id):
            call = _Arriving(delta.index)
            self._calls.append(call)
        call.id = call.id or delta.id or ""
        if delta.function:
            call.name += delta.function.name or ""
            call.arguments += delta.function.arguments or ""

    @contextmanager
    def _reading(self, received: object) -> Iterator[None]:
        """Unless strict, the SDK builds its types without checking them: anything may be missing in one."""
        try:
            yield
        except (AttributeError, LookupError, TypeError, ValidationError) as error:
            what = one_line(repr(received))
            raise ModelAnswerError(f"{self._label}: does not fit the protocol: {what}") from error


def _tokens(usage: CompletionUsage) -> Usage:
    details = usage.prompt_tokens_details
    return Usage(
        input_tokens=usage.prompt_tokens,
        cached_input_tokens=(details.cached_tokens if details else 0) or 0,
        output_tokens=usage.completion_tokens,
    )
