"""Texts that still tell a changed constant as it was, where names and places say that they are about the same."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.finding import Confidence
from reviewer.domain.literals import Bound, BoundKind, Contradiction, Dimension, Hop, HopKind
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.mentions import Mention, mentions_in, phrases_for, tells
from reviewer.evidence.literals.option_names import options_of
from reviewer.evidence.literals.piece import Piece, PieceKind
from reviewer.evidence.literals.quantity import Amount
from reviewer.evidence.literals.roles import counts
from reviewer.evidence.literals.starts import BoundStart
from reviewer.evidence.literals.topics import Topic, part_of_product, spoken, surroundings, topic_of
from reviewer.evidence.literals.words import parts_of
from reviewer.evidence.workspace import SearchHit

_MEASURED = frozenset({Dimension.TIME, Dimension.BYTES, Dimension.AGE})


@dataclass(frozen=True)
class _Asked:
    """A changed constant, and how a text about it would look."""

    start: BoundStart
    before: Amount
    now: Amount
    topic: Topic
    around: frozenset[str]
    options: frozenset[str]


@dataclass(frozen=True)
class _Told:
    """A text that tells the old number."""

    asked: _Asked
    doc: Document
    line: int
    mention: Mention
    names_all: bool
    """The sentence has every word of the constant's topic."""
    is_near: bool
    """The text and the constant belong to the same part of the product."""
    names_option: bool
    """The sentence is about the default of an option that the constant is given to."""


class ByMention:
    """One search for the old numbers of all changed constants."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(self, starts: Sequence[BoundStart]) -> list[Contradiction]:
        """Texts that the change left behind.

        A text counts when its sentence names everything that the constant's name is about. A topic of one word wants
        the same part of the product besides, or to be told nowhere else; a name without a topic wants both.
        """
        asked = [found for start in starts if (found := self._asked(start))]
        told: dict[int, list[_Told]] = defaultdict(list)
        wanted: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(asked):
            for phrase in phrases_for(one.before, one.start.bound.dimension, one.topic):
                wanted[phrase].append(at)
        hits = self._library.search(wanted, whole_words=True, names=len(wanted))
        seen: set[tuple[int, str, int]] = set()
        for phrase, lines in hits.items():
            for hit in lines:
                for at in wanted[phrase]:
                    if (at, hit.path, hit.line) not in seen and _may_be_about(asked[at], hit):
                        seen.add((at, hit.path, hit.line))
                        told[at] += self._told(asked[at], hit)
        return [made for one in told.values() for item in _believed(one) if (made := self._parted(item))]

    def _asked(self, start: BoundStart) -> _Asked | None:
        bound, before = start.bound, start.before
        now = bound.amount
        if not bound.name or before is None or before.amount is None or now is None:
            return None
        if before.amount.values & now.values or _is_shared(start, before.amount):
            return None
        topic = topic_of(bound.name)
        if not _is_measured(start, topic) and bound.kind is None and not bound.name.isupper():
            return None  # `lines: 100`, `child_of=2`: a word that many texts count
        options = options_of(start.doc, start.line, bound.name, self._library)
        return _Asked(start, before.amount, now, topic, surroundings(start.doc, start.line), options)

    def _told(self, asked: _Asked, hit: SearchHit) -> Iterator[_Told]:
        doc = self._library.document(hit.path)
        if doc is None or (doc.path == asked.start.doc.path and hit.line == asked.start.line):
            return
        for piece in doc.pieces:
            if piece.first_line <= hit.line <= piece.last_line and _is_for_people(piece):
                yield from _in_piece(asked, doc, piece, hit.line)

    def _parted(self, told: _Told) -> Contradiction | None:
        start = told.asked.start
        first = self._hop(start.doc, start.line, HopKind.CHANGED, "", 0)
        last = self._hop(told.doc, told.line, HopKind.TEXT, told.mention.phrase, 1)
        return _contradiction(told, first, last) if first and last else None

    def _hop(self, doc: Document, line: int, kind: HopKind, via: str, depth: int) -> Hop | None:
        certainty = Certainty.BY_TEXT if depth else Certainty.RESOLVED
        return self._library.hop(doc, line, kind, certainty, via=via, depth=depth)


def _is_measured(start: BoundStart, topic: Topic) -> bool:
    """True for a time, a size, an age, tries or a rate: a text with such a number is seldom about something else."""
    return bool(topic.period) or topic.is_tries or start.bound.dimension in _MEASURED


def _is_shared(start: BoundStart, amount: Amount) -> bool:
    """True for a name without a topic beside another name with the same number: a text can mean either."""
    if topic_of(start.bound.name).words:
        return False
    others = (
        bound
        for number in range(1, len(start.doc.lines) + 1)
        if number != start.line
        for bound in start.doc.bounds(number)
    )
    return any(
        other.name and other.amount and other.amount.values & amount.values
        and other.amount.dimension is amount.dimension
        for other in others
    )  # fmt: skip


def _may_be_about(asked: _Asked, hit: SearchHit) -> bool:
    """Judged by the line alone, before its file is read."""
    if not counts(hit.path):
        return False
    said = spoken(hit.text) | part_of_product(hit.path)
    return bool(said & (asked.topic.words | asked.around)) or any(name in hit.text for name in asked.options)


def _is_for_people(piece: Piece) -> bool:
    return piece.is_prose or piece.kind is PieceKind.MARKUP


def _in_piece(asked: _Asked, doc: Document, piece: Piece, line: int) -> Iterator[_Told]:
    is_default = "default" in parts_of(asked.start.bound.name)
    for mention in mentions_in(piece.text):
        said = spoken(mention.sentence)
        if not tells(mention, asked.before, asked.start.bound.dimension, asked.topic):
            continue
        if is_default and "default" not in said:
            continue
        keyed = said | (
            spoken(piece.key) if piece.kind is PieceKind.ENTRY and " " not in piece.key else frozenset()
        )
        near = bool(asked.around & (said | surroundings(doc, line)))
        named = "default" in said and any(_is_named(name, mention.sentence) for name in asked.options)
        yield _Told(
            asked, doc, line, mention, bool(asked.topic.words) and asked.topic.words <= keyed, near, named
        )


def _is_named(option: str, sentence: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", sentence) is not None


def _believed(told: Sequence[_Told]) -> list[_Told]:
    """Those of one constant's texts that a reader would take for a text about it."""
    if named := [one for one in told if one.names_option]:
        return named
    full = [one for one in told if one.names_all]
    if full:
        if len(full[0].asked.topic.words) > 1:
            return full
        near = [one for one in full if one.is_near]
        asked = full[0].asked
        return near or (full if _is_one(full) and _is_measured(asked.start, asked.topic) else [])
    near = [one for one in told if one.is_near and not one.asked.topic.words]
    return near if _is_one(near) else []


def _is_one(told: Sequence[_Told]) -> bool:
    return len({(one.doc.path, one.line) for one in told}) == 1


def _contradiction(told: _Told, first: Hop, last: Hop) -> Contradiction:
    start, mention = told.asked.start, told.mention
    copy, code = last.quote, first.quote
    kind = start.bound.kind or BoundKind.EXACT
    return Contradiction(
        copy_quote=copy,
        code_quote=code,
        path=(first, last),
        said=Bound(kind=kind, dimension=mention.amount.dimension, number=mention.amount.text),
        held=Bound(kind=kind, dimension=start.bound.dimension, number=told.asked.now.text),
        agreed_before=True,
        confidence=Confidence.MEDIUM,
        explanation=_sentence(told, copy, code),
        units=start.units,
    )


def _sentence(told: _Told, copy: CodeQuote, code: CodeQuote) -> str:
    name, before, now = told.asked.start.bound.name, told.asked.before.text, told.asked.now.text
    return (
        f'{copy.path}:{copy.first_line} says "{told.mention.phrase}", as {name} said before the change'
        f" ({before}); {code.path}:{code.first_line} now holds {now}."
    )
