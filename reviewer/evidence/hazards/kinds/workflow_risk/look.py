"""Where the looks at a workflow begin: at one side of it, and at both."""

from collections.abc import Iterator

from reviewer.domain.change import Side
from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.workflow_risk.actions_used import loosened_uses
from reviewer.evidence.hazards.kinds.workflow_risk.commands import piped_scripts, self_hosted, unsafe_commands
from reviewer.evidence.hazards.kinds.workflow_risk.foreign_checkout import foreign_checkouts
from reviewer.evidence.hazards.kinds.workflow_risk.injection import exposed_secrets, injections
from reviewer.evidence.hazards.kinds.workflow_risk.permissions import widened_permissions
from reviewer.evidence.hazards.kinds.workflow_risk.workflow import Workflow
from reviewer.evidence.hazards.touched_file import TouchedFile

_LOOKS = (injections, foreign_checkouts, exposed_secrets, piped_scripts, unsafe_commands, self_hosted)


def find(file: TouchedFile) -> Iterator[Spot]:
    """What one side of a workflow holds; a base that cannot be read held nothing."""
    workflow = _base(file) if file.side is Side.BASE else Workflow(file)
    for look in _LOOKS if workflow else ():
        yield from look(workflow)  # type: ignore[arg-type]


def compare(before: TouchedFile | None, after: TouchedFile | None) -> Iterator[Spot]:
    """What the change loosens; a base that cannot be read is no ground to compare with."""
    if after is None:
        return
    old, new = _base(before), Workflow(after)
    if before is not None and old is None:
        return
    yield from loosened_uses(old, new)
    yield from widened_permissions(old, new)


def _base(file: TouchedFile | None) -> Workflow | None:
    try:
        return Workflow(file) if file else None
    except ValueError:
        return None
