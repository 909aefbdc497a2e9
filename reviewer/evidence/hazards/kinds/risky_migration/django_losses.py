"""Django: columns and tables that go, or get another name, while old code may still run."""

import re
from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.risky_migration.django_operations import Operation, operations
from reviewer.evidence.hazards.touched_file import TouchedFile, lines_of

_TWO_STEPS = re.compile(
    r"(?:#|\"\"\")[^\n]{0,200}\b(?:unused|not used|no longer used|two[- ]steps?|second step|deprecated"
    r"|zero[- ]downtime|safe to (?:drop|remove|delete))\b",
    re.IGNORECASE,
)
"""A word on why it may go."""


def find(file: TouchedFile) -> Iterator[Spot]:
    """Operations that stand for themselves: one that is split into state and database is a step of two."""
    if "migrations" not in file.text or _TWO_STEPS.search(file.text):
        return
    for operation in operations(file):
        spot = None if operation.split else _taken_away(operation, lines_of(operation.node)[0])
        if spot is not None:
            yield spot


def _taken_away(operation: Operation, line: int) -> Spot | None:
    match operation.name:
        case "RemoveField":
            return Spot("column-dropped", line, line, (operation.model, operation.text("name", 1)))
        case "DeleteModel":
            return Spot("table-dropped", line, line, (operation.model,))
        case "RenameField":
            old, new = operation.text("old_name", 1), operation.text("new_name", 2)
            return Spot("column-renamed", line, line, (operation.model, old, new))
        case "RenameModel":
            return Spot(
                "table-renamed", line, line, (operation.text("old_name", 0), operation.text("new_name", 1))
            )
    return None
