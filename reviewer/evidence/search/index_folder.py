"""Where the indexes of repositories are kept: one folder each, and together no more than a limit on the disk."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

from reviewer.errors import IndexDamagedError, SearchIndexError
from reviewer.evidence.search.index_file import LOCK, NAME, IndexFile, alone
from reviewer.evidence.search.known_blobs import Tell

MAX_BYTES = 2_000_000_000
"""Of all indexes together, unless told otherwise."""
MAX_SEGMENTS = 400
"""Each push adds one, and a word is looked up in all of them."""
_OURS = re.compile(r"(?:words-\d+\.sqlite3(?:-(?:journal|wal|shm))?|lock)")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class KeptIndex:
    """The index of one repository on the disk."""

    folder: Path
    bytes: int
    used_at: float
    """Seconds since 1970, when it was last opened."""


def folder_of(root: Path, repository: Path, name: str) -> Path:
    """The folder below `root` for the repository whose objects lie at `repository`; `name` is for people."""
    digest = hashlib.sha256(os.fsencode(repository.resolve())).hexdigest()[:16]
    plain = _UNSAFE.sub("-", name).strip(".-")[:40] or "repository"
    return root / f"{plain}-{digest}"


def exists(folder: Path) -> bool:
    """True when an index of this format is there, whatever state it is in."""
    return (folder / NAME).is_file()


def open_index(folder: Path, note: Tell, *, renew: bool = False) -> IndexFile:
    """The index of `folder`, made where there is none, and only read where nothing can be written.

    A damaged one is made anew, as is one of very many pushes when `renew` is set; `note` is told. The caller closes
    it. `SearchIndexError` when it cannot be had.
    """
    try:
        return _checked(folder, renew=renew)
    except IndexDamagedError as error:
        if not _remove(folder):
            raise
        note(f"the index is built anew: {error}")
        return IndexFile.open(folder)
    except SearchIndexError as error:
        if not exists(folder):
            raise
        index = IndexFile.open_to_read(folder)
        note(f"the index is only read: {error}")
        return index


def kept(root: Path) -> list[KeptIndex]:
    """Every index below `root`, the most recently used first."""
    with _telling(root):
        folders = [root / entry.name for entry in os.scandir(root)] if root.is_dir() else []
        found = [_kept(folder) for folder in folders if _holds_an_index(folder)]
    return sorted(found, key=lambda one: -one.used_at)


def prune(root: Path, *, max_bytes: int) -> tuple[list[KeptIndex], int]:
    """Remove the least recently used indexes above `max_bytes`; those in use stay.

    What an earlier format left behind counts, and goes with its folder. Gives what was removed, and the bytes left.
    """
    removed, left = [], 0
    for one in kept(root):
        if left + one.bytes > max_bytes and _remove(one.folder):
            removed.append(one)
        else:
            left += one.bytes
    return removed, left


def _checked(folder: Path, *, renew: bool) -> IndexFile:
    """Every blob is read once, so that a torn file is met here and not in the middle of a trace."""
    index = IndexFile.open(folder)
    try:
        segments = {segment for (segment, _), _ in index.blobs()}
        if renew and len(segments) > MAX_SEGMENTS:
            raise IndexDamagedError(f"{index.file}: written in {len(segments)} parts, limit {MAX_SEGMENTS}")
    except BaseException:
        index.close()
        raise
    return index


def _remove(folder: Path) -> bool:
    """Remove an index with all that belongs to it; False when another process has it open."""
    with alone(folder) as held:
        if not held:
            return False
        with _telling(folder):
            for file in folder.iterdir():
                if _OURS.fullmatch(file.name) and file.name != LOCK:
                    file.unlink(missing_ok=True)
    return True


def size_of(folder: Path) -> int:
    """Bytes on the disk."""
    with _telling(folder):
        return _kept(folder).bytes


def _kept(folder: Path) -> KeptIndex:
    files = [file for file in folder.iterdir() if _OURS.fullmatch(file.name)]
    sizes, used = [], 0.0
    for file in files:
        with suppress(FileNotFoundError):
            status = file.stat()
            sizes.append(status.st_size)
            used = max(used, status.st_mtime)
    return KeptIndex(folder, sum(sizes), used)


def _holds_an_index(folder: Path) -> bool:
    with suppress(OSError):
        files = folder.iterdir() if S_ISDIR(folder.lstat().st_mode) else ()
        return any(_OURS.fullmatch(file.name) and file.name != LOCK for file in files)
    return False


@contextmanager
def _telling(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = "Check the folder's permissions, or choose another cache folder."
        raise SearchIndexError(f"{place}: {error.strerror}", advice=advice) from error
