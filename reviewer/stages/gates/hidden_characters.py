"""Hidden characters: added code or names that do not read as they look need a human."""

from collections.abc import Iterator

from reviewer.domain.change import LineKind, Snapshot
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy
from reviewer.screening import hidden


def hidden_characters(snapshot: Snapshot, policy: Policy) -> GateResult:  # noqa: ARG001 - every gate has this shape
    """Stop, when an added line or the new name of a file holds a hidden or bidirectional character.

    Effect: escalate. Setting: none.
    """
    hits = list(_hits(snapshot))
    more = f" and {len(hits) - 1} more" if len(hits) > 1 else ""
    return GateResult(
        gate="hidden_characters",
        answer=GateAnswer.STOP if hits else GateAnswer.PASS,
        effect=GateEffect.ESCALATE,
        value=f"{len(hits)} hidden characters",
        limit="0 hidden characters",
        reason=f"{hits[0]}{more}" if hits else "no hidden character in added lines or names",
    )


def _hits(snapshot: Snapshot) -> Iterator[str]:
    for file in snapshot.files:
        for found in hidden.hidden_characters(file.path):
            yield f"{hidden.reveal(file.path)}: {found.name} in the file's name"
        for unit in file.units:
            for line in unit.hunk.lines if unit.hunk else ():
                if line.kind is LineKind.ADDED:
                    # A byte order mark is an ordinary thing at the start of a file, and of no other line.
                    text = line.text if line.new_line == 1 else f" {line.text}"
                    for found in hidden.hidden_characters(text):
                        yield f"{hidden.reveal(file.path)}:{line.new_line}: {found.name}"
