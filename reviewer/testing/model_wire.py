"""How two vendors put a reply on the wire: whole, and as the frames of a stream."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from reviewer.domain.chat import ChatReply, ToolCall

Json = dict[str, Any]


class Ending(StrEnum):
    """Why a reply ended, in no vendor's words."""

    ANSWERED = "answered"
    WANTS_TOOLS = "wants tools"
    LIMIT = "limit"
    REFUSED = "refused"
    """By the model, in its own words."""
    FILTERED = "filtered"
    """By a filter, without words."""
    ODD = "odd"
    """For a reason that nothing in our requests allows."""
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Outcome:
    """What a server is about to say."""

    reply: ChatReply
    ending: Ending
    refusal: str = ""
    """The words of a refusal."""


class Wire(ABC):
    """One vendor's protocol."""

    stops: ClassVar[dict[Ending, str | None]]
    """The vendor's word for each ending."""

    @abstractmethod
    def whole(self, outcome: Outcome) -> Json:
        """The body of a reply that is not streamed."""

    @abstractmethod
    def frames(self, outcome: Outcome) -> list[bytes]:
        """The frames of a streamed reply; each is one event with its blank line."""

    @abstractmethod
    def error(self, kind: str, message: str) -> Json:
        """The body of an error."""

    @abstractmethod
    def error_frame(self, kind: str, message: str) -> bytes:
        """An error in the middle of a stream."""

    @abstractmethod
    def idle_frame(self) -> bytes:
        """What a server sends to keep a silent connection open."""


class AnthropicWire(Wire):
    """The Messages API."""

    stops: ClassVar[dict[Ending, str | None]] = {
        Ending.ANSWERED: "end_turn",
        Ending.WANTS_TOOLS: "tool_use",
        Ending.LIMIT: "max_tokens",
        Ending.REFUSED: "refusal",
        Ending.FILTERED: "refusal",
        Ending.ODD: "pause_turn",
        Ending.UNSAID: None,
    }

    def whole(self, outcome: Outcome) -> Json:
        """A `message`; arguments that are not JSON cannot be said in it, only streamed."""
        turn = outcome.reply.turn
        blocks: list[Json] = _reasoning(outcome.reply)
        blocks += [{"type": "text", "text": turn.text}] if turn.text else []
        blocks += [
            {"type": "tool_use", "id": call.id, "name": call.name, "input": json.loads(call.arguments)}
            for call in turn.calls
        ]
        return self._message(outcome, blocks)

    def frames(self, outcome: Outcome) -> list[bytes]:
        """message_start, three events and more for each block, message_delta, message_stop."""
        message = self._message(outcome, [])
        ending = {key: message[key] for key in ("stop_reason", "stop_sequence", "stop_details")}
        begun = {**message, "stop_reason": None, "stop_details": None}
        events: list[Json] = [{"type": "message_start", "message": begun}, {"type": "ping"}]
        for index, block in enumerate(self._pieces(outcome)):
            events += [{**event, "index": index} for event in block]
        output = {"output_tokens": outcome.reply.usage.output_tokens}
        events += [{"type": "message_delta", "delta": ending, "usage": output}, {"type": "message_stop"}]
        return [self._frame(event) for event in events]

    def error(self, kind: str, message: str) -> Json:
        """An `error` object."""
        return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_fake"}

    def error_frame(self, kind: str, message: str) -> bytes:
        """An `error` event."""
        return self._frame(self.error(kind, message))

    def idle_frame(self) -> bytes:
        """A `ping` event."""
        return self._frame({"type": "ping"})

    def _message(self, outcome: Outcome, content: list[Json]) -> Json:
        details = {"type": "refusal", "category": None, "explanation": outcome.refusal or None}
        return {
            "id": "msg_fake",
            "type": "message",
            "role": "assistant",
            "model": outcome.reply.model,
            "content": content,
            "stop_reason": self.stops[outcome.ending],
            "stop_sequence": None,
            "stop_details": details if outcome.refusal else None,
            "usage": self._usage(outcome.reply),
        }

    @staticmethod
    def _frame(event: Json) -> bytes:
        return f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()

    @staticmethod
    def _usage(reply: ChatReply) -> Json:
        """The vendor counts cached input apart."""
        return {
            "input_tokens": reply.usage.input_tokens - reply.usage.cached_input_tokens,
            "cache_read_input_tokens": reply.usage.cached_input_tokens,
            "cache_creation_input_tokens": 0,
            "output_tokens": reply.usage.output_tokens,
        }

    @staticmethod
    def _pieces(outcome: Outcome) -> Iterator[list[Json]]:
        """The events of each block, its content in two deltas where it is long enough."""
        for block in _reasoning(outcome.reply):
            yield _block({**block, "thinking": "", "signature": ""}, _thinking_deltas(block))
        if text := outcome.reply.turn.text:
            deltas = [{"type": "text_delta", "text": half} for half in halves(text)]
            yield _block({"type": "text", "text": ""}, deltas)
        for call in outcome.reply.turn.calls:
            start = {"type": "tool_use", "id": call.id, "name": call.name, "input": {}}
            partial = [] if call.arguments == "{}" else halves(call.arguments)
            yield _block(start, [{"type": "input_json_delta", "partial_json": half} for half in partial])


def _reasoning(reply: ChatReply) -> list[Json]:
    """The signed reasoning in a reply's vendor state."""
    blocks = json.loads(reply.turn.vendor_state or "[]")
    return [block for block in blocks if block["type"] == "thinking"]


def _thinking_deltas(block: Json) -> list[Json]:
    deltas = [{"type": "thinking_delta", "thinking": half} for half in halves(block["thinking"])]
    return [*deltas, {"type": "signature_delta", "signature": block["signature"]}]


def _block(start: Json, deltas: list[Json]) -> list[Json]:
    return [
        {"type": "content_block_start", "content_block": start},
        *({"type": "content_block_delta", "delta": delta} for delta in deltas),
        {"type": "content_block_stop"},
    ]


class OpenAIWire(Wire):
    """Chat Completions."""

    stops: ClassVar[dict[Ending, str | None]] = {
        Ending.ANSWERED: "stop",
        Ending.WANTS_TOOLS: "tool_calls",
        Ending.LIMIT: "length",
        Ending.REFUSED: "stop",
        Ending.FILTERED: "content_filter",
        Ending.ODD: "function_call",
        Ending.UNSAID: None,
    }

    def whole(self, outcome: Outcome) -> Json:
        """A `chat.completion`."""
        turn = outcome.reply.turn
        message: Json = {
            "role": "assistant",
            "content": turn.text or None,
            "refusal": outcome.refusal or None,
        }
        if turn.calls:
            message["tool_calls"] = [self._call(call) for call in turn.calls]
        choice = {
            "index": 0,
            "message": message,
            "finish_reason": self.stops[outcome.ending],
            "logprobs": None,
        }
        return {
            **self._base(outcome),
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage(outcome),
        }

    def frames(self, outcome: Outcome) -> list[bytes]:
        """The role, the content in halves, each call as a head and its arguments in halves, the end, the usage."""
        turn = outcome.reply.turn
        deltas: list[Json] = [{"role": "assistant", "content": ""}]
        deltas += [{"content": half} for half in halves(turn.text)]
        deltas += [{"refusal": half} for half in halves(outcome.refusal)]
        for index, call in enumerate(turn.calls):
            head = self._call(replace_arguments(call, ""))
            deltas += [{"tool_calls": [{"index": index, **head}]}]
            deltas += [
                {"tool_calls": [{"index": index, "function": {"arguments": half}}]}
                for half in halves(call.arguments)
            ]
        chunk = {**self._base(outcome), "object": "chat.completion.chunk"}
        chunks = [
            {**chunk, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas
        ]
        chunks.append(
            {**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": self.stops[outcome.ending]}]}
        )
        chunks.append({**chunk, "choices": [], "usage": self._usage(outcome)})
        return [*(self._frame(each) for each in chunks), b"data: [DONE]\n\n"]

    def error(self, kind: str, message: str) -> Json:
        """An `error` object."""
        return {"error": {"message": message, "type": kind, "param": None, "code": kind}}

    def error_frame(self, kind: str, message: str) -> bytes:
        """A chunk that holds an error."""
        return self._frame(self.error(kind, message))

    def idle_frame(self) -> bytes:
        """A comment."""
        return b": keep-alive\n\n"

    @staticmethod
    def _frame(chunk: Json) -> bytes:
        return f"data: {json.dumps(chunk)}\n\n".encode()

    @staticmethod
    def _base(outcome: Outcome) -> Json:
        return {"id": "chatcmpl-fake", "created": 1, "model": outcome.reply.model}

    @staticmethod
    def _call(call: ToolCall) -> Json:
        function = {"name": call.name, "arguments": call.arguments}
        return {"id": call.id, "type": "function", "function": function}

    @staticmethod
    def _usage(outcome: Outcome) -> Json:
        usage = outcome.reply.usage
        return {
            "prompt_tokens": usage.input_tokens,
            "completion_tokens": usage.output_tokens,
            "total_tokens": usage.input_tokens + usage.output_tokens,
            "prompt_tokens_details": {"cached_tokens": usage.cached_input_tokens},
        }


def replace_arguments(call: ToolCall, arguments: str) -> ToolCall:
    """The call with other arguments."""
    return call.model_copy(update={"arguments": arguments})


def halves(text: str) -> list[str]:
    """`text` in two pieces, so that nobody may rely on getting it in one; empty pieces are left out."""
    middle = len(text) // 2
    return [half for half in (text[:middle], text[middle:]) if half]
