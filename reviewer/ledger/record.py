"""Writes one run into the ledger, event after event."""

from collections.abc import Callable
from threading import Lock

from reviewer.domain.review import Receipt
from reviewer.errors import LedgerError
from reviewer.ledger.coding import encode_event, pseudonym
from reviewer.ledger.events import Draft, Header
from reviewer.ledger.facts import DecisionMade, RunStarted
from reviewer.ledger.keys import InstallationKey
from reviewer.ports import LedgerStore


class RunRecorder:
    """The one writer of one run. Threads may share it; processes may not."""

    def __init__(
        self, store: LedgerStore, key: InstallationKey, *, run_id: str, now_ms: Callable[[], int]
    ) -> None:
        self.run_id = run_id
        self._store = store
        self._key = key
        self._now_ms = now_ms
        self._sequence = 0
        self._decided: Header | None = None
        self._broken: BaseException | None = None
        self._lock = Lock()

    def append(self, draft: Draft) -> Header:
        """Make the next event of the run durable before returning.

        After a failure of the store it is unknown what the store holds, so every later call raises `LedgerError`:
        a run whose record broke records no decision.
        """
        with self._lock:
            self._refuse_out_of_order(draft)
            header, stored = encode_event(
                draft, run_id=self.run_id, sequence=self._sequence, at_ms=self._now_ms(), key=self._key
            )
            try:
                self._store.put(stored)
            except BaseException as error:
                self._broken = error
                raise
            self._sequence += 1
            if isinstance(header.facts, DecisionMade):
                self._decided = header
            return header

    def receipt(self) -> Receipt:
        """Proof of the recorded decision; only to be asked for after `decision_made` was appended."""
        if self._decided is None or not isinstance(self._decided.facts, DecisionMade):
            raise RuntimeError(f"{self.run_id}: no decision was recorded, so there is no receipt")
        return Receipt(
            run_id=self.run_id,
            event_id=self._decided.event_id,
            decision_digest=self._decided.facts.decision_digest,
            ledger=self._store.place,
        )

    def pseudonym(self, text: str) -> str:
        """A digest that stands for `text` in headers of this installation."""
        return pseudonym(text, key=self._key)

    def _refuse_out_of_order(self, draft: Draft) -> None:
        if self._broken is not None:
            raise LedgerError(
                f"{self.run_id}: event {self._sequence} could not be recorded, so nothing can follow it"
            ) from self._broken
        if (self._sequence == 0) != isinstance(draft.facts, RunStarted):
            raise RuntimeError(f"{self.run_id}: {draft.facts.kind} as event {self._sequence}")
        if self._decided is not None and isinstance(draft.facts, DecisionMade):
            raise RuntimeError(f"{self.run_id}: a run records one decision, this would be the second")
