from reviewer.ledger import describe
from reviewer.ledger.read import read_run
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import A_KEY, record_run
from reviewer.views.rows import rows_of, run_row
from reviewer.views.schema import RUNS, TABLES


def test_every_fact_of_every_kind_has_its_column_and_every_column_its_fact() -> None:
    store = MemoryLedger()
    recorder = record_run(store)
    recorder.append(describe.run_failed(ValueError("late"), stage="publish"))
    events = read_run(store, recorder.run_id, key=A_KEY)
    filled = {RUNS.name}
    assert run_row(recorder.run_id, events).keys() == RUNS.columns.keys()
    assert run_row(recorder.run_id, ()).keys() == RUNS.columns.keys()
    for event in events:
        for table, row in rows_of(event):
            assert row.keys() == table.columns.keys(), table.name
            filled.add(table.name)
    assert filled == {table.name for table in TABLES}
