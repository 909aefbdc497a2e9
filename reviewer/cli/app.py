"""The `reviewer` command: its groups, its exit codes, and the only place that catches everything."""

import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Annotated, NoReturn

import typer

from reviewer import __version__
from reviewer.cli import audit, config, index, publish, review, rules, simulate, split, trace
from reviewer.cli.streams import prepare_streams
from reviewer.errors import ReviewerError, UsageError

OK, FINDINGS, USAGE, NO_DECISION = 0, 1, 2, 3
"""0: approve, escalate, recorded shadow run · 1: request_changes, refuse · 2: usage · 3: no decision recorded."""

_INTERRUPTED = 130
"""What typer ends with on KeyboardInterrupt; no command of ours does."""

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
app.command("trace")(trace.trace)
app.command("simulate")(simulate.simulate)
app.command("split")(split.split)
app.add_typer(index.app, name="index")
app.add_typer(audit.app, name="audit")
app.add_typer(rules.app, name="rules")
app.add_typer(config.app, name="config")


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
    prepare_streams()
    _end_as_sigint_does()
    try:
        app()
    except KeyboardInterrupt:
        _say_interrupted()
    except SystemExit as ended:
        if ended.code != _INTERRUPTED:
            raise
        _say_interrupted()
    except UsageError as error:
        _explain(error)
        sys.exit(USAGE)
    except ReviewerError as error:
        _explain(error)
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


def _end_as_sigint_does() -> None:
    """Let SIGTERM and SIGHUP unwind the run: the failure is recorded and temporary folders are removed."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Who started us may have asked to ignore it, as nohup does.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(_: int, frame: FrameType | None) -> None:
    # asyncio puts its own handler there while it runs. In the background of a shell SIGINT is ignored: not we.
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler):
        raise KeyboardInterrupt
    handler(signal.SIGINT, frame)


def _say_interrupted() -> NoReturn:
    _tell(
        "error: interrupted: no decision was recorded\nRun the command again; nothing has to be cleaned up.\n"
    )
    sys.exit(NO_DECISION)


def _explain(error: ReviewerError) -> None:
    from reviewer.cli.formats import one_line

    _tell(f"error: {one_line(str(error))}\n{error.advice}\n")


def _tell(text: str) -> None:
    # That nobody reads it must not change the exit code.
    with suppress(BrokenPipeError):
        sys.stderr.write(text)
