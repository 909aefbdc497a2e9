"""Chat models to hold against one contract: the scripted one, and both adapters before the fake server."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from anthropic.types.message_create_params import MessageCreateParamsStreaming
from openai.types.chat.completion_create_params import CompletionCreateParamsStreaming
from pydantic import SecretStr, TypeAdapter

from reviewer.adapters.anthropic_chat import AnthropicChat
from reviewer.adapters.openai_chat import OpenAIChat
from reviewer.ports import ChatModel
from reviewer.testing.model_server import ModelServer, Served, drain
from reviewer.testing.scripted_model import Line, ScriptedModel

REQUESTS: dict[str, TypeAdapter[Any]] = {
    "messages": TypeAdapter(MessageCreateParamsStreaming),
    "completions": TypeAdapter(CompletionCreateParamsStreaming),
}


def only_what_the_vendor_takes(path: str, body: dict[str, Any]) -> None:
    drain(REQUESTS[path.rsplit("/", 1)[-1]].validate_python(body, extra="forbid"))


@pytest.fixture(autouse=True)
def no_trust_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback speaks no TLS, and reading the machine's certificates for every client takes most of the time."""
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)


@contextmanager
def _served_model(vendor: str, script: Sequence[Served], timeout_s: float) -> Iterator[ChatModel]:
    with ModelServer(script, check=only_what_the_vendor_takes) as server:
        key = SecretStr("sk-planted")
        model: AnthropicChat | OpenAIChat
        if vendor == "anthropic":
            model = AnthropicChat(
                "m-1", api_key=key, base_url=server.anthropic_url, timeout_s=timeout_s, strict=True
            )
        else:
            model = OpenAIChat(
                "m-1", api_key=key, base_url=server.openai_url, timeout_s=timeout_s, strict=True
            )
        yield model
        asyncio.run(model.aclose())


@contextmanager
def _scripted_model(script: Sequence[Line]) -> Iterator[ChatModel]:
    yield ScriptedModel("scripted/m-1", script)


@pytest.fixture(params=["scripted", "anthropic", "openai"])
def model_of(request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager[ChatModel]]:
    """A model, by any of the three, that gives the replies of a script."""

    def make(script: Sequence[Any]) -> AbstractContextManager[ChatModel]:
        if request.param == "scripted":
            return _scripted_model(script)
        return _served_model(request.param, script, 10)

    return make


@pytest.fixture(params=["anthropic", "openai"])
def adapter_of(request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager[ChatModel]]:
    """An adapter before a server that does what a script says, faults included."""

    def make(script: Sequence[Served], *, timeout_s: float = 10) -> AbstractContextManager[ChatModel]:
        return _served_model(request.param, script, timeout_s)

    return make
