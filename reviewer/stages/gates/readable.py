"""Readable: units that nobody here can look into need a human."""

import re

from reviewer.domain.change import UNREADABLE, ChangeUnit, Snapshot
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates

_POINTER = re.compile(r"version https://(?:git-lfs|hawser)\.github\.com/spec/")
"""First line of a file of Git LFS. Source: its specification of pointers."""


def readable(snapshot: Snapshot, policy: Policy) -> GateResult:  # noqa: ARG001 - every gate has this shape
    """Could not tell, when a unit is binary, a submodule, over the reading limit, or points to a file of Git LFS.

    Effect: escalate. Setting: none.
    """
    closed = [unit for unit in snapshot.units if unit.kind in UNREADABLE or _is_pointer(unit)]
    return escalates(
        "readable",
        GateAnswer.UNKNOWN if closed else GateAnswer.PASS,
        value=f"{len(closed)} unreadable units",
        limit="0 unreadable units",
        reason=f"{closed[0].summary}: no rule and no agent can read it"
        if closed
        else f"all {len(snapshot.units)} units can be read",
    )


def _is_pointer(unit: ChangeUnit) -> bool:
    """A pointer is so short that any change of it shows its first line."""
    lines = unit.hunk.lines if unit.hunk else ()
    return any(1 in (line.old_line, line.new_line) and _POINTER.match(line.text) for line in lines)
