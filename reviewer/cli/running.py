"""Runs a review for the command line: progress on a terminal, and review.json where it is wanted."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewer import compose
from reviewer.domain.review import Review
from reviewer.errors import UsageError
from reviewer.settings import Settings


def run_review(request: compose.Request, settings: Settings, *, save: Path | None) -> Review:
    """The recorded review; written to `save` as well when given."""
    if save is not None and not save.parent.is_dir():
        raise UsageError(f"--save {save}: there is no folder {save.parent}")
    with _progress() as tell:
        review = asyncio.run(compose.review(request, settings, tell))
    if save is not None:
        _write(save, review)
    return review


def _write(path: Path, review: Review) -> None:
    """Replace `path` whole: a reader never meets half a review."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(review.model_dump_json(indent=2) + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(
            f"--save {path}: {error.strerror}; the decision itself is recorded as event {review.receipt.event_id}"
        ) from error


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Tells what is going on, on standard error; says nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, markup=False).status(Text("starting")) as status:
        yield lambda stage: status.update(Text(stage))
