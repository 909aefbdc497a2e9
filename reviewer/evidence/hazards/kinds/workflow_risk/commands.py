"""Jobs and scripts that trust what they should not."""

import re
from collections.abc import Iterator

from ruamel.yaml.nodes import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.workflow_risk.injection import is_guarded
from reviewer.evidence.hazards.kinds.workflow_risk.workflow import Workflow
from reviewer.evidence.hazards.yaml_tree import child, pairs, scalar, words

_PIPED = re.compile(r"\b(?:curl|wget)\b(?P<between>[^|\n]{1,400})\|\s*(?:sudo\s+(?:-E\s+)?)?(?:ba|z|da)?sh\b")
_URL = re.compile(r"\bhttps?://[^\s\"'|)]{3,300}")
_COMMIT = re.compile(r"/[0-9a-f]{40}/")
"""In an address: what it gives cannot be exchanged."""
_SWITCH = "ACTIONS_ALLOW_UNSECURE_COMMANDS"


def piped_scripts(workflow: Workflow) -> Iterator[Spot]:
    """Scripts that are fetched and run in one go."""
    for step in workflow.steps:
        for at in _lines(workflow, step.run) if step.run is not None else ():
            line = workflow.lines[at - 1]
            match = _PIPED.search(line) if workflow.file.touches(at, at) else None
            url = _URL.search(match["between"]) if match else None
            if url is None or _COMMIT.search(url[0]) or line.lstrip().startswith("#"):
                continue
            form = "piped-without-tls" if url[0].startswith("http://") else "piped-to-shell"
            yield Spot(form, at, at, (url[0],))


def unsafe_commands(workflow: Workflow) -> Iterator[Spot]:
    """The switch that lets any printed text set variables and paths of later steps."""
    holders = [
        workflow.tree.root,
        *(job.node for job in workflow.jobs),
        *(step.node for step in workflow.steps),
    ]
    for holder in holders:
        for name, key, value in pairs(child(holder, "env")):
            line = workflow.tree.line(key)
            if name == _SWITCH and scalar(value).lower() == "true" and workflow.file.touches(line, line):
                yield Spot("unsafe-commands", line, line, ())


def self_hosted(workflow: Workflow) -> Iterator[Spot]:
    """Machines of one's own for changes that anybody can propose."""
    trigger = workflow.trigger_line("pull_request", "pull_request_target")
    for job in workflow.jobs:
        runner = child(job.node, "runs-on")
        if trigger is None or runner is None or "self-hosted" not in words(runner):
            continue
        line = workflow.tree.line(runner)
        steps = [step for step in workflow.steps if step.job is job]
        if (
            not job.condition
            and not any(is_guarded(step) for step in steps)
            and workflow.file.touches(line, line)
        ):
            yield Spot("self-hosted", line, line, (job.name,))


def _lines(workflow: Workflow, node: Node) -> range:
    return range(workflow.tree.line(node), workflow.tree.last_line(node) + 1)
