"""Copy tells people one number, and the code it is connected with holds them to another."""

from reviewer.domain.finding import Confidence, Finding, Severity, Source
from reviewer.domain.literals import Contradiction, LiteralEvidence, Parted
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject


def _check(rule: Rule, facts: Facts) -> Outcome:
    """See `check_literals`."""
    literals = facts.evidence.literals
    if literals is None:
        return Outcome((), "the strings and constants of the change were not looked at")
    return check_literals(literals, rule.source)


def check_literals(evidence: LiteralEvidence, source: Source) -> Outcome:
    """One finding a pair of lines. A contradiction of low confidence is evidence to read, no finding."""
    sure = [found for found in evidence.contradictions if found.confidence is not Confidence.LOW]
    findings = [_finding(found, source) for found in sure]
    findings += [_parted(found, source) for found in evidence.parted]
    return Outcome(tuple(findings), "; ".join(evidence.not_compared) or None)


def _finding(found: Contradiction, source: Source) -> Finding:
    ends = (found.copy_quote, found.code_quote)
    steps = [hop.quote for hop in found.path if hop.quote not in ends]
    changed, other = ends if found.path[0].quote == found.copy_quote else ends[::-1]
    return Finding(
        source=source,
        title=f"Copy says {found.said.number}, the code holds {found.held.number}",
        explanation=found.explanation,
        severity=Severity.MEDIUM,
        confidence=found.confidence,
        subject=code_subject(changed),
        evidence=(code_subject(other), *(code_subject(quote) for quote in steps)),
        units=found.units,
    )


def _parted(found: Parted, source: Source) -> Finding:
    ends = (found.changed, found.other)
    return Finding(
        source=source,
        title=found.title,
        explanation=found.explanation,
        severity=Severity.MEDIUM,
        confidence=found.confidence,
        subject=code_subject(found.changed),
        evidence=(
            code_subject(found.other),
            *(code_subject(hop.quote) for hop in found.path if hop.quote not in ends),
        ),
        units=found.units,
    )


RULE = Rule("copy-contradicts-code", "2", _check)
