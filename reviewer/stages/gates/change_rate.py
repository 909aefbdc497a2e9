"""Rate of change: a path that changes all the time, or goes back and forth, wants somebody who looks at the whole."""

from collections.abc import Iterator

from reviewer.domain.base_facts import BaseFacts, PathRate
from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, first_of, not_told
from reviewer.stages.gates.breadth import code_language


def change_rate(snapshot: Snapshot, policy: Policy, base: BaseFacts) -> GateResult:
    """Stop, when merged changes touched a path of code more often than allowed of late.

    Also when the change puts back what a merged change of that time had replaced: one of the two was wrong.

    Effect: escalate. Settings: `change_rate.days`, `change_rate.max_changes`.
    """
    days, limit = policy.change_rate.days, policy.change_rate.max_changes
    if isinstance(base.rates, Unknown):
        return not_told("change_rate", "how often the paths change", base.rates.why)
    counted = {file.path_at_base for file in snapshot.files if not policy.is_uncounted(file)}
    rates = [rate for rate in base.rates.value if rate.path in counted and code_language(rate.path)]
    reasons = [*_restored(rates, days), *_too_often(rates, days, limit)]
    most = max((rate.changes for rate in rates), default=0)
    return escalates(
        "change_rate",
        GateAnswer.STOP if reasons else GateAnswer.PASS,
        value=f"{most} merged changes of a path in {days} days",
        limit=f"{limit} merged changes of a path in {days} days",
        reason=first_of(reasons)
        if reasons
        else f"at most {most} merged changes of a path in {days} days, limit {limit}",
    )


def _restored(rates: list[PathRate], days: int) -> Iterator[str]:
    for rate in rates:
        if rate.restores is not None:
            yield f"{rate.path}: puts back what {rate.restores[:12]} replaced in the last {days} days"


def _too_often(rates: list[PathRate], days: int, limit: int) -> Iterator[str]:
    for rate in rates:
        if rate.changes > limit:
            yield f"{rate.path}: {rate.changes} merged changes in {days} days, limit {limit}"
