"""`reviewer simulate`: what another policy would have decided about changes that were merged."""

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.domain.simulation import Simulated

TITLE_WIDTH = 56


class SimulationFormat(StrEnum):
    """How the answer is printed."""

    TEXT = "text"
    JSON = "json"


def simulate(
    policy: Annotated[Path, typer.Option(help="The policy file to try.")],
    repo: Annotated[
        Path | None,
        typer.Option(help="The repository, bare or with a work tree.  [default: the one around this folder]"),
    ] = None,
    range_: Annotated[
        str | None,
        typer.Option("--range", metavar="BASE..HEAD", help="Changes merged in it.  [default: up to HEAD]"),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Changes merged since that day, UTC.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Changes at most, newest first.")] = 50,
    form: Annotated[
        SimulationFormat, typer.Option("--format", help="How to print the answer.")
    ] = SimulationFormat.TEXT,
) -> None:
    """Decide merged changes by the policy of their base and by another one, side by side. No model is asked.

    A change is each commit of the first-parent line against its parent. `eligible` says that no gate, rule or
    policy would prevent an approval. Nothing is recorded.
    """
    import asyncio
    import json
    import os

    from reviewer import compose
    from reviewer.cli.review import around
    from reviewer.cli.running import progress
    from reviewer.cli.streams import reader_may_leave
    from reviewer.settings import settings_from

    above, head = _ends(range_)
    request = compose.SimulationRequest(
        repo=repo or around(Path.cwd()),
        policy=policy,
        head=head,
        above=above,
        since_s=None if since is None else _seconds(since),
        limit=limit,
    )
    with progress() as tell:
        done = asyncio.run(compose.simulate_merged(request, settings_from(os.environ), tell))
    with reader_may_leave():
        if form is SimulationFormat.JSON:
            sys.stdout.write(json.dumps([one.model_dump(mode="json") for one in done], indent=2) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in _text(done))


def _ends(range_: str | None) -> tuple[str | None, str]:
    from reviewer.errors import UsageError

    if range_ is None:
        return None, "HEAD"
    base, dots, head = range_.partition("..")
    if not base or not dots or head.startswith("."):
        raise UsageError(f"--range {range_}: not of the form BASE..HEAD")
    return base, head or "HEAD"


def _seconds(day: str) -> int:
    from datetime import UTC, datetime

    from reviewer.errors import UsageError

    try:
        return int(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise UsageError(f"--since {day}: not a day such as 2026-03-31") from error


def _text(done: "list[Simulated]") -> "Iterator[str]":
    """Flips first, each with the reasons that come or go; then the sums."""
    from reviewer.cli.formats import one_line

    for one in (each for each in done if each.flips):
        yield f"{one.head[:12]}  {one.was.word} -> {one.would_be.word}  {one_line(one.title)[:TITLE_WIDTH]}"
        if one.was.problem:
            yield f"    no decision: {one_line(one.was.problem)}"
        yield from _tiers(one)
        yield from (f"    + {code}" for code in sorted(one.would_be.stops - one.was.stops))
        yield from (f"    - {code}" for code in sorted(one.was.stops - one.would_be.stops))
    flips = sum(one.flips for one in done)
    yield f"{len(done)} changes, {flips} decided otherwise"
    for name, words in (("was", Counter(one.was.word for one in done)), ("would be", _words(done))):
        yield f"  {name}: " + ", ".join(f"{word} {count}" for word, count in sorted(words.items()))
    risks = Counter(one.would_be.triage.tier for one in done if one.would_be.triage)
    if risks:
        told = (f"{tier} {risks[tier]}" for tier in sorted(risks, key=lambda tier: tier.rank))
        yield "  risk would be: " + ", ".join(told)


def _tiers(one: "Simulated") -> "Iterator[str]":
    from reviewer.cli.formats import one_line

    was, would_be = one.was.triage, one.would_be.triage
    if would_be is not None and (was is None or was.tier is not would_be.tier):
        before = f"{was.tier} -> " if was else ""
        yield f"    risk: {before}{one_line(would_be.headline)}"


def _words(done: "list[Simulated]") -> Counter[str]:
    return Counter(one.would_be.word for one in done)
