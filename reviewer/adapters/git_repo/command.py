"""Builds and runs every git command: fixed options, a scrubbed environment, bounded output and time."""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from reviewer.domain.text import path_text
from reviewer.errors import RepositoryError

TIMEOUT_S = 120.0
OUTPUT_LIMIT_BYTES = 256 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024
_PROBLEM_BYTES = 2000

Argument = str | bytes

_PINNED = {
    "safe.bareRepository": "explicit",
    "safe.directory": "*",  # containers check out as one user and run as another; we run nothing from there
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",  # a stale or forged commit-graph would change ancestry
    "core.useReplaceRefs": "false",
    "core.warnAmbiguousRefs": "true",
    "core.quotePath": "true",  # a name with a line feed cannot break a line of a patch
    "protocol.allow": "never",
}
"""Settings given with `-c`, which wins over every configuration file."""

_SCRUBBED = {
    "LC_ALL": "C",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # unlike protocol.allow, no `protocol.<name>.allow` of a repository beats it
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


@dataclass(frozen=True)
class Finished:
    """A git command that ended."""

    code: int
    output: bytes
    problem: str
    """What it wrote to standard error, on one line and cut; may be there although it succeeded."""


@dataclass(frozen=True)
class GitCommand:
    """How to call git on one git directory."""

    git_dir: Path
    home: Path
    """Where git runs and what it takes for the user's home: a folder of ours without configuration."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Environment variables on top of the scrubbed ones."""

    def start(
        self, arguments: Sequence[Argument], *, stdin: IO[bytes] | int, stderr: IO[bytes]
    ) -> "_Process":
        """A running git with its output in a pipe."""
        settings = [part for name, value in _PINNED.items() for part in ("-c", f"{name}={value}")]
        fixed = [f"--git-dir={self.git_dir}", "--no-pager", "--no-replace-objects", "--literal-pathspecs"]
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self.home), **_SCRUBBED}
        try:
            return subprocess.Popen(
                ["git", *settings, *fixed, *arguments],
                bufsize=0,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=self.home,
                env={**environment, **self.extra},
            )
        except OSError as error:
            raise RepositoryError(
                f"git {_name(arguments)}: cannot be started: {error.strerror}",
                advice="Install git 2.31 or newer and see that it is on PATH.",
            ) from error

    def run(
        self,
        arguments: Sequence[Argument],
        *,
        stdin: bytes = b"",
        limit_bytes: int = OUTPUT_LIMIT_BYTES,
        timeout_s: float = TIMEOUT_S,
    ) -> Finished:
        """Run to the end, whatever the exit code."""
        with Running(self, arguments, stdin=stdin, limit_bytes=limit_bytes, timeout_s=timeout_s) as running:
            output = b"".join(running.chunks())
            return Finished(running.code, output, running.problem)

    def output(
        self, arguments: Sequence[Argument], *, stdin: bytes = b"", timeout_s: float = TIMEOUT_S
    ) -> bytes:
        """What git prints; any exit code but 0 is a `RepositoryError`."""
        done = self.run(arguments, stdin=stdin, timeout_s=timeout_s)
        if done.code != 0:
            raise failure(arguments, done.code, done.problem)
        return done.output


class Running:
    """One git command whose output is read piece by piece; leaving the block ends it."""

    def __init__(
        self,
        command: GitCommand,
        arguments: Sequence[Argument],
        *,
        stdin: bytes = b"",
        limit_bytes: int = OUTPUT_LIMIT_BYTES,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._command = command
        self._arguments = arguments
        self._stdin = stdin
        self._limit_bytes = limit_bytes
        self._timeout_s = timeout_s
        self._expired = threading.Event()
        self.code = 0
        """The exit code, known when `chunks` has come to its end."""
        self.problem = ""
        """Standard error, known when `chunks` has come to its end."""

    @property
    def timed_out(self) -> bool:
        """True when it was ended because its time was over."""
        return self._expired.is_set()

    def __enter__(self) -> Self:
        self._errors = tempfile.TemporaryFile()
        try:
            self._process = self._start()
        except BaseException:
            self._errors.close()
            raise
        self._watchdog = threading.Timer(self._timeout_s, self._expire)
        self._watchdog.daemon = True
        self._watchdog.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watchdog.cancel()
        stop(self._process)
        self._errors.close()

    def chunks(self) -> Iterator[bytes]:
        """The output; `RepositoryError` when it is longer or takes longer than allowed."""
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - started with a pipe
        total = 0
        while chunk := pipe.read(_CHUNK_BYTES):
            total += len(chunk)
            if total > self._limit_bytes:
                raise RepositoryError(
                    f"git {_name(self._arguments)}: more than {self._limit_bytes} bytes of output",
                    advice="The change or repository is too large to be read; it goes to a human.",
                )
            yield chunk
        self.code = self._process.wait()
        if self.timed_out:
            raise RepositoryError(
                f"git {_name(self._arguments)}: no end after {self._timeout_s:g} s",
                advice="Try again on a less loaded machine; `git gc` can make a repository faster.",
            )
        self.problem = problem_in(self._errors)

    def _start(self) -> "_Process":
        if not self._stdin:
            return self._command.start(self._arguments, stdin=subprocess.DEVNULL, stderr=self._errors)
        with tempfile.TemporaryFile() as given:
            given.write(self._stdin)
            given.seek(0)
            return self._command.start(self._arguments, stdin=given, stderr=self._errors)

    def _expire(self) -> None:
        self._expired.set()
        self._process.kill()


def stop(process: "_Process") -> None:
    """End a process at once, if it still runs, and close its pipes."""
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()


def failure(arguments: Sequence[Argument], code: int, problem: str) -> RepositoryError:
    """The error that says which git command failed, and how."""
    message = f"git {_name(arguments)}: exit code {code}: {problem or 'no explanation'}"
    if "unable to read" in problem or "missing" in problem or "bad object" in problem:
        advice = (
            "An object is missing. A partial clone lacks them: fetch without --filter. Else run `git fsck`."
        )
        return RepositoryError(message, advice=advice)
    return RepositoryError(message)


def problem_in(errors: IO[bytes]) -> str:
    """The first lines of a file that caught standard error, as one line safe for a terminal."""
    errors.seek(0)
    lines = errors.read(_PROBLEM_BYTES).splitlines()
    return "; ".join(path_text(line) for line in lines if line.strip())


def _name(arguments: Sequence[Argument]) -> str:
    return str(arguments[0])


_Process = subprocess.Popen[bytes]
