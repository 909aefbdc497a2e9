"""Seconds by what they were spent on."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from reviewer.adapters.folder_ledger import FolderLedger
from reviewer.ports import StoredEvent


class Stopwatch:
    """Adds up the seconds between one announced stage and the next, and those of the ledger's writes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.ledger_seconds = 0.0
        self._stage = ""
        self._since = 0.0

    def enter(self, stage: str) -> None:
        """`stage` begins, and with it the one before ends; an empty name only ends."""
        now = time.monotonic()
        if self._stage:
            self.seconds[self._stage] += now - self._since
        self._stage, self._since = stage, now

    @contextmanager
    def watching_ledger(self) -> Iterator[None]:
        """Within, every write of a folder ledger is timed; the writes themselves stay as they are."""
        put = FolderLedger.put

        def timed(store: FolderLedger, event: StoredEvent) -> None:
            started = time.monotonic()
            try:
                put(store, event)
            finally:
                self.ledger_seconds += time.monotonic() - started

        with patch.object(FolderLedger, "put", timed):
            yield
