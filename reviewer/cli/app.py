"""The `reviewer` command: its groups, its exit codes, and the only place that catches everything."""

import sys
from typing import Annotated

import typer

from reviewer import __version__
from reviewer.cli import audit, publish, review
from reviewer.errors import ReviewerError, UsageError

OK, FINDINGS, USAGE, NO_DECISION = 0, 1, 2, 3
"""0: approve, escalate, recorded shadow run · 1: request_changes, refuse · 2: usage · 3: no decision recorded."""

app = typer.Typer(
    name="reviewer",
    help="Review a change through every stage and record the decision.",
    epilog="Exit codes: 0 approve, escalate, or any recorded shadow run; 1 request_changes or refuse; "
    "2 wrong usage or configuration; 3 no decision was recorded.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("review")(review.review)
app.command("publish")(publish.publish)
app.add_typer(audit.app, name="audit")


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"reviewer {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line. Errors of the world end in one line and its advice, never in a traceback."""
    try:
        app()
    except UsageError as error:
        _explain(error)
        sys.exit(USAGE)
    except ReviewerError as error:
        _explain(error)
        sys.exit(NO_DECISION)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(NO_DECISION)
    except Exception:  # noqa: BLE001 - the one catch-all
        # A mistake of ours. Python would end with 1, which here says that changes were requested.
        import traceback

        traceback.print_exc()
        sys.stderr.write(
            "error: the engine failed by a mistake of its own and showed no decision\n"
            "Report it with the lines above; the ledger holds what was recorded until then.\n"
        )
        sys.exit(NO_DECISION)


def _explain(error: ReviewerError) -> None:
    from reviewer.screening.hidden import reveal

    message = reveal(str(error)).replace("\r", "<U+000D>")
    sys.stderr.write(f"error: {message}\n{error.advice}\n")
