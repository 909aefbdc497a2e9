"""A model provider on loopback: two vendors' protocols, scripted replies, and every way to fail that we know of."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from reviewer.domain.chat import ChatReply, StopReason
from reviewer.testing.model_wire import AnthropicWire, Ending, OpenAIWire, Outcome, Wire
from reviewer.testing.scripted_model import says

REFUSAL = "I will not."


class Fault(StrEnum):
    """What a provider, or the way to it, can do instead of answering."""

    CUT = "cut"
    """The connection is closed in the middle of the reply."""
    RESET = "reset"
    """The connection is reset in the middle of the reply."""
    EARLY_END = "early end"
    """The stream ends properly, and the reply in it does not."""
    NO_STOP_REASON = "no stop reason"
    """Everything arrives but the reason why the reply ended."""
    BROKEN_FRAME = "broken frame"
    """A frame in the middle is not JSON."""
    MISSHAPEN_FRAME = "misshapen frame"
    """A frame in the middle is JSON of another shape."""
    ERROR_FRAME = "error frame"
    """An error in the middle of the stream."""
    LIMIT = "limit"
    """The reply is cut by the limit on output tokens."""
    REFUSED = "refused"
    """The model refuses in its own words."""
    FILTERED = "filtered"
    """A filter withholds the reply, without words."""
    ODD_STOP = "odd stop"
    """A stop reason that we never asked for."""
    EMPTY = "empty"
    OTHER_MODEL = "other model"
    WEB_PAGE = "web page"
    """Status 200 and a page for people."""
    SILENT = "silent"
    """Nothing is sent, and the connection stays open."""
    ENDLESS = "endless"
    """Signs of life for ever, and no reply."""


@dataclass(frozen=True)
class HttpError:
    """An error before any reply."""

    status: int
    kind: str = "api_error"
    message: str = "no"
    headers: tuple[tuple[str, str], ...] = ()


_ENDINGS = {
    Fault.NO_STOP_REASON: Ending.UNSAID,
    Fault.LIMIT: Ending.LIMIT,
    Fault.REFUSED: Ending.REFUSED,
    Fault.FILTERED: Ending.FILTERED,
    Fault.ODD_STOP: Ending.ODD,
}
_REPLIES = {
    Fault.EMPTY: says(""),
    Fault.REFUSED: says(""),
    Fault.OTHER_MODEL: says("{}", model="something-else-1"),
}


@dataclass(frozen=True)
class RawStream:
    """The bytes of a stream as they are, for what only some servers send."""

    frames: tuple[bytes, ...]


Served = ChatReply | Fault | HttpError | RawStream
"""What happens at one request."""


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: dict[str, Any]


class ModelServer:
    """Serves `script`, a line for each request in turn, while the `with` block lasts.

    `check` is called with path and body of each request and raises for one that the vendor would not take;
    it is passed in because this package knows no vendor's library. At the end of the block an unacceptable
    request, or one beyond the script, is raised as an `AssertionError`, so that no test overlooks it.
    """

    def __init__(
        self, script: Sequence[Served], *, check: Callable[[str, dict[str, Any]], None] | None = None
    ) -> None:
        self.requests: list[Received] = []
        self.complaints: list[str] = []
        self.stopping = threading.Event()
        self._script = list(script)
        self._check = check
        self._lock = threading.Lock()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        if self.complaints and error is None:
            raise AssertionError("; ".join(self.complaints))

    @property
    def anthropic_url(self) -> str:
        """The base URL for the Messages API."""
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def openai_url(self) -> str:
        """The base URL for Chat Completions."""
        return f"{self.anthropic_url}/v1"

    def next(self, received: Received) -> Served:
        """Record a request and give what the script says to it; a complaint becomes HTTP 400."""
        with self._lock:
            self.requests.append(received)
            number = len(self.requests)
        try:
            if self._check:
                self._check(received.path, received.body)
            if number > len(self._script):
                raise AssertionError(f"goes beyond the script of {len(self._script)} lines")
        except Exception as problem:  # noqa: BLE001 - whatever a validator raises is raised again at the end
            self.complaints.append(f"request {number} to {received.path}: {problem}")
            return HttpError(400, "invalid_request_error", str(problem))
        return self._script[number - 1]


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, owner: ModelServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.owner = owner

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is part of several tests and no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def log_message(self, format: str, *args: Any) -> None:
        """Tests print nothing."""

    def do_POST(self) -> None:
        """Answer one request."""
        self.close_connection = True
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        wire = _wire(self.path)
        if wire is None:
            self._send(404, "application/json", b'{"error": {"type": "not_found_error"}}')
            return
        self._serve(self.server.owner.next(Received(path=self.path, headers=headers, body=body)), wire, body)

    def _serve(self, served: Served, wire: Wire, body: dict[str, Any]) -> None:
        match served:
            case HttpError():
                error = json.dumps(wire.error(served.kind, served.message)).encode()
                self._send(served.status, "application/json", error, served.headers)
            case RawStream():
                self._stream(list(served.frames))
            case Fault.WEB_PAGE:
                self._send(200, "text/html; charset=utf-8", b"<html>Sign in</html>")
            case Fault.SILENT:
                self.server.owner.stopping.wait()
            case Fault.ENDLESS:
                self._stream_for_ever(wire)
            case _ if body.get("stream"):
                self._stream(_frames(served, wire, body["model"]), ending=served)
            case _:
                whole = json.dumps(wire.whole(_outcome(served, body["model"]))).encode()
                self._send(200, "application/json", whole)

    def _send(self, status: int, kind: str, raw: bytes, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.send_response(status)
        for name, value in (("content-type", kind), ("content-length", str(len(raw))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def _stream(self, frames: list[bytes], *, ending: Served | None = None) -> None:
        self._begin_stream()
        for frame in frames:
            self._chunk(frame)
        if ending is Fault.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif ending is not Fault.CUT:
            self.wfile.write(b"0\r\n\r\n")

    def _stream_for_ever(self, wire: Wire) -> None:
        self._begin_stream()
        while not self.server.owner.stopping.wait(0.02):
            self._chunk(wire.idle_frame())

    def _begin_stream(self) -> None:
        """Chunked, so that a connection that is cut and a stream that ends can be told apart."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def _chunk(self, frame: bytes) -> None:
        self.wfile.write(f"{len(frame):x}\r\n".encode() + frame + b"\r\n")


def _wire(path: str) -> Wire | None:
    if path.endswith("/messages"):
        return AnthropicWire()
    return OpenAIWire() if path.endswith("/chat/completions") else None


def _outcome(served: ChatReply | Fault, model: str) -> Outcome:
    """What the server means to say, before the way there damages it."""
    reply = served if isinstance(served, ChatReply) else _REPLIES.get(served, says('{"verdict": "fine"}'))
    ending = Ending.WANTS_TOOLS if reply.stop is StopReason.WANTS_TOOLS else Ending.ANSWERED
    if isinstance(served, Fault):
        ending = _ENDINGS.get(served, ending)
    refusal = REFUSAL if ending is Ending.REFUSED else ""
    return Outcome(reply.model_copy(update={"model": reply.model or model}), ending, refusal)


def _frames(served: ChatReply | Fault, wire: Wire, model: str) -> list[bytes]:
    """The frames that leave the server."""
    frames = wire.frames(_outcome(served, model))
    middle = len(frames) // 2
    match served:
        case Fault.CUT | Fault.RESET | Fault.EARLY_END:
            return frames[:middle]
        case Fault.BROKEN_FRAME:
            kind, _, _ = frames[middle].partition(b"data: ")
            return [*frames[:middle], kind + b'data: {"type": \n\n', *frames[middle + 1 :]]
        case Fault.MISSHAPEN_FRAME:
            kind, _, data = frames[middle].partition(b"data: ")
            shape = json.dumps({**json.loads(data), "index": {}, "delta": 7, "choices": [7]}).encode()
            return [*frames[:middle], kind + b"data: " + shape + b"\n\n", *frames[middle + 1 :]]
        case Fault.ERROR_FRAME:
            return [*frames[:middle], wire.error_frame("overloaded_error", "overloaded")]
        case _:
            return frames


def drain(value: object) -> None:
    """Walk through a validated request to its leaves.

    Pydantic checks what is typed as `Iterable` only while somebody iterates over it, and both vendors type
    their lists so.
    """
    if isinstance(value, Mapping):
        for each in value.values():
            drain(each)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for each in value:
            drain(each)
