"""`reviewer review`: a change through every stage, to a recorded decision."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.cli.formats import ReviewFormat, render
from reviewer.domain.index_use import IndexUse
from reviewer.errors import UsageError

if TYPE_CHECKING:
    from reviewer.compose import Request

NEWEST = "HEAD~1..HEAD"


def review(
    repo: Annotated[
        Path | None,
        typer.Option(help="The repository, bare or with a work tree.  [default: the one around this folder]"),
    ] = None,
    range_: Annotated[
        str | None,
        typer.Option("--range", metavar="BASE..HEAD", help=f"The commits to review.  [default: {NEWEST}]"),
    ] = None,
    diff: Annotated[
        Path | None, typer.Option(help="Review this diff instead of a range; needs --base.")
    ] = None,
    base: Annotated[str | None, typer.Option(help="The commit that --diff applies to.")] = None,
    event: Annotated[
        Path | None, typer.Option(help="Review the pull request of this GitHub event file, from git alone.")
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PROVIDER/NAME",
            help="anthropic/NAME or openai/NAME; needs that provider's key. Repeat it to name who goes on when that"
            " provider fails.",
        ),
    ] = None,
    form: Annotated[ReviewFormat, typer.Option("--format", help="What to print.")] = ReviewFormat.FULL,
    save: Annotated[Path | None, typer.Option(help="Also write review.json to this file.")] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="Folder of the ledger.  [default: the user's state folder]")
    ] = None,
    index: Annotated[
        IndexUse,
        typer.Option(help="The index of words: use one that lacks little, build it first, or search git."),
    ] = IndexUse.AUTO,
    cache: Annotated[
        Path | None, typer.Option(help="Folder of the indexes.  [default: the user's cache folder]")
    ] = None,
    coverage: Annotated[
        list[Path] | None,
        typer.Option(help="A report of tests at the head: Cobertura, LCOV, or go test's. May be repeated."),
    ] = None,
    coverage_commit: Annotated[
        str | None, typer.Option(help="The commit that --coverage was made at.  [default: the head]")
    ] = None,
    sarif: Annotated[
        list[Path] | None,
        typer.Option(help="A SARIF report of a linter or scanner at the head. May be repeated."),
    ] = None,
    sarif_commit: Annotated[
        str | None, typer.Option(help="The commit that --sarif was made at.  [default: the head]")
    ] = None,
    shadow: Annotated[
        bool, typer.Option("--shadow", help="Exit with 0 whatever was decided, once it is recorded.")
    ] = False,
) -> None:
    """Review a change: gates, evidence, rules, six sub-agents, verification, decision, record.

    Without a model key everything but the sub-agents runs, and the change goes to a human.
    Nothing is checked out, executed or posted.
    """
    import os

    from reviewer.cli.change_source import with_coverage, with_sarif
    from reviewer.cli.running import run_review
    from reviewer.cli.streams import reader_may_leave
    from reviewer.settings import settings_from

    request = _request(
        repo or around(Path.cwd()),
        range_=range_,
        diff=diff,
        base=base,
        event=event,
        models=tuple(model or ()),
        ledger=ledger,
        index=index,
        cache=cache,
    )
    request = with_coverage(request, coverage or [], coverage_commit)
    request = with_sarif(request, sarif or [], sarif_commit)
    done = run_review(request, settings_from(os.environ), save=save)
    with reader_may_leave():
        render(done, form)
    blocked = done.decision.outcome in ("request_changes", "refuse")
    raise typer.Exit(1 if blocked and not shadow else 0)


def around(folder: Path) -> Path:
    """The nearest folder, upwards from `folder`, that has a `.git`; `folder` itself when there is none."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


def _request(
    repo: Path,
    *,
    range_: str | None,
    diff: Path | None,
    base: str | None,
    event: Path | None,
    models: tuple[str, ...],
    ledger: Path | None,
    index: IndexUse,
    cache: Path | None,
) -> "Request":
    """What the options ask for; they name the change in exactly one way."""
    from reviewer.cli.change_source import from_diff, from_event, from_range

    if sum(given is not None for given in (range_, diff, event)) > 1:
        raise UsageError("--range, --diff and --event: only one of them can name the change")
    if (diff is None) != (base is None):
        raise UsageError(
            "--diff and --base belong together", advice="Give both, or --range BASE..HEAD instead."
        )
    if diff is not None and base is not None:
        source = from_diff(diff, base)
    elif event is not None:
        source = from_event(event)
    else:
        source = from_range(NEWEST if range_ is None else range_)
    return source.request(repo=repo, models=models, ledger=ledger, index=index, cache=cache)
