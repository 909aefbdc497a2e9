"""Turns hazards of one topic into findings, by a table of what to say of each form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import Confidence, Finding, Severity
from reviewer.domain.hazard import Hazard, HazardTopic
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject

_MAX_NAME = 80
"""Characters of a name of code in a sentence."""


@dataclass(frozen=True)
class Words:
    """What to say of one form; `{0}`, `{1}` … stand for the names that fill it."""

    title: str
    says: str
    """What happens, when, and what to do instead."""
    severity: Severity
    confidence: Confidence = Confidence.HIGH


def hazard_check(forms: Mapping[str, Words]) -> Callable[[Rule, Facts], Outcome]:
    """The check of a rule that is named like its topic and says `forms`; a form without words is a `KeyError`."""

    def check(rule: Rule, facts: Facts) -> Outcome:
        topic = HazardTopic(rule.name)
        if facts.evidence.hazards is None:
            return Outcome((), _why_none(facts.evidence))
        found = [hazard for hazard in facts.evidence.hazards.hazards if hazard.topic is topic]
        reasons = [one.reason for one in facts.evidence.hazards.unlooked if one.topic is topic]
        return Outcome(
            tuple(_finding(rule, hazard, forms[hazard.form]) for hazard in found), "; ".join(reasons) or None
        )

    return check


def _why_none(evidence: EvidenceSet) -> str:
    return "; ".join(evidence.cuts) or "the forms of known faults were not looked for"


def _finding(rule: Rule, hazard: Hazard, words: Words) -> Finding:
    names = tuple(_short(hazard.names))
    return Finding(
        source=rule.source,
        title=words.title.format(*names),
        explanation=words.says.format(*names),
        severity=words.severity,
        confidence=words.confidence,
        subject=code_subject(hazard.quote),
        evidence=tuple(code_subject(quote) for quote in hazard.because),
        units=hazard.units,
    )


def _short(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        line = " ".join(name.split())
        yield line if len(line) <= _MAX_NAME else f"{line[: _MAX_NAME - 1]}…"
