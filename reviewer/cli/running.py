"""Runs a review for the command line: progress on a terminal, and review.json where it is wanted."""

import asyncio
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reviewer import compose
from reviewer.domain.review import Review
from reviewer.errors import UsageError
from reviewer.settings import Settings


def run_review(request: compose.Request, settings: Settings, *, save: Path | None) -> Review:
    """The recorded review; written to `save` as well when given."""
    target = None if save is None else _target(save)
    with progress() as tell:
        review = asyncio.run(compose.review(request, settings, tell, note))
    if target is not None:
        _write(target, review)
    return review


def _target(save: Path) -> Path:
    """The file that `save` stands for, behind all links; `UsageError` for what no file can be written to."""
    if not save.name:
        raise UsageError(f"--save {str(save)!r}: names no file", advice="Give the path of a file to write.")
    target = Path(os.path.realpath(save))
    if not target.parent.is_dir():
        raise UsageError(f"--save {save}: there is no folder {target.parent}")
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return target
    except OSError as error:
        raise UsageError(
            f"--save {save}: {error.strerror}", advice="Give the path of a file that can be written."
        ) from error
    if not stat.S_ISREG(mode):
        raise UsageError(
            f"--save {save}: exists and is no regular file",
            advice="Give the path of a new file, or of a regular file to replace.",
        )
    return target


def _write(path: Path, review: Review) -> None:
    """Replace `path` whole: a reader never meets half a review."""
    # Not made of the name of `path`, which may be as long as a name can be.
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.write_text(review.model_dump_json(indent=2) + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise UsageError(
            f"--save {path}: {error.strerror}; the decision itself is recorded as event {review.receipt.event_id}"
        ) from error


def note(text: str) -> None:
    """Tell people on standard error what the result does not say."""
    from reviewer.cli.formats import one_line

    with suppress(BrokenPipeError):
        sys.stderr.write(f"note: {one_line(text)}\n")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Tells what is going on, on standard error; says nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, markup=False).status(Text("starting")) as status:
        yield lambda stage: status.update(Text(stage))
