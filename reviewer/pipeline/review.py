"""One run from the pinned revisions to the recorded decision."""

import time
from collections.abc import Iterator, Sequence
from typing import cast

from langsmith import tracing_context

from reviewer import __version__
from reviewer.domain.chat import Usage
from reviewer.domain.coverage import RuleFlag, RuleReport, unfinished
from reviewer.domain.gate import GateAnswer
from reviewer.domain.review import Review
from reviewer.errors import ReviewerError
from reviewer.ledger import describe
from reviewer.pipeline.graph import review_graph
from reviewer.pipeline.run import Run
from reviewer.pipeline.state import ReviewState

CUTS_SHOWN = 3
"""Limits of one part of the evidence that are told one by one."""


async def review_change(run: Run) -> Review:
    """Review the change of `run` through every stage; the decision is durable in the ledger when this returns.

    What ends the run before its decision is recorded as a failed run and raised.
    """
    started = time.monotonic()
    subject = run.subject
    run.recorder.append(
        describe.run_started(
            engine_version=__version__,
            origin=subject.origin,
            repository=run.repo.name,
            asked=subject.asked,
        )
    )
    try:
        # Nothing of a review may go to a tracing service, whatever the environment asks for.
        with tracing_context(enabled=False):
            state = cast("ReviewState", await review_graph().ainvoke({"usage": Usage()}, context=run))
    except BaseException as error:
        # An interrupt too: it comes as CancelledError or KeyboardInterrupt.
        _record_failure(run, error)
        raise
    return _review(run, state, duration_ms=round((time.monotonic() - started) * 1000))


class _Interrupted(Exception):  # noqa: N818 - the name is what the record says
    """Stands in the record for what is no `Exception`."""


def _record_failure(run: Run, error: BaseException) -> None:
    failure = error if isinstance(error, Exception) else _Interrupted(type(error).__name__)
    try:
        run.recorder.append(describe.run_failed(failure, stage="review"))
    except ReviewerError as second:
        # The store itself may be what failed: then the first error says so, and this one goes along.
        error.add_note(f"the failure could not be recorded: {second}")


def _review(run: Run, state: ReviewState, *, duration_ms: int) -> Review:
    order = state["policy"].required_agents
    return Review(
        engine_version=__version__,
        run_id=run.recorder.run_id,
        mode=state["policy"].mode,
        change=state["change"],
        host=run.host,
        evidence=state["evidence"],
        triage=state["triage"],
        gates=state["gates"],
        split_plan=state.get("split_plan"),
        rules=state["rules"],
        agents=tuple(sorted(state["agents"], key=lambda report: order.index(report.name))),
        verifications=state["verifications"],
        challenge=state["challenge"],
        circumstances=run.circumstances,
        decision=state["decision"],
        receipt=state["receipt"],
        not_checked=tuple(_not_checked(state, order)),
        usage=state["usage"],
        duration_ms=duration_ms,
    )


def _not_checked(state: ReviewState, order: Sequence[str]) -> Iterator[str]:
    in_order = sorted(state["agents"], key=lambda report: order.index(report.name))
    yield from (f"sub-agents {gap}" for gap in unfinished(in_order))
    for result in state["gates"].having(GateAnswer.UNKNOWN):
        yield f"gate {result.gate}: {result.reason}"
    if beyond := state["gates"].having(GateAnswer.NOT_APPLICABLE):
        names = ", ".join(result.gate for result in beyond)
        yield f"gates {names}: they do not apply to this change; each says why"
    yield from _rules(state["rules"])
    for file in state["evidence"].files:
        if file.partial:
            yield f"evidence for {file.path}: {file.partial}"
    if reach := state["evidence"].reach:
        yield from _first("callers and callees", reach.cuts)
    if literals := state["evidence"].literals:
        yield from _first("strings and constants", literals.cuts)
    if state["challenge"] is None:
        yield "challenge: not run, because the decision was no approval before it"


def _rules(reports: Sequence[RuleReport]) -> Iterator[str]:
    for report in reports:
        if report.flag is RuleFlag.OFF:
            yield f"rule {report.rule}: switched off by the policy"
        elif report.unable:
            yield f"rule {report.rule}: {report.unable}"


def _first(what: str, cuts: Sequence[str]) -> Iterator[str]:
    """A few of `cuts`, and how many more there are; the evidence of the review holds all."""
    yield from (f"{what}: {cut}" for cut in cuts[:CUTS_SHOWN])
    if len(cuts) > CUTS_SHOWN:
        yield f"{what}: {len(cuts) - CUTS_SHOWN} more limits were reached, all in the JSON"
