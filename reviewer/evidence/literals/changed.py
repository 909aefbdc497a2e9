"""What a change does to the texts and limits of one file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.change import FileChange
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.copy_claims import Claim, claims_in
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.piece import Piece, PieceKind
from reviewer.evidence.literals.starts import BoundStart, ClaimStart
from reviewer.evidence.literals.subjects import claim_line, with_surroundings

_ALIKE = 0.6
_MAX_TEXT = 20_000
"""Characters of one text in which limits are looked for: each looks at its whole line again."""


@dataclass(frozen=True)
class ChangedText:
    """One text that differs, on the sides where it exists."""

    before: Piece | None
    after: Piece | None
    units: tuple[str, ...]

    @property
    def piece(self) -> Piece:
        """The text after the change, or before it when it is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a changed text stands before or after the change")
        return found


class ChangedLines:
    """Added lines at the head and deleted ones at the merge base, each with its unit."""

    def __init__(self, change: FileChange) -> None:
        self.added = {line: unit.id for unit in change.units for line in unit.added_at}
        self.deleted = {line: unit.id for unit in change.units for line in unit.deleted_at}


def changed_texts(lines: ChangedLines, before: Document | None, after: Document | None) -> list[ChangedText]:
    """Texts on changed lines, each with what it was: by its key, else by likeness within the same unit."""
    old = list(_touched(before, lines.deleted))
    new = list(_touched(after, lines.added))
    same = {(piece.key, piece.text) for piece, _ in old} & {(piece.key, piece.text) for piece, _ in new}
    old = [item for item in old if (item[0].key, item[0].text) not in same]
    new = [item for item in new if (item[0].key, item[0].text) not in same]
    found = []
    for piece, units in new:
        was = _origin(piece, units, old)
        if was is not None:
            old.remove(was)
        found.append(
            ChangedText(
                was[0] if was else None, piece, tuple(dict.fromkeys((*units, *(was[1] if was else ()))))
            )
        )
    return found + [ChangedText(piece, None, units) for piece, units in old]


def _touched(doc: Document | None, lines: dict[int, str]) -> Iterator[tuple[Piece, tuple[str, ...]]]:
    for piece in doc.pieces if doc and lines else ():
        units = [lines[line] for line in range(piece.first_line, piece.last_line + 1) if line in lines]
        if units and piece.text.strip():
            yield piece, tuple(dict.fromkeys(units))


def _origin(
    piece: Piece, units: tuple[str, ...], old: Iterable[tuple[Piece, tuple[str, ...]]]
) -> tuple[Piece, tuple[str, ...]] | None:
    if piece.key:
        return next((item for item in old if item[0].key == piece.key), None)
    words = _shape(piece)
    best, found = _ALIKE, None
    for item in old:
        if set(item[1]) & set(units):
            other = _shape(item[0])
            alike = 2 * len(words & other) / max(1, len(words) + len(other))
            if alike > best:
                best, found = alike, item
    return found


def _shape(piece: Piece) -> frozenset[str]:
    """The words of a text, any number standing for all."""
    return frozenset(re.sub(r"\d+", "0", piece.text[:600]).lower().split())


def claim_starts(changed: Iterable[ChangedText], after: Document) -> Iterator[ClaimStart]:
    """Limits in copy that the texts state now and did not state before."""
    for item in changed:
        piece = item.after
        if piece is None or (piece.kind is PieceKind.STRING and not piece.is_prose):
            continue
        if len(piece.text) > _MAX_TEXT:
            after.problem = (
                f"a text of {len(piece.text)} characters, limit {_MAX_TEXT}: its limits are not known"
            )
            continue
        earlier = claims_in(item.before.text) if item.before else []
        for claim in claims_in(piece.text):
            if any(_is_same(claim, other) for other in earlier):
                continue
            full = with_surroundings(after, piece, claim)
            before = next((other for other in earlier if _is_of_a_sort(claim, other)), None)
            yield ClaimStart(after, piece, claim_line(after, piece, claim), full, before, item.units)


def _is_same(one: Claim, other: Claim) -> bool:
    return (one.kind, one.amount.values, one.amount.dimension) == (
        other.kind,
        other.amount.values,
        other.amount.dimension,
    )


def _is_of_a_sort(one: Claim, other: Claim) -> bool:
    return (one.kind, one.amount.dimension, one.noun) == (other.kind, other.amount.dimension, other.noun)


def bound_starts(lines: ChangedLines, before: Document | None, after: Document) -> list[BoundStart]:
    """Limits on added lines, each with what it was; those that only moved are none."""
    old = [bound for line in sorted(lines.deleted) for bound in (before.bounds(line) if before else ())]
    new = [(line, bound) for line in sorted(lines.added) for bound in after.bounds(line)]
    found = []
    for line, bound in new:
        if bound.amount is None or any(
            _essence(bound) == _essence(other) and _values(bound) == _values(other) for other in old
        ):
            continue
        was = next((other for other in old if _essence(other) == _essence(bound) and other.amount), None)
        if was is not None:
            old.remove(was)
        if was is not None or bound.kind is not None:
            found.append(BoundStart(after, line, bound, was, (lines.added[line],)))
    return found


def _essence(bound: CodeBound) -> tuple[object, ...]:
    return (
        bound.kind,
        bound.shift,
        bound.refuses,
        re.sub(r"[._-]", "", bound.name).lower(),
        bound.subject,
        bound.dimension,
    )


def _values(bound: CodeBound) -> object:
    return bound.amount.values if bound.amount else bound.ref
