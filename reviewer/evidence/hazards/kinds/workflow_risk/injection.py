"""What a stranger writes is pasted into a script before the shell reads it."""

import re
from collections.abc import Iterator

from ruamel.yaml.nodes import Node

from reviewer.evidence.hazards.detector import Place, Spot
from reviewer.evidence.hazards.kinds.workflow_risk.expressions import untrusted_in
from reviewer.evidence.hazards.kinds.workflow_risk.workflow import PRIVILEGED, Step, Workflow
from reviewer.evidence.literals.piece import LineStarts

_GUARD = re.compile(
    r"head\.repo\.(?:full_name|fork|owner)|head_repository\.(?:full_name|fork|owner)|author_association"
)
"""A condition on where the change or its author comes from."""
_ALL_SECRETS = re.compile(r"\$\{\{\s*toJSON\(\s*secrets\s*\)\s*\}\}", re.IGNORECASE)


def is_guarded(step: Step) -> bool:
    """True when the step, or its job, runs only for those whom the repository knows."""
    return _GUARD.search(step.condition) is not None


def injections(workflow: Workflow) -> Iterator[Spot]:
    """Expressions in `run` and in scripts of `github-script`, on touched lines or below a touched trigger."""
    form = "untrusted-in-script" if workflow.is_privileged else "untrusted-in-unprivileged-script"
    for step in workflow.steps:
        script = _script(step)
        if script is None or is_guarded(step):
            continue
        for written, source in untrusted_in(str(script.value), step.env, workflow.triggers):
            line = workflow.line_with(written, script)
            spot = _placed(workflow, form, line, (source,))
            if spot is not None:
                yield spot


def exposed_secrets(workflow: Workflow) -> Iterator[Spot]:
    """Every secret of the repository handed over at once."""
    starts = LineStarts(workflow.file.text)
    for match in _ALL_SECRETS.finditer(workflow.file.text):
        line = starts.line(match.start())
        if workflow.file.touches(line, line) and not workflow.lines[line - 1].lstrip().startswith("#"):
            yield Spot("all-secrets", line, line, (match[0],))


def _script(step: Step) -> Node | None:
    if step.run is not None:
        return step.run
    return step.inputs.get("script") if step.uses.startswith("actions/github-script@") else None


def _placed(workflow: Workflow, form: str, line: int, names: tuple[str, ...]) -> Spot | None:
    """At `line` when the change touches it, else at a privileged trigger that it touches."""
    file = workflow.file
    trigger = workflow.trigger_line(*sorted(PRIVILEGED))
    if file.touches(line, line):
        place = Place(file.path, file.side, trigger, trigger) if trigger else None
        return Spot(form, line, line, names, (place,) if place else ())
    if trigger is not None and file.touches(trigger, trigger):
        return Spot(form, trigger, trigger, names, (Place(file.path, file.side, line, line),))
    return None
