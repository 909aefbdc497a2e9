"""Size: the more lines there are, the more is overlooked."""

from reviewer.domain.change import UnitKind
from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.stages.triage.subject import Subject, argues, not_known, quiet


def size(subject: Subject) -> RiskFactor:
    """Argue for `medium` or `high` above so many changed lines of what the software runs on."""
    limits = subject.policy.triage
    counted = [
        file
        for file, kind in subject.kinds
        if not kind.runs_nowhere
        and kind is not KindOfChange.GENERATED
        and not subject.policy.is_uncounted(file)
    ]
    lines = sum(file.added_lines + file.deleted_lines for file in counted)
    unread = [file.path for file in counted if any(unit.kind is UnitKind.OVERSIZED for unit in file.units)]
    if lines > limits.high_lines:
        return argues("size", RiskTier.HIGH, f"{lines} changed lines, limit {limits.high_lines}")
    if unread:
        return not_known("size", f"{unread[0]} was too large to count its changed lines")
    if lines > limits.medium_lines:
        return argues("size", RiskTier.MEDIUM, f"{lines} changed lines, limit {limits.medium_lines}")
    return quiet("size", f"{lines} changed lines, limit {limits.medium_lines}")
