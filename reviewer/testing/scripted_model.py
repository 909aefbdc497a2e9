"""A model that says what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reviewer.domain.chat import AssistantTurn, ChatReply, ChatRequest, StopReason, ToolCall, Usage
from reviewer.errors import ModelError

Said = ChatReply | ModelError
Line = Said | Callable[[ChatRequest], Said]
"""What happens at one request: a reply, an error, or a function of the request that gives one of them."""

_UNIT = re.compile(r"UNIT (u-[0-9a-f]+)")


class ScriptedModel:
    """A `ChatModel` without a model.

    `script` is a line for each request in turn, and asking beyond its end is an error; or one function
    for all requests, where their order is not fixed (agents that run side by side).
    """

    def __init__(self, label: str, script: Sequence[Line] | Callable[[ChatRequest], Said]) -> None:
        self._label = label
        self._script = script
        self.requests: list[ChatRequest] = []
        """Everything asked, in order."""

    @property
    def label(self) -> str:
        """The label given."""
        return self._label

    @property
    def name(self) -> str:
        """What follows the provider in the label."""
        return self._label.split("/", 1)[-1]

    async def complete(self, request: ChatRequest) -> ChatReply:
        """What the script says; a reply that names no model is by the one asked for."""
        self.requests.append(request)
        said = self._next(request)
        if isinstance(said, ModelError):
            raise said
        return said if said.model else said.model_copy(update={"model": request.model})

    def _next(self, request: ChatRequest) -> Said:
        if callable(self._script):
            return self._script(request)
        if len(self.requests) > len(self._script):
            raise RuntimeError(
                f"{self.label}: request {len(self.requests)} goes beyond the script of {len(self._script)} lines"
            )
        line = self._script[len(self.requests) - 1]
        return line(request) if callable(line) else line


def says(text: str, *tool_calls: ToolCall, usage: Usage | None = None, model: str = "") -> ChatReply:
    """A reply of this text and these calls; `model` is by default the one asked for."""
    return ChatReply(
        turn=AssistantTurn(text=text, calls=tool_calls),
        stop=StopReason.WANTS_TOOLS if tool_calls else StopReason.ANSWERED,
        model=model,
        usage=usage or Usage(input_tokens=100, output_tokens=20, calls=1),
    )


def answers(value: object) -> ChatReply:
    """A final answer: `value` as JSON text."""
    return says(json.dumps(value, ensure_ascii=False))


def calls(name: str, arguments: object, *, call_id: str = "call_1") -> ChatReply:
    """A reply that calls one tool."""
    return says("", ToolCall(id=call_id, name=name, arguments=json.dumps(arguments, ensure_ascii=False)))


def compliant(request: ChatRequest, findings: Sequence[Mapping[str, Any]] = ()) -> ChatReply:
    """What a model says that finds `findings` and nothing else, in the shape it was asked for; for any request."""
    if request.answer is None:
        raise ValueError("the request asks for no answer of any shape")
    if request.answer.name.startswith("refute"):
        return answers({"outcome": "confirmed", "reason": "followed it"})
    if request.answer.name.startswith("challenge"):
        return answers({"verdict": "stands", "reason": "tried to break it"})
    told = {unit for finding in findings for unit in finding["units"]}
    attestations = [
        {"unit": unit, "verdict": "finding" if unit in told else "clear", "note": "read"}
        for unit in _UNIT.findall("\n".join(request.system))
    ]
    return answers({"attestations": attestations, "findings": list(findings), "summary": "ok"})
