"""The fake server speaks what the vendors' own clients accept; the adapters only use its streams."""

import anthropic
import openai
import pytest

from reviewer.domain.chat import ToolCall
from reviewer.testing.model_server import ModelServer
from reviewer.testing.scripted_model import says

REPLY = says("Looking.", ToolCall(id="c1", name="read", arguments='{"path": "x"}'))


def test_a_message_that_is_not_streamed_is_one_for_its_client() -> None:
    with (
        ModelServer([REPLY]) as server,
        anthropic.Anthropic(
            api_key="k", base_url=server.anthropic_url, max_retries=0, _strict_response_validation=True
        ) as client,
    ):
        message = client.messages.create(
            model="m", max_tokens=9, messages=[{"role": "user", "content": "look"}]
        )
    assert message.stop_reason == "tool_use"
    assert [block.type for block in message.content] == ["text", "tool_use"]
    assert message.usage.input_tokens == 100


def test_a_completion_that_is_not_streamed_is_one_for_its_client() -> None:
    with (
        ModelServer([REPLY]) as server,
        openai.OpenAI(
            api_key="k", base_url=server.openai_url, max_retries=0, _strict_response_validation=True
        ) as client,
    ):
        completion = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "look"}])
    choice = completion.choices[0]
    assert choice.finish_reason == "tool_calls"
    assert choice.message.tool_calls
    assert choice.message.tool_calls[0].id == "c1"
    assert completion.usage
    assert completion.usage.prompt_tokens == 100


def ask(server: ModelServer) -> None:
    with openai.OpenAI(api_key="k", base_url=server.openai_url, max_retries=0) as client:
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "look"}])


def test_a_request_beyond_the_script_cannot_be_overlooked() -> None:
    with (
        pytest.raises(AssertionError, match=r"request 1 .* goes beyond the script of 0 lines"),
        ModelServer([]) as server,
        pytest.raises(openai.BadRequestError),
    ):
        ask(server)


def test_a_request_that_the_vendor_would_refuse_cannot_be_overlooked() -> None:
    def refuse(path: str, body: object) -> None:
        raise ValueError("no such parameter")

    with (
        pytest.raises(AssertionError, match="no such parameter"),
        ModelServer([REPLY], check=refuse) as server,
        pytest.raises(openai.BadRequestError),
    ):
        ask(server)
