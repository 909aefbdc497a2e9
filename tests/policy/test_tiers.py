"""Triage and tiers in a policy: tightness, ceilings, folders, and what a tier changes."""

import pytest

from reviewer.domain.triage import RiskTier
from reviewer.errors import ConfigError
from reviewer.policy import ALL_AGENTS, Policy, at_tier, for_paths, parse_policy
from tests.policy.house import load


@pytest.mark.parametrize(
    "own",
    [
        "approval: {max_tier: medium}\n",
        "triage: {medium_lines: 51}\n",
        "triage: {high_lines: 101}\n",
        "triage: {path_changes: 4}\n",
        "triage: {min_familiar_lines: 29}\n",
        "triage: {untested_lines: 4}\n",
        "triage: {entry_points: 4}\n",
        "triage: {using_files: 4}\n",
        "triage: {owner_groups: 4}\n",
        "triage: {raise_at: 4}\n",
    ],
)
def test_nothing_above_a_ceiling_loads(own: str) -> None:
    ceilings = (
        "ceilings: {approval: {max_tier: low}, triage: {medium_lines: 50, high_lines: 100, path_changes: 3,"
        " min_familiar_lines: 30, untested_lines: 3, entry_points: 3, using_files: 3,"
        " owner_groups: 3, raise_at: 3}}\n"
    )
    with pytest.raises(ConfigError, match="allows more than the ceiling"):
        load(own, ceilings)


def test_a_default_above_a_ceiling_is_lowered_to_it() -> None:
    policy = load("", "ceilings: {approval: {max_tier: low}, triage: {raise_at: 2}}\n")
    assert (policy.approval.max_tier, policy.triage.raise_at) == (RiskTier.LOW, 2)


def test_a_change_is_held_to_the_tightest_of_its_folders() -> None:
    house = parse_policy(
        "folders:\n"
        "  - {paths: [a/**], approval: {max_tier: low}, triage: {min_familiar_lines: 0, medium_lines: 400}}\n"
        "  - {paths: [b/**], approval: {max_tier: critical}, triage: {min_familiar_lines: 50, medium_lines: 9}}\n"
    )
    both = for_paths(house, ["a/x", "b/x"])
    assert (both.approval.max_tier, both.triage.min_familiar_lines) == (RiskTier.LOW, 50)
    assert both.triage.medium_lines == 9
    assert for_paths(house, ["b/x"]).approval.max_tier is RiskTier.CRITICAL


def test_what_the_organisation_calls_sensitive_stays_so() -> None:
    own = "triage: {sensitive: [core/**], sensitive_names: [vault]}\n"
    policy = load(own, "triage: {sensitive: [money/**], sensitive_names: [key]}\n")
    assert set(policy.triage.sensitive) == {"core/**", "money/**"}
    assert set(policy.triage.sensitive_names) == {"vault", "key"}


@pytest.mark.parametrize(
    "text",
    [
        "folders:\n  - {paths: [a/**], triage: {sensitive: [a/**]}}\n",
        "folders:\n  - {paths: [a/**], tiers: {low: {budget: 50}}}\n",
        "ceilings: {tiers: {low: {budget: 50}}}\n",
    ],
)
def test_sensitive_paths_and_tiers_are_a_matter_of_the_whole_repository(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_policy(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("approval: {max_tier: none}\n", "approval.max_tier"),
        ("tiers: {low: {agents: [nobody]}}\n", "nobody: no such agent"),
        ("tiers: {lowest: {budget: 50}}\n", "tiers.lowest"),
        ("tiers: {low: {budget: 0}}\n", "tiers.low.budget"),
        ("triage: {raise_at: 1}\n", "triage.raise_at"),
    ],
)
def test_what_a_setting_cannot_be_is_said(text: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        parse_policy(text)


def test_by_default_a_tier_changes_nothing_but_what_may_be_approved() -> None:
    for tier in RiskTier:
        assert at_tier(Policy(), tier) == Policy()
    assert Policy().approval.max_tier is RiskTier.MEDIUM


def test_a_tier_scales_the_budget_and_leaves_out_agents_that_stay_required() -> None:
    house = parse_policy(
        "agents: {logic: 'off'}\n"
        "budget: {max_turns: 10, max_tool_calls: 1}\n"
        "tiers: {critical: {agents: [safety, logic], budget: 50}}\n"
    )
    held = at_tier(house, RiskTier.CRITICAL)
    assert (held.budget.max_turns, held.budget.max_tool_calls, held.budget.max_attempts) == (5, 1, 3)
    assert [name for name in ALL_AGENTS if not held.is_off(name)] == ["safety"]
    assert held.required_agents == ALL_AGENTS
    assert at_tier(house, RiskTier.HIGH) == house
