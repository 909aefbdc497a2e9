"""The standard streams: they always take what is written, and may lose their reader."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def prepare_streams() -> None:
    """Let no stream that is closed, and no encoding that lacks a character, end a command."""
    for name in ("stdout", "stderr"):
        # Python has None for a stream that was closed before it started.
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def takes_all_of_unicode() -> bool:
    """False where standard output shows some characters as escapes, which JSON would not understand."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """End quietly what is written inside once nobody reads standard output any more: `reviewer review | head -1`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would fail again, in the flush at the end of the interpreter.
        with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
