"""Where a walk starts, what it carries, and what it ends at."""

from dataclasses import dataclass

from reviewer.domain.literals import Hop
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.compare import Held
from reviewer.evidence.literals.copy_claims import Claim
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.piece import Piece


@dataclass(frozen=True)
class ClaimStart:
    """A limit in copy that the change adds or alters."""

    doc: Document
    piece: Piece
    line: int
    claim: Claim
    """Its subject includes what key, name or label tell when the sentence does not."""
    before: Claim | None
    """The limit of the same sort in the text as it was; None when there was none."""
    units: tuple[str, ...]


@dataclass(frozen=True)
class BoundStart:
    """A limit in code that the change adds or alters."""

    doc: Document
    line: int
    bound: CodeBound
    before: CodeBound | None
    units: tuple[str, ...]


@dataclass(frozen=True)
class Trail:
    """The way from a start to a place."""

    start: int
    """Index of the start."""
    hops: tuple[Hop, ...]
    sure: bool
    """False once a step was one of several that could be meant."""

    def then(self, hop: Hop, *, sure: bool = True) -> "Trail":
        """One step further."""
        return Trail(self.start, (*self.hops, hop), self.sure and sure)


@dataclass(frozen=True)
class HeldAt:
    """A limit in code that a claim's trail led to."""

    held: Held
    trail: Trail
    """Ends at the line with the number."""
    tied: bool
    """The text and the limit are one statement, or the text is in the limit's branch."""
    by_field: bool = False
    """Nothing but the field's name connects them."""
    direct: bool = True
    """False where a call stands between the text and the limit."""


@dataclass(frozen=True)
class SaidAt:
    """A limit in copy that a bound's trail led to."""

    claim: Claim
    held: Held
    """The limit as it is seen from there."""
    held_before: Held | None
    trail: Trail
    """Ends at the line with the words."""
    tied: bool
    by_field: bool = False
    direct: bool = True
    """False where a call stands between the text and the limit."""
