import threading
import time

import pytest

from reviewer.domain.value import digest_of
from reviewer.errors import LedgerError
from reviewer.ledger import describe
from reviewer.ledger.read import read_run
from reviewer.ports import StoredEvent
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import (
    A_KEY,
    START_MS,
    a_decision,
    a_recorder,
    a_start,
    record_run,
    some_inputs,
)
from reviewer.testing.values import a_gate


def test_a_receipt_points_at_the_recorded_decision() -> None:
    store = MemoryLedger()
    recorder = record_run(store)
    receipt = recorder.receipt()
    recorded = read_run(store, recorder.run_id, key=A_KEY)[-1]
    assert receipt.event_id == recorded.header.event_id
    assert receipt.decision_digest == digest_of(a_decision())
    assert (receipt.run_id, receipt.ledger) == (recorder.run_id, "memory")


def test_there_is_no_receipt_before_the_decision_is_durable() -> None:
    store = MemoryLedger(fail_at=1)
    recorder = a_recorder(store)
    recorder.append(a_start())
    with pytest.raises(LedgerError):
        recorder.append(describe.decision_made(a_decision(), some_inputs()))
    with pytest.raises(RuntimeError, match="no receipt"):
        recorder.receipt()


def test_nothing_follows_an_event_that_could_not_be_recorded() -> None:
    store = MemoryLedger(fail_at=1)
    recorder = a_recorder(store)
    recorder.append(a_start())
    with pytest.raises(LedgerError, match="told to fail"):
        recorder.append(describe.gate_evaluated(a_gate()))
    with pytest.raises(LedgerError, match="event 1 could not be recorded"):
        recorder.append(describe.decision_made(a_decision(), some_inputs()))
    assert len(read_run(store, recorder.run_id, key=A_KEY)) == 1


def test_an_event_that_cannot_be_encoded_leaves_the_run_able_to_record_its_failure() -> None:
    store = MemoryLedger()
    recorder = a_recorder(store)
    recorder.append(a_start())
    unwritable = a_gate().model_copy(update={"reason": "\ud800"})
    with pytest.raises(ValueError, match="UTF-8") as caught:
        recorder.append(describe.gate_evaluated(unwritable))
    recorder.append(describe.run_failed(caught.value, stage="gates"))
    kinds = [event.header.facts.kind for event in read_run(store, recorder.run_id, key=A_KEY)]
    assert kinds == ["run_started", "run_failed"]


def test_a_run_begins_with_its_start_and_starts_once() -> None:
    recorder = a_recorder(MemoryLedger())
    with pytest.raises(RuntimeError, match="gate_evaluated as event 0"):
        recorder.append(describe.gate_evaluated(a_gate()))
    recorder.append(a_start())
    with pytest.raises(RuntimeError, match="run_started as event 1"):
        recorder.append(a_start())


def test_a_run_records_one_decision() -> None:
    recorder = record_run(MemoryLedger())
    with pytest.raises(RuntimeError, match="one decision"):
        recorder.append(describe.decision_made(a_decision(), some_inputs()))


class SlowLedger(MemoryLedger):
    """Gives other threads every chance to come in between."""

    def put(self, event: StoredEvent) -> None:
        time.sleep(0.0005)
        super().put(event)


def test_events_of_many_threads_are_numbered_without_holes() -> None:
    store = SlowLedger()
    recorder = a_recorder(store)
    recorder.append(a_start())

    def work() -> None:
        for _ in range(20):
            recorder.append(describe.gate_evaluated(a_gate()))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = read_run(store, recorder.run_id, key=A_KEY)
    assert [event.header.sequence for event in events] == list(range(161))


def test_a_clock_that_goes_backwards_is_recorded_as_it_is() -> None:
    store = MemoryLedger()
    recorder = a_recorder(store)
    clock = iter([START_MS, START_MS - 3_600_000])
    recorder._now_ms = lambda: next(clock)
    recorder.append(a_start())
    recorder.append(describe.gate_evaluated(a_gate()))
    events = read_run(store, recorder.run_id, key=A_KEY)
    assert [event.header.at_ms for event in events] == [START_MS, START_MS - 3_600_000]
