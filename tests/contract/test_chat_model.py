import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from reviewer.domain.chat import (
    AnswerFormat,
    AssistantTurn,
    ChatRequest,
    StopReason,
    ToolCall,
    ToolResult,
    ToolSpec,
    Usage,
    UserTurn,
)
from reviewer.ports import ChatModel
from reviewer.testing.scripted_model import answers, calls, says

ModelOf = Callable[..., AbstractContextManager[ChatModel]]

READ = ToolSpec(
    name="read",
    description="Read a file.",
    parameters={
        "type": "object",
        "properties": {"path": {"type": "string"}},
        "required": ["path"],
        "additionalProperties": False,
    },
)
ANSWER = AnswerFormat(
    name="verdict",
    json_schema={
        "type": "object",
        "properties": {"verdict": {"type": "string", "minLength": 1}},
        "required": ["verdict"],
        "additionalProperties": False,
    },
)
FIRST = ChatRequest(
    model="m-1",
    system=("You review.", "The change: …"),
    turns=(UserTurn(text="Is it fine?"),),
    tools=(READ,),
    answer=ANSWER,
    max_output_tokens=1000,
)


def test_an_answer_arrives_whole_and_by_the_model_asked_for(model_of: ModelOf) -> None:
    with model_of([answers({"verdict": "fine ☃ \U0001f600"})]) as model:
        reply = asyncio.run(model.complete(FIRST))
    assert json.loads(reply.turn.text) == {"verdict": "fine ☃ \U0001f600"}
    assert reply.stop is StopReason.ANSWERED
    assert reply.model == "m-1"
    assert not reply.turn.calls


def test_the_label_is_the_provider_and_the_name(model_of: ModelOf) -> None:
    with model_of([]) as model:
        assert model.label.split("/", 1)[1] == model.name == "m-1"


def test_tool_calls_arrive_in_order_with_their_raw_arguments(model_of: ModelOf) -> None:
    first = ToolCall(id="call_a", name="read", arguments='{"path":  "a b/ü.py"}')
    second = ToolCall(id="call_b", name="read", arguments="{}")
    with model_of([says("Looking.", first, second)]) as model:
        reply = asyncio.run(model.complete(FIRST))
    assert reply.stop is StopReason.WANTS_TOOLS
    assert reply.turn.text == "Looking."
    assert reply.turn.calls == (first, second)


def test_arguments_that_are_not_json_arrive_as_they_were_written(model_of: ModelOf) -> None:
    broken = ToolCall(id="call_a", name="read", arguments='{"path": ')
    with model_of([says("", broken)]) as model:
        assert asyncio.run(model.complete(FIRST)).turn.calls == (broken,)


def test_a_conversation_with_tools_goes_on(model_of: ModelOf) -> None:
    async def talk(model: ChatModel) -> AssistantTurn:
        reply = await model.complete(FIRST)
        results = tuple(
            ToolResult(call_id=call.id, content="no such file", is_error=True) for call in reply.turn.calls
        )
        turns = (*FIRST.turns, reply.turn, UserTurn(results=results, text="Go on."))
        return (await model.complete(FIRST.model_copy(update={"turns": turns}))).turn

    with model_of([calls("read", {"path": "x"}), answers({"verdict": "fine"})]) as model:
        assert asyncio.run(talk(model)).text == '{"verdict": "fine"}'


def test_calls_with_broken_arguments_can_be_sent_back(model_of: ModelOf) -> None:
    said = AssistantTurn(calls=(ToolCall(id="call_a", name="read", arguments="[1"),))
    answer = UserTurn(results=(ToolResult(call_id="call_a", content="not JSON", is_error=True),))
    with model_of([answers({})]) as model:
        request = FIRST.model_copy(update={"turns": (*FIRST.turns, said, answer)})
        assert asyncio.run(model.complete(request)).turn.text == "{}"


def test_tokens_are_reported_with_cached_ones_as_a_part_of_the_input(model_of: ModelOf) -> None:
    spent = Usage(input_tokens=1000, cached_input_tokens=900, output_tokens=7, calls=1)
    with model_of([says("{}", usage=spent)]) as model:
        usage = asyncio.run(model.complete(FIRST)).usage
    assert usage.model_copy(update={"duration_ms": 0}) == spent


def test_requests_may_run_side_by_side_and_in_several_event_loops(model_of: ModelOf) -> None:
    async def three(model: ChatModel) -> set[str]:
        replies = await asyncio.gather(*(model.complete(FIRST) for _ in range(3)))
        return {reply.turn.text for reply in replies}

    with model_of([says(str(number)) for number in range(6)]) as model:
        assert asyncio.run(three(model)) == {"0", "1", "2"}
        assert asyncio.run(three(model)) == {"3", "4", "5"}


@pytest.mark.parametrize("part", ["system", "tools", "answer"])
def test_every_part_but_the_turns_may_be_missing(model_of: ModelOf, part: str) -> None:
    nothing = None if part == "answer" else ()
    with model_of([says("yes")]) as model:
        request = FIRST.model_copy(update={part: nothing})
        assert asyncio.run(model.complete(request)).turn.text == "yes"
