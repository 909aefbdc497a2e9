"""The file that keeps the index: an SQLite database of segments, each written whole or not at all.

A segment is a batch of blobs and, for every word in them, the places of its blobs in the batch. A blob is known by
its id alone, so one file serves every commit, and every repository that shares blobs. Segments are never changed.
Two processes that index at once may both write a blob: it is then in two segments, and no answer differs.
"""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from struct import iter_unpack
from types import TracebackType
from typing import Self

from reviewer.errors import SearchIndexError

FORMAT = 1
"""Part of the file's name: another format is another file, and the old one can be deleted."""
MAX_BLOBS = 8192
"""Of one segment; a place must fit two bytes."""
_APPLICATION_ID = 0x72767773
_WAIT_S = 60.0
_ASKED_AT_ONCE = 500
_TABLES = """
CREATE TABLE IF NOT EXISTS blob (
    segment INTEGER, place INTEGER, id BLOB NOT NULL, is_binary INTEGER NOT NULL, PRIMARY KEY (segment, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS word (
    key BLOB, segment INTEGER, places BLOB NOT NULL, PRIMARY KEY (key, segment)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definition (
    id BLOB, reading TEXT, names BLOB, PRIMARY KEY (id, reading)
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Segment:
    """A batch of blobs, ready to be written."""

    object_ids: tuple[str, ...]
    binary: frozenset[str]
    places: Mapping[bytes, bytes | bytearray]
    """For each key the places in `object_ids` of the blobs that have it, two bytes each, low byte first."""


@dataclass(frozen=True)
class KnownBlob:
    """A blob that the index has."""

    object_id: str
    is_binary: bool


Place = tuple[int, int]
"""Segment, and place in it."""


class IndexFile:
    """An open index. A context manager; every failure is a `SearchIndexError` that names the file."""

    def __init__(self, file: Path, database: sqlite3.Connection) -> None:
        self.file = file
        self._database = database

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in `folder`, made when there is none. The folder is made too, readable for its owner only."""
        file = folder / f"words-{FORMAT}.sqlite3"
        with _telling(file):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
            database = sqlite3.connect(file, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            with _telling(file):
                _prepare(file, database)
        except BaseException:
            database.close()
            raise
        return cls(file, database)

    def close(self) -> None:
        """Close the file; called again it does nothing."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def blobs(self) -> Iterator[tuple[Place, KnownBlob]]:
        """Every blob that has been indexed; one may come twice."""
        with _telling(self.file), closing(self._database.cursor()) as cursor:
            for segment, place, raw, binary in cursor.execute(
                "SELECT segment, place, id, is_binary FROM blob"
            ):
                yield (segment, place), KnownBlob(raw.hex(), bool(binary))

    def places(self, key: bytes) -> Iterator[Place]:
        """Where the blobs with `key` are."""
        with _telling(self.file), closing(self._database.cursor()) as cursor:
            for segment, places in cursor.execute("SELECT segment, places FROM word WHERE key = ?", (key,)):
                for (place,) in iter_unpack("<H", places):
                    yield segment, place

    def add(self, segment: Segment) -> None:
        """Write a segment; when this is interrupted nothing of it is there."""
        with self._writing() as cursor:
            [(number,)] = cursor.execute("SELECT ifnull(max(segment), 0) + 1 FROM blob")
            cursor.executemany(
                "INSERT INTO blob VALUES (?, ?, ?, ?)",
                (
                    (number, place, bytes.fromhex(object_id), object_id in segment.binary)
                    for place, object_id in enumerate(segment.object_ids)
                ),
            )
            ordered = sorted(segment.places.items())
            cursor.executemany(
                "INSERT INTO word VALUES (?, ?, ?)", ((key, number, places) for key, places in ordered)
            )

    def names(
        self, object_ids: Collection[str], reading: str
    ) -> Iterator[tuple[str, frozenset[bytes] | None]]:
        """What is kept of the names that blobs define under `reading`; others are left out."""
        asked = [bytes.fromhex(object_id) for object_id in object_ids]
        with _telling(self.file), closing(self._database.cursor()) as cursor:
            for start in range(0, len(asked), _ASKED_AT_ONCE):
                part = asked[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT id, names FROM definition WHERE reading = ? AND id IN ({marks})"  # noqa: S608
                for raw, names in cursor.execute(query, (reading, *part)):
                    yield raw.hex(), None if names is None else frozenset(names.split(b"\0")) - {b""}

    def keep_names(self, reading: str, names: Iterable[tuple[str, frozenset[bytes] | None]]) -> None:
        """Keep which names blobs define under `reading`."""
        with self._writing() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO definition VALUES (?, ?, ?)",
                (
                    (bytes.fromhex(object_id), reading, None if found is None else b"\0".join(sorted(found)))
                    for object_id, found in names
                ),
            )

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


def _prepare(file: Path, database: sqlite3.Connection) -> None:
    """Check that the file is ours, or make it ours when nothing is in it."""
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    [(found,)] = database.execute("PRAGMA application_id")
    [(tables,)] = database.execute("SELECT count(*) FROM sqlite_master")
    if found != _APPLICATION_ID and (found or tables):
        raise SearchIndexError(
            f"{file}: a database of something else, not an index of words",
            advice="Move the file away, or choose another state folder.",
        )
    if found != _APPLICATION_ID or not tables:
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.executescript(_TABLES)


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into the error that tells of the file."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            advice = "Another process is writing it. Run the command again when that has ended."
            raise SearchIndexError(f"{file}: locked for {_WAIT_S:g} s", advice=advice) from error
        raise SearchIndexError(f"{file}: {error}") from error
    except OSError as error:
        advice = "Check the folder's permissions and free space, or choose another state folder."
        raise SearchIndexError(f"{file}: {error.strerror}", advice=advice) from error
