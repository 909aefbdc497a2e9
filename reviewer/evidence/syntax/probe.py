"""Parses untrusted source in a process of its own first: what ends that process is not parsed in this one.

A parser can take gigabytes at the end of a source, where no budget is asked (see `bounded`); only the limits of a
process stop it there.
"""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.evidence.syntax.bounded import GIVEN_UP, HARMLESS_BYTES, MAX_FILE_BYTES
from reviewer.evidence.syntax.grammars.row import Grammar
from reviewer.evidence.syntax.grammars.tagged import TaggedGrammar
from reviewer.evidence.syntax.probed import READY

_MEMORY_BYTES = 800_000_000
"""Of addresses, Python's own included. A real file of a megabyte takes a tenth of it."""
_SECONDS = 2
"""Of CPU time for each source; up to one more, since a limit counts whole seconds."""
_MAX_WAIT_S = 120
_MAX_ENDED = 5
"""Processes that are started again; what is left then is given up with what ended them."""
_SCRIPT = Path(__file__).with_name("probed.py")


@dataclass(frozen=True)
class Untrusted:
    """Source that somebody may have written to bring a parser down."""

    source: bytes
    grammar: Grammar | TaggedGrammar

    @property
    def may_explode(self) -> bool:
        """False for what is too small to do harm, and for what is too large to be parsed at all."""
        return HARMLESS_BYTES < len(self.source) <= MAX_FILE_BYTES and GIVEN_UP.reason(self.source) is None


class ProbeFailed(Exception):  # noqa: N818 - not an error of the review: it goes on, and says this
    """No process could be started that has limits."""


def probe(untrusted: Sequence[Untrusted]) -> int:
    """Give up what ends a process within its limits: how many processes that took.

    None is started when nothing is large enough to do harm. A `ProbeFailed` when none can be: parsing is then bounded
    by what `bounded` sees, and the caller is to say so.
    """
    left = [one for one in untrusted if one.may_explode]
    for started in range(_MAX_ENDED):
        if not left:
            return started
        parsed, reason = _parsed(left)
        if reason is None:
            return started + 1
        GIVEN_UP.add(left[parsed].source, reason)
        left = left[parsed + 1 :]
    for one in left:
        GIVEN_UP.add(one.source, f"{_MAX_ENDED} other sources ended the process that was to parse it first")
    return _MAX_ENDED


def _parsed(sources: Sequence[Untrusted]) -> tuple[int, str | None]:
    """How many of them a process parsed, and what ended it before the next one; None when it parsed all."""
    if sys.platform == "win32":
        raise ProbeFailed("the platform has no limits for a process")
    command = [sys.executable, "-I", "-S", str(_SCRIPT), str(_MEMORY_BYTES), str(_SECONDS)]
    try:
        # Nothing of the environment: a parser that is brought down must have nothing to tell.
        done = subprocess.run(
            [*command, *filter(None, sys.path)],
            input=_handed(sources),
            capture_output=True,
            env={},
            timeout=_MAX_WAIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return max(len(error.stdout or b"") - 1, 0), f"parsing takes more than {_MAX_WAIT_S} s"
    except OSError as error:
        raise ProbeFailed(f"no process can be started: {error}") from error
    if not done.stdout:
        last = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        raise ProbeFailed(f"the process that parses first ended with {done.returncode}: {last[:200]}")
    if done.stdout[:1] != READY:
        raise ProbeFailed("the platform does not limit the memory of a process")
    parsed = len(done.stdout) - 1
    return parsed, None if parsed == len(sources) else _why(done.returncode)


def _handed(sources: Sequence[Untrusted]) -> bytes:
    headers = [f"{one.grammar.module} {one.grammar.loader} {len(one.source)}\n" for one in sources]
    return "".join([f"{len(sources)}\n", *headers]).encode() + b"".join(one.source for one in sources)


def _why(code: int) -> str:
    if code == -signal.SIGXCPU:
        return f"parsing takes more than {_SECONDS} s"
    return f"parsing ended a process that may take {_MEMORY_BYTES // 1_000_000} MB"
