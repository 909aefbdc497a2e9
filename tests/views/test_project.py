import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

from reviewer.adapters.folder_ledger import FolderLedger
from reviewer.errors import LedgerError, ModelRejectedError
from reviewer.ledger import describe
from reviewer.ledger.keys import InstallationKey
from reviewer.ledger.record import RunRecorder
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import (
    A_KEY,
    START_MS,
    a_decision,
    a_recorder,
    a_run_id,
    a_start,
    record_run,
    some_inputs,
)
from reviewer.testing.values import a_finding, a_gate
from reviewer.views.project import open_view
from reviewer.views.schema import TABLES

BODY_COLUMNS = {
    "runs": ("repository", "asked"),
    "gates": ("value_text", "limit_text", "reason"),
    "triage": ("factors",),
    "agents": ("summary",),
    "findings": ("title", "explanation", "path", "first_line", "last_line", "quote"),
    "verifications": ("reason",),
    "challenges": ("reason",),
    "decisions": ("headline", "reasons"),
}


def ask(store: Any, sql: str, key: InstallationKey = A_KEY) -> list[tuple[Any, ...]]:
    with open_view(store, key) as view:
        return view.execute(sql).fetchall()


def erased(store: MemoryLedger) -> MemoryLedger:
    """The same ledger without any body."""
    bare = MemoryLedger()
    for run_id in store.runs():
        for stored in store.events(run_id):
            bare.put(replace(stored, body=None))
    return bare


def column_values(view: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    return view.table(table).project(", ".join(columns)).order("ALL").fetchall()


@pytest.fixture
def store() -> MemoryLedger:
    made = MemoryLedger()
    record_run(made)
    return made


@pytest.fixture(scope="module")
def view() -> Iterator[duckdb.DuckDBPyConnection]:
    store = MemoryLedger()
    record_run(store)
    with open_view(store, A_KEY) as opened:
        yield opened


def test_every_event_is_in_the_view_in_order(store: MemoryLedger) -> None:
    rows = ask(store, "SELECT sequence, kind, event_id, header FROM events ORDER BY sequence")
    assert [row[0] for row in rows] == list(range(14))
    assert [row[1] for row in rows] == [stored.name[7:] for stored in store.events(a_run_id())]
    assert [row[3].encode() for row in rows] == [stored.header for stored in store.events(a_run_id())]
    assert all(json.loads(row[3])["event_id"] == row[2] for row in rows)


def test_a_decided_run_tells_what_was_decided_on_what_and_when(store: MemoryLedger) -> None:
    asked = (
        "SELECT status, decision, repository, head, events, epoch_ms(started_at), epoch_ms(decided_at), error"
        " FROM runs"
    )
    assert ask(store, asked) == [
        ("decided", "request_changes", "example", "a" * 40, 14, START_MS + 60_000, START_MS + 60_091, None)
    ]


def test_a_run_that_just_ends_says_that_there_is_no_decision() -> None:
    store = MemoryLedger()
    a_recorder(store).append(a_start())
    assert ask(store, "SELECT status, decision, head FROM runs") == [("no decision", None, None)]


def test_a_run_that_died_before_its_first_event_is_still_listed(tmp_path: Path) -> None:
    (tmp_path / "inbox" / a_run_id()).mkdir(parents=True)
    assert ask(FolderLedger(tmp_path), "SELECT run_id, status, events FROM runs") == [
        (a_run_id(), "no decision", 0)
    ]


def test_a_failed_run_says_where_and_why() -> None:
    store = MemoryLedger()
    recorder = a_recorder(store)
    recorder.append(a_start())
    recorder.append(describe.run_failed(ModelRejectedError("bad key"), stage="agents"))
    found = ask(store, "SELECT status, decision, failed_stage, error, error_message FROM runs")
    assert found == [("failed", None, "agents", "ModelRejectedError", "bad key")]


def test_a_failure_after_the_decision_leaves_it_standing_and_is_shown(store: MemoryLedger) -> None:
    late = MemoryLedger()
    record_run(late).append(describe.run_failed(ModelRejectedError("late"), stage="publish"))
    assert ask(late, "SELECT status, decision, error FROM runs") == [
        ("decided", "request_changes", "ModelRejectedError")
    ]


def test_every_table_has_rows_and_the_tables_agree(view: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        found = view.table(table.name).fetchall()
        assert found, table.name
    assert view.execute(
        "SELECT f.severity, v.outcome, v.stage FROM findings f JOIN verifications v USING (run_id, finding)"
        " ORDER BY ALL"
    ).fetchall() == [("high", "confirmed", "refute"), ("low", "refuted", "refute")]
    assert view.execute("SELECT reason_codes, reasons->>'$[1].code' FROM decisions").fetchall() == [
        (["request_changes", "finding.F-1"], "request_changes")
    ]
    assert view.execute("SELECT rule, unable, reason FROM rules ORDER BY sequence").fetchall() == [
        ("example-rule", True, "one file has a syntax error"),
        ("example-rule", False, None),
    ]


def test_erased_bodies_leave_the_columns_of_headers_and_nulls(store: MemoryLedger) -> None:
    with open_view(store, A_KEY) as before, open_view(erased(store), A_KEY) as after:
        for table in TABLES:
            gone = BODY_COLUMNS.get(table.name, ())
            kept = [name for name in table.columns if name not in (*gone, "erased", "reason")]
            assert column_values(before, table.name, kept) == column_values(after, table.name, kept)
            for name in gone:
                assert any(value != (None,) for value in column_values(before, table.name, [name]))
                assert set(column_values(after, table.name, [name])) == {(None,)}
        answered = after.execute(
            "SELECT DISTINCT erased FROM events WHERE kind = 'gate_evaluated'"
        ).fetchall()
        assert answered == [(True,)]


def test_any_text_survives_the_way_into_the_view() -> None:
    strange = "a\0b \u2028 \U0001f600 \"quoted\" \\ 'x' \x7f\r\n\t%s ? $1 {}"
    store = MemoryLedger()
    recorder = a_recorder(store)
    recorder.append(a_start())
    recorder.append(describe.finding_raised(a_finding(title=strange)))
    assert ask(store, "SELECT title FROM findings") == [(strange,)]


def test_a_corrupt_event_stops_the_view_and_is_named(tmp_path: Path) -> None:
    store = FolderLedger(tmp_path)
    record_run(store)
    body = tmp_path / "inbox" / a_run_id() / "000008-finding_raised.body.json"
    body.write_bytes(body.read_bytes().replace(b"breaks", b"pleases"))
    with pytest.raises(LedgerError, match=r"000008-finding_raised: the body does not fit its commitment"):
        open_view(store, A_KEY)


def test_bodies_of_another_installation_are_refused(store: MemoryLedger) -> None:
    with pytest.raises(LedgerError, match="the key at hand"):
        open_view(store, InstallationKey(b"x" * 32))


def test_an_empty_ledger_gives_empty_tables() -> None:
    assert ask(MemoryLedger(), "SELECT count(*) FROM runs") == [(0,)]


def test_more_events_than_one_batch_are_all_loaded() -> None:
    store = MemoryLedger()
    for number in range(1, 5):
        ticks = count(START_MS)
        recorder = RunRecorder(store, A_KEY, run_id=a_run_id(number), now_ms=ticks.__next__)
        recorder.append(a_start())
        for _ in range(600):
            recorder.append(describe.gate_evaluated(a_gate()))
        recorder.append(describe.decision_made(a_decision(), some_inputs()))
    counted = "SELECT count(*), count(DISTINCT run_id || sequence) FROM events"
    assert ask(store, counted) == [(2408, 2408)]
    assert ask(store, "SELECT run_id, count(*) FROM gates GROUP BY ALL ORDER BY ALL") == [
        (a_run_id(number), 600) for number in range(1, 5)
    ]


HARMFUL = [
    "COPY events TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{folder}/out.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/out'",
    "IMPORT DATABASE '{folder}'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM '{folder}/planted.csv'",
    "SELECT * FROM read_json('{folder}/planted.csv')",
    "SELECT * FROM read_parquet('{folder}/planted.csv')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM sniff_csv('{folder}/planted.csv')",
    "SELECT getenv('HOME')",
    "COPY events FROM '{folder}/planted.csv'",
    "ATTACH '{folder}/out.db'",
    "INSTALL httpfs",
    "FORCE INSTALL httpfs FROM 'http://127.0.0.1/'",
    "LOAD httpfs",
    "LOAD '{folder}/planted.csv'",
    "SELECT * FROM 'http://127.0.0.1/x.csv'",
    "CREATE SECRET s (TYPE s3)",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET allowed_directories = ['/']",
    "SET temp_directory = '{folder}/out'",
    "SET threads = 1",
    "RESET enable_external_access",
    "PRAGMA enable_profiling = 'json'",
    "PRAGMA profiling_output = '{folder}/out'",
    "SET log_query_path = '{folder}/out'",
    "CALL enable_logging(storage = 'file', storage_path = '{folder}/out')",
    "SELECT * FROM a_python_variable",
]


@pytest.mark.parametrize("sql", HARMFUL)
def test_no_sql_reaches_a_file_the_network_or_a_setting(
    view: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str
) -> None:
    (tmp_path / "planted.csv").write_text("a,b\n1,2\n")
    a_python_variable = view.table("runs")
    with pytest.raises(duckdb.Error):
        view.execute(sql.format(folder=tmp_path)).fetchall()
    assert [path.name for path in tmp_path.iterdir()] == ["planted.csv"]
    assert a_python_variable.fetchall()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("temp_directory", ""),
        ("python_enable_replacements", False),
        ("autoload_known_extensions", False),
        ("autoinstall_known_extensions", False),
        ("allow_community_extensions", False),
        ("enable_external_access", False),
        ("lock_configuration", True),
        ("TimeZone", "UTC"),
    ],
)
def test_each_lock_is_closed_on_its_own(view: duckdb.DuckDBPyConnection, setting: str, value: object) -> None:
    assert view.execute("SELECT current_setting(?)", [setting]).fetchall() == [(value,)]


def test_memory_is_limited_and_no_progress_is_shown(view: duckdb.DuckDBPyConnection) -> None:
    settings = "SELECT current_setting('memory_limit'), current_setting('enable_progress_bar')"
    assert view.execute(settings).fetchone() == ("953.6 MiB", False)
