"""One attempt at the Messages API, and what its errors mean."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError

from reviewer.adapters.anthropic_chat.arrival import Arrived
from reviewer.adapters.anthropic_chat.request import parameters
from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.errors import (
    ModelAnswerError,
    ModelError,
    ModelRejectedError,
    ModelTruncatedError,
    ModelUnavailableError,
)
from reviewer.llm.attempt import attempt
from reviewer.llm.provider_errors import one_line, provider_error

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

VENDOR_URL = "https://api.anthropic.com"


class AnthropicChat:
    """One Claude model. Streams, because proxies cut long silences; never repeats.

    The answer format goes out natively to the vendor's own address only: servers that merely speak the
    protocol may refuse what they do not know, and the prompt carries the schema anyway.
    """

    def __init__(
        self,
        name: str,
        *,
        api_key: SecretStr | None,
        base_url: str | None = None,
        timeout_s: float,
        strict: bool = False,
        vendor_dialect: bool | None = None,
    ) -> None:
        self._name = name
        self._api_key = api_key
        """None for a local server that wants none."""
        self._base_url = base_url or VENDOR_URL
        self._timeout_s = timeout_s
        """Seconds for a whole attempt."""
        self._strict = strict
        """Let the SDK refuse what its own types do not know. For tests: a server may add kinds of events."""
        at_vendor = urlsplit(self._base_url).hostname == urlsplit(VENDOR_URL).hostname
        self._vendor_dialect = at_vendor if vendor_dialect is None else vendor_dialect

    @property
    def label(self) -> str:
        """`anthropic/name`."""
        return f"anthropic/{self._name}"

    @property
    def name(self) -> str:
        """The model's name as the vendor knows it."""
        return self._name

    async def complete(self, request: ChatRequest) -> ChatReply:
        """One attempt; see `ports.ChatModel`. A failure carries what was consumed, where the server said it."""
        arrived = Arrived(self.label)
        sent = parameters(request, vendor_dialect=self._vendor_dialect)
        return await attempt(
            self.label,
            request.model,
            arrived,
            self._receive(sent, arrived),
            timeout_s=self._timeout_s,
            known=self._known,
        )

    async def aclose(self) -> None:
        """Close the client, if one was ever needed."""
        if "_client" in self.__dict__:
            await self._client.close()

    @cached_property
    def _client(self) -> AsyncAnthropic:
        import anthropic
        import httpx2

        # Connections are not kept between requests: a handshake is small beside a reply, a kept connection may
        # be dead when it is used next, and without one the client is not bound to an event loop.
        # Redirects are not followed: the prompt is source code, and goes to the address named and to no other.
        http = anthropic.DefaultAsyncHttpxClient(
            limits=httpx2.Limits(max_keepalive_connections=0), follow_redirects=False
        )
        return anthropic.AsyncAnthropic(
            api_key=self._api_key.get_secret_value() if self._api_key else "not-needed",
            base_url=self._base_url,
            timeout=self._timeout_s,
            max_retries=0,  # each try counts into the budget, so `llm.retry` makes them
            open_telemetry=False,  # spans of this SDK could carry prompts
            http_client=http,
            _strict_response_validation=self._strict,
        )

    async def _receive(self, sent: dict[str, Any], arrived: Arrived) -> None:
        async with await self._client.messages.create(**sent, stream=True) as stream:
            kind = stream.response.headers.get("content-type", "")
            if kind and not kind.startswith("text/event-stream"):
                raise ModelAnswerError(
                    f"{self.label}: {self._base_url} answered with {one_line(kind)!r}, not with a stream of events",
                    advice="Check ANTHROPIC_BASE_URL: it must lead to a server that speaks the Messages API.",
                )
            async for event in stream:
                arrived.take(event)

    def _known(self, error: Exception) -> ModelError | None:  # noqa: PLR0911 - a row for each kind of error
        """What `error` is in our words; None for a mistake of our own."""
        import anthropic
        import httpx2

        match error:
            case ModelError():
                return error
            case anthropic.APIStatusError():  # also for an error inside a stream, then with status 200
                return provider_error(
                    self.label,
                    status=error.status_code,
                    kinds=[kind for kind in (error.type, error.error_code) if kind],
                    detail=self._without_key(error.api_message or error.message),
                    headers=error.response.headers,
                )
            case TimeoutError() | anthropic.APITimeoutError() | httpx2.TimeoutException():
                return ModelUnavailableError(f"{self.label}: no whole reply within {self._timeout_s:g} s")
            case anthropic.APIConnectionError():
                return ModelUnavailableError(
                    f"{self.label}: {self._base_url} cannot be reached: {error.__cause__!r}"
                )
            case anthropic.APIResponseValidationError() | ValidationError():
                told = one_line(str(error.__cause__ or error))
                return ModelAnswerError(f"{self.label}: an event does not fit the protocol: {told}")
            case anthropic.AnthropicError():
                return ModelRejectedError(f"{self.label}: {one_line(self._without_key(str(error)))}")
            case httpx2.HTTPError():
                return ModelTruncatedError(f"{self.label}: the stream was cut: {error!r}", cut=True)
            case json.JSONDecodeError() | UnicodeDecodeError():
                # A frame was damaged on the way, so a part of the reply is lost: as good as cut.
                return ModelTruncatedError(
                    f"{self.label}: the stream holds a broken event: {error}", cut=True
                )
            case _:
                return None

    def _without_key(self, text: str) -> str:
        """Foreign text that may quote our key back at us."""
        key = self._api_key.get_secret_value() if self._api_key else ""
        return text.replace(key, "[api key]") if key else text
