"""The policy: what the house allows the engine to do. Read from the base commit, never from the change."""

from reviewer.policy.always import ALL_AGENTS, ALWAYS_ON, SELF_PROTECTING, UNCOUNTED
from reviewer.policy.document import POLICY_PATH, parse_policy
from reviewer.policy.folders import for_paths
from reviewer.policy.globs import matches, matches_folder_or_below
from reviewer.policy.layers import LoadedPolicy, Origin
from reviewer.policy.load import load_policy, read_policy
from reviewer.policy.model import Policy
from reviewer.policy.patterns import is_found
from reviewer.policy.sections import (
    Approval,
    Breadth,
    Budget,
    ChangeRate,
    Checks,
    Commits,
    Paths,
    Size,
    Tiers,
    TriageLimits,
)
from reviewer.policy.show import json_schema, settings_of
from reviewer.policy.tiers import at_tier

__all__ = [
    "ALL_AGENTS",
    "ALWAYS_ON",
    "POLICY_PATH",
    "SELF_PROTECTING",
    "UNCOUNTED",
    "Approval",
    "Breadth",
    "Budget",
    "ChangeRate",
    "Checks",
    "Commits",
    "LoadedPolicy",
    "Origin",
    "Paths",
    "Policy",
    "Size",
    "Tiers",
    "TriageLimits",
    "at_tier",
    "for_paths",
    "is_found",
    "json_schema",
    "load_policy",
    "matches",
    "matches_folder_or_below",
    "parse_policy",
    "read_policy",
    "settings_of",
]
