"""Follows a text to the code that decides when people see it, and to the limits there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from posixpath import dirname

from reviewer.domain.evidence import Certainty
from reviewer.domain.literals import Hop, HopKind
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.compare import Held, with_constant
from reviewer.evidence.literals.context import (
    Tie,
    fields_on,
    function_of,
    guard_of,
    refusal,
    subject_at,
    tie_of,
)
from reviewer.evidence.literals.document import Document, LineSpan
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.names import (
    asks_on_line,
    binding_of,
    calls_on,
    defines_function,
    key_words,
    may_hold,
)
from reviewer.evidence.literals.piece import PieceKind
from reviewer.evidence.literals.roles import FileKind, counts
from reviewer.evidence.literals.starts import ClaimStart, HeldAt, Trail
from reviewer.evidence.literals.words import subject_of
from reviewer.evidence.workspace import SearchHit

_NEAR_LINES = 8
_TELLING = re.compile(
    r"valid|check|short|long|length|size|limit|exceed|enough|allow|min|max|count|attempt", re.IGNORECASE
)


@dataclass(frozen=True)
class _Wait:
    """A name to look for at the next hop."""

    name: str
    want: HopKind
    trail: Trail
    pending: "_Pending | None" = None


@dataclass(frozen=True)
class _Pending:
    """A limit whose number is a constant's."""

    bound: CodeBound
    subject: frozenset[str]
    tied: bool
    by_field: bool
    direct: bool


class ToCode:
    """Walks from changed copy; all starts share the searches of a hop."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._limits = library.limits
        self._waiting: list[_Wait] = []
        self._found: dict[int, list[HeldAt]] = defaultdict(list)
        self._seen: set[tuple[int, str, int, HopKind]] = set()
        self.visited: dict[int, list[Hop]] = defaultdict(list)
        """Every place that a start led to."""

    def find(self, starts: Sequence[ClaimStart]) -> dict[int, list[HeldAt]]:
        """Limits by the index of the start."""
        for at, start in enumerate(starts):
            hop = self._library.hop(
                start.doc, start.line, HopKind.CHANGED, Certainty.RESOLVED, via="", depth=0
            )
            if hop is not None:
                self._begin(start, Trail(at, (hop,), sure=True))
        for _ in range(self._limits.max_hops - 1):
            self._follow()
        self._by_field(starts)
        self._follow()
        return self._found

    def _begin(self, start: ClaimStart, trail: Trail) -> None:
        piece = start.piece
        if piece.kind is PieceKind.DOCUMENT:
            return
        if piece.kind is PieceKind.ENTRY:
            for word in key_words(piece.key):
                self._waiting.append(_Wait(word, HopKind.KEY, trail))
            return
        if piece.kind is PieceKind.STRING and (name := binding_of(start.doc, piece)):
            self._waiting.append(_Wait(name, HopKind.NAME, trail))
        self._visit_text(start.doc, start.line, piece.start, trail)

    def _visit_text(self, doc: Document, line: int, at: int, trail: Trail) -> None:
        """Limits around a text or the place that asks for it, and names to follow from there."""
        guard = guard_of(doc, line) if doc.kind is FileKind.PROGRAM else None
        function = function_of(doc, line)
        near = (
            function[0]
            if function
            else LineSpan(max(1, line - _NEAR_LINES), min(len(doc.lines), line + _NEAR_LINES))
        )
        lines = {
            *range(near.first, near.last + 1),
            *(range(guard[0].first, guard[0].last + 1) if guard else ()),
        }
        tied_any = False
        for number in sorted(lines, key=lambda number: (abs(number - line), number)):
            for bound in doc.bounds(number):
                tie = tie_of(doc, number, bound, at)
                tied_any = tied_any or tie is not Tie.NONE
                self._keep(doc, number, bound, tie, trail)
        here = LineSpan(line, line)
        for span in (guard[0] if guard else here, here):
            self._follow_calls(doc, span, trail, sure=not tied_any)
        if not tied_any and function:
            self._follow_calls(doc, function[0], trail, sure=False)

    def _follow_calls(self, doc: Document, span: LineSpan, trail: Trail, *, sure: bool) -> None:
        for name in calls_on(doc, span):
            if sure or _TELLING.search(name):
                carried = trail if sure else replace(trail, sure=False)
                self._waiting.append(_Wait(name, HopKind.DEFINITION, carried))

    def _visit_body(self, doc: Document, line: int, trail: Trail) -> None:
        function = function_of(doc, line)
        span = function[0] if function else LineSpan(line, line)
        for number in range(span.first, span.last + 1):
            for bound in doc.bounds(number):
                self._keep(doc, number, bound, None, trail)
        if span.last - span.first < 30:
            self._follow_calls(doc, span, trail, sure=False)

    def _keep(
        self,
        doc: Document,
        line: int,
        bound: CodeBound,
        tie: Tie | None,
        trail: Trail,
        *,
        by_field: bool = False,
    ) -> None:
        """`tie` is None in the body of a function that was called: what it decides is what the caller shows."""
        if bound.kind is None or not _is_meant(doc, line, bound, tie or Tie.NONE):
            return
        tied = tie is not Tie.NONE and not by_field
        subject = subject_at(doc, line, bound)
        if bound.amount is not None and bound.effective is not None:
            hop = self._hop(doc, line, HopKind.FIELD if by_field else HopKind.NEAR, "", trail)
            if hop:
                held = Held(bound.kind, bound.effective, bound.dimension, subject, bound.amount)
                self._found[trail.start].append(
                    HeldAt(held, trail.then(hop), tied, by_field, tie is not None)
                )
            return
        pending = _Pending(bound, subject, tied, by_field, tie is not None)
        hop = self._hop(doc, line, HopKind.FIELD if by_field else HopKind.NEAR, "", trail)
        if hop and not self._define_here(doc, trail.then(hop), pending):
            self._waiting.append(_Wait(bound.ref, HopKind.DEFINITION, trail.then(hop), pending))

    def _define_here(self, doc: Document, trail: Trail, pending: _Pending) -> bool:
        done = False
        for number, text in enumerate(doc.code, start=1):
            if pending.bound.ref in text:
                done = self._define(doc, number, trail, pending, Certainty.RESOLVED) or done
        return done

    def _define(
        self, doc: Document, line: int, trail: Trail, pending: _Pending, certainty: Certainty
    ) -> bool:
        """Take the constant's number from `line` if that line gives it one."""
        for given in doc.bounds(line):
            if re.split(r"[.-]", given.name)[-1] != pending.bound.ref or given.amount is None:
                continue
            hop = self._hop(doc, line, HopKind.DEFINITION, pending.bound.ref, trail, certainty)
            held = with_constant(pending.bound, given, pending.subject)
            if hop and held:
                place = HeldAt(held, trail.then(hop), pending.tied, pending.by_field, pending.direct)
                self._found[trail.start].append(place)
            return True
        return False

    def _follow(self) -> None:
        waiting, self._waiting = self._waiting, []
        optional = {wait.name for wait in waiting if wait.want is HopKind.KEY and "." not in wait.name}
        words = (wait.name.rstrip("?!") for wait in waiting)
        hits = self._library.search(words, whole_words=True, optional=optional)
        for wait in waiting:
            if len(wait.trail.hops) > self._limits.max_hops + 1:
                self._library.cut(f"a path was not followed further: limit {self._limits.max_hops} hops")
                continue
            mentioned = hits.get(wait.name.rstrip("?!"), ())
            lines = _nearest((hit for hit in mentioned if _can_be(wait, hit)), wait.trail.hops[-1].quote.path)
            if wait.want is HopKind.KEY and "." not in wait.name and len(lines) > 6:
                continue  # a word that stands everywhere is no key
            if len(lines) > self._limits.max_lines_a_name:
                self._library.cut(
                    f"{wait.name} stands on {len(lines)} lines:"
                    f" the nearest {self._limits.max_lines_a_name} were looked at"
                )
            for hit in lines[: self._limits.max_lines_a_name]:
                self._arrive(wait, hit)

    def _arrive(self, wait: _Wait, hit: SearchHit) -> None:
        doc = self._worth(wait, hit)
        if doc is None or hit.line > len(doc.code):
            return
        if wait.pending is not None:
            self._define(doc, hit.line, wait.trail, wait.pending, Certainty.BY_NAME)
            return
        text = doc.code[hit.line - 1]
        is_definition = defines_function(wait.name, text)
        if wait.want is HopKind.DEFINITION and is_definition:
            hop = self._hop(doc, hit.line, HopKind.DEFINITION, wait.name, wait.trail, Certainty.BY_NAME)
            if hop:
                self._visit_body(doc, hit.line, wait.trail.then(hop))
        elif wait.want is not HopKind.DEFINITION and not is_definition:
            at = doc.starts.starts[hit.line - 1] + max(doc.lines[hit.line - 1].find(wait.name), 0)
            if wait.want is HopKind.KEY and not asks_on_line(doc, hit.line, wait.name):
                return
            hop = self._hop(doc, hit.line, wait.want, wait.name, wait.trail, Certainty.BY_NAME)
            if hop:
                self._visit_text(doc, hit.line, at, wait.trail.then(hop))

    def _worth(self, wait: _Wait, hit: SearchHit) -> Document | None:
        """The file of a hit, when the line can be what is looked for: judged by its text before the file is read."""
        last = wait.trail.hops[-1].quote
        key = (wait.trail.start, hit.path, hit.line, wait.want)
        if not counts(hit.path) or (hit.path, hit.line) == (last.path, last.first_line):
            return None
        if wait.pending is None and key in self._seen:
            return None
        self._seen.add(key)
        doc = self._library.document(hit.path)
        return None if doc is None or doc.kind is FileKind.DOCUMENT else doc

    def _by_field(self, starts: Sequence[ClaimStart]) -> None:
        """Where no path led to a limit that belongs to the text: limits on a field of the same name."""
        wanted = [
            (at, word)
            for at, start in enumerate(starts)
            if not any(place.tied and place.trail.sure for place in self._found[at])
            for word in sorted(start.claim.subject)
        ]
        spelled = {form for _, word in wanted for form in (word, word.capitalize(), word.upper())}
        # what nothing but a field connects is a finding only where the two agreed before
        was_known = {word for at, word in wanted if starts[at].before}
        optional = {form for form in spelled if form.lower() not in was_known}
        hits = self._library.search(spelled, whole_words=False, optional=optional)
        for at, word in wanted:
            trail = self._trail_of(starts[at], at)
            lines = [hit for form in (word, word.capitalize(), word.upper()) for hit in hits.get(form, ())]
            for hit in lines:
                if trail and counts(hit.path) and may_hold(hit.text):
                    self._visit_field(hit, word, trail)

    def _trail_of(self, start: ClaimStart, at: int) -> Trail | None:
        hop = self._library.hop(start.doc, start.line, HopKind.CHANGED, Certainty.RESOLVED, via="", depth=0)
        return Trail(at, (hop,), sure=False) if hop else None

    def _visit_field(self, hit: SearchHit, word: str, trail: Trail) -> None:
        doc = self._library.document(hit.path)
        if doc is None or doc.kind is FileKind.DOCUMENT:
            return
        opens = doc.kind is not FileKind.DATA and word in fields_on(doc, hit.line)
        first = hit.line
        while (
            doc.kind is FileKind.PROGRAM and first > 1 and doc.code[first - 2].lstrip().startswith(("@", "["))
        ):
            first -= 1  # annotations stand above what they are about
        for number in range(first, min(len(doc.lines), hit.line + (5 if opens else 0)) + 1):
            key = (trail.start, hit.path, number, HopKind.FIELD)
            if key in self._seen or (number > hit.line and fields_on(doc, number) - subject_of("validates") and
                                     doc.indent(number) <= doc.indent(hit.line)):  # fmt: skip
                continue
            self._seen.add(key)
            for bound in doc.bounds(number):
                if word in subject_at(doc, number, bound):
                    self._keep(doc, number, bound, Tie.NONE, trail, by_field=True)

    def _hop(
        self,
        doc: Document,
        line: int,
        kind: HopKind,
        via: str,
        trail: Trail,
        certainty: Certainty | None = None,
    ) -> Hop | None:
        certainty = certainty or (Certainty.BY_TEXT if kind is HopKind.FIELD else Certainty.RESOLVED)
        hop = self._library.hop(doc, line, kind, certainty, via=via, depth=len(trail.hops))
        if hop:
            self.visited[trail.start].append(hop)
        return hop


def _is_meant(doc: Document, line: int, bound: CodeBound, tie: Tie) -> bool:
    """False for the reading of a comparison that the code around it rules out."""
    if bound.refuses is None:
        return True
    if tie in (Tie.WHEN_TRUE, Tie.WHEN_FALSE):
        return bound.refuses is (tie is Tie.WHEN_TRUE)
    known = refusal(doc, line)
    return known is None or bound.refuses is known


def _can_be(wait: _Wait, hit: SearchHit) -> bool:
    """Judged by the line alone: whether it can be what is looked for."""
    if wait.pending is not None:
        return re.search(rf"{re.escape(wait.name)}\W{{0,3}}[^\n]*?[=:]", hit.text) is not None
    if wait.want is HopKind.DEFINITION:
        return defines_function(wait.name, hit.text)
    if wait.want is HopKind.KEY and " " not in wait.name:
        return re.search(rf"[\"'`:{{.][\w.:-]*{re.escape(wait.name)}(?![\w-])", hit.text) is not None
    return True


def _nearest(hits: Iterable[SearchHit], path: str) -> list[SearchHit]:
    folder = dirname(path)
    return sorted(
        (hit for hit in hits if counts(hit.path)),
        key=lambda hit: (hit.path != path, dirname(hit.path) != folder, hit.path, hit.line),
    )
