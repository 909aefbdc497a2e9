"""A policy as a list of settings, and as a schema."""

from collections.abc import Iterator, Sequence
from typing import Any

from reviewer.policy.folders import for_paths, said_for
from reviewer.policy.layers import LoadedPolicy, Origin
from reviewer.policy.model import Policy
from reviewer.policy.tightness import Key, leaves


def settings_of(loaded: LoadedPolicy, paths: Sequence[str]) -> Iterator[tuple[Key, Any, Origin | None]]:
    """Key, value as JSON has it, and origin (None: default) of each setting, in the order of the reference.

    With `paths`, what holds for a change of them; a value that a folder decides then has that folder as its origin.
    """
    held = for_paths(loaded.policy, paths) if paths else loaded.policy
    folders = {key for path in paths for key in said_for(loaded.policy.folders, path)}
    plain = held.model_dump(mode="json")
    for leaf in leaves(held, only_set=False):
        value: Any = plain
        for part in leaf.key:
            value = value.get(part) if isinstance(value, dict) else None
        if leaf.key[0] == "ceilings" and leaf.key not in loaded.origins:
            continue
        decided = ("folders",) if leaf.key in folders else leaf.key
        yield leaf.key, value, loaded.origin_of(decided)


def json_schema() -> dict[str, Any]:
    """The JSON schema of a policy file, as draft-07 says it."""
    found = Policy.model_json_schema(mode="validation")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_as_draft_07(found),
        "title": "reviewer policy",
    }


def _as_draft_07(node: Any) -> Any:
    """`$defs` are `definitions` there, and a reference stands alone."""
    if isinstance(node, list):
        return [_as_draft_07(each) for each in node]
    if not isinstance(node, dict):
        return node
    said = {("definitions" if name == "$defs" else name): _as_draft_07(value) for name, value in node.items()}
    if isinstance(reference := said.get("$ref"), str):
        said = {**said, "$ref": reference.replace("#/$defs/", "#/definitions/")}
        beside = {name: value for name, value in said.items() if name != "$ref"}
        return {"allOf": [{"$ref": said["$ref"]}], **beside} if beside else said
    return said
