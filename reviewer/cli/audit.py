"""`reviewer audit`: questions to the record."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from reviewer.audit.sql import QueryResult

app = typer.Typer(help="Ask the record of decisions.", no_args_is_help=True, rich_markup_mode=None)


class TableFormat(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.callback()
def _group() -> None:
    """Ask the record of decisions."""


@app.command("sql")
def sql(
    query: Annotated[
        str,
        typer.Argument(
            help="One SQL statement over runs, gates, rules, agents, findings, "
            "verifications, decisions and events."
        ),
    ],
    ledger: Annotated[
        Path | None, typer.Option(help="Folder of the ledger.  [default: the user's state folder]")
    ] = None,
    form: Annotated[
        TableFormat, typer.Option("--format", help="How to print the answer.")
    ] = TableFormat.TABLE,
    max_rows: Annotated[int, typer.Option(min=1, help="Rows to print at most.")] = 1000,
    timeout_s: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds the query may take.")
    ] = 60.0,
) -> None:
    """Run SQL over the verified events of a ledger, in memory, with no access to anything else.

    `SHOW TABLES` lists the tables and `DESCRIBE decisions` the columns of one.
    """
    import os

    from reviewer import compose
    from reviewer.audit.sql import query as ask
    from reviewer.settings import settings_from

    view = compose.open_view(ledger, settings_from(os.environ))
    _print(ask(view, query, max_rows=max_rows, timeout_s=timeout_s), form)


def _print(result: "QueryResult", form: TableFormat) -> None:
    import csv
    import json
    import sys

    if form is TableFormat.JSON:
        rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
        sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    elif form is TableFormat.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(result.columns)
        writer.writerows(result.rows)
    else:
        _table(result)
    if result.truncated:
        sys.stderr.write(f"only the first {len(result.rows)} rows are shown; raise --max-rows for more\n")


def _table(result: "QueryResult") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from reviewer.screening.hidden import reveal

    def cell(value: Any) -> Text:
        return Text("" if value is None else reveal(str(value)))

    table = Table(box=box.SIMPLE)
    for column in result.columns:
        table.add_column(Text(column), overflow="fold")
    for row in result.rows:
        table.add_row(*(cell(value) for value in row))
    Console(markup=False, highlight=False).print(table)
