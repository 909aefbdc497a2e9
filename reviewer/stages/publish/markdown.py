"""A review as markdown for people: verdict, why, what to do, findings, and what was not checked."""

from collections.abc import Iterator

from reviewer.domain.change import Side
from reviewer.domain.coverage import AgentReport
from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.evidence import Certainty, SymbolTrace, Use
from reviewer.domain.finding import CodeSubject, ProseSubject, Verification, VerificationOutcome
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.review import Review
from reviewer.stages.publish.entered import entered
from reviewer.stages.publish.escape import code_block, code_span, inline
from reviewer.stages.publish.split_plan import split_plan

VERDICTS = {
    DecisionOutcome.APPROVE: "Approved",
    DecisionOutcome.REQUEST_CHANGES: "Changes requested",
    DecisionOutcome.ESCALATE: "A human decides",
    DecisionOutcome.REFUSE: "Too large to review",
}
REACHES_SHOWN = 12
"""Changed definitions listed with their uses; review.json holds all."""
NEXT_STEPS = {
    DecisionOutcome.APPROVE: "Nothing to do. Anyone may still ask for a human.",
    DecisionOutcome.REQUEST_CHANGES: "Correct the confirmed findings, or have a human look at them.",
    DecisionOutcome.ESCALATE: "Ask an owner of this code to review it; the reasons below say where to look.",
    DecisionOutcome.REFUSE: "Split the change into parts that each stay under the limits.",
}
ANSWERS = {
    GateAnswer.PASS: "pass",
    GateAnswer.STOP: "**stop**",
    GateAnswer.UNKNOWN: "**could not tell**",
    GateAnswer.NOT_APPLICABLE: "not applicable",
}


def summary(review: Review) -> str:
    """The whole review as CommonMark with tables. Every text that is not ours is escaped."""
    return "\n".join(_lines(review)).rstrip() + "\n"


def _lines(review: Review) -> Iterator[str]:
    decision = review.decision
    yield f"## {VERDICTS[decision.outcome]}"
    yield ""
    yield f"**Why:** {inline(decision.headline)}"
    yield ""
    yield f"**Next:** {NEXT_STEPS[decision.outcome]}"
    yield ""
    yield _eligibility(review)
    yield ""
    yield from _risk(review)
    if review.split_plan is not None:
        yield from split_plan(review.split_plan)
    yield from _findings(review)
    yield from _reaches(review)
    yield "### Gates"
    yield ""
    yield "| gate | answer | found | limit |"
    yield "|---|---|---|---|"
    yield from (_gate(result) for result in review.gates.results)
    yield ""
    yield "### Sub-agents"
    yield ""
    yield "| agent | ran | result |"
    yield "|---|---|---|"
    yield from (_agent(report) for report in review.agents)
    yield ""
    yield from _not_checked(review)
    yield _footer(review)


def _eligibility(review: Review) -> str:
    if review.decision.eligible:
        return "Eligible: no gate, rule or policy alone would prevent an approval."
    return "Not eligible: a gate, rule or policy prevents an approval, whatever a model says."


def _risk(review: Review) -> Iterator[str]:
    if review.triage is None:
        return
    yield f"**Risk:** {inline(review.triage.headline)}"
    yield ""
    for factor in review.triage.arguing:
        unknown = "" if factor.known else ", not known"
        yield f"- {factor.argues_for}: {code_span(factor.name)}{unknown}: {inline(factor.reason)}"
    if review.triage.arguing:
        yield ""


def _findings(review: Review) -> Iterator[str]:
    standing = [v for v in review.verifications if v.outcome is not VerificationOutcome.REFUTED]
    if not standing:
        return
    yield "### Findings"
    yield ""
    for verification in sorted(standing, key=lambda v: (v.finding.severity.rank, v.finding.id)):
        yield from _finding(verification)


def _finding(verification: Verification) -> Iterator[str]:
    finding = verification.finding
    yield f"- **{finding.severity}** {inline(finding.title)}"
    yield ""
    yield f"  {inline(finding.explanation)}"
    yield ""
    for quoted in (finding.subject, *finding.evidence):
        before = "before: " if isinstance(quoted, CodeSubject) and quoted.side is Side.BASE else ""
        yield f"  {before}{code_span(quoted.place)}"
        yield ""
        if isinstance(quoted, CodeSubject | ProseSubject):
            yield code_block(quoted.quote, indent="  ")
            yield ""
    if finding.suggestion:
        yield "  Suggestion:"
        yield ""
        yield code_block(finding.suggestion, indent="  ")
        yield ""
    source = finding.source
    yield (
        f"  {finding.id}, {source.kind} {code_span(source.name)}, {finding.confidence} confidence, "
        f"{verification.outcome} by {verification.stage}: {inline(verification.reason)}"
    )
    yield ""


def _reaches(review: Review) -> Iterator[str]:
    used = [(trace, _resolved(trace)) for trace in review.evidence.traces if trace.uses]
    if not review.evidence.traces:
        return
    yield "### Reaches"
    yield ""
    yield from entered(review.evidence.reach)
    for trace, resolved in used[:REACHES_SHOWN]:
        first = f", first {code_span(resolved[0].quote.place)}" if resolved else ""
        guessed = len(trace.uses) - len(resolved)
        also = f"; {guessed} places that may mean it" if guessed else ""
        yield f"- {code_span(trace.symbol.qualified_name)} ({trace.change}): {len(resolved)} uses{first}{also}"
    if len(used) > REACHES_SHOWN:
        yield f"- and {len(used) - REACHES_SHOWN} more definitions"
    yield ""


def _resolved(trace: SymbolTrace) -> list[Use]:
    return [use for use in trace.uses if use.certainty is Certainty.RESOLVED]


def _gate(result: GateResult) -> str:
    return f"| {inline(result.gate)} | {ANSWERS[result.answer]} | {inline(result.value)} | {inline(result.limit)} |"


def _agent(report: AgentReport) -> str:
    said = inline(report.reason) if report.reason else f"{len(report.findings)} findings"
    said += "".join(f"; {inline(switch)}" for switch in report.switched)
    return f"| {inline(report.name)} | {'yes' if report.ran else 'no'} | {inline(report.status)}: {said} |"


def _not_checked(review: Review) -> Iterator[str]:
    yield "### Not checked"
    yield ""
    yield from (f"- {inline(item)}" for item in review.not_checked)
    yield ""


def _footer(review: Review) -> str:
    usage = review.usage
    revisions = review.change.snapshot.revisions
    return (
        f"Run {code_span(review.run_id)} on {code_span(revisions.head[:12])} against "
        f"{code_span(revisions.base[:12])}, {review.duration_ms} ms, {usage.calls} model calls, "
        f"{usage.input_tokens} tokens in, {usage.output_tokens} out. Recorded as event "
        f"{code_span(review.receipt.event_id[:12])}."
    )
