import asyncio
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from openai.types.chat.completion_create_params import CompletionCreateParamsStreaming
from pydantic import SecretStr, TypeAdapter

from reviewer.adapters.openai_chat import OpenAIChat
from reviewer.adapters.openai_chat.request import accepted_schema
from reviewer.domain.chat import (
    AnswerFormat,
    AssistantTurn,
    ChatReply,
    ChatRequest,
    StopReason,
    ToolCall,
    ToolResult,
    UserTurn,
)
from reviewer.errors import ModelAnswerError, ModelError, ModelRejectedError, ModelUnavailableError
from reviewer.testing.model_server import ModelServer, RawStream, Received, Served, drain
from reviewer.testing.scripted_model import says

PARAMETERS: TypeAdapter[Any] = TypeAdapter(CompletionCreateParamsStreaming)
REQUEST = ChatRequest(
    model="gpt-x", system=("rules", "change"), turns=(UserTurn(text="look"),), max_output_tokens=1000
)
ANSWER = AnswerFormat(
    name="verdict",
    json_schema={
        "type": "object",
        "properties": {"maxLength": {"type": "string", "maxLength": 5, "enum": ["a", "b"]}},
        "required": ["maxLength"],
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
        model = OpenAIChat("gpt-x", api_key=secret, base_url=url, timeout_s=10, **options)
        try:
            return await model.complete(request)
        finally:
            await model.aclose()

    with ModelServer([served], check=check) as server:
        return asyncio.run(ask(server.openai_url)), server.requests[0]


def sent(request: ChatRequest = REQUEST, **options: Any) -> dict[str, Any]:
    return exchange(says("ok"), request, **options)[1].body


def chunk(delta: Any = None, finish: str | None = None, **fields: Any) -> bytes:
    body = {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "gpt-x",
        "choices": [{"index": 0, "delta": delta or {}, "finish_reason": finish}],
        **fields,
    }
    return f"data: {json.dumps(body)}\n\n".encode()


def call_delta(index: int | None, arguments: str, **head: str) -> bytes:
    function = {"arguments": arguments, **({"name": head["name"]} if "name" in head else {})}
    call = {"index": index, "function": function, **({"id": head["id"]} if "id" in head else {})}
    return chunk({"tool_calls": [call]})


DONE = b"data: [DONE]\n\n"


def test_a_compatible_server_gets_nothing_it_might_refuse() -> None:
    body = sent(REQUEST.model_copy(update={"answer": ANSWER}))
    assert set(body) == {"model", "messages", "max_tokens", "stream", "stream_options"}
    assert body["stream_options"] == {"include_usage": True}


def test_the_vendor_is_told_to_keep_nothing() -> None:
    body = sent(vendor_dialect=True)
    assert body["store"] is False
    assert body["max_completion_tokens"] == 1000
    assert "max_tokens" not in body


def test_the_vendor_gets_the_answer_format_without_keywords_it_refuses() -> None:
    body = sent(REQUEST.model_copy(update={"answer": ANSWER}), vendor_dialect=True)
    described = body["response_format"]["json_schema"]
    assert described["strict"] is True
    assert described["name"] == "verdict"
    assert described["schema"]["properties"] == {"maxLength": {"type": "string", "enum": ["a", "b"]}}


def test_a_field_may_be_named_like_a_keyword_at_any_depth() -> None:
    inner = {"type": "object", "properties": {"properties": {"type": "string", "minLength": 1}}}
    schema = {"type": "object", "properties": {"properties": inner}}
    assert accepted_schema(schema)["properties"]["properties"]["properties"]["properties"] == {
        "type": "string"
    }


@pytest.mark.parametrize(
    ("url", "vendor"),
    [
        (None, True),
        ("https://api.openai.com/v1", True),
        ("https://eu.api.openai.com/v1", True),
        ("https://api.openai.com.example/v1", False),
        ("http://127.0.0.1:11434/v1", False),
    ],
)
def test_only_the_vendors_own_hosts_are_spoken_to_in_its_dialect(url: str | None, vendor: bool) -> None:
    assert OpenAIChat("x", api_key=None, base_url=url, timeout_s=1)._vendor_dialect is vendor


def test_system_parts_are_one_message_and_tool_results_one_each() -> None:
    call = ToolCall(id="c1", name="read", arguments="{")
    turns = (
        UserTurn(text="look"),
        AssistantTurn(calls=(call,)),
        UserTurn(text="go on", results=(ToolResult(call_id="c1", content="not JSON", is_error=True),)),
    )
    messages = sent(REQUEST.model_copy(update={"turns": turns}))["messages"]
    assert messages == [
        {"role": "system", "content": "rules\n\nchange"},
        {"role": "user", "content": "look"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "read", "arguments": "{"}}],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "Error: not JSON"},
        {"role": "user", "content": "go on"},
    ]


def test_a_finish_reason_without_done_ends_a_reply() -> None:
    reply, _ = exchange(RawStream((chunk({"content": "hello"}), chunk(finish="stop"))))
    assert reply.turn.text == "hello"
    assert reply.usage.input_tokens == 0


@pytest.mark.parametrize("index", [0, None])
def test_calls_that_share_an_index_are_told_apart_by_their_ids(index: int | None) -> None:
    frames = (
        call_delta(index, '{"a"', id="c1", name="read"),
        call_delta(index, ": 1}"),
        call_delta(index, "", id="c2", name="search"),
        call_delta(index, "{}", id="c2"),
        chunk(finish="tool_calls"),
        DONE,
    )
    reply, _ = exchange(RawStream(frames), strict=False)
    assert reply.turn.calls == (
        ToolCall(id="c1", name="read", arguments='{"a": 1}'),
        ToolCall(id="c2", name="search", arguments="{}"),
    )


def test_calls_by_index_may_arrive_interleaved() -> None:
    frames = (
        call_delta(0, "", id="c1", name="read"),
        call_delta(1, "", id="c2", name="search"),
        call_delta(0, '{"a": 1}'),
        call_delta(1, '{"b": 2}'),
        chunk(finish="tool_calls"),
    )
    reply, _ = exchange(RawStream(frames))
    assert [call.arguments for call in reply.turn.calls] == ['{"a": 1}', '{"b": 2}']


def test_a_turn_that_calls_tools_and_ends_with_stop_still_wants_tools() -> None:
    frames = (call_delta(0, "{}", id="c1", name="read"), chunk(finish="stop"), DONE)
    assert exchange(RawStream(frames))[0].stop is StopReason.WANTS_TOOLS


@pytest.mark.parametrize("model", ["openai/gpt-x", "gpt-x-2026-01-02"])
def test_a_gateways_prefix_and_a_date_name_the_same_model(model: str) -> None:
    frames = (chunk({"content": "hello"}, model=model), chunk(finish="stop", model=model), DONE)
    assert exchange(RawStream(frames))[0].model == model


@pytest.mark.parametrize("model", ["", None, "gpt-x-mini", "gpt"])
def test_a_server_must_say_that_the_model_asked_for_answered(model: str | None) -> None:
    frames = (chunk({"content": "hello"}, model=model), chunk(finish="stop", model=model), DONE)
    with pytest.raises(ModelAnswerError, match="asked for model 'gpt-x'"):
        exchange(RawStream(frames), strict=False)


@pytest.mark.parametrize(
    "frames",
    [
        (chunk({"content": "x"}), chunk(finish="tool_calls")),
        (chunk({"content": "x"}), chunk(finish="a_reason_of_next_year")),
        (chunk({"content": 5}), chunk(finish="stop")),
        (chunk("x"), chunk(finish="stop")),
        (chunk(choices=[{"index": 1, "delta": {"content": "x"}, "finish_reason": "stop"}]),),
        (chunk({"content": "x", "function_call": {"name": "read", "arguments": "{}"}}), chunk(finish="stop")),
        (chunk({"content": "x"}, usage={"prompt_tokens": "many"}), chunk(finish="stop")),
        (chunk({"tool_calls": [{"index": 0}]}), chunk(finish="stop")),
    ],
)
def test_a_reply_that_contradicts_itself_is_an_error_in_production_too(frames: tuple[bytes, ...]) -> None:
    with pytest.raises(ModelError, match="gpt-x"):
        exchange(RawStream((*frames, DONE)), strict=False)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"code": 429, "message": "slow"}, ModelUnavailableError),
        ({"code": 401, "message": "who"}, ModelRejectedError),
        ({"code": "context_length_exceeded", "message": "long"}, ModelRejectedError),
        ({"type": "server_error", "message": "oops"}, ModelUnavailableError),
        ("just words", ModelUnavailableError),
    ],
)
def test_an_error_inside_a_stream_is_read_by_its_code(error: Any, expected: type[ModelError]) -> None:
    frame = f"data: {json.dumps({'error': error})}\n\n".encode()
    with pytest.raises(expected):
        exchange(RawStream((chunk({"content": "x"}), frame)))


def test_an_absent_key_is_none_of_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1")
    assert exchange(says("ok"), key=None)[1].headers["authorization"] == "Bearer not-needed"
    assert exchange(says("ok"))[1].headers["authorization"] == "Bearer sk-1"


def test_nothing_heavy_is_loaded_until_something_is_asked() -> None:
    code = (
        "import sys\n"
        "from reviewer.adapters.openai_chat import OpenAIChat\n"
        "OpenAIChat('x', api_key=None, timeout_s=1)\n"
        "sys.exit('openai' in sys.modules or 'httpx2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
