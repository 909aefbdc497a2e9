"""Who reads the literals of a change: one search for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname

from reviewer.domain.change import Side
from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.literals import Hop, HopKind, LiteralKind, LiteralTrace
from reviewer.evidence.literals.changed import ChangedText
from reviewer.evidence.literals.classify import Classified, classified
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.starts import BoundStart
from reviewer.evidence.workspace import SearchHit

_HOPS = {
    LiteralKind.ENTRY: HopKind.KEY, LiteralKind.CONFIG_KEY: HopKind.KEY, LiteralKind.CONSTANT: HopKind.NAME,
    LiteralKind.ENVIRONMENT: HopKind.NAME, LiteralKind.FLAG: HopKind.NAME, LiteralKind.SQL_NAME: HopKind.NAME,
}  # fmt: skip


@dataclass(frozen=True)
class Literal:
    """A changed literal before its readers are known."""

    kind: Classified
    doc: Document
    first_line: int
    last_line: int
    before: str | None
    after: str | None
    units: tuple[str, ...]


def literals_of(
    texts: Sequence[ChangedText],
    bounds: Sequence[BoundStart],
    before: Document | None,
    after: Document | None,
) -> list[Literal]:
    """Changed texts and constants of one file that can be told apart, ordered as they stand."""
    found: list[Literal] = []
    for item in texts:
        doc = after if item.after else before
        kind = classified(doc, item.piece) if doc else None
        if doc and kind:
            was, now = item.before.text if item.before else None, item.after.text if item.after else None
            found.append(
                Literal(kind, doc, item.piece.first_line, item.piece.last_line, was, now, item.units)
            )
    for start in bounds:
        if start.bound.name and start.bound.amount and start.before and start.before.amount:
            kind = Classified(
                LiteralKind.CONSTANT, "a name given a number", start.bound.name, (start.bound.name,)
            )
            found.append(
                Literal(
                    kind,
                    start.doc,
                    start.line,
                    start.line,
                    start.before.amount.text,
                    start.bound.amount.text,
                    start.units,
                )
            )
    return found


def traces_of(
    literals: Sequence[Literal], library: Library, walked: dict[tuple[str, int], list[Hop]]
) -> list[LiteralTrace]:
    """One trace a literal. `walked` are the places that changed numbers led to, by path and line of the literal."""
    words = [word for literal in literals for word in literal.kind.words[:3]]
    limit = library.limits.max_literals
    unique = list(dict.fromkeys(words))
    hits = library.search(unique[:limit], whole_words=True, names=limit)
    if len(unique) > limit:
        library.cut(f"readers of {len(unique) - limit} words were not searched for: limit {limit} a change")
    return [trace for literal in literals if (trace := _trace(literal, hits, library, walked))]


def _trace(
    literal: Literal,
    hits: dict[str, list[SearchHit]],
    library: Library,
    walked: dict[tuple[str, int], list[Hop]],
) -> LiteralTrace | None:
    doc = literal.doc
    place = library.hop(
        doc, literal.first_line, HopKind.CHANGED, Certainty.RESOLVED, via="", depth=0, last=literal.last_line
    )
    if place is None:
        return None
    readers = [
        hop for word in literal.kind.words[:3] for hop in _readers(literal, word, hits.get(word, ()), library)
    ]
    for line in range(literal.first_line, literal.last_line + 1):
        readers += walked.get((doc.path, line), [])
    unique = list({(hop.quote.path, hop.quote.first_line): hop for hop in reversed(readers)}.values())[::-1]
    rank = list(Certainty)
    unique.sort(
        key=lambda hop: (
            rank.index(hop.certainty),
            hop.depth,
            hop.quote.path != doc.path,
            hop.quote.path,
            hop.quote.first_line,
        )
    )
    limit = library.limits.max_readers
    cut = (
        f"{len(unique) - limit} of {len(unique)} readers are not listed: limit {limit} a literal"
        if len(unique) > limit
        else None
    )
    return LiteralTrace(
        kind=literal.kind.kind,
        known_by=literal.kind.known_by,
        name=literal.kind.name,
        before=literal.before,
        after=literal.after,
        place=place.quote,
        units=literal.units,
        readers=tuple(unique[:limit]),
        cut=cut,
    )


def _readers(literal: Literal, word: str, hits: Sequence[SearchHit], library: Library) -> list[Hop]:
    own = range(literal.first_line, literal.last_line + 1)
    folder = dirname(literal.doc.path)
    lines = sorted(
        hits, key=lambda hit: (hit.path != literal.doc.path, dirname(hit.path) != folder, hit.path, hit.line)
    )
    found = []
    kind = _HOPS.get(literal.kind.kind, HopKind.TEXT)
    certainty = (
        Certainty.BY_TEXT
        if kind is HopKind.TEXT or ("." not in word and kind is HopKind.KEY)
        else Certainty.BY_NAME
    )
    for hit in lines[: 2 * library.limits.max_readers]:
        if (hit.path == literal.doc.path and hit.line in own) or len(hit.text) >= 1000:
            continue
        quote = CodeQuote(
            path=hit.path,
            side=Side.HEAD,
            commit=hit.commit,
            first_line=hit.line,
            last_line=hit.line,
            text=hit.text,
        )
        found.append(Hop(quote=quote, kind=kind, certainty=certainty, via=word, depth=1))
    return found
