"""A changed limit as it is seen from one place: as it is now, and as it was."""

from dataclasses import dataclass

from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.compare import Held, with_constant
from reviewer.evidence.literals.context import subject_at
from reviewer.evidence.literals.starts import BoundStart


@dataclass(frozen=True)
class SeenLimit:
    """The limit as it is now and as it was, seen from one place."""

    now: Held
    before: Held | None


def limit_of(start: BoundStart) -> SeenLimit | None:
    """What the changed line itself says; None for a constant whose name does not tell what it bounds."""
    bound = start.bound
    subject = subject_at(start.doc, start.line, bound)
    now = _held(bound, subject)
    return SeenLimit(now, _held(start.before, subject)) if now else None


def _held(bound: CodeBound | None, subject: frozenset[str]) -> Held | None:
    if bound is None or bound.kind is None or bound.amount is None or bound.effective is None:
        return None
    return Held(bound.kind, bound.effective, bound.dimension, subject, bound.amount)


def limit_by_use(
    start: BoundStart, using: CodeBound, subject: frozenset[str], refused: bool | None
) -> SeenLimit | None:
    """What a use of the changed constant limits; None for the reading that the code around the use rules out."""
    if using.refuses is not None and refused is not None and using.refuses is not refused:
        return None
    subject = subject | start.bound.subject
    now = with_constant(using, start.bound, subject)
    before = with_constant(using, start.before, subject) if start.before else None
    return SeenLimit(now, before) if now else None
