from typing import Any

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.gate import GateAnswer
from reviewer.domain.host_facts import HostListing
from reviewer.policy import Policy
from reviewer.stages.gates.host_completeness import host_completeness
from reviewer.testing.host import a_listing, host_facts
from reviewer.testing.values import HEAD, a_file, a_snapshot

PASS, UNTOLD = GateAnswer.PASS, GateAnswer.UNKNOWN


def answer(listing: HostListing, *paths: str) -> GateAnswer:
    files = tuple(a_file(path) for path in paths)
    snapshot = a_snapshot(*files, origin=Origin.PULL_REQUEST)
    return host_completeness(snapshot, Policy(), host_facts(listing=listing)).answer


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, PASS),
        ({"files_told": None}, UNTOLD),
        ({"commits_told": None}, UNTOLD),
        ({"nulls": ("head.repo",)}, UNTOLD),
        ({"commits_told": 2}, UNTOLD),
        ({"commits": ("c" * 40,)}, UNTOLD),
        ({"diff_files": 299}, PASS),
        ({"diff_files": 300}, UNTOLD),
        ({"files_told": 2999}, PASS),
        ({"files_told": 3000}, UNTOLD),
    ],
)
def test_a_list_that_may_be_cut_or_holds_nulls_is_not_told(
    parts: dict[str, Any], expected: GateAnswer
) -> None:
    assert answer(a_listing(**parts)) is expected


@pytest.mark.parametrize(("number", "expected"), [(249, PASS), (250, UNTOLD)])
def test_the_cap_of_commits_itself_is_not_told(number: int, expected: GateAnswer) -> None:
    commits = (HEAD, *(f"{each:040x}" for each in range(1, number)))
    assert answer(a_listing(commits=commits)) is expected


def test_paths_that_only_one_of_git_and_the_host_knows_are_not_told() -> None:
    assert answer(a_listing("a.py", "b.py"), "a.py") is UNTOLD
    assert answer(a_listing("a.py"), "a.py", "b.py") is UNTOLD


def test_a_rename_that_the_host_lists_as_two_files_is_the_same_change() -> None:
    snapshot = a_snapshot(a_file("new.py", old_path="old.py"), origin=Origin.PULL_REQUEST)
    facts = host_facts(listing=a_listing("new.py", "old.py"))
    assert host_completeness(snapshot, Policy(), facts).answer is PASS
