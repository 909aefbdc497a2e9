"""The file that keeps the index: an SQLite database of segments, each written whole or not at all.

A segment is a batch of blobs and, for every atom in them, the places of its blobs in the batch. A blob is known by
its id alone, so one file serves every commit of a repository. Segments are never changed. Two processes that index
at once may both write a blob: it is then in two segments, and no answer differs.

Who has the file open holds a shared lock on a file beside it; it is only ever removed under the lock of one alone.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from struct import iter_unpack
from types import TracebackType
from typing import Self
from urllib.parse import quote

from reviewer.errors import IndexDamagedError, SearchIndexError
from reviewer.evidence.search.words import LONGEST_KEY, Fit, Key

FORMAT = 2
"""Part of the file's name: another format is another file."""
NAME = f"words-{FORMAT}.sqlite3"
LOCK = "lock"
MAX_BLOBS = 8192
"""Of one segment; a place must fit two bytes."""
_APPLICATION_ID = 0x72767773
_WAIT_S = 60.0
_TABLES = """
CREATE TABLE IF NOT EXISTS blob (
    segment INTEGER, place INTEGER, id BLOB NOT NULL, PRIMARY KEY (segment, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS atom (
    key BLOB, segment INTEGER, places BLOB NOT NULL, PRIMARY KEY (key, segment)
) WITHOUT ROWID;
"""
_ASKED = {
    Fit.WHOLE: "SELECT segment, places FROM atom WHERE key = ?1",
    Fit.BEGINNING: "SELECT segment, places FROM atom WHERE key >= ?1 AND key < ?2",
    Fit.PART: "SELECT segment, places FROM atom WHERE instr(key, ?1) OR length(key) = ?2",
}
"""What a cut atom goes on with is not kept, so each of them may have any part."""


@dataclass(frozen=True)
class Segment:
    """A batch of blobs, ready to be written."""

    object_ids: tuple[str, ...]
    places: Mapping[bytes, bytes | bytearray]
    """For each atom the places in `object_ids` of the blobs that have it, two bytes each, low byte first."""


Place = tuple[int, int]
"""Segment, and place in it."""


class IndexFile:
    """An open index. A context manager; every failure is a `SearchIndexError` that names the file."""

    def __init__(self, file: Path, database: sqlite3.Connection, lock: int | None) -> None:
        self.file = file
        self._database = database
        self._lock = lock

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in `folder`, made when there is none. The folder is made too, readable for its owner only.

        `IndexDamagedError` for a file that is damaged, or none of ours.
        """
        file = folder / NAME
        with _telling(file):
            for one in (folder.parent, folder):
                if not one.exists():
                    one.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = _shared_lock(folder)
            try:
                os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
                return cls(file, _connected(file, "rw"), lock)
            except BaseException:
                os.close(lock)
                raise

    @classmethod
    def open_to_read(cls, folder: Path) -> Self:
        """The index that is in `folder`, which may be one that nothing can be written to."""
        file = folder / NAME
        with _telling(file):
            lock = None
            with suppress(PermissionError, FileNotFoundError):
                lock = _shared_lock(folder, os.O_RDONLY)
            try:
                return cls(file, _connected(file, "ro"), lock)
            except BaseException:
                if lock is not None:
                    os.close(lock)
                raise

    def close(self) -> None:
        """Close the file; called again it does nothing."""
        self._database.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def blobs(self) -> Iterator[tuple[Place, str]]:
        """Every blob that has been indexed, by its place; one may come twice."""
        with _telling(self.file), closing(self._database.cursor()) as cursor:
            for segment, place, raw in cursor.execute("SELECT segment, place, id FROM blob"):
                yield (segment, place), raw.hex()

    def places(self, key: Key) -> Iterator[Place]:
        """Where the blobs are that may have `key`; none that has it is missing."""
        asked = key.atom if key.fit is Fit.PART else key.atom[:LONGEST_KEY]
        with _telling(self.file), closing(self._database.cursor()) as cursor:
            values = {
                Fit.WHOLE: (asked,),
                Fit.BEGINNING: (asked, asked + b"\xff"),
                Fit.PART: (asked, LONGEST_KEY),
            }[key.fit]
            for segment, places in cursor.execute(_ASKED[key.fit], values):
                for (place,) in iter_unpack("<H", places):
                    yield segment, place

    def add(self, segment: Segment) -> int:
        """Write a segment and give its number; when this is interrupted nothing of it is there."""
        with self._writing() as cursor:
            [(number,)] = cursor.execute("SELECT ifnull(max(segment), 0) + 1 FROM blob")
            cursor.executemany(
                "INSERT INTO blob VALUES (?, ?, ?)",
                (
                    (number, place, bytes.fromhex(object_id))
                    for place, object_id in enumerate(segment.object_ids)
                ),
            )
            ordered = sorted(segment.places.items())
            cursor.executemany(
                "INSERT INTO atom VALUES (?, ?, ?)", ((key, number, places) for key, places in ordered)
            )
        return int(number)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        with _telling(self.file), closing(self._database.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    cursor.execute("ROLLBACK")
                raise


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Within, nobody else has the index of `folder` open; False, and nothing may be removed, when somebody does."""
    with _telling(folder / LOCK):
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        except BlockingIOError:
            held = False
    try:
        yield held
    finally:
        os.close(lock)


def _shared_lock(folder: Path, flags: int = os.O_CREAT | os.O_RDWR) -> int:
    """The lock, and the sign that the index was used now."""
    lock = os.open(folder / LOCK, flags | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_SH)
    with suppress(OSError):
        os.utime(lock)
    return lock


def _connected(file: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(os.fsencode(file))}?mode={mode}"
    database = sqlite3.connect(
        address, uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(file, database, is_new=mode == "rw" and file.stat().st_size == 0)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(file: Path, database: sqlite3.Connection, *, is_new: bool) -> None:
    """Check that the file is ours, or make it ours when nothing is in it."""
    database.execute("PRAGMA synchronous = NORMAL")
    if is_new:
        # Whoever comes second finds the tables and changes nothing.
        database.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id = {_APPLICATION_ID}; COMMIT;"
        )
    [(found,)] = database.execute("PRAGMA application_id")
    if found != _APPLICATION_ID:
        raise IndexDamagedError(f"{file}: a database of something else, not an index of words")
    for table in ("blob", "atom"):
        database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608 - names of our own


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into the error that tells of the file."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            advice = "Another process is writing it. Run the command again when that has ended."
            raise SearchIndexError(f"{file}: locked for {_WAIT_S:g} s", advice=advice) from error
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or name == "SQLITE_ERROR":
            raise IndexDamagedError(f"{file}: {error}") from error
        raise SearchIndexError(f"{file}: {error}") from error
    except OSError as error:
        advice = "Check the folder's permissions and free space, or choose another cache folder."
        raise SearchIndexError(f"{file}: {error.strerror}", advice=advice) from error
