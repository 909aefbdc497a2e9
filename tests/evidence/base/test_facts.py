from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.base_facts import BaseFacts
from reviewer.domain.change import Origin
from reviewer.domain.fact import Known, Unknown
from reviewer.evidence.base import BaseLimits, base_facts
from reviewer.stages import snapshot
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit

DAY = 86_400
START = 1_700_000_000


def facts(
    repo: MemoryGit, base: str, head: str, *, days: int = 14, limits: BaseLimits | None = None
) -> BaseFacts:
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE)
    return base_facts(change.snapshot, repo, days=days, limits=limits)


def test_changes_within_the_days_are_counted_and_the_one_that_the_change_takes_back_is_named() -> None:
    repo = MemoryGit()
    repo.commit({"a.py": "1\n"}, time=START)
    replaced = repo.commit({"a.py": "2\n"}, time=START + 10 * DAY)
    base = repo.commit({"a.py": "3\n"}, time=START + 20 * DAY)
    head = repo.commit({"a.py": "1\n", "new.py": "1\n"})
    told = facts(repo, base, head, days=10).rates
    assert isinstance(told, Known)
    ((rate),) = told.value
    assert (rate.path, rate.changes, rate.restores) == ("a.py", 2, replaced)


def test_what_was_replaced_before_the_days_is_no_restoring() -> None:
    repo = MemoryGit()
    repo.commit({"a.py": "1\n"}, time=START)
    repo.commit({"a.py": "2\n"}, time=START + DAY)
    base = repo.commit({"a.py": "3\n"}, time=START + 20 * DAY)
    told = facts(repo, base, repo.commit({"a.py": "1\n"}), days=10).rates
    assert isinstance(told, Known)
    assert [(rate.changes, rate.restores) for rate in told.value] == [(1, None)]


@pytest.mark.parametrize("limits", [BaseLimits(history_s=0), BaseLimits(paths=0)])
def test_a_limit_makes_the_rates_unknown_and_says_so(limits: BaseLimits) -> None:
    repo = MemoryGit()
    base = repo.commit({"a.py": "1\n"})
    told = facts(repo, base, repo.commit({"a.py": "2\n"}), limits=limits).rates
    assert isinstance(told, Unknown)
    assert told.why


def test_owners_come_from_the_first_place_of_the_base_and_not_from_the_change() -> None:
    repo = MemoryGit()
    base = repo.commit({"docs/CODEOWNERS": "* @docs", ".github/CODEOWNERS": "* @hub", "a.py": "1\n"})
    head = repo.commit({".github/CODEOWNERS": "* @me", "a.py": "2\n"})
    told = facts(repo, base, head).owners
    assert isinstance(told, Known)
    assert {(each.path, *each.owners) for each in told.value} == {
        (".github/CODEOWNERS", "@hub"),
        ("a.py", "@hub"),
    }


def test_a_base_without_owners_is_known_and_one_whose_file_is_a_link_is_not() -> None:
    repo = MemoryGit()
    base = repo.commit({"a.py": "1\n"})
    assert facts(repo, base, repo.commit({"a.py": "2\n"})).owners == Known(value=())
    linked = repo.commit({"CODEOWNERS": "a.py"}, modes={"CODEOWNERS": "120000"})
    assert isinstance(facts(repo, linked, repo.commit({"a.py": "3\n"})).owners, Unknown)


def test_a_path_that_is_gone_again_at_the_head_is_named_and_one_that_moved_for_good_is_not() -> None:
    repo = MemoryGit()
    base = repo.commit({"a.py": "1\n", "b.py": "1\n"})
    repo.commit({"key.pem": "secret\n", "b.py": "2\n"})
    head = repo.commit({"key.pem": None, "b.py": "1\n", "a.py": None, "c.py": "1\n"})
    assert facts(repo, base, head).undone == Known(value=("b.py", "key.pem"))


def test_commits_that_could_not_be_compared_in_time_leave_open_what_was_undone() -> None:
    repo = MemoryGit()
    base = repo.commit({"a.py": "1\n"})
    told = facts(repo, base, repo.commit({"a.py": "2\n"}), limits=BaseLimits(history_s=0)).undone
    assert isinstance(told, Unknown)


def test_a_clone_that_ends_within_the_days_leaves_the_rates_open(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.commit({"a.py": "1\n"})
    base = builder.commit({"a.py": "2\n"})
    head = builder.commit({"a.py": "3\n"})
    (builder.path / ".git/shallow").write_text(f"{base}\n")
    with GitRepository.open(builder.path) as repo:
        change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE)
        told = base_facts(change.snapshot, repo, days=1)
    assert isinstance(told.rates, Unknown)
    assert "shallow clone ends within 1 days" in told.rates.why
    assert told.undone == Known(value=())
