"""Churn: code that changes all the time, or goes back to what it was, is not settled."""

from reviewer.domain.fact import Unknown
from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.stages.triage.subject import Subject, argues, not_known, quiet


def churn(subject: Subject) -> RiskFactor:
    """Argue for `medium` where a path of code changed often of late, or gets back what was just replaced."""
    days, limit = subject.policy.change_rate.days, subject.policy.triage.path_changes
    counted = {file.path_at_base for file in subject.of(KindOfChange.CODE, KindOfChange.MIGRATION)}
    rates = subject.base.rates
    if not counted:
        return quiet("churn", "no code is changed")
    if isinstance(rates, Unknown):
        return not_known("churn", f"how often the paths change is not known: {rates.why}")
    code = [rate for rate in rates.value if rate.path in counted]
    restored = next((rate for rate in code if rate.restores), None)
    if restored and restored.restores:
        return argues(
            "churn",
            RiskTier.MEDIUM,
            f"{restored.path}: puts back what {restored.restores[:12]} replaced in the last {days} days",
        )
    busiest = max(code, key=lambda rate: rate.changes, default=None)
    if busiest and busiest.changes > limit:
        said = f"{busiest.path}: {busiest.changes} merged changes in {days} days, limit {limit}"
        return argues("churn", RiskTier.MEDIUM, said)
    most = busiest.changes if busiest else 0
    return quiet("churn", f"at most {most} merged changes of a path in {days} days, limit {limit}")
