"""Whole runs of a pull request of which a code host told."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.gate import GateAnswer
from reviewer.domain.host_facts import HostFacts
from reviewer.domain.review import Review
from reviewer.pipeline import Run, review_change
from reviewer.policy import Breadth, Policy
from reviewer.testing.host import a_listing, host_facts
from reviewer.testing.memory_git import MemoryGit

RunOf = Callable[..., Run]
RepositoryOf = Callable[..., tuple[MemoryGit, str, str]]


def reviewed(run: Run, host: HostFacts | None) -> Review:
    subject = replace(run.subject, origin=Origin.PULL_REQUEST)
    return asyncio.run(review_change(replace(run, subject=subject, host=host)))


@pytest.mark.parametrize(("is_draft", "eligible"), [(False, True), (True, False)])
def test_a_stop_of_the_code_host_takes_away_what_made_a_change_eligible(
    is_draft: bool, eligible: bool, a_run: RunOf, a_repository: RepositoryOf
) -> None:
    git, base, head = a_repository()
    facts = host_facts(
        is_draft=is_draft, base_now=base, head_now=head, listing=a_listing("shapes.py", commits=(head,))
    )
    review = reviewed(a_run(git, base, head), facts)
    assert review.decision.eligible is eligible
    assert review.host == facts
    beyond = [result.gate for result in review.gates.having(GateAnswer.NOT_APPLICABLE)]
    assert beyond == ["test_coverage"]  # no report was given, and none is required


def test_a_pull_request_of_which_nobody_was_asked_goes_to_a_human(
    a_run: RunOf, a_repository: RepositoryOf
) -> None:
    review = reviewed(a_run(*a_repository()), None)
    assert review.decision.outcome is DecisionOutcome.ESCALATE
    assert not review.decision.eligible


def test_a_change_that_is_too_broad_is_refused(a_run: RunOf, a_repository: RepositoryOf) -> None:
    broad = {f"area{number}/code.py": f"x = {number}\n" for number in range(3)}
    policy = Policy(breadth=Breadth(max_areas=2))
    review = asyncio.run(review_change(a_run(*a_repository(**broad), policy=policy)))
    assert review.decision.outcome is DecisionOutcome.REFUSE
    assert "3 areas, limit 2" in review.decision.headline
