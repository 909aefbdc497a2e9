"""A run with the repository's secrets checks out what a stranger wrote, and runs it."""

import re
from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Place, Spot
from reviewer.evidence.hazards.kinds.workflow_risk.injection import is_guarded
from reviewer.evidence.hazards.kinds.workflow_risk.workflow import Job, Step, Workflow
from reviewer.evidence.hazards.yaml_tree import child, scalar

_RISKY = ("pull_request_target", "workflow_run", "issue_comment")
_HEAD = re.compile(
    r"github\.event\.pull_request\.head\.(?:sha|ref)|github\.head_ref|github\.event\.workflow_run\.head_(?:sha|branch|commit\.id)"
    r"|refs/pull/\$\{\{[^}]{1,200}\}\}/(?:merge|head)|github\.event\.pull_request\.merge_commit_sha"
)
_TAKES_HEAD = re.compile(r"\bgh pr checkout\b|\bgit fetch [^\n]{0,200}\bpull/[^\n]{1,80}/(?:head|merge)\b")
_RUNNERS = re.compile(
    r"(?:sudo )?(?:(?:npm|pnpm|yarn|bun) (?:ci|i|install|run|test|start|exec)\b|yarn$|npx "
    r"|pip3? install (?:-e |-r |\.)|python3? (?:-m (?:pytest|tox|nox|build)|[\w./-]+\.py)|pytest\b|tox\b|nox\b"
    r"|uv (?:run|sync)\b|poetry (?:install|run)\b|make\b|cmake\b|bundle\b|rake\b|\./[\w.-]|(?:ba)?sh [\w./-]+\.sh\b"
    r"|(?:go|cargo) (?:build|test|run|generate)\b|mvn\b|gradle\b|docker (?:build|compose)\b|composer install\b)"
)
"""How a command begins that runs what the tree holds."""
_NOT_RUN = ("--ignore-scripts",)
_MAX_SCRIPT = 20_000


def foreign_checkouts(workflow: Workflow) -> Iterator[Spot]:
    """Checkouts of a pull request's head that a later step of the same job builds, installs or runs.

    A job that waits for a protected environment, and a condition on who may start it, are silence.
    """
    trigger = workflow.trigger_line(*_RISKY)
    if trigger is None:
        return
    for job in workflow.jobs:
        found = _checkout_and_run(job, [step for step in workflow.steps if step.job is job])
        if found is None:
            continue
        checkout, runs = found
        first, second = workflow.tree.line(checkout.node), workflow.tree.line(runs.node)
        lines = {first, second, trigger}
        spans = [(workflow.tree.line(step.node), workflow.tree.last_line(step.node)) for step in found]
        touched = [begin for begin, end in spans if workflow.file.touches(begin, end)]
        touched += [trigger] * workflow.file.touches(trigger, trigger)
        if touched:
            path, side = workflow.file.path, workflow.file.side
            because = tuple(Place(path, side, line, line) for line in sorted(lines - {touched[0]}))
            yield Spot("runs-foreign-head", touched[0], touched[0], (job.name,), because)


def _checkout_and_run(job: Job, steps: list[Step]) -> tuple[Step, Step] | None:
    if child(job.node, "environment") is not None:
        return None
    for at, step in enumerate(steps):
        if _takes_head(step) and not _is_limited(step):
            folder = scalar(step.inputs.get("path"))
            later = (one for one in steps[at:] if _runs_tree(one, folder) and not _is_limited(one))
            runs = next(later, None)
            if runs is not None:
                return step, runs
    return None


def _is_limited(step: Step) -> bool:
    """True for a condition on people, labels or another event: somebody decides, or it is not this event's step."""
    limits = ("github.actor", "label", "github.event_name", "user.login", "permission", "outputs.")
    return is_guarded(step) or any(word in step.condition for word in limits)


def _takes_head(step: Step) -> bool:
    if step.uses.startswith("actions/checkout@"):
        return _HEAD.search(scalar(step.inputs.get("ref"))) is not None
    return _TAKES_HEAD.search(scalar(step.run)[:_MAX_SCRIPT]) is not None


def _runs_tree(step: Step, folder: str) -> bool:
    if step.uses:
        return step.uses.startswith("./" + folder) and not folder
    script = scalar(step.run)[:_MAX_SCRIPT]
    if folder and folder not in script and folder not in scalar(child(step.node, "working-directory")):
        return False
    return any(
        _RUNNERS.match(line) and not any(word in line for word in _NOT_RUN) for line in _commands(script)
    )


def _commands(script: str) -> list[str]:
    return [part.strip() for line in script.split("\n") for part in line.replace("&&", ";").split(";")]
