"""Limits of gates in folders, under ceilings, and on top of an organisation's."""

import pytest

from reviewer.errors import ConfigError
from reviewer.policy import for_paths, parse_policy
from tests.policy.house import load


def test_a_change_is_held_to_the_tightest_of_each_limit_among_its_folders() -> None:
    house = parse_policy(
        "folders:\n"
        "  - {paths: [a/**], breadth: {max_areas: 2, area_depth: 1}, change_rate: {days: 7},"
        " approval: {forks: allow}}\n"
        "  - {paths: [b/**], breadth: {max_areas: 9, area_depth: 3}, change_rate: {days: 30}}\n"
    )
    both = for_paths(house, ["a/x", "b/x"])
    assert (both.breadth.max_areas, both.breadth.area_depth, both.change_rate.days) == (2, 3, 30)
    assert (both.approval.forks, for_paths(house, ["a/x"]).approval.forks) == ("escalate", "allow")


@pytest.mark.parametrize(
    "own",
    [
        "breadth: {max_areas: 3}\n",
        "breadth: {area_depth: 1}\n",
        "change_rate: {days: 6}\n",
        "change_rate: {max_changes: 6}\n",
        "approval: {bots: allow}\n",
    ],
)
def test_nothing_above_a_ceiling_loads(own: str) -> None:
    ceilings = (
        "ceilings: {breadth: {max_areas: 2, area_depth: 2}, change_rate: {days: 7, max_changes: 5},"
        " approval: {bots: escalate}}\n"
    )
    with pytest.raises(ConfigError, match="allows more than the ceiling"):
        load(own, ceilings)


def test_checks_that_the_organisation_holds_for_are_held_for_on_top_of_the_own_ones() -> None:
    policy = load("checks: {hold: [lint]}\n", "checks: {hold: [tests]}\n")
    assert set(policy.checks.hold) == {"tests", "lint"}


def test_checks_to_hold_for_are_a_matter_of_the_whole_repository() -> None:
    with pytest.raises(ConfigError):
        parse_policy("folders:\n  - {paths: [a/**], checks: {hold: [tests]}}\n")
