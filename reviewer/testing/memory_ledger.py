"""A ledger that forgets everything with its process, and can be told to fail."""

from collections.abc import Iterable, Sequence

from reviewer.errors import LedgerConflictError, LedgerError
from reviewer.ledger.events import is_event_name
from reviewer.ledger.run_ids import is_run_id
from reviewer.ports import StoredEvent


class MemoryLedger:
    """A `LedgerStore` that passes the same contract suite as the durable ones."""

    def __init__(self, *, fail_at: int | None = None) -> None:
        self._events: dict[str, dict[str, StoredEvent]] = {}
        self._puts = 0
        self.fail_at = fail_at
        """The number of the call to `put`, from 0, that raises `LedgerError` and stores nothing."""

    @property
    def place(self) -> str:
        """Says that nothing is kept."""
        return "memory"

    def put(self, event: StoredEvent) -> None:
        """Keep the event; the same bytes again change nothing, other bytes are a conflict."""
        if not is_run_id(event.run_id) or not is_event_name(event.name):
            raise ValueError(f"not the name of an event: {event.run_id!r}/{event.name!r}")
        number, self._puts = self._puts, self._puts + 1
        if number == self.fail_at:
            raise LedgerError(f"{event.run_id}/{event.name}: not recorded: this ledger was told to fail")
        known = self._events.setdefault(event.run_id, {}).setdefault(event.name, event)
        if known.header != event.header or (known.body is not None and known.body != event.body):
            raise LedgerConflictError(f"{event.run_id}/{event.name}: already recorded with other bytes")

    def runs(self) -> Sequence[str]:
        """Run ids, sorted."""
        return sorted(self._events)

    def events(self, run_id: str) -> Iterable[StoredEvent]:
        """The events of a run, ordered by name; `LedgerError` for an unknown run."""
        if run_id not in self._events:
            raise LedgerError(f"memory: there is no run {run_id!r}")
        return [event for _, event in sorted(self._events[run_id].items())]
