"""Parses within a budget: source can be written so that a parser takes minutes, or gigabytes, over it.

Every parse goes through here. A budget is asked about while the parser works, and not when it has come to the end of
the source, where it can still take gigabytes. What a change brings is therefore parsed by another process first: see
`probe`. What was given up once, by either, is not tried again.
"""

import sys
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from time import monotonic, thread_time

from tree_sitter import Language, Parser, Point, Tree

from reviewer.evidence.syntax.nesting import too_deep

if sys.platform != "win32":
    import resource

MAX_FILE_BYTES = 1_000_000
MAX_SECONDS = 2.0
"""Of the thread's own time, for one file. Seen on real code: 0.1 to 0.2 s a megabyte."""
MAX_MEMORY_BYTES = 400_000_000
"""By which the most memory that the process ever took may grow while one file is parsed."""
MAX_STEPS_PER_BYTE = 8
"""Of the parser, up to any place. Seen: 2.2 at most in 18,228 real files, 7.7 in code without any space. More means
that it tries many ways at once, and then the end of the source can take gigabytes: 8 kB of `(a*)(a*)…` in Python
take 2.5 GB. What is written to take fewer steps a byte is not seen here."""
HARMLESS_BYTES = 2_000
"""Up to here the worst of 430 ways to write source, in each of 14 languages, takes half a second and 230 MB, and
nobody looks; at 4,000 the worst takes more than 800 MB."""
_FREE_STEPS = 5_000
"""At the start of a file, where a few long ways around are no sign of anything."""
_STEPS = 100
"""Between two calls of a progress callback."""
_LOOK_SECONDS = 0.05
_WHILE_PARSING, _AFTERWARDS = 65_536, 512
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1_024


def parse(source: bytes, language: Language, *, scan: bool = False) -> tuple[Tree, str | None]:
    """The tree, and None; or the tree of an empty file, and the limit that kept `source` from being parsed.

    `scan` is for grammars that more than brackets can bring down before a budget is asked: see `nesting`.
    """
    limit = _too_large(source) or too_deep(source, brackets_only=not scan)
    if limit is None and len(source) <= HARMLESS_BYTES:
        return Parser(language).parse(source), None
    limit = limit or GIVEN_UP.reason(source)
    if limit is None:
        budget = _Budget()
        read, parsed = _reader(source)
        try:
            tree = Parser(language).parse(read, progress_callback=budget.watch())
        except ValueError:  # how the binding says that the callback ended it
            if budget.passed is None:
                raise
            limit = budget.passed
            GIVEN_UP.add(source, limit)
        else:
            parsed()
            return tree, None
    return Parser(language).parse(b""), limit


class GivenUp:
    """Sources that no parser is given again, by a digest: the same bytes would take as much every time.

    The oldest are forgotten beyond `most`. Safe to share between threads.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._reasons: OrderedDict[bytes, str] = OrderedDict()
        self._lock = Lock()

    def add(self, source: bytes, reason: str) -> None:
        """Remember which limit `source` passed."""
        with self._lock:
            self._reasons[_digest(source)] = reason
            if len(self._reasons) > self._most:
                self._reasons.popitem(last=False)

    def reason(self, source: bytes) -> str | None:
        """The limit that `source` passed; None when it never did."""
        return self._reasons.get(_digest(source)) if self._reasons else None


GIVEN_UP = GivenUp(1_000)
"""Of this process: whether bytes can be parsed depends on nothing else, so that every review may share it."""


def _digest(source: bytes) -> bytes:
    return blake2b(source, digest_size=32).digest()


def _too_large(source: bytes) -> str | None:
    return f"{len(source)} bytes, limit {MAX_FILE_BYTES}" if len(source) > MAX_FILE_BYTES else None


def _reader(source: bytes) -> tuple[Callable[[int, Point], bytes], Callable[[], None]]:
    """Hands out the source, for a parser that is given bytes cannot be stopped; and what to call after parsing.

    Nodes read their text by it too: in small chunks, since each is a copy.
    """
    chunk = _WHILE_PARSING

    def read(start: int, point: Point) -> bytes:  # noqa: ARG001 - the binding passes it
        return source[start : start + chunk]

    def parsed() -> None:
        nonlocal chunk
        chunk = _AFTERWARDS

    return read, parsed


class _Budget:
    """Time, memory and steps for one file."""

    def __init__(self) -> None:
        self.passed: str | None = None
        """The limit that was passed."""
        self._began = thread_time()
        self._peak = _peak_bytes()

    def watch(self) -> Callable[[int, bool], bool]:
        """Tells the parser whether to stop. Mostly one clock is read."""
        next_look = monotonic() + _LOOK_SECONDS
        steps = -_FREE_STEPS

        def is_spent(offset: int, has_error: bool) -> bool:  # noqa: ARG001 - the binding passes them
            nonlocal next_look, steps
            steps += _STEPS
            if steps > offset * MAX_STEPS_PER_BYTE:
                self.passed = f"parsing takes more than {MAX_STEPS_PER_BYTE} steps a byte"
                return True
            if monotonic() < next_look:
                return False
            next_look = monotonic() + _LOOK_SECONDS
            return self._look()

        return is_spent

    def _look(self) -> bool:
        if thread_time() - self._began > MAX_SECONDS:
            self.passed = f"parsing takes more than {MAX_SECONDS:g} s"
        elif _peak_bytes() - self._peak > MAX_MEMORY_BYTES:
            self.passed = f"parsing takes more than {MAX_MEMORY_BYTES // 1_000_000} MB of memory"
        return self.passed is not None


def _peak_bytes() -> int:
    """The most memory that the process ever took; 0 where the platform does not tell."""
    if sys.platform == "win32":
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT
