"""Familiarity: whoever changes code that others wrote knows less of what it must do."""

from reviewer.domain.fact import Unknown
from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.stages.triage.subject import Subject, argues, not_known, quiet


def familiarity(subject: Subject) -> RiskFactor:
    """Argue for `medium` where the authors wrote too little of the code around the change.

    A change that touches no code which was there before asks for no familiarity.
    """
    told, limit = subject.base.familiarity, subject.policy.triage.min_familiar_lines
    if not any(subject.of(KindOfChange.CODE)):
        return quiet("familiarity", "no code is changed")
    if isinstance(told, Unknown):
        return not_known("familiarity", f"whose code is changed is not known: {told.why}")
    lines, own = told.value.lines, told.value.own_lines
    if not lines:
        return quiet("familiarity", "no code that was there before is touched")
    said = (
        f"{own * 100 // lines} percent of {lines} lines around the change are its authors' own, limit {limit}"
    )
    if own * 100 < limit * lines:
        return argues("familiarity", RiskTier.MEDIUM, said)
    return quiet("familiarity", said)
