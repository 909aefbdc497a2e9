"""Files that appear whole or not at all, and stay: written aside, flushed, linked without replacing.

Raises `OSError` as it comes; callers say what it means for the thing they store.
"""

import os
import secrets
from pathlib import Path

LEFTOVER_PREFIX = ".tmp-"
"""Starts the name of a file that is still being written. After a crash it stays and means nothing."""


def put_new(path: Path, content: bytes) -> bool:
    """Make `content` durable at `path` unless the name is taken; tell whether this call placed it.

    The name is durable when this returns, whoever placed it. Never replaces, never leaves a part.
    """
    aside = path.parent / f"{LEFTOVER_PREFIX}{secrets.token_hex(8)}"
    try:
        _write_and_flush(aside, content)
        # A link, unlike a rename, fails when the name is taken.
        os.link(aside, path)
        placed = True
    except FileExistsError:
        placed = False
    finally:
        aside.unlink(missing_ok=True)
    flush_folder(path.parent)
    return placed


def ensure_folder(path: Path) -> None:
    """Make `path` and what is missing above it, for this user only (0700), each name durable."""
    if path.is_dir():
        return
    ensure_folder(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
    flush_folder(path.parent)


def flush_folder(path: Path) -> None:
    """Make the names in `path` durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_and_flush(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
