"""A conversation with a model, in words that belong to no vendor."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from reviewer.domain.value import Value


class Usage(Value):
    """What calls consumed, retries included. Zero means none was reported."""

    input_tokens: int = 0
    """All tokens sent, cached ones included."""
    cached_input_tokens: int = 0
    """The part of `input_tokens` served from a cache."""
    output_tokens: int = 0
    calls: int = 0
    """Requests sent, failed ones included."""
    duration_ms: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(**{name: getattr(self, name) + getattr(other, name) for name in Usage.model_fields})


class ToolSpec(Value):
    """A tool a model may call."""

    name: str = Field(pattern=r"^[a-z][a-z_]{0,63}$")
    description: str
    parameters: dict[str, Any]
    """JSON schema of the arguments: an object, every property required, no others allowed."""


class ToolCall(Value):
    """A model's wish to run a tool."""

    id: str
    """The vendor's id for the call; unique within a reply."""
    name: str
    arguments: str
    """Raw JSON text exactly as the model wrote it; not yet checked."""


class ToolResult(Value):
    """What running a tool gave."""

    call_id: str
    content: str
    is_error: bool = False


class UserTurn(Value):
    """What the engine says: text and answers to tool calls."""

    role: Literal["user"] = "user"
    text: str = ""
    results: tuple[ToolResult, ...] = ()


class AssistantTurn(Value):
    """What the model said."""

    role: Literal["assistant"] = "assistant"
    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    vendor_state: str = ""
    """JSON text that the vendor wants back unchanged with this turn (signed reasoning); empty for none.

    Only the adapter that wrote it reads it.
    """


Turn = UserTurn | AssistantTurn


class AnswerFormat(Value):
    """The shape a final answer must have."""

    name: str = Field(pattern=r"^[a-z][a-z_]{0,63}$")
    json_schema: dict[str, Any]


class ChatRequest(Value):
    """One request to a model."""

    model: str
    """The vendor's own name for the model, without the provider."""
    system: tuple[str, ...]
    """Instruction parts in order. Requests that share leading parts can share a cache."""
    turns: tuple[Turn, ...]
    tools: tuple[ToolSpec, ...] = ()
    answer: AnswerFormat | None = None
    max_output_tokens: int


class StopReason(StrEnum):
    """Why a whole reply ended. Cut, refused or filtered replies are errors, not replies."""

    ANSWERED = "answered"
    WANTS_TOOLS = "wants_tools"


class ChatReply(Value):
    """One whole reply."""

    turn: AssistantTurn
    stop: StopReason
    model: str
    """The model that answered, as the vendor names it."""
    usage: Usage
