from typing import Any

import pytest

from reviewer.domain.base_facts import PathRate
from reviewer.domain.gate import GateAnswer, GateEffect
from reviewer.policy import ChangeRate, Paths, Policy
from reviewer.stages.gates import check
from reviewer.stages.gates.change_rate import change_rate
from reviewer.stages.gates.undone_paths import undone_paths
from reviewer.testing.host import UNKNOWN, base_says
from reviewer.testing.values import a_file, a_snapshot

STOP, PASS, UNTOLD = GateAnswer.STOP, GateAnswer.PASS, GateAnswer.UNKNOWN
POLICY = Policy(change_rate=ChangeRate(days=14, max_changes=3))


def rate(path: str = "src/a.py", changes: int = 0, restores: str | None = None) -> PathRate:
    return PathRate(path=path, changes=changes, restores=restores)


@pytest.mark.parametrize(("changes", "answer"), [(0, PASS), (3, PASS), (4, STOP)])
def test_the_limit_of_changes_itself_is_allowed_and_one_more_is_not(changes: int, answer: GateAnswer) -> None:
    result = change_rate(a_snapshot(), POLICY, base_says(rates=(rate(changes=changes),)))
    assert (result.answer, result.effect) == (answer, GateEffect.ESCALATE)
    assert f"{changes} merged changes" in result.reason


def test_putting_back_what_was_just_replaced_stops() -> None:
    result = change_rate(a_snapshot(), POLICY, base_says(rates=(rate(changes=1, restores="c" * 40),)))
    assert result.answer is STOP
    assert "cccccccccccc" in result.reason


def test_documents_and_generated_files_may_change_all_the_time() -> None:
    paths = ("CHANGES.md", "gen/a.py")
    snapshot = a_snapshot(*(a_file(path) for path in paths))
    house = POLICY.model_copy(update={"paths": Paths(generated=("gen/**",))})
    rates = tuple(rate(path, 99, "c" * 40) for path in paths)
    assert change_rate(snapshot, house, base_says(rates=rates)).answer is PASS


def test_a_history_that_could_not_be_read_is_not_told() -> None:
    result = change_rate(a_snapshot(), POLICY, base_says(rates=UNKNOWN))
    assert result.answer is UNTOLD
    assert UNKNOWN.why in result.reason


@pytest.mark.parametrize(("undone", "answer"), [((), PASS), (("key.pem",), STOP), (UNKNOWN, UNTOLD)])
def test_a_path_that_a_commit_touches_and_another_undoes_stops(undone: Any, answer: GateAnswer) -> None:
    assert undone_paths(a_snapshot(), POLICY, base_says(undone=undone)).answer is answer


def test_gates_of_the_base_are_not_told_when_it_was_not_read() -> None:
    report = check(a_snapshot(), POLICY)
    answers = {result.gate: result.answer for result in report.results}
    assert answers["change_rate"] is answers["owners"] is answers["undone_paths"] is UNTOLD
