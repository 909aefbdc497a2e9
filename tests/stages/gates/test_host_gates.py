"""Truth tables of the gates that need the code host: what passes, what stops, what cannot be told."""

from typing import Any

import pytest

from reviewer.domain.change import Author, AuthorKind, Origin
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.domain.host_facts import HostAuthor, HostFacts
from reviewer.policy import Approval, Policy
from reviewer.stages.gates import check
from reviewer.stages.gates.approval_share import approval_share
from reviewer.stages.gates.bot_author import bot_author
from reviewer.stages.gates.check import HOST_GATES
from reviewer.stages.gates.draft import draft
from reviewer.stages.gates.fork import fork
from reviewer.stages.gates.freshness import freshness
from reviewer.stages.gates.separation_of_duties import separation_of_duties
from reviewer.stages.gates.sibling_pull_requests import sibling_pull_requests
from reviewer.testing.host import UNKNOWN, account, host_facts
from reviewer.testing.values import a_snapshot

STOP, PASS, UNTOLD, NOT_APPLICABLE = (
    GateAnswer.STOP,
    GateAnswer.PASS,
    GateAnswer.UNKNOWN,
    GateAnswer.NOT_APPLICABLE,
)
PULL_REQUEST = a_snapshot(origin=Origin.PULL_REQUEST)
NAMES = {gate.__name__ for gate in HOST_GATES}


def of_host(results: tuple[GateResult, ...]) -> dict[str, GateAnswer]:
    return {result.gate: result.answer for result in results if result.gate in NAMES}


def test_an_ordinary_pull_request_passes_every_gate_of_the_code_host() -> None:
    answers = of_host(check(PULL_REQUEST, Policy(), host_facts()).results)
    assert answers == dict.fromkeys(NAMES, PASS)


def test_without_a_code_host_its_gates_do_not_apply_to_a_local_change_and_are_open_for_any_other() -> None:
    assert of_host(check(a_snapshot(), Policy()).results) == dict.fromkeys(NAMES, NOT_APPLICABLE)
    assert of_host(check(PULL_REQUEST, Policy()).results) == dict.fromkeys(NAMES, UNTOLD)


@pytest.mark.parametrize(
    ("fact", "gate"),
    [
        ("is_draft", "draft"),
        ("is_fork", "fork"),
        ("author", "bot_author"),
        ("author", "separation_of_duties"),
        ("pushers", "separation_of_duties"),
        ("committers", "separation_of_duties"),
        ("co_authors", "separation_of_duties"),
        ("initiator", "separation_of_duties"),
        ("approvers", "separation_of_duties"),
        ("engine", "separation_of_duties"),
        ("required_checks", "required_checks"),
        ("check_runs", "required_checks"),
        ("siblings", "sibling_pull_requests"),
        ("listing", "host_completeness"),
        ("base_now", "freshness"),
        ("head_now", "freshness"),
    ],
)
def test_a_fact_that_is_not_known_never_passes_and_says_why(fact: str, gate: str) -> None:
    refused: dict[str, Any] = {fact: UNKNOWN}
    report = check(PULL_REQUEST, Policy(), host_facts(**refused))
    result = next(each for each in report.results if each.gate == gate)
    assert (result.answer, result.effect) == (UNTOLD, GateEffect.ESCALATE)
    assert UNKNOWN.why in result.reason


def test_every_fact_that_a_gate_needs_is_in_the_table_above() -> None:
    keys = set(HostFacts.model_fields) - {"pull_request"}
    mark = next(iter(test_a_fact_that_is_not_known_never_passes_and_says_why.pytestmark))  # type: ignore[attr-defined]
    assert {fact for fact, _ in mark.args[1]} == keys


@pytest.mark.parametrize(("is_draft", "answer"), [(True, STOP), (False, PASS)])
def test_a_draft_stops(is_draft: bool, answer: GateAnswer) -> None:
    assert draft(PULL_REQUEST, Policy(), host_facts(is_draft=is_draft)).answer is answer


@pytest.mark.parametrize(
    ("is_fork", "policy", "answer"),
    [(True, "escalate", STOP), (True, "allow", PASS), (False, "escalate", PASS), (False, "allow", PASS)],
)
def test_a_fork_stops_where_policy_does_not_allow_forks(
    is_fork: bool, policy: Any, answer: GateAnswer
) -> None:
    house = Policy(approval=Approval(forks=policy))
    assert fork(PULL_REQUEST, house, host_facts(is_fork=is_fork)).answer is answer


@pytest.mark.parametrize(
    ("kind", "agents", "bots", "answer"),
    [
        (AuthorKind.HUMAN, "escalate", "escalate", PASS),
        (AuthorKind.AGENT, "allow", "escalate", PASS),
        (AuthorKind.AGENT, "escalate", "allow", STOP),
        (AuthorKind.BOT, "allow", "escalate", STOP),
        (AuthorKind.BOT, "escalate", "allow", PASS),
        (AuthorKind.UNKNOWN, "allow", "allow", UNTOLD),
    ],
)
def test_which_kinds_of_authors_may_be_approved_is_told_by_policy(
    kind: AuthorKind, agents: Any, bots: Any, answer: GateAnswer
) -> None:
    house = Policy(approval=Approval(agents=agents, bots=bots))
    author = HostAuthor(kind=kind, account=account("author"))
    assert bot_author(PULL_REQUEST, house, host_facts(author=author)).answer is answer


def test_an_agent_that_pushes_as_a_human_is_still_an_agent() -> None:
    told = Author(kind=AuthorKind.AGENT, known_by="commit trailer")
    snapshot = PULL_REQUEST.model_copy(update={"author": told})
    house = Policy(approval=Approval(agents="escalate"))
    assert bot_author(snapshot, house, host_facts()).answer is STOP
    assert bot_author(snapshot, house, host_facts(author=UNKNOWN)).answer is STOP


@pytest.mark.parametrize("judge", ["engine", "approver"])
@pytest.mark.parametrize("role", ["author", "committers", "pushers", "co_authors", "initiator"])
def test_who_had_a_hand_in_the_change_does_not_judge_it(role: str, judge: str) -> None:
    who = account(judge)
    facts: dict[str, Any] = {
        "author": HostAuthor(kind=AuthorKind.HUMAN, account=who),
        "initiator": who,
        "committers": (account("author"), who),
        "pushers": (who,),
        "co_authors": (who,),
    }
    result = separation_of_duties(PULL_REQUEST, Policy(), host_facts(**{role: facts[role]}))
    assert result.answer is STOP
    assert who not in result.model_dump_json()


def test_a_proven_clash_stops_although_other_facts_are_not_known() -> None:
    facts = host_facts(pushers=UNKNOWN, committers=(account("engine"),))
    assert separation_of_duties(PULL_REQUEST, Policy(), facts).answer is STOP


def test_nobody_has_approved_yet_is_no_clash() -> None:
    assert separation_of_duties(PULL_REQUEST, Policy(), host_facts(approvers=())).answer is PASS


@pytest.mark.parametrize(("siblings", "answer"), [((), PASS), ((7,), PASS), ((8,), STOP), ((7, 8), STOP)])
def test_another_pull_request_with_the_same_head_stops_and_the_same_one_is_no_other(
    siblings: tuple[int, ...], answer: GateAnswer
) -> None:
    assert sibling_pull_requests(PULL_REQUEST, Policy(), host_facts(siblings=siblings)).answer is answer


@pytest.mark.parametrize("side", ["head_now", "base_now"])
def test_a_moved_head_or_base_stops_even_when_the_other_is_not_known(side: str) -> None:
    other = "base_now" if side == "head_now" else "head_now"
    told: dict[str, Any] = {side: "c" * 40, other: UNKNOWN}
    result = freshness(PULL_REQUEST, Policy(), host_facts(**told))
    assert result.answer is STOP
    assert "cccccccccccc" in result.reason


@pytest.mark.parametrize(
    ("share", "local", "answer"),
    [(100, True, PASS), (0, True, STOP), (50, True, NOT_APPLICABLE), (50, False, UNTOLD), (0, False, STOP)],
)
def test_a_share_without_a_pull_request_is_only_told_at_its_ends(
    share: int, local: bool, answer: GateAnswer
) -> None:
    house = Policy(approval=Approval(share=share))
    assert approval_share(a_snapshot() if local else PULL_REQUEST, house, None).answer is answer


def test_a_share_is_chosen_by_the_number_the_same_for_each_push_and_only_grows() -> None:
    chosen: set[int] = set()
    for share in (0, 10, 50, 99, 100):
        house = Policy(approval=Approval(share=share))
        now = {
            number
            for number in range(1, 401)
            if approval_share(PULL_REQUEST, house, host_facts(number=number)).answer is PASS
        }
        assert chosen <= now
        assert abs(len(now) - 4 * share) <= 40
        chosen = now
    later = PULL_REQUEST.model_copy(
        update={"revisions": PULL_REQUEST.revisions.model_copy(update={"head": "d" * 40})}
    )
    house = Policy(approval=Approval(share=50))
    for number in range(1, 20):
        facts = host_facts(number=number)
        assert approval_share(later, house, facts) == approval_share(PULL_REQUEST, house, facts)


def test_the_limit_of_the_share_is_its_own_place_and_not_the_one_above() -> None:
    facts = host_facts(number=7)
    place = int(facts.pull_request.digest, 16) % 100
    at, above = Policy(approval=Approval(share=place)), Policy(approval=Approval(share=place + 1))
    assert approval_share(PULL_REQUEST, at, facts).answer is STOP
    assert approval_share(PULL_REQUEST, above, facts).answer is PASS


def test_host_facts_survive_being_written_and_read() -> None:
    facts = host_facts(is_draft=UNKNOWN, initiator=account("x"))
    assert HostFacts.model_validate_json(facts.model_dump_json()) == facts
