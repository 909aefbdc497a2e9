"""Builds the view: typed tables in memory, filled from verified events, then locked against everything else."""

import json
from collections.abc import Iterator
from itertools import islice

import duckdb

from reviewer.ledger.keys import InstallationKey
from reviewer.ledger.read import read_run
from reviewer.ports import LedgerStore
from reviewer.views import schema
from reviewer.views.rows import Row, rows_of, run_row
from reviewer.views.schema import TABLES, Table

_BATCH_ROWS = 2000

MEMORY_LIMIT = "1GB"
"""What a query may take, the tables included: DuckDB's own limit would be most of the machine."""

_BEFORE_LOADING = {
    "memory_limit": MEMORY_LIMIT,
    "python_enable_replacements": "false",  # else a query reads variables of the calling Python code
    "temp_directory": "",  # else a large query spills into the working folder
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}

_AFTER_LOADING = (
    "SET TimeZone = 'UTC'",
    "SET enable_progress_bar = false",  # it would write to standard output, amidst the answer
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def open_view(store: LedgerStore, key: InstallationKey) -> duckdb.DuckDBPyConnection:
    """A connection on which any SQL is harmless: it reaches no file, no network, no setting.

    `LedgerError` when any event of any run is not whole; nothing is skipped. The caller closes the connection.
    """
    view = duckdb.connect(":memory:", config=dict(_BEFORE_LOADING))
    try:
        for table in TABLES:
            columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
            view.execute(f"CREATE TABLE {table.name} ({columns})")
        _load(view, _all_rows(store, key))
        for statement in _AFTER_LOADING:
            view.execute(statement)
    except BaseException:
        view.close()
        raise
    return view


def _all_rows(store: LedgerStore, key: InstallationKey) -> Iterator[tuple[Table, Row]]:
    for run_id in store.runs():
        events = read_run(store, run_id, key=key)
        yield schema.RUNS, run_row(run_id, events)
        for event in events:
            yield from rows_of(event)


def _load(view: duckdb.DuckDBPyConnection, rows: Iterator[tuple[Table, Row]]) -> None:
    while batch := list(islice(rows, _BATCH_ROWS)):
        for table in TABLES:
            if mine := [row for where, row in batch if where is table]:
                _insert(view, table, mine)


def _insert(view: duckdb.DuckDBPyConnection, table: Table, rows: list[Row]) -> None:
    # Rows go in as one JSON text: row-wise inserting takes fifty times as long, and nothing touches the disk.
    # A missing column or one of another type is an error, never a NULL. Names and types are constants of ours.
    shape = {
        name: ["VARCHAR"] if "[]" in kind else kind.removesuffix(" NOT NULL").replace("JSON", "VARCHAR")
        for name, kind in table.columns.items()
    }
    picked = ", ".join(f"r.{name}" for name in table.columns)
    view.execute(
        f"INSERT INTO {table.name} SELECT {picked} FROM (SELECT unnest(from_json_strict(?, ?)) AS r)",  # noqa: S608
        [json.dumps(rows, ensure_ascii=False), json.dumps([shape])],
    )
