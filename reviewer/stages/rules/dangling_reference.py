"""A name that is looked up by a literal is gone, and places that the change leaves alone still look it up."""

from reviewer.domain.finding import Confidence, Finding, Severity, Source
from reviewer.domain.names import DanglingName, NameEvidence, NameKind
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject

_MILD = frozenset({NameKind.OPTION, NameKind.EVENT, NameKind.PLACEHOLDER})
"""Kinds whose readers may be advice to people, or go unnoticed."""


def _check(rule: Rule, facts: Facts) -> Outcome:
    """See `check_names`."""
    names = facts.evidence.names
    if names is None:
        return Outcome((), "names that are looked up by a literal were not followed")
    return check_names(names, rule.source)


def check_names(evidence: NameEvidence, source: Source) -> Outcome:
    """One finding a name, about its first reader. Unable when a limit may hide a name or who looks it up."""
    unread = [f"{path} was not read" for path in evidence.unread]
    return Outcome(
        tuple(_finding(found, source) for found in evidence.dangling),
        "; ".join([*evidence.cuts, *unread]) or None,
    )


def _finding(found: DanglingName, source: Source) -> Finding:
    places = len(found.readers)
    return Finding(
        source=source,
        title=f"The {found.kind} {found.name} is gone but still {found.looked_up_as}",
        explanation=(
            f"{found.gone.path} is no longer where the {found.kind} {found.name} is {found.given_by},"
            f" and no other place is. It is still {found.looked_up_as} in {places}"
            f" {'place' if places == 1 else 'places'} that the change leaves alone."
        ),
        severity=Severity.MEDIUM if found.kind in _MILD else Severity.HIGH,
        confidence=Confidence.MEDIUM,
        subject=code_subject(found.readers[0]),
        evidence=(code_subject(found.gone), *(code_subject(quote) for quote in found.readers[1:])),
        units=found.units,
    )


RULE = Rule("dangling-reference", "2", _check)
