import json
import resource
import time
from collections.abc import Iterator

import duckdb
import pytest

from reviewer.audit.sql import QueryResult, query
from reviewer.errors import UsageError
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import A_KEY, record_run
from reviewer.views.project import open_view

ENDLESS = "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE (a.range * b.range) % 7 = 3"


@pytest.fixture(scope="module")
def view() -> Iterator[duckdb.DuckDBPyConnection]:
    store = MemoryLedger()
    for number in range(1, 4):
        record_run(store, number=number)
    with open_view(store, A_KEY) as opened:
        yield opened


def ask(
    view: duckdb.DuckDBPyConnection, sql: str, *, max_rows: int = 100, timeout_s: float = 10
) -> QueryResult:
    return query(view, sql, max_rows=max_rows, timeout_s=timeout_s)


def refusal(view: duckdb.DuckDBPyConnection, sql: str) -> str:
    with pytest.raises(UsageError) as caught:
        ask(view, sql)
    return str(caught.value)


def test_an_answer_has_columns_and_rows(view: duckdb.DuckDBPyConnection) -> None:
    found = ask(view, "SELECT decision, count(*) AS runs FROM runs GROUP BY ALL")
    assert found == QueryResult(("decision", "runs"), (("request_changes", 3),), truncated=False)


@pytest.mark.parametrize(
    ("max_rows", "rows", "truncated"), [(2, 2, True), (3, 3, False), (4, 3, False), (0, 0, True)]
)
def test_more_rows_than_asked_for_are_cut_and_it_is_said(
    view: duckdb.DuckDBPyConnection, max_rows: int, rows: int, truncated: bool
) -> None:
    found = ask(view, "FROM runs", max_rows=max_rows)
    assert (len(found.rows), found.truncated) == (rows, truncated)


@pytest.mark.parametrize("sql", ["SHOW TABLES", "DESCRIBE runs", "SUMMARIZE gates", "EXPLAIN SELECT 1", "SELECT 1;",
                                 "WITH x AS (SELECT 1) FROM x", "VALUES (1)", "-- why\nSELECT 1"])  # fmt: skip
def test_every_kind_of_question_may_be_asked(view: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert ask(view, sql).rows


@pytest.mark.parametrize("sql", ["", " ;; ", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE runs"])
def test_exactly_one_statement_is_accepted(view: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert "1 expected" in refusal(view, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM runs",
        "UPDATE runs SET decision = 'approve'",
        "DROP TABLE runs",
        "CREATE TABLE x AS SELECT 1",
        "CREATE TEMP TABLE runs AS SELECT 1",
        "INSERT INTO runs SELECT * FROM runs",
        "EXPLAIN ANALYZE DELETE FROM runs",
        "PREPARE q AS DELETE FROM runs",
        "BEGIN",
        "COMMIT",
        "ATTACH ':memory:' AS other",
        "SET threads = 1",
        "PRAGMA database_list",
        "COPY runs TO '/dev/null'",
        "CALL pragma_version()",
        "CHECKPOINT",
    ],
)
def test_what_is_no_question_is_refused_and_changes_nothing(
    view: duckdb.DuckDBPyConnection, sql: str
) -> None:
    refusal(view, sql)
    assert ask(view, "SELECT count(*) FROM runs WHERE decision = 'request_changes'").rows == ((3,),)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM runs", "nothing"),
        ("SELECT * FROM nowhere", "nowhere"),
        ("SELECT 'x'::INTEGER", "Could not convert"),
        ("SELECT ?", "parameter"),
        ("SELECT * FROM read_csv('/etc/passwd')", "disabled by configuration"),
    ],
)
def test_the_database_s_own_words_are_given_for_a_wrong_question(
    view: duckdb.DuckDBPyConnection, sql: str, said: str
) -> None:
    assert said.lower() in refusal(view, sql).lower()


def test_a_query_that_takes_too_long_is_stopped_and_the_view_can_still_be_asked(
    view: duckdb.DuckDBPyConnection,
) -> None:
    started = time.monotonic()
    with pytest.raises(UsageError, match=r"longer than 0\.2 s"):
        ask(view, ENDLESS, timeout_s=0.2)
    assert time.monotonic() - started < 5
    assert ask(view, "SELECT 1").rows == ((1,),)


def test_an_endless_answer_is_cut_without_being_waited_for(view: duckdb.DuckDBPyConnection) -> None:
    found = ask(view, "SELECT * FROM range(1000000000000)", max_rows=5)
    assert found.rows == ((0,), (1,), (2,), (3,), (4,))
    assert found.truncated


def test_every_type_becomes_something_json_holds(view: duckdb.DuckDBPyConnection) -> None:
    found = ask(
        view,
        "SELECT NULL, true, 1, 2::HUGEINT ** 3, sum(10::HUGEINT), 'x', 0.25, 1.10::DECIMAL(10,2), 0.1::FLOAT,"
        " 'nan'::DOUBLE, 'inf'::DOUBLE, 12345678901234567890.123456789::DECIMAL(38,9), DATE '2026-11-23',"
        " TIMESTAMP '2026-11-23 21:04:00', TIME '21:04:00', INTERVAL 3 DAY, 'a'::BLOB, [1, 2], {'a': [1]},"
        " MAP {1: 2}, uuid(), '{\"a\": 1}'::JSON, 'a'::ENUM ('a', 'b'), DATE '20000-01-01'",
    )
    json.dumps(found.rows, allow_nan=False)
    assert found.rows[0][:8] == (None, True, 1, 8.0, 10, "x", 0.25, 1.1)
    assert found.rows[0][9:13] == ("nan", "inf", "12345678901234567890.123456789", "2026-11-23")


def test_a_time_with_a_zone_is_answered_or_refused_but_does_not_crash(
    view: duckdb.DuckDBPyConnection,
) -> None:
    assert ask(view, "SELECT now()::VARCHAR").rows
    try:
        json.dumps(ask(view, "SELECT now()").rows)
    except UsageError as error:
        assert "time zone" in str(error)  # noqa: PT017 - both ends are fine
        assert "Traceback" not in str(error)  # noqa: PT017
        assert "TIMESTAMP or VARCHAR" in error.advice  # noqa: PT017


def test_a_list_too_long_for_memory_is_refused_at_once(view: duckdb.DuckDBPyConnection) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    started = time.monotonic()
    with pytest.raises(UsageError, match="Memory"):
        ask(view, "SELECT range(400000000)", timeout_s=3)
    assert time.monotonic() - started < 5
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert ask(view, "SELECT 1").rows == ((1,),)


def test_names_that_come_again_are_numbered(view: duckdb.DuckDBPyConnection) -> None:
    assert ask(view, "SELECT 1 x, 2 x, 3 x_2, 4 x").columns == ("x", "x_3", "x_2", "x_4")
    assert ask(view, "SELECT 1 x, 2 x").columns == ("x", "x_2")
