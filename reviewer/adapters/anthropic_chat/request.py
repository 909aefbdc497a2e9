"""A request in the words of the Messages API."""

from __future__ import annotations

import json
from typing import Any

from reviewer.domain.chat import ChatRequest, ToolCall, Turn, UserTurn

Block = dict[str, Any]

_KEEP_FOR_A_WHILE = {"type": "ephemeral"}


def parameters(request: ChatRequest, *, vendor_dialect: bool) -> dict[str, Any]:
    """The arguments of `messages.create`. Optional parts are left out rather than sent empty."""
    system: list[Block] = [{"type": "text", "text": part} for part in request.system if part]
    messages = [_message(turn) for turn in request.turns]
    # Two breakpoints: the system parts are shared by every agent, the turns so far by every request of one.
    for blocks in (system, messages[-1]["content"]):
        if blocks:
            blocks[-1]["cache_control"] = _KEEP_FOR_A_WHILE
    sent: dict[str, Any] = {
        "model": request.model,
        "max_tokens": request.max_output_tokens,
        "messages": messages,
    }
    if system:
        sent["system"] = system
    if request.tools:
        sent["tools"] = [
            {"name": tool.name, "description": tool.description, "input_schema": tool.parameters}
            for tool in request.tools
        ]
    if request.answer and vendor_dialect:
        from anthropic import transform_schema  # moves what the API does not check into descriptions

        schema = transform_schema(request.answer.json_schema)
        sent["output_config"] = {"format": {"type": "json_schema", "schema": schema}}
    return sent


def tool_use(call: ToolCall) -> Block:
    """A call as the vendor wants it back."""
    return {"type": "tool_use", "id": call.id, "name": call.name, "input": _arguments(call.arguments)}


def _message(turn: Turn) -> dict[str, Any]:
    if isinstance(turn, UserTurn):
        # Results first: the API refuses text between a tool's call and its result.
        results = [
            {
                "type": "tool_result",
                "tool_use_id": result.call_id,
                "content": result.content,
                "is_error": result.is_error,
            }
            for result in turn.results
        ]
        return {"role": "user", "content": [*results, *_text(turn.text)]}
    if turn.vendor_state:
        return {"role": "assistant", "content": json.loads(turn.vendor_state)}
    return {"role": "assistant", "content": [*_text(turn.text), *(tool_use(call) for call in turn.calls)]}


def _text(text: str) -> list[Block]:
    """No block for blank text: the API refuses one."""
    return [{"type": "text", "text": text}] if text.strip() else []


def _arguments(raw: str) -> dict[str, Any]:
    """Arguments to show to the model again. The API takes only objects, so anything else travels inside one."""
    try:
        value = json.loads(raw)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {"invalid_arguments": raw}
