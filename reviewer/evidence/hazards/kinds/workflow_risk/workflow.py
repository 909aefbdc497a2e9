"""What a workflow or a composite action says: its triggers, jobs and steps, with their lines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ruamel.yaml.nodes import Node

from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.hazards.yaml_tree import YamlTree, child, items, pairs, scalar, words
from reviewer.evidence.literals.roles import is_foreign, is_test

_MAX_STEPS = 2_000
"""Of one file; aliases of aliases lead to many more than it spells."""
_WORKFLOW = re.compile(r"\.github/workflows/[^/]+\.ya?ml")

PRIVILEGED = frozenset(
    {"pull_request_target", "workflow_run", "issues", "issue_comment", "discussion", "discussion_comment", "fork",
     "watch", "gollum"}
)  # fmt: skip
"""Events that a stranger can cause, and whose runs have the repository's secrets."""


def is_workflow(path: str) -> bool:
    """True for workflows and for `action.yml` files that are the repository's own."""
    if _WORKFLOW.fullmatch(path):
        return True
    name = path.rsplit("/", 1)[-1]
    return name in ("action.yml", "action.yaml") and not is_foreign(path) and not is_test(path)


@dataclass(frozen=True)
class Step:
    """A step of a job."""

    job: "Job"
    node: Node
    uses: str
    run: Node | None
    inputs: Mapping[str, Node]
    """What stands under `with`."""
    env: Mapping[str, str]
    """All that is set for it: its own, its job's and the workflow's."""
    condition: str
    """Its own `if` and that of its job."""


@dataclass(frozen=True)
class Job:
    """A job; a composite action is one without a name."""

    name: str
    node: Node
    condition: str
    env: Mapping[str, str]


class Workflow:
    """One file. `ValueError` when it cannot be read."""

    def __init__(self, file: TouchedFile) -> None:
        self.file = file
        self.tree = YamlTree(file.text)
        self.lines = file.text.split("\n")
        self.is_action = _WORKFLOW.fullmatch(file.path) is None
        self.triggers = frozenset(words(self.trigger_node))
        self.jobs = list(self._jobs())
        self.steps = list(self._steps())

    @property
    def trigger_node(self) -> Node | None:
        """What stands under `on`, which some parsers take for a truth value."""
        return None if self.is_action else child(self.tree.root, "on")

    @property
    def is_privileged(self) -> bool:
        """True when a stranger can start it with the repository's secrets in it."""
        return bool(self.triggers & PRIVILEGED)

    def trigger_line(self, *names: str) -> int | None:
        """The line on which the first of these triggers is named."""
        node = self.trigger_node
        for name, key, _ in pairs(node):
            if name in names:
                return self.tree.line(key)
        for one in items(node) or ([node] if node is not None else []):
            if scalar(one) in names:
                return self.tree.line(one)
        return None

    def line_with(self, text: str, node: Node) -> int:
        """The first line of `node` that has `text`, or its first line."""
        first, last = self.tree.line(node), self.tree.last_line(node)
        return next((at for at in range(first, last + 1) if text in self.lines[at - 1]), first)

    def _jobs(self) -> Iterator[Job]:
        root = self.tree.root
        runs = child(root, "runs") if self.is_action else None
        if runs is not None:
            yield Job("", runs, "", {})
        for name, _, node in pairs(None if self.is_action else child(root, "jobs")):
            yield Job(name, node, scalar(child(node, "if")), {**_env(root), **_env(node)})

    def _steps(self) -> Iterator[Step]:
        seen = 0
        for job in self.jobs:
            for node in items(child(job.node, "steps")):
                seen += 1
                if seen > _MAX_STEPS:
                    raise ValueError(f"more than {_MAX_STEPS} steps")
                yield Step(
                    job,
                    node,
                    scalar(child(node, "uses")),
                    child(node, "run"),
                    {name: value for name, _, value in pairs(child(node, "with"))},
                    {**job.env, **_env(node)},
                    f"{job.condition} {scalar(child(node, 'if'))}".strip(),
                )


def _env(node: Node | None) -> dict[str, str]:
    return {name: scalar(value) for name, _, value in pairs(child(node, "env"))}
