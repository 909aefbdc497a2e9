import asyncio

import pytest

from reviewer.domain.chat import ChatRequest, Usage, UserTurn
from reviewer.domain.value import digest_of
from reviewer.errors import ModelRejectedError, ModelUnavailableError
from reviewer.llm.transcript import Exchange, RecordingModel, ReplayModel
from reviewer.testing.scripted_model import ScriptedModel, says


def a_request(text: str) -> ChatRequest:
    return ChatRequest(model="m-1", system=(), turns=(UserTurn(text=text),), max_output_tokens=10)


def recorded() -> RecordingModel:
    down = ModelUnavailableError("down", usage=Usage(input_tokens=5, calls=1))
    model = RecordingModel(ScriptedModel("fake/m-1", [down, says("one"), says("two")]))
    with pytest.raises(ModelUnavailableError):
        asyncio.run(model.complete(a_request("1")))
    for text in ("1", "2"):
        asyncio.run(model.complete(a_request(text)))
    return model


def test_every_attempt_is_recorded_failed_ones_too() -> None:
    first, second, third = recorded().exchanges
    assert first.failure == "ModelUnavailableError: down"
    assert (first.reply, first.reply_digest, first.usage.input_tokens) == (None, None, 5)
    assert second.request_digest == first.request_digest == digest_of(a_request("1"))
    assert third.reply_digest == digest_of(third.reply)
    assert third.reply_digest != second.reply_digest


def test_a_recording_is_data() -> None:
    exchange = recorded().exchanges[2]
    assert Exchange.model_validate_json(exchange.model_dump_json()) == exchange


def test_a_recorder_looks_like_the_model_it_records() -> None:
    assert (recorded().label, recorded().name) == ("fake/m-1", "m-1")


def test_a_replay_answers_as_it_was_answered() -> None:
    model = ReplayModel("fake/m-1", recorded().exchanges)
    assert asyncio.run(model.complete(a_request("2"))).turn.text == "two"
    assert asyncio.run(model.complete(a_request("1"))).turn.text == "one"


def test_a_replay_invents_nothing() -> None:
    model = ReplayModel("fake/m-1", recorded().exchanges)
    with pytest.raises(ModelRejectedError, match="no reply is recorded"):
        asyncio.run(model.complete(a_request("3")))
