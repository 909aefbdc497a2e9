"""What kind of literal a text is, how that is known, and which word its readers would have."""

import re
from dataclasses import dataclass

from reviewer.domain.literals import LiteralKind
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.names import binding_of, key_words
from reviewer.evidence.literals.piece import Piece, PieceKind

_ENVIRONMENT = re.compile(
    r"(?:environ|getenv|process\.env|\bENV\b|env\(|Getenv|LookupEnv|import\.meta\.env)[^\n]{0,30}$",
    re.IGNORECASE,
)
_UPPER = re.compile(r"^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$")
_FLAG = re.compile(
    r"(?:feature|flag|flipper|toggle|variation|unleash|experiment|waffle)[\w.?!:]*\s*[(\[=:]?\s*:?[\"']?$",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"^[\w.:-]{3,80}$")
_URL = re.compile(r"^(?:https?://\S+|/[\w:{}<>*.-]+(?:/[\w:{}<>*.-]*)*)$")
_SQL = re.compile(
    r"\b(?:FROM|INTO|UPDATE|JOIN|TABLE(?:\s+IF\s+(?:NOT\s+)?EXISTS)?|COLUMN(?:\s+IF\s+(?:NOT\s+)?EXISTS)?)\s+[\"`\[]?(\w+)",
    re.IGNORECASE,
)
_SQL_START = re.compile(r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH)\b")


@dataclass(frozen=True)
class Classified:
    """A literal's kind and its name."""

    kind: LiteralKind
    known_by: str
    name: str
    words: tuple[str, ...]
    """What is searched for, the best first; empty where nobody could ask for it by text."""


def classified(doc: Document, piece: Piece) -> Classified | None:  # noqa: PLR0911 - a list of cases, one return each
    """None for a text that says nothing: an empty one, a sign, a number."""
    text = piece.text.strip()
    if piece.kind is PieceKind.ENTRY:
        return _entry(piece, text)
    if piece.kind in (PieceKind.MARKUP, PieceKind.DOCUMENT):
        return (
            Classified(LiteralKind.COPY, "text between tags or in a document", text[:120], ())
            if piece.is_prose
            else None
        )
    before = doc.text[max(0, piece.start - 100) : piece.start + 1]
    if _UPPER.match(text) and _ENVIRONMENT.search(before.rstrip("\"'`")):
        return Classified(LiteralKind.ENVIRONMENT, "read from the environment", text, (text,))
    if _SIMPLE.match(text) and _FLAG.search(before.rstrip("\"'`") + "'"):
        return Classified(LiteralKind.FLAG, "handed to something named a flag or feature", text, (text,))
    if _SQL_START.match(text) and (names := tuple(dict.fromkeys(_SQL.findall(text)))):
        return Classified(LiteralKind.SQL_NAME, "named in a SQL statement", names[0], names)
    if _URL.match(text):
        return Classified(
            LiteralKind.URL, "has the form of an address or route", text, (text,) if len(text) > 4 else ()
        )
    if piece.is_prose:
        name = binding_of(doc, piece)
        return Classified(
            LiteralKind.COPY, "words of a sentence", name or text[:120], (name,) if name else (_line(text),)
        )
    if name := binding_of(doc, piece):
        return Classified(LiteralKind.CONSTANT, "a name given a string", name, (name,))
    return Classified(LiteralKind.STRING, "a string", text, (text,)) if _SIMPLE.match(text) else None


def _entry(piece: Piece, text: str) -> Classified | None:
    words = tuple(key_words(piece.key))
    if not words:
        return None
    if piece.is_prose:
        return Classified(LiteralKind.ENTRY, "a sentence under a key of a data file", piece.key, words)
    last = piece.key.rsplit(".", 1)[-1]
    if _UPPER.match(last):
        return Classified(LiteralKind.ENVIRONMENT, "an upper-case key", last, (last,))
    return (
        Classified(LiteralKind.CONFIG_KEY, "a value under a key of a data file", piece.key, words)
        if text
        else None
    )


def _line(text: str) -> str:
    return text.split("\n", 1)[0].split("\\n", 1)[0].strip()[:80]
