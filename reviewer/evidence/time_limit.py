"""Ends what takes too much time over evidence: texts can be written that a regular expression takes hours over.

Parsers have budgets of their own: see `syntax.bounded`. This is for everything else, and the last of the limits.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from reviewer.errors import EvidenceTooSlowError

MAX_SECONDS = 60.0
"""Of CPU time, for each part of the evidence. Seen: 8 s for a file of 25,000 definitions."""
_AGAIN_SECONDS = 0.05
_NOT_CUT = ("reviewer.adapters.", "reviewer.evidence.search.")
"""What is left half read or half written there would be wrong for whoever asks next."""


@contextmanager
def cpu_limit(seconds: float, what: str) -> Iterator[None]:
    """Raise `EvidenceTooSlowError` inside the block after `seconds`; `what` is named in it.

    A reading of git or of the index that has begun is ended first. Only the main thread can be stopped: in any other
    one, and on Windows, nothing is limited.
    """
    if sys.platform == "win32" or current_thread() is not main_thread():
        yield
        return

    def end(_: int, frame: FrameType | None) -> None:
        if _is_within(frame, _NOT_CUT):
            signal.setitimer(signal.ITIMER_VIRTUAL, _AGAIN_SECONDS)
            return
        raise EvidenceTooSlowError(f"{what}: more than {seconds:g} s of CPU time")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _is_within(frame: FrameType | None, modules: tuple[str, ...]) -> bool:
    """True when code of one of the modules is being run, or waits for what it called."""
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).startswith(modules):
            return True
        frame = frame.f_back
    return False
