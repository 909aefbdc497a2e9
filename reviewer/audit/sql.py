"""Free SQL over the record: one statement, read-only, within limits."""

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

import duckdb

from reviewer.errors import UsageError

_SCHEMA_HINT = "`SHOW TABLES` and `DESCRIBE runs` tell what can be asked."
_ZONE_HINT = "Cast it to TIMESTAMP or VARCHAR, for example now()::VARCHAR."

_EXTRA_ADDRESS_SPACE = 2_000_000_000
"""Bytes. DuckDB's own limit does not count the vectors of one long list, and cannot interrupt their filling."""

Cell = None | bool | int | float | str | list["Cell"] | dict[str, "Cell"]
"""What JSON can hold."""


@dataclass(frozen=True)
class QueryResult:
    """The answer to one query."""

    columns: tuple[str, ...]
    """As the query names them; a name that comes again is numbered: `x`, `x_2`."""
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool
    """True when there were more rows than were asked for."""


def query(view: duckdb.DuckDBPyConnection, sql: str, *, max_rows: int, timeout_s: float) -> QueryResult:
    """The first `max_rows` rows that `sql` gives; `UsageError` with the database's words when it cannot.

    The view is left as it was: the statement runs in a read-only transaction that is rolled back.
    One connection answers one query at a time.
    """
    statement = _only_statement(sql)
    expired = threading.Event()
    try:
        with _within_memory(), _read_only(view), _interrupted_after(view, timeout_s, expired):
            view.execute(statement)
            columns = _numbered([column[0] for column in view.description or ()])
            rows = view.fetchmany(max_rows + 1)
    except duckdb.Error as error:
        if expired.is_set():
            raise UsageError(
                f"the query took longer than {timeout_s:g} s and was stopped",
                advice="Ask for less: filter by run_id or time first, and look out for joins without a condition.",
            ) from error
        if "pytz" in str(error):
            raise UsageError(
                "the answer holds a time with a time zone, which cannot be shown", advice=_ZONE_HINT
            ) from error
        raise UsageError(str(error), advice=_SCHEMA_HINT) from error
    except MemoryError as error:
        raise UsageError(
            "the answer takes too much memory", advice="Ask for fewer or shorter values."
        ) from error
    shown = tuple(tuple(_cell(value) for value in row) for row in rows[:max_rows])
    return QueryResult(columns, shown, truncated=len(rows) > max_rows)


def _numbered(names: list[str]) -> tuple[str, ...]:
    taken = set(names)
    seen: set[str] = set()
    columns: list[str] = []
    for name in names:
        column, number = name, 1
        while column in seen or (number > 1 and column in taken):
            number += 1
            column = f"{name}_{number}"
        seen.add(column)
        columns.append(column)
    return tuple(columns)


def _only_statement(sql: str) -> duckdb.Statement:
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise UsageError(str(error), advice=_SCHEMA_HINT) from error
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements, 1 expected", advice="Give one SELECT.")
    kind = statements[0].type
    if kind not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise UsageError(
            f"{kind.name} is not a question", advice="Give one SELECT; the record cannot be changed."
        )
    return statements[0]


@contextmanager
def _read_only(view: duckdb.DuckDBPyConnection) -> Iterator[None]:
    # EXPLAIN ANALYZE runs what it explains, even a DELETE; in here that is refused.
    view.execute("BEGIN TRANSACTION READ ONLY")
    try:
        yield
    finally:
        view.execute("ROLLBACK")


@contextmanager
def _within_memory() -> Iterator[None]:
    # For the whole process, as the operating system has no smaller measure; only Linux tells what is in use.
    statm = Path("/proc/self/statm")
    if not statm.exists():
        yield
        return
    in_use = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = in_use + _EXTRA_ADDRESS_SPACE
    allowed = [wanted, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(allowed), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def _interrupted_after(
    view: duckdb.DuckDBPyConnection, timeout_s: float, expired: threading.Event
) -> Iterator[None]:
    # Interrupting is repeated, since a first one can fall between two steps of a query and be lost.
    done = threading.Event()

    def watch() -> None:
        wait_s = timeout_s
        while not done.wait(wait_s):
            expired.set()
            view.interrupt()
            wait_s = 0.05

    watcher = threading.Thread(target=watch, name="query-timeout", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _cell(value: Any) -> Cell:  # noqa: PLR0911 - one line a type reads better than a table of lambdas
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if isfinite(value) else str(value)
        case Decimal():
            return float(value) if Decimal(repr(float(value))) == value else str(value)
        case datetime():
            return value.isoformat(timespec="milliseconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case bytes():
            return value.hex()
        case list() | tuple():
            return [_cell(part) for part in value]
        case dict():
            return {str(name): _cell(part) for name, part in value.items()}
    return str(value)
