"""Special files: what is no ordinary file, and permission bits, say little in a diff and do much."""

from reviewer.domain.change import Snapshot, UnitKind
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, first_of

SPECIAL = frozenset({UnitKind.SYMLINK, UnitKind.SUBMODULE, UnitKind.MODE, UnitKind.TYPE})


def special_files(snapshot: Snapshot, policy: Policy) -> GateResult:  # noqa: ARG001 - every gate has this shape
    """Stop, when a symlink, a submodule, permission bits, or what sort of thing a path is, changes.

    Binary files and pointers to files that lie elsewhere are the matter of `readable`.

    Effect: escalate. Setting: none.
    """
    special = [unit.summary for unit in snapshot.units if unit.kind in SPECIAL]
    return escalates(
        "special_files",
        GateAnswer.STOP if special else GateAnswer.PASS,
        value=f"{len(special)} special units",
        limit="0 special units",
        reason=first_of(special) if special else "ordinary files alone change, and no permission bits",
    )
