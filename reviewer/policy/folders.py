"""The limits that hold for one change: those of every folder that it touches, weighed against each other."""

from collections.abc import Iterable
from typing import Any

from reviewer.policy.globs import matches
from reviewer.policy.model import FolderLimits, Policy
from reviewer.policy.tightness import Key, Leaf, leaves, nested, tightest


def for_paths(policy: Policy, paths: Iterable[str]) -> Policy:
    """`policy` with the folders' limits applied: for each setting the tightest that holds for any of `paths`.

    The result has no folders left. Without paths it is `policy` with its own limits.
    """
    said = [said_for(policy.folders, path) for path in paths] or [{}]
    usual = {leaf.key: leaf.value for leaf in leaves(policy, only_set=False)}
    merged: dict[Key, Any] = {}
    for key in sorted({key for each in said for key in each}):
        order = next(each[key].order for each in said if key in each)
        values = [each[key].value if key in each else usual.get(key) for each in said]
        known = [value for value in values if value is not None]
        if order is not None and (len(known) == len(values) or order.slack(tightest(order, known)) == 0):
            merged[key] = tightest(order, known)
    # A rule that some path leaves as it ships and another one loosens stays as it ships.
    plain = policy.model_dump(mode="json", exclude={"extends", "folders", "ceilings"})
    return Policy.model_validate(_overlaid(plain, nested(merged)))


def said_for(folders: Iterable[FolderLimits], path: str) -> dict[Key, Leaf]:
    """What folders say about `path`, by setting; a later entry replaces an earlier one."""
    return {
        leaf.key: leaf
        for folder in folders
        if matches(path, folder.paths)
        for leaf in leaves(folder, only_set=True)
        if leaf.key != ("paths",)
    }


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        old = merged.get(name)
        merged[name] = _overlaid(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
