"""What a text in a file is about, when its own sentence does not say."""

from dataclasses import replace

from reviewer.evidence.literals.context import fields_on, function_of
from reviewer.evidence.literals.copy_claims import Claim
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.names import binding_of
from reviewer.evidence.literals.piece import Piece, PieceKind
from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.literals.words import subject_of

_AROUND = 5


def with_surroundings(doc: Document, piece: Piece, claim: Claim) -> Claim:
    """The claim with what its key, name, label or field says it is about. The sentence's own words come first."""
    if claim.subject - claim.noun:
        extra = (
            subject_of(*piece.key.split(".")[-3:])
            if piece.kind is PieceKind.ENTRY and " " not in piece.key
            else frozenset()
        )
        return replace(claim, subject=claim.subject | extra)
    return replace(claim, subject=claim.subject | _around(doc, piece))


def _around(doc: Document, piece: Piece) -> frozenset[str]:  # noqa: C901, PLR0911 - a list of cases, one return each
    if piece.kind is PieceKind.ENTRY:
        return frozenset() if " " in piece.key else subject_of(*piece.key.split(".")[-3:])
    if piece.kind is PieceKind.DOCUMENT:
        return frozenset()
    found = subject_of(binding_of(doc, piece))
    if found:
        return found
    if doc.kind is FileKind.MARKUP or "jsx" in doc.path.rsplit(".", 1)[-1] or doc.path.endswith(".tsx"):
        for distance in range(_AROUND + 1):
            for line in dict.fromkeys((piece.first_line - distance, piece.last_line + distance)):
                if words := fields_on(doc, line):
                    return words
    if words := fields_on(doc, piece.first_line):
        return words
    for opening, _ in doc.groups_around(piece.start)[:3] if doc.kind is FileKind.PROGRAM else ():
        if piece.first_line - doc.line_of(opening) < 15 and (words := fields_on(doc, doc.line_of(opening))):
            return words
    function = function_of(doc, piece.first_line)
    return subject_of(function[1]) if function else frozenset()


def claim_line(doc: Document, piece: Piece, claim: Claim) -> int:
    """The line on which the claim's number stands, as far as the phrase shows it; else the text's first line."""
    words = claim.phrase.lower().split()
    for size in (len(words), 3, 2):
        wanted = " ".join(words[:size])
        for line in range(piece.first_line, piece.last_line + 1):
            if wanted and wanted in " ".join(doc.lines[line - 1].lower().split()):
                return line
    return piece.first_line
