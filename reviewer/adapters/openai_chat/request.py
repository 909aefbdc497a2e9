"""A request in the words of Chat Completions."""

from __future__ import annotations

from typing import Any

from reviewer.domain.chat import ChatRequest, Turn, UserTurn

Message = dict[str, Any]

_REFUSED_KEYWORDS = frozenset(
    {"minLength", "maxLength", "uniqueItems", "propertyNames", "minProperties", "maxProperties"}
)
"""Schema keywords that the API takes in no strict schema. The answer is checked against its type all the same."""


def parameters(request: ChatRequest, *, vendor_dialect: bool) -> dict[str, Any]:
    """The arguments of `chat.completions.create`. Optional parts are left out rather than sent empty."""
    sent: dict[str, Any] = {
        "model": request.model,
        "messages": [*_system(request), *(message for turn in request.turns for message in _messages(turn))],
        "stream_options": {"include_usage": True},
    }
    if request.tools:
        sent["tools"] = [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.parameters,
                },
            }
            for tool in request.tools
        ]
    if not vendor_dialect:
        return {**sent, "max_tokens": request.max_output_tokens}
    if request.answer:
        schema = accepted_schema(request.answer.json_schema)
        answer = {"name": request.answer.name, "schema": schema, "strict": True}
        sent["response_format"] = {"type": "json_schema", "json_schema": answer}
    return {**sent, "max_completion_tokens": request.max_output_tokens, "store": False}


def accepted_schema(schema: Any, *, names: bool = False) -> Any:
    """`schema` without the keywords that the API refuses; `names` says that the keys are names of fields."""
    if isinstance(schema, list):
        return [accepted_schema(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: accepted_schema(value, names=key == "properties" and not names)
        for key, value in schema.items()
        if names or key not in _REFUSED_KEYWORDS
    }


def _system(request: ChatRequest) -> list[Message]:
    """One message for all parts: the chat templates of many servers take no second one."""
    text = "\n\n".join(part for part in request.system if part)
    return [{"role": "system", "content": text}] if text else []


def _messages(turn: Turn) -> list[Message]:
    if isinstance(turn, UserTurn):
        results = [
            {
                "role": "tool",
                "tool_call_id": result.call_id,
                # The protocol has no mark for a failed tool, so the text says it.
                "content": f"Error: {result.content}" if result.is_error else result.content,
            }
            for result in turn.results
        ]
        return results + ([{"role": "user", "content": turn.text}] if turn.text else [])
    message: Message = {"role": "assistant", "content": turn.text or None}
    if turn.calls:
        message["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in turn.calls
        ]
    return [message]
