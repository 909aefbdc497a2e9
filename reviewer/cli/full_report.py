"""The full report for a terminal: the verdict, what was found, what it reaches, why, and what was not checked."""

import textwrap
from collections.abc import Iterator

from reviewer.cli.entered import entered
from reviewer.cli.split_report import split_report
from reviewer.domain.change import Side
from reviewer.domain.decision import Reason
from reviewer.domain.evidence import SymbolChange
from reviewer.domain.finding import CodeSubject, Finding, ProseSubject, Verification, VerificationOutcome
from reviewer.domain.gate import GateAnswer
from reviewer.domain.review import Review

Line = tuple[str, str]
"""A rich style and a text. The text may hold anything that was reviewed: it is shown by `formats.one_line`."""

WIDTH = 110
TRACES_SHOWN = 20
USES_SHOWN = 5
OUTCOME_STYLES = {
    "approve": "bold green",
    "request_changes": "bold red",
    "escalate": "bold yellow",
    "refuse": "bold red",
}


def full_report(review: Review) -> Iterator[Line]:
    """The report, line by line."""
    snapshot, decision = review.change.snapshot, review.decision
    changed = sum(file.added_lines + file.deleted_lines for file in snapshot.files)
    revisions = snapshot.revisions
    yield "bold", f"{snapshot.repository} {revisions.merge_base[:12]}..{revisions.head[:12]}"
    yield "", review.change.prose.title
    counts = (
        _count(len(snapshot.files), "file"),
        _count(len(snapshot.units), "unit"),
        _count(changed, "changed line"),
    )
    yield "dim", ", ".join(counts)
    yield "", ""
    yield OUTCOME_STYLES[decision.outcome], f"{decision.outcome}: {decision.headline}"
    yield "dim", _eligibility(eligible=decision.eligible)
    yield from _risk(review)
    yield "", ""
    if review.split_plan is not None:
        yield from split_report(review.split_plan)
        yield "", ""
    yield from _findings(review)
    yield from _held_back(review)
    yield from _reaches(review)
    yield "bold", "reasons"
    for reason in decision.reasons:
        yield from _reason(reason, depth=1)
    yield from _gates(review)
    yield from _agents(review)
    yield "bold", "not checked"
    for item in review.not_checked:
        yield from _wrapped("", item, indent=2)
    yield "", ""
    yield from _footer(review)


def worst_first(review: Review) -> list[Verification]:
    """Findings that were not refuted, the worst first."""
    kept = [found for found in review.verifications if found.outcome is not VerificationOutcome.REFUTED]
    return sorted(kept, key=lambda found: (found.finding.severity.rank, found.finding.id))


def _eligibility(*, eligible: bool) -> str:
    if eligible:
        return "eligible: no gate, rule or policy alone would prevent an approval"
    return "not eligible: a gate, rule or policy prevents an approval, whatever a model says"


def _risk(review: Review) -> Iterator[Line]:
    """The tier and what argues for it; factors that raise no concern are in the JSON."""
    if review.triage is None:
        return
    yield from _wrapped("bold", f"risk: {review.triage.headline}", indent=0)
    for factor in review.triage.arguing:
        unknown = "" if factor.known else ", not known"
        said = f"{factor.argues_for}: {factor.name}{unknown}: {factor.reason}"
        yield from _wrapped("dim", said, indent=2)


def _findings(review: Review) -> Iterator[Line]:
    for verification in worst_first(review):
        yield from _finding(verification)
        yield "", ""
    for verification in review.verifications:
        if verification.outcome is VerificationOutcome.REFUTED:
            finding = verification.finding
            yield "dim", f"refuted: {finding.title} ({finding.source.name}, {finding.subject.place})"
            yield from _wrapped("dim", verification.reason, indent=2)
            yield "", ""


def _held_back(review: Review) -> Iterator[Line]:
    """What rules say in shadow, and what the policy silences."""
    for report in review.rules:
        for finding in report.shadowed:
            yield "dim", f"in shadow: {finding.title} ({report.rule}, {finding.subject.place})"
        for one in report.silenced:
            yield "dim", f"silenced: {one.finding.title} ({report.rule}, {one.finding.subject.place})"
            yield from _wrapped("dim", one.reason, indent=2)
    if any(report.shadowed or report.silenced for report in review.rules):
        yield "", ""


def _finding(verification: Verification) -> Iterator[Line]:
    finding = verification.finding
    yield "red" if finding.severity.rank <= 1 else "yellow", f"{finding.severity}: {finding.title}"
    yield from _wrapped("", finding.explanation, indent=2)
    yield from _quotes(finding)
    if finding.suggestion:
        yield "dim", "  suggestion"
        yield from (("green", f"    | {line}") for line in finding.suggestion.split("\n"))
    yield from _wrapped(
        "dim", f"{verification.outcome} by {verification.stage}: {verification.reason}", indent=2
    )
    source = finding.source
    yield "dim", f"  {finding.id}, {source.kind} {source.name}, {finding.confidence} confidence"


def _quotes(finding: Finding) -> Iterator[Line]:
    for quoted in (finding.subject, *finding.evidence):
        before = "before: " if isinstance(quoted, CodeSubject) and quoted.side is Side.BASE else ""
        yield "dim", f"  {before}{quoted.place}"
        if isinstance(quoted, CodeSubject | ProseSubject):
            yield from (("", f"    | {line}") for line in quoted.quote.split("\n"))


def _reaches(review: Review) -> Iterator[Line]:
    if not review.evidence.traces:
        return
    yield "bold", "reaches"
    yield from entered(review.evidence.reach)
    shown = [
        trace for trace in review.evidence.traces if trace.uses or trace.change is not SymbolChange.ADDED
    ]
    for trace in shown[:TRACES_SHOWN]:
        resolved = [use for use in trace.uses if use.certainty == "resolved"]
        guessed = len(trace.uses) - len(resolved)
        also = f", and {_count(guessed, 'place')} that may mean it" if guessed else ""
        symbol = trace.symbol
        uses = _count(len(resolved), "use")
        yield "", f"  {symbol.kind} {symbol.qualified_name} ({trace.change}): {uses}{also}"
        for use in resolved[:USES_SHOWN]:
            inside = f" in {use.inside}" if use.inside else ""
            yield "dim", f"    {use.quote.place}{inside}: {use.quote.text.strip()[:100]}"
        if len(resolved) > USES_SHOWN:
            yield "dim", f"    and {len(resolved) - USES_SHOWN} more"
    left = len(review.evidence.traces) - len(shown[:TRACES_SHOWN])
    if left:
        yield "dim", f"  and {_count(left, 'more changed definition')}, all in the JSON"
    yield "", ""


def _reason(reason: Reason, *, depth: int) -> Iterator[Line]:
    """Reasons that hold, with what they rest on; those that do not are in the JSON."""
    if not reason.holds:
        if depth == 1:
            yield "dim", f"  - {reason.code}: {reason.text}"
        return
    yield from _wrapped("", f"x {reason.code}: {reason.text}", indent=2 * depth)
    for child in reason.because:
        yield from _reason(child, depth=depth + 1)


def _gates(review: Review) -> Iterator[Line]:
    yield "bold", "gates"
    passed = ", ".join(f"{result.gate} ({result.value})" for result in review.gates.having(GateAnswer.PASS))
    if passed:
        yield from _wrapped("dim", f"pass: {passed}", indent=2)
    for result in review.gates.having(GateAnswer.STOP, GateAnswer.UNKNOWN):
        yield "yellow", f"  {result.answer}: {result.gate}: {result.value}, limit {result.limit}"


def _agents(review: Review) -> Iterator[Line]:
    ran = [report for report in review.agents if report.ran]
    if ran:
        yield "bold", "sub-agents"
    for report in ran:
        counts = (
            _count(len(report.findings), "finding"),
            _count(report.turns, "turn"),
            _count(report.tool_calls, "tool call"),
        )
        yield "", f"  {report.name}: {report.status}: {report.reason or ', '.join(counts)}"
        for switch in report.switched:
            yield from _wrapped("dim", switch, indent=4)
        if report.summary:
            yield from _wrapped("dim", report.summary, indent=4)
    if review.challenge:
        yield from _wrapped("", f"challenge: {review.challenge.outcome}: {review.challenge.reason}", indent=2)


def _footer(review: Review) -> Iterator[Line]:
    usage = review.usage
    yield (
        "dim",
        f"run {review.run_id}, {review.duration_ms} ms, {_count(usage.calls, 'model call')}, "
        f"{usage.input_tokens} tokens in ({usage.cached_input_tokens} cached), {usage.output_tokens} out",
    )
    yield "dim", f"recorded as event {review.receipt.event_id[:16]} in {review.receipt.ledger}"


def _wrapped(style: str, text: str, *, indent: int) -> Iterator[Line]:
    pad = " " * indent
    flat = " ".join(text.split())
    for line in textwrap.wrap(flat, WIDTH, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False):
        yield style, line


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
