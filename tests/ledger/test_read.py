import pytest

from reviewer.errors import LedgerError
from reviewer.ledger import describe
from reviewer.ledger.coding import encode_event
from reviewer.ledger.read import read_run
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import A_KEY, START_MS, a_run_id, record_run
from reviewer.testing.values import a_gate


def test_a_removed_event_is_noticed_by_its_number() -> None:
    whole, holed = MemoryLedger(), MemoryLedger()
    record_run(whole)
    for stored in whole.events(a_run_id()):
        if not stored.name.startswith("000004"):
            holed.put(stored)
    with pytest.raises(LedgerError, match=r"event 4 is missing, the next is 000005-rule_completed"):
        read_run(holed, a_run_id(), key=A_KEY)


def test_a_run_without_its_start_is_refused() -> None:
    store = MemoryLedger()
    draft = describe.gate_evaluated(a_gate())
    store.put(encode_event(draft, run_id=a_run_id(), sequence=0, at_ms=START_MS, key=A_KEY)[1])
    with pytest.raises(LedgerError, match="begins with 000000-gate_evaluated"):
        read_run(store, a_run_id(), key=A_KEY)


def test_an_unknown_run_is_an_error_not_an_empty_one() -> None:
    with pytest.raises(LedgerError, match="there is no run"):
        read_run(MemoryLedger(), a_run_id(), key=A_KEY)
