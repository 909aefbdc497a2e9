"""What was asked and answered, kept in memory; and a model that answers from it."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.domain.chat import ChatReply, ChatRequest, Usage
from reviewer.domain.value import Digest, Value, digest_of
from reviewer.errors import ModelError, ModelRejectedError
from reviewer.ports import ChatModel


class Exchange(Value):
    """One attempt: a request with the reply or the failure that it got."""

    request: ChatRequest
    reply: ChatReply | None
    failure: str | None
    """The error's class and message; None when there is a reply."""
    usage: Usage

    @property
    def request_digest(self) -> Digest:
        """Equal for equal requests."""
        return digest_of(self.request)

    @property
    def reply_digest(self) -> Digest | None:
        """None when the attempt failed."""
        return digest_of(self.reply) if self.reply else None


class RecordingModel:
    """Passes requests on to `model` and keeps every attempt, in the order in which they ended."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.exchanges: list[Exchange] = []

    @property
    def label(self) -> str:
        """The recorded model's."""
        return self._model.label

    @property
    def name(self) -> str:
        """The recorded model's."""
        return self._model.name

    async def complete(self, request: ChatRequest) -> ChatReply:
        """The model's reply or error, unchanged."""
        try:
            reply = await self._model.complete(request)
        except ModelError as error:
            failure = f"{type(error).__name__}: {error}"
            usage = error.usage or Usage()
            self.exchanges.append(Exchange(request=request, reply=None, failure=failure, usage=usage))
            raise
        self.exchanges.append(Exchange(request=request, reply=reply, failure=None, usage=reply.usage))
        return reply


class ReplayModel:
    """Answers each request as it was answered when it was recorded, without asking anyone."""

    def __init__(self, label: str, exchanges: Iterable[Exchange]) -> None:
        self._label = label
        self._replies = {each.request_digest: each.reply for each in exchanges if each.reply}

    @property
    def label(self) -> str:
        """The label given."""
        return self._label

    @property
    def name(self) -> str:
        """What follows the provider in the label."""
        return self._label.split("/", 1)[-1]

    async def complete(self, request: ChatRequest) -> ChatReply:
        """The recorded reply; `ModelRejectedError` for a request that was never answered."""
        digest = digest_of(request)
        if digest not in self._replies:
            raise ModelRejectedError(
                f"{self.label}: no reply is recorded for request {digest}; {len(self._replies)} others are",
                advice="The prompt, the tools or the model differ from the recording: record it anew.",
            )
        return self._replies[digest]
