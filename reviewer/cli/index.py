"""`reviewer index`: the kept index of words, built ahead, looked at, or made smaller."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reviewer.settings import Settings

app = typer.Typer(
    help="Keep an index of words, so that tracing need not search the whole repository.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Repo = Annotated[
    Path | None,
    typer.Option(
        "--repo",
        help="The repository, bare or with a work tree.  [default: the one around this folder]",
        show_default=False,
    ),
]
_Rev = Annotated[str, typer.Option("--rev", help="The commit that the index is to have.")]
_Cache = Annotated[
    Path | None,
    typer.Option(
        "--cache", help="Folder of the indexes.  [default: the user's cache folder]", show_default=False
    ),
]


@app.callback()
def _group() -> None:
    """Keep an index of words, so that tracing need not search the whole repository."""


@app.command("build")
def build(repo: _Repo = None, rev: _Rev = "HEAD", cache: _Cache = None) -> None:
    """Build the index, or add to it what a commit has and it lacks."""
    from reviewer import compose
    from reviewer.cli.review import around
    from reviewer.cli.running import note, progress

    with progress() as tell:
        done = compose.build_index(repo or around(Path.cwd()), rev, cache, _settings(), tell, note)
    _say(
        f"{done.files} files of {done.commit[:12]} are in the index: {done.bytes / 1e6:.1f} MB in {done.folder}"
    )


@app.command("status")
def status(repo: _Repo = None, rev: _Rev = "HEAD", cache: _Cache = None) -> None:
    """Tell what the index of a repository has of a commit, and where it lies."""
    from reviewer import compose
    from reviewer.cli.review import around

    found = compose.index_state(repo or around(Path.cwd()), rev, cache, _settings())
    if found is None:
        _say("no index: `reviewer index build` makes one")
        return
    lacks = f"lacks {found.missing} of" if found.missing else "has all"
    _say(
        f"the index {lacks} {found.files} files of {found.commit[:12]}; {found.blobs} contents of all commits"
    )
    _say(f"{found.bytes / 1e6:.1f} MB in {found.folder}")


@app.command("prune")
def prune(
    max_mb: Annotated[int, typer.Option(min=0, help="MB that all indexes may take; 0 removes all.")] = 2_000,
    cache: _Cache = None,
) -> None:
    """Remove the indexes that were not used for longest, until the others fit; those in use stay."""
    from reviewer import compose

    removed, left = compose.prune_indexes(cache, _settings(), max_bytes=max_mb * 1_000_000)
    for one in removed:
        _say(f"removed {one.folder}: {one.bytes / 1e6:.1f} MB")
    _say(f"{left / 1e6:.1f} MB are left")


def _settings() -> "Settings":
    import os

    from reviewer.settings import settings_from

    return settings_from(os.environ)


def _say(text: str) -> None:
    from reviewer.cli.formats import one_line
    from reviewer.cli.streams import reader_may_leave

    with reader_may_leave():
        sys.stdout.write(f"{one_line(text)}\n")
