"""`reviewer audit`: questions to the record."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

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
            help="One SQL statement over runs, gates, triage, rules, agents, findings, "
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
    from reviewer.cli.streams import reader_may_leave
    from reviewer.settings import settings_from

    view = compose.open_view(ledger, settings_from(os.environ))
    with reader_may_leave():
        _print(ask(view, query, max_rows=max_rows, timeout_s=timeout_s), form)


def _print(result: "QueryResult", form: TableFormat) -> None:
    import sys

    if form is TableFormat.JSON:
        _write(_json(result))
    elif form is TableFormat.CSV:
        _write(_csv(result))
    else:
        _table(result)
    if result.truncated:
        sys.stderr.write(f"only the first {len(result.rows)} rows are shown; raise --max-rows for more\n")


def _write(text: str) -> None:
    """Write `text` as it is; where a human would see it, characters that control a terminal are shown instead."""
    import sys

    from reviewer.screening.hidden import reveal

    if sys.stdout.isatty():
        text = reveal(text).replace("\r", "<U+000D>")
    sys.stdout.write(text)


def _json(result: "QueryResult") -> str:
    import json

    from reviewer.cli.streams import takes_all_of_unicode

    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return json.dumps(rows, indent=2, ensure_ascii=not takes_all_of_unicode()) + "\n"


def _csv(result: "QueryResult") -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(result.rows)
    return text.getvalue()


def _table(result: "QueryResult") -> None:
    """A table where it fits the width whole; else each row as a block of lines, so that ids can be copied."""
    from rich.cells import cell_len

    from reviewer.cli.console import PipedConsole
    from reviewer.screening.hidden import reveal

    console = PipedConsole(markup=False, highlight=False, soft_wrap=True)
    columns = [reveal(column) for column in result.columns]
    rows = [
        ["" if value is None else " ".join(reveal(str(value)).split()) for value in row]
        for row in result.rows
    ]
    widths = [max(map(cell_len, cells)) for cells in zip(columns, *rows, strict=True)]
    if sum(widths) + 3 * len(widths) <= console.width:
        console.print(_grid(columns, rows))
        return
    name_width = max(map(cell_len, columns))
    for number, row in enumerate(rows, start=1):
        console.print(f"row {number}")
        for column, value in zip(columns, row, strict=True):
            console.print(f"  {column:<{name_width}}  {value}")


def _grid(columns: list[str], rows: list[list[str]]) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE)
    for column in columns:
        table.add_column(Text(column), no_wrap=True)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
