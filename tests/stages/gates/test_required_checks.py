import pytest

from reviewer.domain.change import Origin
from reviewer.domain.gate import GateAnswer
from reviewer.domain.host_facts import CheckConclusion, CheckRun, RequiredCheck
from reviewer.policy import Checks, Policy
from reviewer.stages.gates.required_checks import required_checks
from reviewer.testing.host import a_check_run, a_required_check, host_facts
from reviewer.testing.values import a_snapshot

STOP, PASS, UNTOLD = GateAnswer.STOP, GateAnswer.PASS, GateAnswer.UNKNOWN
SNAPSHOT = a_snapshot(origin=Origin.PULL_REQUEST)
FREE, HOLDING = Policy(), Policy(checks=Checks(hold=("tests",)))
GREEN = CheckConclusion.SUCCESS


def answer(
    *runs: CheckRun, policy: Policy = FREE, required: tuple[RequiredCheck, ...] = (a_required_check(),)
) -> GateAnswer:
    facts = host_facts(required_checks=required, check_runs=runs)
    return required_checks(SNAPSHOT, policy, facts).answer


@pytest.mark.parametrize(
    ("conclusion", "free", "holding"),
    [
        (CheckConclusion.SUCCESS, PASS, PASS),
        (None, PASS, UNTOLD),
        (CheckConclusion.STALE, PASS, UNTOLD),
        (CheckConclusion.NEUTRAL, UNTOLD, UNTOLD),
        (CheckConclusion.SKIPPED, UNTOLD, UNTOLD),
        (CheckConclusion.FAILURE, STOP, STOP),
        (CheckConclusion.CANCELLED, STOP, STOP),
        (CheckConclusion.TIMED_OUT, STOP, STOP),
        (CheckConclusion.ACTION_REQUIRED, STOP, STOP),
        (CheckConclusion.STARTUP_FAILURE, STOP, STOP),
    ],
)
def test_what_each_end_of_a_required_check_means(
    conclusion: CheckConclusion | None, free: GateAnswer, holding: GateAnswer
) -> None:
    assert answer(a_check_run(conclusion)) is free
    assert answer(a_check_run(conclusion), policy=HOLDING) is holding


def test_every_conclusion_is_decided_on() -> None:
    mark = next(iter(test_what_each_end_of_a_required_check_means.pytestmark))  # type: ignore[attr-defined]
    assert {row[0] for row in mark.args[1]} == {None, *CheckConclusion}


@pytest.mark.parametrize("runs", [(), (a_check_run(GREEN, head="c" * 40),)])
def test_a_check_that_did_not_run_at_this_head_is_left_to_the_merge_unless_policy_holds(
    runs: tuple[CheckRun, ...],
) -> None:
    assert answer(*runs) is PASS
    assert answer(*runs, policy=HOLDING) is UNTOLD


def test_a_failure_at_another_head_says_nothing_about_this_one() -> None:
    assert answer(a_check_run(CheckConclusion.FAILURE, head="c" * 40)) is PASS


def test_a_check_of_another_app_than_the_required_one_does_not_count() -> None:
    pinned = (a_required_check(app="ci"),)
    assert answer(a_check_run(GREEN, app="forged"), required=pinned, policy=HOLDING) is UNTOLD
    assert answer(a_check_run(GREEN, app="ci"), required=pinned, policy=HOLDING) is PASS


def test_our_own_check_never_counts() -> None:
    ours = (a_required_check(is_ours=True),)
    assert answer(a_check_run(CheckConclusion.FAILURE, is_ours=True), required=ours) is PASS
    assert answer(a_check_run(GREEN, is_ours=True), policy=HOLDING) is UNTOLD
    assert answer(policy=HOLDING, required=ours) is PASS


def test_a_check_that_only_policy_names_is_waited_for_too() -> None:
    assert answer(policy=HOLDING, required=()) is UNTOLD
    assert answer(a_check_run(GREEN), policy=HOLDING, required=()) is PASS


def test_of_two_runs_by_two_apps_the_worse_one_counts() -> None:
    both = (a_check_run(GREEN), a_check_run(CheckConclusion.FAILURE, app="other"))
    assert answer(*both) is STOP


def test_a_check_that_nobody_requires_does_not_matter() -> None:
    assert answer(a_check_run(CheckConclusion.FAILURE, name="lint"), a_check_run()) is PASS
