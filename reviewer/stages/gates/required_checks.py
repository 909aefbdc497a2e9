"""Required checks: what others found out at this very head.

A merge waits for the checks that the code host requires, so an approval need not: a check that has not ended, or that
ran on another commit, does not stop here unless policy holds the approval for it. Three things are not left to the
merge. A check that failed here speaks against the change. One that ended neutral or skipped lets the merge through
without having looked. And our own check is never among those that count, for it would vouch for itself.
"""

from collections.abc import Iterator, Sequence

from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import CheckConclusion, CheckRun, HostFacts, RequiredCheck
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, first_of, not_told

UNSAID = frozenset({CheckConclusion.NEUTRAL, CheckConclusion.SKIPPED})
"""The host takes these for met, and they say nothing."""


def required_checks(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:
    """Stop on a required check that failed at this head; could not tell on a neutral or skipped one.

    A check that is missing, has not ended, or ran on another commit passes, since the merge waits for it; one that
    policy holds for leaves the answer open until it is green here. The engine's own check never counts.

    Effect: escalate. Setting: `checks.hold`.
    """
    if isinstance(host.required_checks, Unknown):
        return not_told("required_checks", "which checks are required", host.required_checks.why)
    if isinstance(host.check_runs, Unknown):
        return not_told("required_checks", "how the checks ended", host.check_runs.why)
    asked = list(_asked(host.required_checks.value, policy.checks.hold))
    here = [run for run in host.check_runs.value if run.head == snapshot.revisions.head and not run.is_ours]
    failed = [problem for check in asked for problem in _failed(check, here)]
    unsaid = [problem for check in asked for problem in _unsaid(check, here)]
    held = [problem for check in asked for problem in _held(check, here, policy.checks.hold)]
    if failed:
        answer, reason = GateAnswer.STOP, first_of(failed)
    elif unsaid or held:
        answer, reason = GateAnswer.UNKNOWN, first_of([*unsaid, *held])
    else:
        answer, reason = GateAnswer.PASS, _passed(asked, here)
    return escalates(
        "required_checks",
        answer,
        value=f"{len(failed)} failed, {len(unsaid) + len(held)} open, of {len(asked)} checks",
        limit="0 failed, 0 open",
        reason=reason,
    )


def _asked(required: Sequence[RequiredCheck], hold: Sequence[str]) -> Iterator[RequiredCheck]:
    """Without our own, also where policy names it: it would wait for itself."""
    yield from (check for check in required if not check.is_ours)
    known = {check.name for check in required}
    for name in dict.fromkeys(hold):
        if name not in known:
            yield RequiredCheck(name=name, app=None, is_ours=False)


def _of(check: RequiredCheck, runs: Sequence[CheckRun]) -> list[CheckRun]:
    return [run for run in runs if run.name == check.name and check.app in (None, run.app)]


def _failed(check: RequiredCheck, here: Sequence[CheckRun]) -> Iterator[str]:
    ended_well = {None, CheckConclusion.SUCCESS, CheckConclusion.STALE, *UNSAID}
    for run in _of(check, here):
        if run.conclusion not in ended_well:
            yield f"{check.name} ended with {run.conclusion} at this head"


def _unsaid(check: RequiredCheck, here: Sequence[CheckRun]) -> Iterator[str]:
    for run in _of(check, here):
        if run.conclusion in UNSAID:
            yield f"{check.name} ended {run.conclusion} at this head, which says nothing"


def _held(check: RequiredCheck, here: Sequence[CheckRun], hold: Sequence[str]) -> Iterator[str]:
    if check.name not in hold:
        return
    runs = _of(check, here)
    if not runs:
        yield f"{check.name} has not run at this head, and checks.hold waits for it"
    elif any(run.conclusion in (None, CheckConclusion.STALE) for run in runs):
        yield f"{check.name} has not ended at this head, and checks.hold waits for it"


def _passed(asked: Sequence[RequiredCheck], here: Sequence[CheckRun]) -> str:
    if not asked:
        return "no check of others is required"
    green = sum(any(run.conclusion is CheckConclusion.SUCCESS for run in _of(check, here)) for check in asked)
    return f"{green} of {len(asked)} required checks are green at this head" + (
        "" if green == len(asked) else "; the merge waits for the others"
    )
