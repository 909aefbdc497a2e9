"""A review on standard output: full, concise, json, markdown. Text from outside never becomes terminal control."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.domain.decision import Reason
    from reviewer.domain.finding import Verification
    from reviewer.domain.review import Review


class ReviewFormat(StrEnum):
    """How a review is printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    MARKDOWN = "markdown"


Line = tuple[str, str]
"""A rich style and a text."""


def render(review: "Review", form: ReviewFormat) -> None:
    """Print `review` on standard output; styled only where that is a terminal."""
    from rich.console import Console
    from rich.text import Text

    from reviewer.stages.publish import summary

    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    if form is ReviewFormat.JSON:
        console.out(review.model_dump_json(indent=2), highlight=False)
    elif form is ReviewFormat.MARKDOWN:
        console.out(summary(review), end="", highlight=False)
    else:
        for style, text in _full(review) if form is ReviewFormat.FULL else _concise(review):
            console.print(Text(one_line(text), style=style))


def one_line(text: str) -> str:
    """`text` so that it stays on the line it is printed on; what would leave it is shown instead."""
    from reviewer.screening.hidden import reveal

    # The lines of a file with CRLF endings end with a carriage return, which says nothing there.
    return reveal(text.removesuffix("\r")).replace("\r", "<U+000D>").replace("\n", "<U+000A>")


OUTCOME_STYLES = {
    "approve": "bold green",
    "request_changes": "bold red",
    "escalate": "bold yellow",
    "refuse": "bold red",
}


def _concise(review: "Review") -> Iterator[Line]:
    decision = review.decision
    yield OUTCOME_STYLES[decision.outcome], f"{decision.outcome}: {decision.headline}"
    for verification in _standing(review):
        finding = verification.finding
        yield "", f"{finding.subject.place}: {finding.severity}: {finding.title} [{finding.source.name}]"


def _full(review: "Review") -> Iterator[Line]:
    snapshot = review.change.snapshot
    decision = review.decision
    lines = sum(file.added_lines + file.deleted_lines for file in snapshot.files)
    yield (
        "bold",
        f"{snapshot.repository} {snapshot.revisions.merge_base[:12]}..{snapshot.revisions.head[:12]}",
    )
    yield "", f"{review.change.prose.title}"
    yield "dim", f"{len(snapshot.files)} files, {len(snapshot.units)} units, {lines} changed lines"
    yield "", ""
    yield OUTCOME_STYLES[decision.outcome], f"{decision.outcome}: {decision.headline}"
    yield "", f"eligible: {'yes' if decision.eligible else 'no'}"
    yield "", ""
    yield from _findings(review)
    yield from _reaches(review)
    yield "bold", "reasons"
    for reason in decision.reasons:
        yield from _reason(reason, depth=1)
    yield "bold", "gates"
    yield from _gates(review)
    yield from _agents(review)
    yield "bold", "not checked"
    for item in review.not_checked:
        yield "", f"  {item}"
    usage = review.usage
    yield "", ""
    yield (
        "dim",
        f"run {review.run_id}, {review.duration_ms} ms, {usage.calls} model calls, {usage.input_tokens} tokens in "
        f"({usage.cached_input_tokens} cached), {usage.output_tokens} out",
    )
    yield "dim", f"recorded as event {review.receipt.event_id[:16]} in {review.receipt.ledger}"


def _standing(review: "Review") -> list["Verification"]:
    kept = [verification for verification in review.verifications if verification.outcome != "refuted"]
    return sorted(
        kept, key=lambda verification: (verification.finding.severity.rank, verification.finding.id)
    )


def _findings(review: "Review") -> Iterator[Line]:
    for verification in _standing(review):
        finding = verification.finding
        style = "red" if finding.severity.rank <= 1 else "yellow"
        yield style, f"{finding.id} {finding.severity}: {finding.title}"
        yield (
            "dim",
            f"  {finding.subject.place}, {finding.source.kind} {finding.source.name}, {finding.confidence} "
            f"confidence, {verification.outcome} by {verification.stage}: {verification.reason}",
        )
        yield "", f"  {' '.join(finding.explanation.split())}"
        for quoted in (finding.subject, *finding.evidence):
            if quoted.kind == "code":
                yield "dim", f"    {quoted.place}"
                for line in quoted.quote.split("\n"):
                    yield "", f"      | {line}"
        yield "", ""
    refuted = [verification for verification in review.verifications if verification.outcome == "refuted"]
    for verification in refuted:
        finding = verification.finding
        yield "dim", f"{finding.id} refuted by {verification.stage}: {finding.title}: {verification.reason}"


def _reaches(review: "Review") -> Iterator[Line]:
    if not review.evidence.traces:
        return
    yield "bold", "reaches"
    for trace in review.evidence.traces:
        symbol = trace.symbol
        yield "", f"  {symbol.kind} {symbol.qualified_name} ({trace.change}): {len(trace.uses)} uses"
        for use in trace.uses[:5]:
            inside = f" in {use.inside}" if use.inside else ""
            yield "dim", f"    {use.quote.place}{inside} [{use.certainty}] {use.quote.text.strip()[:100]}"
        if len(trace.uses) > 5:
            yield "dim", f"    and {len(trace.uses) - 5} more"
    yield "", ""


def _gates(review: "Review") -> Iterator[Line]:
    for result in review.gates.results:
        if result.answer != "not_applicable":
            style = "dim" if result.answer == "pass" else "yellow"
            yield style, f"  {result.gate}: {result.answer}: {result.value}, limit {result.limit}"


def _agents(review: "Review") -> Iterator[Line]:
    ran = [report for report in review.agents if report.ran]
    if ran:
        yield "bold", "sub-agents"
    for report in ran:
        said = (
            report.reason
            or f"{len(report.findings)} findings, {report.turns} turns, {report.tool_calls} tools"
        )
        yield "", f"  {report.name}: {report.status}: {said}"
        if report.summary:
            yield "dim", f"    {report.summary}"
    if review.challenge:
        yield "", f"  challenge: {review.challenge.outcome}: {review.challenge.reason}"


def _reason(reason: "Reason", *, depth: int) -> Iterator[Line]:
    """Reasons that hold, with what they rest on; those that do not are in the JSON."""
    if not reason.holds:
        if depth == 1:
            yield "dim", f"  - {reason.code}: {reason.text}"
        return
    yield "", f"{'  ' * depth}x {reason.code}: {reason.text}"
    for child in reason.because:
        yield from _reason(child, depth=depth + 1)
