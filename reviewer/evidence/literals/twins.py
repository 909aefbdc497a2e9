"""Two limits of one field in two layers of a product: one passes what the other refuses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.evidence import Certainty
from reviewer.domain.finding import Confidence
from reviewer.domain.literals import BoundKind, Dimension, Hop, HopKind, Parted, PartedKind
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.columns import is_last, table_on
from reviewer.evidence.literals.context import subject_at
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.layers import Layer, layer_of
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.quantity import Amount
from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.literals.starts import BoundStart
from reviewer.evidence.literals.topics import part_of_product, surroundings
from reviewer.evidence.literals.words import parts_of, stem, subject_of
from reviewer.evidence.workspace import SearchHit

_FORMS = {
    BoundKind.MAX: (
        'maxlength="{}"', "maxlength='{}'", 'maxLength="{}"', "maxLength={{{}}}", "maxLength: {}", '"maxLength": {}',
        "max_length={}", "max_length: {}", 'max="{}"', "max={{{}}}", "max={}", "max = {}", "max: {}", "max({}",
        "maximum: {}", '"maximum": {}', "le={}", "maxItems: {}", '"maxItems": {}', "varchar({})", "VARCHAR({})",
        "limit: {}", "String({})",
    ),
    BoundKind.MIN: (
        'minlength="{}"', "minlength='{}'", 'minLength="{}"', "minLength={{{}}}", "minLength: {}", '"minLength": {}',
        "min_length={}", "min_length: {}", 'min="{}"', "min={{{}}}", "min={}", "min = {}", "min: {}", "min({}",
        "minimum: {}", '"minimum": {}', "ge={}", "minItems: {}", '"minItems": {}',
    ),
}  # fmt: skip
_NOT_HERE = frozenset({Dimension.TIME, Dimension.BYTES, Dimension.PERCENT, Dimension.DIGITS})
_FORM = re.compile(r"<form\b[^<>]*?(?:action|id|name)=[\"']([^\"']+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Limit:
    """A limit of one field, with what tells which field it is."""

    doc: Document
    line: int
    bound: CodeBound
    layer: Layer
    field: frozenset[str]
    around: frozenset[str]
    """The form, schema, table, class and part of the product that the field belongs to."""


@dataclass(frozen=True)
class _Asked:
    start: BoundStart
    limit: _Limit
    before: Amount
    now: Amount


class Twins:
    """One search for the old numbers of all changed limits of fields."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(self, starts: Sequence[BoundStart]) -> list[Parted]:
        """Limits that agreed before the change, in another layer, where the outer one now lets more pass."""
        asked = [one for start in starts if (one := _asked(start))]
        phrases = {phrase for one in asked for phrase in _phrases(one)}
        names = {name for one in asked for name in _names(one)}
        hits = self._library.search(phrases, whole_words=True, names=len(phrases))
        named = self._library.search(names, whole_words=False, names=len(names))
        found: dict[tuple[int, str, int], Parted] = {}
        for one in asked:
            for phrase in _phrases(one):
                self._look(one, hits.get(phrase, []), found)
            for name in _names(one):
                self._look(one, named.get(name, []), found)
        return list(found.values())

    def _look(
        self, asked: _Asked, hits: Sequence[SearchHit], found: dict[tuple[int, str, int], Parted]
    ) -> None:
        for hit in hits:
            key = (id(asked), hit.path, hit.line)
            is_itself = (hit.path, hit.line) == (asked.limit.doc.path, asked.limit.line)
            if key in found or is_itself or not _may_be_about(asked.limit, hit):
                continue
            doc = self._library.document(hit.path)
            for other in _limits(doc, hit.line) if doc else ():
                fits = _is_twin(asked, other) and self._is_in_force(other)
                if fits and (parted := self._parted(asked, other)):
                    found[key] = parted

    def _is_in_force(self, limit: _Limit) -> bool:
        if limit.layer is not Layer.COLUMN:
            return True
        column = _column(limit)
        lines = self._library.search([column], whole_words=True).get(column, [])
        is_all = len(lines) < self._library.limits.max_search_lines
        return is_all and is_last((limit.doc.path, limit.line), column, lines)

    def _parted(self, asked: _Asked, other: _Limit) -> Parted | None:
        first = self._hop(asked.limit, HopKind.CHANGED, 0)
        last = self._hop(other, HopKind.FIELD, 1)
        return _made(asked, other, first, last) if first and last else None

    def _hop(self, limit: _Limit, kind: HopKind, depth: int) -> Hop | None:
        certainty = Certainty.BY_TEXT if depth else Certainty.RESOLVED
        return self._library.hop(limit.doc, limit.line, kind, certainty, via=_field_name(limit), depth=depth)


def _asked(start: BoundStart) -> _Asked | None:
    before = start.before.effective if start.before else None
    now = start.bound.effective
    if before is None or now is None or before.values & now.values:
        return None
    limit = _limit(start.doc, start.line, start.bound)
    return _Asked(start, limit, before, now) if limit else None


def _may_be_about(limit: _Limit, hit: SearchHit) -> bool:
    """Judged by the line and its path, before the file is read."""
    words = {stem(part) for part in parts_of(hit.text)} | part_of_product(hit.path)
    return bool(words & (limit.field | limit.around))


def _limits(doc: Document, line: int) -> Iterator[_Limit]:
    for bound in doc.bounds(line):
        if bound.amount is not None and (limit := _limit(doc, line, bound)):
            yield limit


def _limit(doc: Document, line: int, bound: CodeBound) -> _Limit | None:
    """None for what bounds nothing, is no plain number, or names no field."""
    layer = layer_of(doc, line, bound)
    if layer is None or bound.kind not in _FORMS or bound.dimension in _NOT_HERE or not bound.name:
        return None
    field = _field(doc, line, bound)
    return _Limit(doc, line, bound, layer, field, _around(doc, line)) if field else None


def _field(doc: Document, line: int, bound: CodeBound) -> frozenset[str]:
    if doc.kind is FileKind.DATA:
        shown = bound.amount.text if bound.amount else ""
        here = (one for one in doc.pieces if one.first_line <= line <= one.last_line and one.text == shown)
        entry = next(here, None)
        parts = entry.key.split(".") if entry else []
        return subject_of(parts[-2]) if len(parts) > 1 else frozenset()
    return subject_at(doc, line, bound)


def _around(doc: Document, line: int) -> frozenset[str]:
    words = surroundings(doc, line)
    if doc.kind is FileKind.DATA:
        entries = (one for one in doc.pieces if one.first_line <= line <= one.last_line)
        return words.union(*(subject_of(*one.key.split(".")[:-2]) for one in entries))
    for above in range(line, max(0, line - 60), -1):
        form = _FORM.search(doc.lines[above - 1])
        name = form.group(1) if form else table_on(doc.lines[above - 1])
        if name:
            return words | subject_of(name)
    return words


def _is_twin(asked: _Asked, other: _Limit) -> bool:
    """The same field of the same thing, the same number before the change, and now the outer one is laxer."""
    limit, held = asked.limit, other.bound.effective
    if held is None or other.bound.kind is not limit.bound.kind or other.layer is limit.layer:
        return False
    if not held.values & asked.before.values or not _is_same_measure(limit.bound, other.bound):
        return False
    if not _is_same_field(limit, other):
        return False
    changed, stays = min(asked.now.values), min(held.values)
    outer, inner = (changed, stays) if limit.layer < other.layer else (stays, changed)
    return outer > inner if limit.bound.kind is BoundKind.MAX else outer < inner


def _is_same_measure(one: CodeBound, other: CodeBound) -> bool:
    return one.dimension is other.dimension or Dimension.UNKNOWN in (one.dimension, other.dimension)


def _is_same_field(one: _Limit, other: _Limit) -> bool:
    """Words that only one name has must tell the thing that the other field belongs to."""
    mine, theirs = _single(one.field), _single(other.field)
    shared = mine & theirs
    if not shared or not (mine - shared <= other.around) or not (theirs - shared <= one.around):
        return False
    return len(shared) > 1 or bool((one.around | mine - shared) & (other.around | theirs - shared))


def _single(words: frozenset[str]) -> frozenset[str]:
    """Without the pairs that stand for two words written as one."""
    return frozenset(
        word for word in words
        if not any(word != other and word.startswith(other) and word[len(other) :] in words for other in words)
    )  # fmt: skip


def _phrases(asked: _Asked) -> Iterator[str]:
    kind = asked.limit.bound.kind
    for value in asked.before.values if kind else ():
        if kind and value.denominator == 1:
            yield from (form.format(value) for form in _FORMS[kind])


def _names(asked: _Asked) -> Iterator[str]:
    """Beginnings and ends that a constant for the field would have."""
    word = next(iter(sorted(_single(asked.limit.field))), "")
    side = "max" if asked.limit.bound.kind is BoundKind.MAX else "min"
    if len(_single(asked.limit.field)) == 1 and len(word) > 2:
        yield from (f"{side}_{word}".upper(), f"{side}_{word}", f"{side}{word.capitalize()}")
        yield from (
            f"{side.capitalize()}{word.capitalize()}",
            f"{word}_{side}".upper(),
            f"{word}_LENGTH_{side}".upper(),
        )


def _column(limit: _Limit) -> str:
    text = limit.doc.lines[limit.line - 1]
    words = limit.field
    return next((name for name in re.findall(r"\w+", text) if subject_of(name) & words), "")


def _field_name(limit: _Limit) -> str:
    return " ".join(sorted(_single(limit.field)))


_WHAT = {
    Layer.PAGE: "the page", Layer.SCHEMA: "the description of the interface", Layer.CLIENT: "the client",
    Layer.SERVER: "the code", Layer.COLUMN: "the column",
}  # fmt: skip


def _made(asked: _Asked, other: _Limit, first: Hop, last: Hop) -> Parted:
    limit, kind = asked.limit, asked.limit.bound.kind
    held = other.bound.effective
    there = held.text if held else ""
    name = _field_name(limit)
    side = "at most" if kind is BoundKind.MAX else "at least"
    outer, inner = _WHAT[min(limit.layer, other.layer)], _WHAT[max(limit.layer, other.layer)]
    return Parted(
        kind=PartedKind.LIMITS,
        changed=first.quote,
        other=last.quote,
        path=(first, last),
        title=f"{_WHAT[limit.layer].capitalize()} and {_WHAT[other.layer]} limit {name} differently",
        explanation=(
            f"{first.quote.path}:{first.quote.first_line} now takes {side} {asked.now.text} for {name};"
            f" {last.quote.path}:{last.quote.first_line} still says {there}, as both did before the change,"
            f" so {outer} lets pass what {inner} refuses."
        ),
        confidence=Confidence.MEDIUM,
        units=asked.start.units,
    )
