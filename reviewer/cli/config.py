"""`reviewer config`: which policy holds, and where each of its values comes from."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from reviewer.policy import LoadedPolicy

app = typer.Typer(help="The policy that holds here.", no_args_is_help=True, rich_markup_mode=None)


class ConfigFormat(StrEnum):
    """How the policy is printed."""

    TEXT = "text"
    JSON = "json"


@app.callback()
def _group() -> None:
    """The policy that holds here."""


@app.command("show")
def show(
    repo: Annotated[Path, typer.Option(help="A git repository, bare or with a work tree.")] = Path(),
    base: Annotated[str, typer.Option(help="Revision whose policy is shown.")] = "HEAD",
    policy: Annotated[
        Path | None, typer.Option(help="A policy file to show instead, as if it stood in the base.")
    ] = None,
    path: Annotated[
        list[str] | None,
        typer.Option(help="Show what holds for a change of this path, folders applied; may be repeated."),
    ] = None,
    origin: Annotated[
        bool, typer.Option("--origin", help="Tell the file, line and column that decides each value.")
    ] = False,
    form: Annotated[ConfigFormat, typer.Option("--format", help="How to print it.")] = ConfigFormat.TEXT,
) -> None:
    """Each setting with its value; with --origin, the place that decides it.

    A value that a folder decides for --path has the folder's place in the policy as its origin.
    """
    import json
    import os

    from reviewer import compose
    from reviewer.cli.streams import reader_may_leave
    from reviewer.settings import settings_from

    loaded = compose.policy_of(repo, base=base, policy=policy, settings=settings_from(os.environ))
    rows = list(_rows(loaded, path or []))
    with reader_may_leave():
        if form is ConfigFormat.JSON:
            listed = [{"setting": name, "value": value, "origin": place} for name, value, place in rows]
            sys.stdout.write(json.dumps(listed, indent=2) + "\n")
            return
        width = max(len(name) for name, _, _ in rows)
        for name, value, place in rows:
            end = f"  # {place}" if origin else ""
            sys.stdout.write(f"{name:<{width}}  {json.dumps(value, ensure_ascii=False)}{end}\n")


@app.command("schema")
def schema() -> None:
    """The JSON schema (draft-07) of the policy file, for editors and checks."""
    import json

    from reviewer.cli.streams import reader_may_leave
    from reviewer.policy import json_schema

    with reader_may_leave():
        sys.stdout.write(json.dumps(json_schema(), indent=2) + "\n")


def _rows(loaded: "LoadedPolicy", paths: list[str]) -> list[tuple[str, Any, str]]:
    """Name, value as JSON has it, and origin of each setting."""
    from reviewer.policy import settings_of

    return [
        (".".join(key), value, "default" if place is None else str(place))
        for key, value, place in settings_of(loaded, paths)
    ]
