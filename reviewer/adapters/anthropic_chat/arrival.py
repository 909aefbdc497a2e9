"""Streamed events put together to one turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reviewer.adapters.anthropic_chat.request import Block, tool_use
from reviewer.domain.chat import AssistantTurn, ToolCall, Usage
from reviewer.errors import ModelAnswerError, ModelRefusedError, ModelTruncatedError
from reviewer.llm.provider_errors import one_line

if TYPE_CHECKING:
    from anthropic.types import RawContentBlockDelta, RawMessageStreamEvent

_REASONING = frozenset({"thinking", "redacted_thinking"})
_FIGURES = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens")


@dataclass
class _Arriving:
    """One content block while it arrives."""

    start: Block
    parts: list[str] = field(default_factory=list)
    signature: str = ""
    closed: bool = False

    @property
    def kind(self) -> str:
        return str(self.start["type"])

    @property
    def text(self) -> str:
        first: str = self.start["text"]
        return first + "".join(self.parts)

    @property
    def call(self) -> ToolCall:
        # A tool without arguments may stream none; its start then holds the empty object.
        arguments = "".join(self.parts) or json.dumps(self.start["input"])
        return ToolCall(id=self.start["id"], name=self.start["name"], arguments=arguments)


class Arrived:
    """What of a reply has arrived."""

    def __init__(self, label: str) -> None:
        self.model: str | None = None
        self._label = label
        self._blocks: dict[int, _Arriving] = {}
        self._stop_reason: str | None = None
        self._refusal = ""
        self._ended = False
        self._figures: dict[str, int] = {}

    def take(self, event: RawMessageStreamEvent) -> None:
        """Add an event. Kinds that did not exist when this was written are passed over, as the vendor asks."""
        with self._reading(event):
            self._take(event)

    @property
    def tokens(self) -> Usage:
        """The tokens reported until now. The vendor counts cached input apart, `Usage` as a part of the input."""
        fresh, written, cached, output = (self._figures.get(kind, 0) for kind in _FIGURES)
        return Usage(input_tokens=fresh + written + cached, cached_input_tokens=cached, output_tokens=output)

    def turn(self) -> AssistantTurn:
        """The whole turn; a `ModelError` for every way of ending that is not a whole one."""
        if not self._ended or self._stop_reason is None or not all(b.closed for b in self._blocks.values()):
            raise ModelTruncatedError(f"{self._label}: the stream ended before the reply did", cut=True)
        if self._stop_reason in ("max_tokens", "model_context_window_exceeded"):
            raise ModelTruncatedError(f"{self._label}: the reply was cut by a limit: {self._stop_reason}")
        if self._stop_reason == "refusal":
            why = one_line(self._refusal) or "no reason given"
            raise ModelRefusedError(f"{self._label}: the model refused: {why}")
        blocks = [block for _, block in sorted(self._blocks.items())]
        with self._reading(blocks):
            turn = _turn(blocks)
        if self._stop_reason != ("tool_use" if turn.calls else "end_turn"):
            how = f"stop reason {self._stop_reason!r} with {len(turn.calls)} tool calls"
            raise ModelAnswerError(f"{self._label}: {how} is no whole reply")
        return turn

    def _take(self, event: RawMessageStreamEvent) -> None:
        if event.type == "message_start":
            self.model = event.message.model
            self._count(event.message.usage)
        elif event.type == "content_block_start":
            self._blocks[event.index] = _Arriving(event.content_block.to_dict(warnings=False))
        elif event.type == "content_block_delta":
            _extend(self._blocks[event.index], event.delta)
        elif event.type == "content_block_stop":
            self._blocks[event.index].closed = True
        elif event.type == "message_delta":
            self._stop_reason = event.delta.stop_reason
            details = event.delta.stop_details
            self._refusal = (details and (details.explanation or details.category)) or ""
            self._count(event.usage)
        elif event.type == "message_stop":
            self._ended = True

    def _count(self, usage: object) -> None:
        """Keep the newest figure of each kind: the vendor's are cumulative, and null where unchanged."""
        for kind in _FIGURES:
            figure = getattr(usage, kind, None)
            if isinstance(figure, int):
                self._figures[kind] = figure

    @contextmanager
    def _reading(self, received: object) -> Iterator[None]:
        """Unless strict, the SDK builds its types without checking them: anything may be missing in one."""
        try:
            yield
        except (AttributeError, LookupError, TypeError) as error:
            what = one_line(repr(received))
            raise ModelAnswerError(f"{self._label}: does not fit the protocol: {what}") from error


def _extend(block: _Arriving, delta: RawContentBlockDelta) -> None:
    if delta.type == "text_delta":
        block.parts.append(delta.text)
    elif delta.type == "input_json_delta":
        block.parts.append(delta.partial_json)
    elif delta.type == "thinking_delta":
        block.parts.append(delta.thinking)
    elif delta.type == "signature_delta":
        block.signature += delta.signature


def _turn(blocks: list[_Arriving]) -> AssistantTurn:
    return AssistantTurn(
        text="".join(block.text for block in blocks if block.kind == "text"),
        calls=tuple(block.call for block in blocks if block.kind == "tool_use"),
        vendor_state=_vendor_state(blocks),
    )


def _vendor_state(blocks: list[_Arriving]) -> str:
    """All blocks as the vendor wants them back, when there is signed reasoning among them; else nothing.

    Source: the SDK's `ThinkingBlockParam`: blocks "must be passed back unmodified and in their original order".
    """
    if not any(block.kind in _REASONING for block in blocks):
        return ""
    return json.dumps([given for block in blocks if (given := _given_back(block))])


def _given_back(block: _Arriving) -> dict[str, Any] | None:
    if block.kind == "thinking":
        return {
            "type": "thinking",
            "thinking": block.start["thinking"] + "".join(block.parts),
            "signature": block.start.get("signature", "") + block.signature,
        }
    if block.kind == "redacted_thinking":
        return {"type": "redacted_thinking", "data": block.start["data"]}
    if block.kind == "tool_use":
        return tool_use(block.call)
    if block.kind == "text" and block.text.strip():
        return {"type": "text", "text": block.text}
    return None
