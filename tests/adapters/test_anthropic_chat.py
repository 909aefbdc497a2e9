import asyncio
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from anthropic.types.message_create_params import MessageCreateParamsStreaming
from pydantic import SecretStr, TypeAdapter

from reviewer.adapters.anthropic_chat import AnthropicChat
from reviewer.domain.chat import (
    AnswerFormat,
    AssistantTurn,
    ChatReply,
    ChatRequest,
    StopReason,
    ToolCall,
    ToolResult,
    Turn,
    Usage,
    UserTurn,
)
from reviewer.errors import ModelAnswerError, ModelError
from reviewer.testing.model_server import ModelServer, RawStream, Received, Served, drain
from reviewer.testing.scripted_model import says

PARAMETERS: TypeAdapter[Any] = TypeAdapter(MessageCreateParamsStreaming)
REQUEST = ChatRequest(
    model="claude-x-1", system=("rules", "change"), turns=(UserTurn(text="look"),), max_output_tokens=1000
)
ANSWER = AnswerFormat(
    name="verdict",
    json_schema={
        "type": "object",
        "properties": {"why": {"type": "string", "maxLength": 5}},
        "required": ["why"],
        "additionalProperties": False,
    },
)


@pytest.fixture(autouse=True)
def no_trust_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback speaks no TLS, and reading the machine's certificates for every client takes most of the time."""
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)


def check(path: str, body: dict[str, Any]) -> None:
    drain(PARAMETERS.validate_python(body, extra="forbid"))


def exchange(
    served: Served, request: ChatRequest = REQUEST, *, key: str | None = "sk-1", **options: Any
) -> tuple[ChatReply, Received]:
    async def ask(url: str) -> ChatReply:
        secret = SecretStr(key) if key else None
        options.setdefault("strict", True)
        model = AnthropicChat("claude-x-1", api_key=secret, base_url=url, timeout_s=10, **options)
        try:
            return await model.complete(request)
        finally:
            await model.aclose()

    with ModelServer([served], check=check) as server:
        return asyncio.run(ask(server.anthropic_url)), server.requests[0]


def sent(request: ChatRequest = REQUEST, **options: Any) -> dict[str, Any]:
    return exchange(says("ok"), request, **options)[1].body


def event(kind: str, **fields: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


def stream_of(*middle: bytes, model: str = "claude-x-1", stop: str = "end_turn") -> RawStream:
    message: dict[str, Any] = {
        "id": "m",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": model,
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 3, "output_tokens": 1},
    }
    end = {"stop_reason": stop, "stop_sequence": None}
    return RawStream(
        (
            event("message_start", message=message),
            *middle,
            event("message_delta", delta=end, usage={"output_tokens": 5}),
            event("message_stop"),
        )
    )


TEXT = (
    event("content_block_start", index=0, content_block={"type": "text", "text": "he"}),
    event("content_block_delta", index=0, delta={"type": "text_delta", "text": "llo"}),
    event("content_block_stop", index=0),
)


def test_the_shared_system_parts_and_the_last_turn_end_in_cache_breakpoints() -> None:
    turns: tuple[Turn, ...] = (UserTurn(text="a"), AssistantTurn(text="b"), UserTurn(text="c"))
    body = sent(REQUEST.model_copy(update={"turns": turns}))
    assert ["cache_control" in part for part in body["system"]] == [False, True]
    assert ["cache_control" in m["content"][-1] for m in body["messages"]] == [False, False, True]


def test_the_answer_format_goes_to_a_compatible_server_in_the_prompt_only() -> None:
    request = REQUEST.model_copy(update={"answer": ANSWER})
    assert "output_config" not in sent(request)


def test_the_vendor_gets_the_answer_format_without_keywords_it_does_not_check() -> None:
    body = sent(REQUEST.model_copy(update={"answer": ANSWER}), vendor_dialect=True)
    schema = body["output_config"]["format"]["schema"]
    assert schema["properties"]["why"] == {"type": "string", "description": "{maxLength: 5}"}
    assert schema["required"] == ["why"]
    assert schema["additionalProperties"] is False
    assert ANSWER.json_schema["properties"]["why"] == {"type": "string", "maxLength": 5}


@pytest.mark.parametrize(
    ("url", "native"),
    [
        (None, True),
        ("https://api.anthropic.com/", True),
        ("https://api.anthropic.com.example", False),
        ("http://127.0.0.1:1", False),
    ],
)
def test_only_the_vendors_own_host_is_spoken_to_in_its_dialect(url: str | None, native: bool) -> None:
    model = AnthropicChat("x", api_key=None, base_url=url, timeout_s=1)
    assert model._vendor_dialect is native


def test_tool_results_come_before_text_and_keep_their_error_mark() -> None:
    call = ToolCall(id="c1", name="read", arguments='{"path": "x"}')
    turns = (
        UserTurn(text="look"),
        AssistantTurn(text=" ", calls=(call,)),
        UserTurn(text="go on", results=(ToolResult(call_id="c1", content="none", is_error=True),)),
    )
    messages = sent(REQUEST.model_copy(update={"turns": turns}))["messages"]
    assert messages[1]["content"] == [
        {"type": "tool_use", "id": "c1", "name": "read", "input": {"path": "x"}}
    ]
    assert [block["type"] for block in messages[2]["content"]] == ["tool_result", "text"]
    assert messages[2]["content"][0]["is_error"] is True


def test_signed_reasoning_goes_back_unchanged_and_first() -> None:
    reasoning = {"type": "thinking", "thinking": "Let me look.", "signature": "c2lnbmVk"}
    call = ToolCall(id="c1", name="read", arguments='{"path": "x"}')
    thought = says("Looking.", call)
    thought = thought.model_copy(
        update={"turn": thought.turn.model_copy(update={"vendor_state": json.dumps([reasoning])})}
    )
    reply, _ = exchange(thought)
    assert reply.turn.text == "Looking."
    assert reply.stop is StopReason.WANTS_TOOLS
    results = UserTurn(results=(ToolResult(call_id="c1", content="found"),))
    body = sent(REQUEST.model_copy(update={"turns": (*REQUEST.turns, reply.turn, results)}))
    assert body["messages"][1]["content"] == [
        reasoning,
        {"type": "text", "text": "Looking."},
        {"type": "tool_use", "id": "c1", "name": "read", "input": {"path": "x"}},
    ]


def test_redacted_reasoning_goes_back_too() -> None:
    redacted = (
        event("content_block_start", index=0, content_block={"type": "redacted_thinking", "data": "opaque"}),
        event("content_block_stop", index=0),
        event("content_block_start", index=1, content_block={"type": "text", "text": "hello"}),
        event("content_block_stop", index=1),
    )
    reply, _ = exchange(stream_of(*redacted))
    blocks = json.loads(reply.turn.vendor_state)
    assert blocks == [{"type": "redacted_thinking", "data": "opaque"}, {"type": "text", "text": "hello"}]


def test_reasoning_alone_is_an_empty_reply() -> None:
    only = (
        event("content_block_start", index=0, content_block={"type": "redacted_thinking", "data": "opaque"}),
        event("content_block_stop", index=0),
    )
    with pytest.raises(ModelAnswerError, match="empty"):
        exchange(stream_of(*only))


def test_kinds_of_events_that_are_not_known_yet_are_passed_over() -> None:
    new = event("weather_report", index=9, temperature={"c": 20})
    reply, _ = exchange(stream_of(new, *TEXT, new), strict=False)
    assert reply.turn.text == "hello"


def test_input_tokens_hold_cached_and_newly_cached_ones() -> None:
    usage = {
        "input_tokens": 5,
        "cache_creation_input_tokens": 7,
        "cache_read_input_tokens": 11,
        "output_tokens": 1,
    }
    start = json.loads(stream_of().frames[0].split(b"data: ")[1])
    start["message"]["usage"] = usage
    frames = (event("message_start", message=start["message"]), *stream_of(*TEXT).frames[1:])
    reply, _ = exchange(RawStream(frames))
    expected = Usage(input_tokens=23, cached_input_tokens=11, output_tokens=5, calls=1)
    assert reply.usage.model_copy(update={"duration_ms": 0}) == expected


def test_a_dated_snapshot_of_the_model_is_the_model() -> None:
    reply, _ = exchange(stream_of(*TEXT, model="claude-x-1-20260101"))
    assert reply.model == "claude-x-1-20260101"


@pytest.mark.parametrize(
    ("middle", "stop"),
    [
        (TEXT, "tool_use"),
        (TEXT, "stop_sequence"),
        (TEXT, "a_reason_of_next_year"),
        (TEXT[:2], "end_turn"),
        (TEXT[1:], "end_turn"),
        ((event("content_block_start", index=0, content_block={"type": "text"}), TEXT[2]), "end_turn"),
        (
            (event("content_block_start", index=0, content_block={"type": "tool_use", "id": 5}), TEXT[2]),
            "tool_use",
        ),
        ((event("content_block_start", index=0), TEXT[2]), "end_turn"),
        (
            (event("content_block_start", index=0, content_block={"type": "server_tool_use"}), TEXT[2]),
            "end_turn",
        ),
    ],
)
def test_a_reply_that_contradicts_itself_is_an_error_in_production_too(
    middle: tuple[bytes, ...], stop: str
) -> None:
    with pytest.raises(ModelError, match="claude-x-1"):
        exchange(stream_of(*middle, stop=stop), strict=False)


def test_the_key_travels_in_a_header_and_an_absent_one_is_none_of_the_environments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-of-the-environment")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:1")
    assert "sk-1" in "".join(exchange(says("ok"))[1].headers.values())
    headers = "".join(exchange(says("ok"), key=None)[1].headers.values())
    assert "not-needed" in headers
    assert "sk-of-the-environment" not in headers


def test_nothing_heavy_is_loaded_until_something_is_asked() -> None:
    code = (
        "import sys\n"
        "from reviewer.adapters.anthropic_chat import AnthropicChat\n"
        "AnthropicChat('x', api_key=None, timeout_s=1)\n"
        "sys.exit('anthropic' in sys.modules or 'httpx2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
