"""`reviewer split`: how a change can be cut into parts that merge one after the other."""

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.errors import UsageError

if TYPE_CHECKING:
    from reviewer.compose import FoundSplit

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9][A-Za-z0-9_-]*)*")
"""Beginnings of branch names that git and every shell take as they are."""


class SplitFormat(StrEnum):
    """How a plan is printed."""

    TEXT = "text"
    JSON = "json"
    GIT = "git"


def split(
    range_: Annotated[str, typer.Option("--range", metavar="BASE..HEAD", help="The change to cut.")],
    repo: Annotated[
        Path | None,
        typer.Option(help="The repository, bare or with a work tree.  [default: the one around this folder]"),
    ] = None,
    name: Annotated[
        str, typer.Option(help="What the branches of --format git are called: NAME-1, NAME-2 and so on.")
    ] = "split",
    form: Annotated[
        SplitFormat, typer.Option("--format", help="What to print; git: a script that makes the branches.")
    ] = SplitFormat.TEXT,
) -> None:
    """Plan parts of a change in an order in which each can merge, under the size limits of the policy.

    Nothing is made: `--format git` prints a shell script for you to read and run. Exit codes: 0 planned; 2 wrong
    usage; 3 no repository, unknown revision, or a range in which nothing differs.
    """
    import os

    from reviewer import compose
    from reviewer.cli.change_source import from_range
    from reviewer.cli.review import around
    from reviewer.cli.running import progress
    from reviewer.cli.streams import reader_may_leave
    from reviewer.settings import settings_from

    if not _NAME.fullmatch(name) or name.endswith(".lock"):
        raise UsageError(
            f"--name {name!r}: not the beginning of a branch name",
            advice="Use letters, digits, `_`, `-`, and single `.` or `/` between them.",
        )
    source = from_range(range_)
    with progress() as tell:
        found = compose.split_change(
            repo or around(Path.cwd()),
            base=source.base,
            head=source.head or "HEAD",
            branches=name,
            settings=settings_from(os.environ),
            tell=tell,
        )
    with reader_may_leave():
        render(found, form)


def render(found: "FoundSplit", form: SplitFormat) -> None:
    """Print `found` on standard output; styled only where that is a terminal."""
    from rich.text import Text

    from reviewer.cli.console import PipedConsole
    from reviewer.cli.formats import one_line
    from reviewer.cli.split_report import split_report
    from reviewer.cli.streams import takes_all_of_unicode

    console = PipedConsole(markup=False, highlight=False, emoji=False, soft_wrap=True)
    if form is SplitFormat.JSON:
        text = found.plan.model_dump_json(indent=2, ensure_ascii=not takes_all_of_unicode())
        console.out(text, highlight=False)
    elif form is SplitFormat.GIT:
        console.out(found.script, end="", highlight=False)
    else:
        for style, line in split_report(found.plan):
            console.print(Text(one_line(line), style=style))
