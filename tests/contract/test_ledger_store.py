"""What every ledger store promises. A new store joins by a line in `STORES`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from reviewer.adapters.folder_ledger import FolderLedger
from reviewer.errors import LedgerConflictError, LedgerError
from reviewer.ports import LedgerStore, StoredEvent
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import a_run_id

STORES: dict[str, Callable[[Path], LedgerStore]] = {
    "folder": lambda path: FolderLedger(path / "ledger"),
    "memory": lambda _: MemoryLedger(),
}


@pytest.fixture(params=list(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> LedgerStore:
    return STORES[request.param](tmp_path)


def an_event(number: int = 0, *, run: int = 1, body: bytes | None = b"body") -> StoredEvent:
    return StoredEvent(a_run_id(run), f"{number:06d}-gate_evaluated", b"header %d" % number, body)


def test_what_was_put_comes_back_byte_for_byte(store: LedgerStore) -> None:
    event = replace(an_event(), header=bytes(range(256)), body=b"\0\r\n" * 100_000)
    store.put(event)
    assert list(store.events(event.run_id)) == [event]


def test_an_event_without_a_body_stays_one(store: LedgerStore) -> None:
    store.put(an_event(body=None))
    assert list(store.events(a_run_id())) == [an_event(body=None)]


def test_an_empty_body_is_not_a_missing_one(store: LedgerStore) -> None:
    store.put(an_event(body=b""))
    assert list(store.events(a_run_id())) == [an_event(body=b"")]


def test_events_come_in_the_order_of_their_names_whatever_the_order_of_putting(store: LedgerStore) -> None:
    for number in (10, 9, 100, 2):
        store.put(an_event(number))
    names = [event.name[:6] for event in store.events(a_run_id())]
    assert names == ["000002", "000009", "000010", "000100"]


def test_runs_are_sorted_and_apart(store: LedgerStore) -> None:
    for run in (3, 1, 2):
        store.put(an_event(run, run=run))
    assert list(store.runs()) == [a_run_id(1), a_run_id(2), a_run_id(3)]
    assert list(store.events(a_run_id(2))) == [an_event(2, run=2)]


def test_the_same_bytes_again_change_nothing(store: LedgerStore) -> None:
    store.put(an_event())
    store.put(an_event())
    assert list(store.events(a_run_id())) == [an_event()]


@pytest.mark.parametrize(
    "other",
    [
        replace(an_event(), header=b"other"),
        replace(an_event(), body=b"other"),
        replace(an_event(), body=b""),
    ],
    ids=["header", "body", "empty body"],
)
def test_other_bytes_under_a_taken_name_are_a_conflict_and_change_nothing(
    store: LedgerStore, other: StoredEvent
) -> None:
    store.put(an_event())
    with pytest.raises(LedgerConflictError, match="other bytes"):
        store.put(other)
    assert list(store.events(a_run_id())) == [an_event()]


def test_a_body_where_there_was_none_is_not_added(store: LedgerStore) -> None:
    # It may have been erased: a repeated writing must not bring it back.
    store.put(an_event(body=None))
    store.put(an_event(body=b"body"))
    assert list(store.events(a_run_id())) == [an_event(body=None)]


def test_of_many_writers_of_one_name_one_wins_and_the_others_hear_of_it(store: LedgerStore) -> None:
    conflicts: list[LedgerConflictError] = []

    def write(number: int) -> None:
        try:
            store.put(replace(an_event(), header=b"%d" % number, body=None))
        except LedgerConflictError as error:
            conflicts.append(error)

    writers = [Thread(target=write, args=(number,)) for number in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(conflicts) == 11
    assert len(list(store.events(a_run_id()))) == 1


@pytest.mark.parametrize(
    ("run_id", "name"),
    [
        ("../outside", "000000-run_started"),
        ("", "000000-run_started"),
        (a_run_id(), "../000000-run_started"),
        (a_run_id(), ".tmp-0"),
        (a_run_id(), "000000-run_started\0"),
    ],
)
def test_a_name_that_leads_elsewhere_is_not_written(store: LedgerStore, run_id: str, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of an event"):
        store.put(StoredEvent(run_id, name, b"", None))


@pytest.mark.parametrize("run_id", [a_run_id(9), "..", "", "/etc"])
def test_an_unknown_run_is_an_error_not_an_empty_one(store: LedgerStore, run_id: str) -> None:
    store.put(an_event())
    with pytest.raises(LedgerError):
        list(store.events(run_id))
