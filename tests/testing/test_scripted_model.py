import asyncio

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, StopReason, UserTurn
from reviewer.errors import ModelRefusedError
from reviewer.testing.scripted_model import ScriptedModel, answers, calls, says

REQUEST = ChatRequest(model="m-1", system=(), turns=(UserTurn(text="hello"),), max_output_tokens=9)


def ask(model: ScriptedModel) -> ChatReply:
    return asyncio.run(model.complete(REQUEST))


def test_lines_are_said_in_order_and_requests_remembered() -> None:
    refusal = ModelRefusedError("no")
    model = ScriptedModel("fake/m-1", [answers({"a": 1}), refusal, lambda request: says(request.model)])
    assert ask(model).turn.text == '{"a": 1}'
    with pytest.raises(ModelRefusedError) as caught:
        ask(model)
    assert caught.value is refusal
    assert ask(model).turn.text == "m-1"
    assert model.requests == [REQUEST] * 3


def test_asking_beyond_the_script_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="request 1 goes beyond the script of 0 lines"):
        ask(ScriptedModel("fake/m-1", []))


def test_one_function_may_answer_everything() -> None:
    model = ScriptedModel("fake/m-1", lambda _: calls("read", {"n": len(model.requests)}))
    assert [ask(model).turn.calls[0].arguments for _ in range(2)] == ['{"n": 1}', '{"n": 2}']
    assert ask(model).stop is StopReason.WANTS_TOOLS
