"""`reviewer trace`: who runs a symbol or a change, up to the entry points, and what it runs."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.errors import UsageError

if TYPE_CHECKING:
    from reviewer.domain.trace_report import TraceReport


class TraceFormat(StrEnum):
    """How a trace is printed."""

    TEXT = "text"
    JSON = "json"
    MERMAID = "mermaid"


def trace(
    symbol: Annotated[
        str | None, typer.Argument(help="A name, Class.method, or path/to/file:name.", show_default=False)
    ] = None,
    range_: Annotated[
        str | None, typer.Option("--range", metavar="BASE..HEAD", help="Trace a change instead of a symbol.")
    ] = None,
    repo: Annotated[
        Path | None,
        typer.Option(help="The repository, bare or with a work tree.  [default: the one around this folder]"),
    ] = None,
    rev: Annotated[
        str | None, typer.Option(help="The commit in which SYMBOL is looked for.  [default: HEAD]")
    ] = None,
    up: Annotated[
        int | None,
        typer.Option(min=0, max=20, help="Hops to callers.  [default: 4; for a change as a review does it]"),
    ] = None,
    down: Annotated[
        int | None, typer.Option(min=0, max=20, help="Hops to what is called.  [default: 2]")
    ] = None,
    index: Annotated[
        bool,
        typer.Option(
            "--index/--no-index", help="Build the index of words and use it, or search git for each hop."
        ),
    ] = True,
    cache: Annotated[
        Path | None, typer.Option(help="Folder of the indexes.  [default: the user's cache folder]")
    ] = None,
    form: Annotated[TraceFormat, typer.Option("--format", help="What to print.")] = TraceFormat.TEXT,
) -> None:
    """Show what runs a symbol or a change, from entry points down, and what it runs, each step with its line.

    Needs no model and records nothing. Exit codes: 0 found; 2 wrong usage or unknown symbol; 3 no repository,
    unknown revision, or a range in which nothing differs.
    """
    import os

    from reviewer import compose
    from reviewer.cli.change_source import from_range
    from reviewer.cli.review import around
    from reviewer.cli.running import note, progress
    from reviewer.cli.streams import reader_may_leave
    from reviewer.domain.index_use import IndexUse
    from reviewer.settings import settings_from

    _check(symbol, range_, rev)
    base, head, asked = "", rev or "HEAD", symbol or ""
    if range_ is not None:
        source = from_range(range_)
        base, head, asked = source.base, source.head or "HEAD", source.asked
    request = compose.TraceRequest(
        repo=repo or around(Path.cwd()),
        symbol=symbol,
        base=base,
        head=head,
        asked=asked,
        up=up,
        down=down,
        index=IndexUse.BUILD if index else IndexUse.OFF,
        cache=cache,
    )
    with progress() as tell:
        found = compose.trace(request, settings_from(os.environ), tell, note)
    with reader_may_leave():
        render(found, form)


def render(found: "TraceReport", form: TraceFormat) -> None:
    """Print `found` on standard output; styled only where that is a terminal."""
    from rich.text import Text

    from reviewer.cli.console import PipedConsole
    from reviewer.cli.formats import one_line
    from reviewer.cli.mermaid import flowchart
    from reviewer.cli.streams import takes_all_of_unicode
    from reviewer.cli.trace_report import trace_report

    console = PipedConsole(markup=False, highlight=False, emoji=False, soft_wrap=True)
    if form is TraceFormat.JSON:
        text = found.model_dump_json(indent=2, ensure_ascii=not takes_all_of_unicode())
        console.out(text, highlight=False)
    elif form is TraceFormat.MERMAID:
        console.out(flowchart(found.reach), end="", highlight=False)
    else:
        for style, line in trace_report(found):
            console.print(Text(one_line(line), style=style))


def _check(symbol: str | None, range_: str | None, rev: str | None) -> None:
    if (symbol is None) == (range_ is None):
        raise UsageError(
            "give either SYMBOL or --range BASE..HEAD",
            advice="For example: reviewer trace Class.method, or reviewer trace --range main..my-branch.",
        )
    if range_ is not None and rev is not None:
        raise UsageError("--rev and --range: a range names its own commits", advice="Leave --rev out.")
