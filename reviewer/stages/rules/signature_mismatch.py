"""A call, also one outside the diff, no longer fits the function it calls."""

from reviewer.domain.evidence import Certainty, SymbolChange, SymbolTrace, Use
from reviewer.domain.finding import Confidence, Finding, Severity
from reviewer.stages.rules.arguments import misfit
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject, unseen

_UNCHECKED = frozenset({"javascript"})
"""Languages that run a call with arguments missing: a misfit is suspicious there, not an error."""


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a call. It must have fitted before, or be new: a call that never fitted is not understood here."""
    findings: dict[tuple[str, int], Finding] = {}
    for trace in facts.evidence.traces:
        for use in trace.uses:
            problem = _problem(use, trace, facts)
            if problem:
                found = _finding(rule, trace, use, problem)
                # Two such calls on one line are one thing to mend.
                findings.setdefault((found.id, use.quote.first_line), found)
    return Outcome(tuple(findings.values()), unseen(facts, [SymbolChange.SIGNATURE]))


def _problem(use: Use, trace: SymbolTrace, facts: Facts) -> str | None:
    after = trace.after.parameters if trace.after else None
    before = trace.before.parameters if trace.before else None
    if use.certainty is not Certainty.RESOLVED or use.call is None or after is None:
        return None
    changed = trace.change is SymbolChange.SIGNATURE and before is not None
    fitted = changed and before is not None and misfit(use.call, before) is None
    is_new = (use.quote.path, use.quote.first_line) in facts.added_lines
    checked = trace.symbol.language not in _UNCHECKED
    return misfit(use.call, after) if fitted or (is_new and checked) else None


def _finding(rule: Rule, trace: SymbolTrace, use: Use, problem: str) -> Finding:
    symbol = trace.symbol
    unchecked = symbol.language in _UNCHECKED
    then = "what is missing is undefined there" if unchecked else "it fails when it is compiled or run"
    evidence = [side.definition for side in (trace.before, trace.after) if side]
    return Finding(
        source=rule.source,
        title=f"Call of {symbol.qualified_name} does not fit its parameters",
        explanation=(
            f"The call in {use.inside or 'the file'} does not fit {symbol.qualified_name} as the change leaves it:"
            f" {problem}; {then}."
        ),
        severity=Severity.MEDIUM if unchecked else Severity.HIGH,
        confidence=Confidence.MEDIUM if unchecked else Confidence.HIGH,
        subject=code_subject(use.quote),
        evidence=tuple(code_subject(quote) for quote in evidence),
        units=trace.units,
    )


RULE = Rule(name="signature-mismatch", version="1", check=check)
