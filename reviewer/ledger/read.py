"""Runs read back from a store, every event checked, none skipped."""

from reviewer.errors import LedgerError
from reviewer.ledger.coding import decode_event
from reviewer.ledger.events import RecordedEvent
from reviewer.ledger.facts import RunStarted
from reviewer.ledger.keys import InstallationKey
from reviewer.ports import LedgerStore


def read_run(store: LedgerStore, run_id: str, *, key: InstallationKey) -> tuple[RecordedEvent, ...]:
    """The events of a run in order; empty only for a run that died before its first event was durable.

    `LedgerError` when an event is altered, missing in between, or of a newer schema. That events are missing
    at the end, or a whole run, cannot be seen from here: that takes the log's checkpoints.
    """
    events = []
    for expected, stored in enumerate(store.events(run_id)):
        event = decode_event(stored, key=key, place=store.place)
        if event.header.sequence != expected:
            raise LedgerError(
                f"{store.place}: {run_id}: event {expected} is missing, the next is {stored.name}",
                advice="A recorded event was removed. Restore it from a backup; nothing is read around the hole.",
            )
        events.append(event)
    if events and not isinstance(events[0].header.facts, RunStarted):
        raise LedgerError(
            f"{store.place}: {run_id}: begins with {events[0].header.name}, not with run_started"
        )
    return tuple(events)
