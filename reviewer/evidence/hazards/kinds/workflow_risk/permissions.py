"""What the token of a run may do: more than before."""

from collections.abc import Iterator, Mapping

from ruamel.yaml.nodes import Node, ScalarNode

from reviewer.evidence.hazards.detector import Place, Spot
from reviewer.evidence.hazards.kinds.workflow_risk.workflow import Workflow
from reviewer.evidence.hazards.yaml_tree import child, pairs, scalar

_GRAVE = ("contents", "actions", "packages")
"""Scopes with which a run changes code, or what is built from it."""


def widened_permissions(before: Workflow | None, after: Workflow) -> Iterator[Spot]:
    """`write-all`; a grave scope where strangers start the run; a block that is gone."""
    if after.is_action:
        return
    old = _blocks(before) if before else {}
    for name, (line, node) in _blocks(after).items():
        had = old.get(name)
        if scalar(node) == "write-all" and not _is_all(had) and after.file.touches(line, line):
            yield Spot("write-all", line, line, (name or "every job",))
        yield from _grave(after, node, had[1] if had else None, name)
    yield from _removed(before, after, old)


def _is_all(block: tuple[int, Node] | None) -> bool:
    return block is not None and scalar(block[1]) == "write-all"


def _grave(after: Workflow, node: Node, had: Node | None, job: str) -> Iterator[Spot]:
    trigger = after.trigger_line("pull_request_target", "issue_comment")
    conditions = [one.condition for one in after.jobs if one.name == job or not job]
    if trigger is None or all(conditions) or scalar(had) == "write-all":
        return
    for scope, key, value in pairs(node):
        line = after.tree.line(key)
        new = scalar(value) == "write" and scalar(child(had, scope)) != "write"
        if scope in _GRAVE and new and after.file.touches(line, line):
            place = Place(after.file.path, after.file.side, trigger, trigger)
            yield Spot("write-for-strangers", line, line, (scope, after.lines[trigger - 1].strip()), (place,))


def _removed(before: Workflow | None, after: Workflow, old: Mapping[str, tuple[int, Node]]) -> Iterator[Spot]:
    """The workflow's own block is gone, and a job has none: its token has what the repository gives by default."""
    if before is None or "" not in old or (isinstance(old[""][1], ScalarNode) and _is_all(old[""])):
        return
    new = _blocks(after)
    bare = [job for job in after.jobs if job.name not in new and child(job.node, "uses") is None]
    if "" in new or not bare:
        return
    line = old[""][0]
    place = Place(before.file.path, before.file.side, line, line)
    at = after.tree.line(bare[0].node)
    yield Spot("permissions-removed", at, at, (bare[0].name,), (place,))


def _blocks(workflow: Workflow) -> dict[str, tuple[int, Node]]:
    """Job (empty: the workflow itself) to the line and the node of its `permissions`."""
    holders = {"": workflow.tree.root, **{job.name: job.node for job in workflow.jobs}}
    return {
        name: (workflow.tree.line(key), value)
        for name, holder in holders.items()
        for word, key, value in pairs(holder)
        if word == "permissions"
    }
