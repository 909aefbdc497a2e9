"""The ledger as files in a folder: one folder a run, one file an event, its body beside it.

<ledger>/inbox/<run id>/000012-gate_evaluated.json        the header
<ledger>/inbox/<run id>/000012-gate_evaluated.body.json   the body, gone once it is erased
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reviewer.domain.text import path_text
from reviewer.errors import LedgerConflictError, LedgerError, UsageError
from reviewer.ledger.durable import LEFTOVER_PREFIX, ensure_folder, flush_folder, put_new
from reviewer.ledger.events import is_event_name
from reviewer.ledger.run_ids import is_run_id
from reviewer.ports import StoredEvent

HEADER_END = ".json"
BODY_END = ".body.json"

_FOREIGN = "Only the engine writes into a ledger. Move what is not its own elsewhere, then try again."


class FolderLedger:
    """A `LedgerStore` on a local file system that knows hard links. Runs never wait for each other."""

    def __init__(self, path: Path) -> None:
        self._root = path
        self._inbox = path / "inbox"

    @property
    def path(self) -> Path:
        """The ledger's folder; it may not exist before the first event."""
        return self._root

    @property
    def place(self) -> str:
        """The folder, as one line of text."""
        return path_text(os.fsencode(self._root))

    def put(self, event: StoredEvent) -> None:
        """Make the event durable before returning: the body first, so that no header ever lacks its body.

        `ValueError` for a run id or name that the engine did not make.
        """
        if not is_run_id(event.run_id) or not is_event_name(event.name):
            raise ValueError(f"not the name of an event: {event.run_id!r}/{event.name!r}")
        folder = self._inbox / event.run_id
        try:
            ensure_folder(folder)
            self._put(event, folder / f"{event.name}{HEADER_END}", folder / f"{event.name}{BODY_END}")
        except OSError as error:
            raise LedgerError(f"{folder}/{event.name}: not recorded: {error.strerror}") from error

    def runs(self) -> Sequence[str]:
        """Run ids, sorted; `LedgerError` where there is no ledger at all, which is not the same as an empty one."""
        try:
            with os.scandir(self._inbox) as entries:
                found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except FileNotFoundError as error:
            raise LedgerError(
                f"{self._root}: there is no ledger",
                advice="Run a review first, which makes one, or name the folder of an existing one with --ledger.",
            ) from error
        except OSError as error:
            raise LedgerError(f"{self._inbox}: cannot be read: {error.strerror}") from error
        for name, is_folder in found:
            if not is_folder or not is_run_id(name):
                raise LedgerError(f"{self._inbox}: {name!r} is not the folder of a run", advice=_FOREIGN)
        return [name for name, _ in found]

    def events(self, run_id: str) -> Iterable[StoredEvent]:
        """The events of a run in the order of writing, each read when it is asked for.

        `LedgerError` for an unknown run, a foreign file, or a body whose header is gone. What a killed writer
        left half done is no event and is passed over: files still being written, and a last body whose header
        never came.
        """
        if not is_run_id(run_id):
            raise LedgerError(
                f"{run_id!r} is not a run id", advice="A run id looks like 20261123T210400Z-0123456789ab."
            )
        return self._read(self._inbox / run_id)

    def _put(self, event: StoredEvent, header: Path, body: Path) -> None:
        if header.exists():
            _refuse_other_bytes(event, header, body)
            flush_folder(header.parent)
            return
        if event.body is None or not put_new(body, event.body):
            _refuse_other_body(event, body)
        if not put_new(header, event.header):
            _refuse_other_bytes(event, header, body)

    def _read(self, folder: Path) -> Iterator[StoredEvent]:
        try:
            names = _event_names(folder)
        except FileNotFoundError as error:
            raise LedgerError(
                f"{self._root}: there is no run {folder.name}",
                advice="List the runs with `reviewer audit sql`.",
            ) from error
        except OSError as error:
            raise LedgerError(f"{folder}: cannot be read: {error.strerror}") from error
        for name in names:
            try:
                header = (folder / f"{name}{HEADER_END}").read_bytes()
                body = _bytes_or_none(folder / f"{name}{BODY_END}")
            except OSError as error:
                raise LedgerError(f"{folder / name}: cannot be read: {error.strerror}") from error
            yield StoredEvent(folder.name, name, header, body)


def refuse_inside(
    folder: Path, repository: Path, *, what: str = "ledger", advice: str = "with --ledger"
) -> None:
    """`UsageError` when `folder` would lie in the repository, or work tree, that `repository` is or is a part of.

    What is kept there could be altered by the change under review, or be committed with it.
    """
    place, root = folder.resolve(), _top(repository.resolve())
    if place.is_relative_to(root):
        raise UsageError(
            f"the {what} {place} lies inside the reviewed repository {root}",
            advice=f"Name a folder outside of it {advice}.",
        )


def _top(folder: Path) -> Path:
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
        if (candidate / "HEAD").is_file() and (candidate / "objects").is_dir():
            return candidate.parent if candidate.name == ".git" else candidate
    return folder


def _event_names(folder: Path) -> list[str]:
    # A listing that runs while events are written may miss one and hold a later one. Whatever the first listing
    # found was there before the second began, so up to that point the second has no holes of its own making.
    earlier, _ = _scan(folder)
    headers, bodies = _scan(folder)
    last = max(earlier, default="")
    for name in sorted(bodies - headers):
        if name < last:
            raise LedgerError(
                f"{folder / name}{BODY_END}: the header of this body is missing",
                advice="A recorded event was removed. Restore it from a backup.",
            )
    return sorted(name for name in headers if name <= last)


def _scan(folder: Path) -> tuple[set[str], set[str]]:
    headers: set[str] = set()
    bodies: set[str] = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(LEFTOVER_PREFIX):
                continue
            end, into = (BODY_END, bodies) if entry.name.endswith(BODY_END) else (HEADER_END, headers)
            name = entry.name.removesuffix(end)
            if not entry.is_file(follow_symlinks=False) or name == entry.name or not is_event_name(name):
                raise LedgerError(f"{folder}: {entry.name!r} is not an event", advice=_FOREIGN)
            into.add(name)
    return headers, bodies


def _refuse_other_bytes(event: StoredEvent, header: Path, body: Path) -> None:
    if header.read_bytes() != event.header:
        raise LedgerConflictError(f"{header}: already recorded with other bytes")
    _refuse_other_body(event, body)


def _refuse_other_body(event: StoredEvent, body: Path) -> None:
    # No body where there should be one is no conflict: it was erased, and a second writing must not bring it back.
    stored = _bytes_or_none(body)
    if stored is not None and stored != event.body:
        raise LedgerConflictError(f"{body}: already recorded with other bytes")


def _bytes_or_none(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
