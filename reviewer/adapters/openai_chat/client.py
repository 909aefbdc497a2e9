"""One attempt at Chat Completions, and what its errors mean."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError

from reviewer.adapters.openai_chat.arrival import Arrived
from reviewer.adapters.openai_chat.request import parameters
from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.errors import (
    ModelAnswerError,
    ModelError,
    ModelRejectedError,
    ModelTruncatedError,
    ModelUnavailableError,
)
from reviewer.llm.attempt import attempt
from reviewer.llm.provider_errors import STREAM_STATUS, one_line, provider_error

if TYPE_CHECKING:
    from openai import APIError, AsyncOpenAI

VENDOR_URL = "https://api.openai.com/v1"


class OpenAIChat:
    """One model behind Chat Completions. Streams, because proxies cut long silences; never repeats.

    The vendor's own addresses get `store: false` (their default is to keep prompts), the answer format and
    `max_completion_tokens`; any other server gets `max_tokens` and nothing that it might refuse.
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
        """Let the SDK refuse what its own types do not know. For tests: compatible servers differ in details."""
        self._vendor_dialect = _is_vendor(self._base_url) if vendor_dialect is None else vendor_dialect

    @property
    def label(self) -> str:
        """`openai/name`, also for other servers: the provider is the protocol."""
        return f"openai/{self._name}"

    @property
    def name(self) -> str:
        """The model's name as the server knows it."""
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
    def _client(self) -> AsyncOpenAI:
        import httpx2
        import openai

        # Connections are not kept between requests: a handshake is small beside a reply, a kept connection may
        # be dead when it is used next, and without one the client is not bound to an event loop.
        # Redirects are not followed: the prompt is source code, and goes to the address named and to no other.
        http = openai.DefaultAsyncHttpxClient(
            limits=httpx2.Limits(max_keepalive_connections=0), follow_redirects=False
        )
        return openai.AsyncOpenAI(
            api_key=self._api_key.get_secret_value() if self._api_key else "not-needed",
            base_url=self._base_url,
            timeout=self._timeout_s,
            max_retries=0,  # each try counts into the budget, so `llm.retry` makes them
            http_client=http,
            _strict_response_validation=self._strict,
        )

    async def _receive(self, sent: dict[str, Any], arrived: Arrived) -> None:
        async with await self._client.chat.completions.create(**sent, stream=True) as stream:
            kind = stream.response.headers.get("content-type", "")
            if kind and not kind.startswith("text/event-stream"):
                raise ModelAnswerError(
                    f"{self.label}: {self._base_url} answered with {one_line(kind)!r}, not with a stream of events",
                    advice="Check OPENAI_BASE_URL: it must lead to a server that speaks Chat Completions.",
                )
            async for chunk in stream:
                arrived.take(chunk)

    def _known(self, error: Exception) -> ModelError | None:  # noqa: PLR0911 - a row for each kind of error
        """What `error` is in our words; None for a mistake of our own."""
        import httpx2
        import openai

        match error:
            case ModelError():
                return error
            case TimeoutError() | openai.APITimeoutError() | httpx2.TimeoutException():
                return ModelUnavailableError(f"{self.label}: no whole reply within {self._timeout_s:g} s")
            case openai.APIConnectionError():
                return self._connection_error(error.__cause__)
            case openai.APIResponseValidationError() | ValidationError():
                told = one_line(str(error.__cause__ or error))
                return ModelAnswerError(f"{self.label}: a chunk does not fit the protocol: {told}")
            case openai.APIError():
                return self._provider_error(error)
            case openai.OpenAIError():
                return ModelRejectedError(f"{self.label}: {one_line(self._without_key(str(error)))}")
            case httpx2.HTTPError():
                return self._connection_error(error)
            case json.JSONDecodeError() | UnicodeDecodeError():
                # A frame was damaged on the way, so a part of the reply is lost: as good as cut.
                return ModelTruncatedError(
                    f"{self.label}: the stream holds a broken chunk: {error}", cut=True
                )
            case _:
                return None

    def _connection_error(self, cause: BaseException | None) -> ModelError:
        """A cut reply when something was received, else a server out of reach: this SDK calls both the same."""
        import httpx2

        if isinstance(cause, httpx2.ReadError | httpx2.RemoteProtocolError | httpx2.DecodingError):
            return ModelTruncatedError(f"{self.label}: the connection was cut: {cause!r}", cut=True)
        return ModelUnavailableError(f"{self.label}: {self._base_url} cannot be reached: {cause!r}")

    def _provider_error(self, error: APIError) -> ModelError:
        """An HTTP error, or one inside a stream, whose `code` some servers make an HTTP status."""
        import openai

        status, headers = STREAM_STATUS, {}
        if isinstance(error, openai.APIStatusError):
            status, headers = error.status_code, dict(error.response.headers)
        elif (error.code or "").isdecimal() and 400 <= int(error.code or 0) <= 599:
            status = int(error.code or 0)
        return provider_error(
            self.label,
            status=status,
            kinds=[kind for kind in (error.type, error.code) if kind],
            detail=self._without_key(_said(error)),
            headers=headers,
        )

    def _without_key(self, text: str) -> str:
        """Foreign text that may quote our key back at us."""
        key = self._api_key.get_secret_value() if self._api_key else ""
        return text.replace(key, "[api key]") if key else text


def _said(error: APIError) -> str:
    """The server's own words: the SDK's message wraps them in a printed dict."""
    said = error.body.get("message") if isinstance(error.body, dict) else None
    return said if isinstance(said, str) and said else error.message


def _is_vendor(base_url: str) -> bool:
    """True for the vendor's own addresses, its regional ones included."""
    host = urlsplit(base_url).hostname or ""
    return host == "api.openai.com" or host.endswith(".api.openai.com")
