"""Asks two long-lived git processes for one object after another."""

import os
import re
import select
import subprocess
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass

from reviewer.adapters.git_repo.command import TIMEOUT_S, GitCommand, problem_in, stop
from reviewer.errors import ObjectTooLargeError, RepositoryError

FULL_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})")
_LONGEST_HEADER = 4096


@dataclass(frozen=True)
class ObjectHeader:
    """What git says about an object without reading it."""

    kind: str
    """`blob`, `commit`, `tree` or `tag`."""
    size: int


class ObjectReader:
    """Reads objects by their full id; safe to share between threads.

    A process that died is started once more; the second failure in a row is the caller's.
    """

    def __init__(self, command: GitCommand) -> None:
        self._headers = _Channel(command, "--batch-check")
        self._contents = _Channel(command, "--batch")
        self._lock = threading.Lock()

    def header(self, object_id: str) -> ObjectHeader:
        """Kind and size of an object."""
        with self._lock:
            return self._header(object_id)

    def content(self, object_id: str, kind: str, *, limit_bytes: int) -> bytes:
        """The whole object; it must be of `kind` and within the limit."""
        with self._lock:
            header = self._header(object_id)
            if header.kind != kind:
                raise RepositoryError(f"{object_id}: is a {header.kind}, not a {kind}")
            if header.size > limit_bytes:
                raise ObjectTooLargeError(f"{object_id}: {header.size} bytes, limit {limit_bytes}")
            answer = self._contents.ask(object_id, with_content=True)
            return answer.partition(b"\n")[2]

    def close(self) -> None:
        """End both processes; called again it does nothing."""
        with self._lock:
            self._headers.close()
            self._contents.close()

    def _header(self, object_id: str) -> ObjectHeader:
        if not FULL_ID.fullmatch(object_id):
            raise RepositoryError(f"{object_id!r}: no full object id")
        return parsed_header(object_id, self._headers.ask(object_id, with_content=False))


class _Channel:
    """One `git cat-file` that answers line by line."""

    def __init__(self, command: GitCommand, mode: str) -> None:
        self._command = command
        self._mode = mode
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, object_id: str, *, with_content: bool) -> bytes:
        """The header line, and with it a line feed and the content when wanted."""
        try:
            return self._ask(object_id, with_content=with_content)
        except _DiedError:
            pass
        try:
            return self._ask(object_id, with_content=with_content)
        except _DiedError as error:
            raise RepositoryError(f"{object_id}: git cat-file gave no answer: {error}") from error

    def close(self) -> None:
        if self._process is not None:
            stop(self._process)
            self._errors.close()
            self._process = None

    def _ask(self, object_id: str, *, with_content: bool) -> bytes:
        if self._process is None:
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close
            self._process = self._command.start(
                ["cat-file", self._mode], stdin=subprocess.PIPE, stderr=self._errors
            )
        try:
            return self._exchange(self._process, object_id, with_content=with_content)
        except _DiedError as error:
            problem = problem_in(self._errors) or str(error)
            self.close()
            raise _DiedError(problem) from error
        except BaseException:
            self.close()  # an answer half read would be taken for the next one
            raise

    def _exchange(self, process: subprocess.Popen[bytes], object_id: str, *, with_content: bool) -> bytes:
        assert process.stdin is not None  # noqa: S101 - started with pipes
        assert process.stdout is not None  # noqa: S101
        try:
            process.stdin.write(object_id.encode("ascii") + b"\n")
        except OSError as error:
            raise _DiedError("it ended") from error
        pipe = process.stdout.fileno()
        answer = bytearray()
        while b"\n" not in answer:
            if len(answer) > _LONGEST_HEADER:
                raise RepositoryError(f"{object_id}: git cat-file gave no header line")
            answer += _some_of(pipe)
        if not with_content:
            return bytes(answer).removesuffix(b"\n")
        head = answer.index(b"\n")
        whole = head + 1 + parsed_header(object_id, bytes(answer[:head])).size + 1
        while len(answer) < whole:
            answer += _some_of(pipe)
        if len(answer) != whole or answer[-1:] != b"\n":
            raise RepositoryError(f"{object_id}: git cat-file gave other content than its header says")
        return bytes(answer[:-1])


def parsed_header(object_id: str, line: bytes) -> ObjectHeader:
    """What a line of `git cat-file` says about `object_id`; `RepositoryError` when it says something else."""
    parts = line.decode("ascii", "replace").split(" ")
    with suppress(ValueError):
        answered, kind, size = parts
        if answered == object_id:
            return ObjectHeader(kind, int(size))
    if parts[-1] == "missing":
        raise RepositoryError(
            f"{object_id}: the repository has no such object",
            advice="A partial clone lacks objects: fetch without --filter. Else run `git fsck`.",
        )
    raise RepositoryError(f"{object_id}: git cat-file answered {line!r}")


def _some_of(pipe: int) -> bytes:
    """The next bytes; `_DiedError` at the end of the stream, `RepositoryError` after a long silence."""
    ready, _, _ = select.select([pipe], [], [], TIMEOUT_S)
    if not ready:
        raise RepositoryError(f"git cat-file: silent for {TIMEOUT_S:g} s")
    chunk = os.read(pipe, 1024 * 1024)
    if not chunk:
        raise _DiedError("it ended")
    return chunk


class _DiedError(Exception):
    """The process is gone."""
