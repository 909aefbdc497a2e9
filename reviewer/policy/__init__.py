"""The policy: what the house allows the engine to do. Read from the base commit, never from the change."""

from reviewer.policy.always import SELF_PROTECTING, UNCOUNTED
from reviewer.policy.document import POLICY_PATH, parse_policy
from reviewer.policy.globs import matches, matches_folder_or_below
from reviewer.policy.load import load_policy
from reviewer.policy.model import ALL_AGENTS, Approval, Budget, Paths, Policy, Size

__all__ = [
    "ALL_AGENTS",
    "POLICY_PATH",
    "SELF_PROTECTING",
    "UNCOUNTED",
    "Approval",
    "Budget",
    "Paths",
    "Policy",
    "Size",
    "load_policy",
    "matches",
    "matches_folder_or_below",
    "parse_policy",
]
