"""Owners: code of several groups of owners needs the eyes of several, and code of nobody has none."""

from reviewer.domain.fact import Unknown
from reviewer.domain.triage import RiskFactor, RiskTier
from reviewer.stages.triage.subject import Subject, argues, not_known, quiet


def owners(subject: Subject) -> RiskFactor:
    """Argue for `medium` where more groups than allowed own the paths, or nobody owns one though others have owners.

    By the CODEOWNERS file of the base; where there is none, nothing is asked. Names are not shown.
    """
    told, limit = subject.base.owners, subject.policy.triage.owner_groups
    counted = {file.path for file, kind in subject.kinds if not kind.runs_nowhere}
    if not counted:
        return quiet("owners", "only documents, tests and translations are changed")
    if isinstance(told, Unknown):
        return not_known("owners", f"who owns the paths is not known: {told.why}")
    if not told.value:
        return quiet("owners", "the base has no CODEOWNERS file")
    owned = [each for each in told.value if each.path in counted]
    nobodys = [each.path for each in owned if not each.owners]
    groups = len({each.owners for each in owned if each.owners})
    if groups > limit:
        return argues("owners", RiskTier.MEDIUM, f"{groups} groups of owners, limit {limit}")
    if nobodys:
        return argues("owners", RiskTier.MEDIUM, f"{nobodys[0]}: nobody owns it, limit 0 such paths")
    return quiet("owners", f"{groups} groups of owners, limit {limit}")
