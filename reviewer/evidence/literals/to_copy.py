"""Follows a limit in code to the texts that tell people about it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.evidence import Certainty
from reviewer.domain.literals import Hop, HopKind
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.context import Tie, function_of, guard_of, refusal, subject_at, tie_of
from reviewer.evidence.literals.copy_claims import claims_in
from reviewer.evidence.literals.document import Document, LineSpan
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.limit_seen import SeenLimit, limit_by_use, limit_of
from reviewer.evidence.literals.names import asked_keys, asks_for, constants_on
from reviewer.evidence.literals.phrases import phrases_of
from reviewer.evidence.literals.piece import Piece, PieceKind
from reviewer.evidence.literals.roles import FileKind, counts
from reviewer.evidence.literals.starts import BoundStart, SaidAt, Trail
from reviewer.evidence.literals.subjects import claim_line, with_surroundings
from reviewer.evidence.syntax.grammars.row import named
from reviewer.evidence.workspace import SearchHit

_AROUND = 8


@dataclass(frozen=True)
class _Wait:
    name: str
    want: HopKind
    trail: Trail
    limit: SeenLimit | None
    """None where the constant's use decides what it limits."""
    start: BoundStart
    tied: bool = False
    direct: bool = True
    """False where a call stands between the text and the limit."""


class ToCopy:
    """Walks from changed limits; all starts share the searches of a hop."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._limits = library.limits
        self._waiting: list[_Wait] = []
        self._found: dict[int, list[SaidAt]] = defaultdict(list)
        self._learned: dict[int, list[tuple[SeenLimit, Trail]]] = defaultdict(list)
        self._seen: set[tuple[int, str, int]] = set()
        self.visited: dict[int, list[Hop]] = defaultdict(list)
        """Every place that a start led to."""

    def find(self, starts: Sequence[BoundStart]) -> dict[int, list[SaidAt]]:
        """Limits in copy by the index of the start."""
        for at, start in enumerate(starts):
            hop = self._library.hop(
                start.doc, start.line, HopKind.CHANGED, Certainty.RESOLVED, via="", depth=0
            )
            if hop is not None:
                self._begin(start, Trail(at, (hop,), sure=True))
        for _ in range(self._limits.max_hops):
            self._follow()
        self._by_words()
        return self._found

    def _begin(self, start: BoundStart, trail: Trail) -> None:
        bound = start.bound
        limit = limit_of(start)
        if bound.name:
            name = re.split(r"[.-]", bound.name)[-1]
            if _is_name(name):
                self._waiting.append(_Wait(name, HopKind.NAME, trail, limit, start))
        if limit is not None:
            self._visit_limit(start.doc, start.line, bound, limit, trail, start)

    def _visit_limit(
        self, doc: Document, line: int, bound: CodeBound, limit: SeenLimit, trail: Trail, start: BoundStart
    ) -> None:
        """Texts that belong to a limit on `line`, and names that lead on to texts."""
        self._learned[trail.start].append((limit, trail))
        function = function_of(doc, line)
        around = (
            function[0] if function else LineSpan(max(1, line - _AROUND), min(len(doc.lines), line + _AROUND))
        )
        any_text = False
        for piece in _pieces(doc, around):
            tie = tie_of(doc, line, bound, piece.start)
            if _fits_reading(bound, tie):
                any_text = self._say(doc, piece, limit, trail, tied=tie is not Tie.NONE) or any_text
        for key, key_line, at in asked_keys(doc, around):
            tie = tie_of(doc, line, bound, at)
            if _fits_reading(bound, tie):
                any_text = True
                self._ask(key, doc, key_line, limit, trail, start, tied=tie is not Tie.NONE)
        for name in constants_on(doc, around):
            tied = _is_tied_name(doc, around, line, bound, name)
            if tied and name not in (bound.ref, bound.name):
                self._waiting.append(_Wait(name, HopKind.DEFINITION, trail, limit, start, tied=True))
        if function and function[1] and not any_text and len(function[1]) > 3:
            self._waiting.append(_Wait(function[1], HopKind.NAME, trail, limit, start, tied=True))

    def _visit_caller(self, doc: Document, line: int, wait: _Wait, trail: Trail) -> None:
        """Texts in the branch of a condition that calls the function the limit is in."""
        limit = wait.limit
        function = function_of(doc, line)
        if limit is None:
            return
        around = function[0] if function else LineSpan(max(1, line - 2), line + 2)
        for piece in _pieces(doc, around):
            if self._is_in_branch(doc, line, piece.first_line):
                self._say(doc, piece, limit, trail, tied=True, direct=False)
        for key, key_line, _ in asked_keys(doc, around):
            if self._is_in_branch(doc, line, key_line):
                self._ask(key, doc, key_line, limit, trail, wait.start, tied=True, direct=False)
        for name in constants_on(doc, around):
            lines = [
                at
                for at in range(around.first, min(around.last, len(doc.lines)) + 1)
                if name in doc.skeleton[at - 1]
            ]
            if any(self._is_in_branch(doc, line, at) for at in lines):
                self._waiting.append(
                    _Wait(name, HopKind.DEFINITION, trail, limit, wait.start, tied=True, direct=False)
                )

    def _is_in_branch(self, doc: Document, condition: int, line: int) -> bool:
        guard = guard_of(doc, line)
        return line == condition or (guard is not None and condition in guard[0])

    def _ask(  # noqa: PLR0913 - one thing each
        self,
        key: str,
        doc: Document,
        line: int,
        limit: SeenLimit,
        trail: Trail,
        start: BoundStart,
        *,
        tied: bool,
        direct: bool = True,
    ) -> None:
        hop = self._hop(doc, line, HopKind.NEAR, "", trail, Certainty.RESOLVED)
        if hop:
            onward = trail if hop.quote == trail.hops[-1].quote else trail.then(hop)
            self._waiting.append(_Wait(key, HopKind.KEY, onward, limit, start, tied=tied, direct=direct))

    def _follow(self) -> None:
        waiting, self._waiting = self._waiting, []
        searched = {id(wait): _searched_for(wait) for wait in waiting}
        hits = self._library.search((word.rstrip("?!") for word in searched.values()), whole_words=True)
        for wait in waiting:
            mentioned = hits.get(searched[id(wait)].rstrip("?!"), ())
            lines = [hit for hit in mentioned if counts(hit.path) and _can_be(wait, hit)]
            own = wait.trail.hops[-1].quote.path
            lines.sort(key=lambda hit: (hit.path != own, hit.path, hit.line))
            if len(lines) > self._limits.max_lines_a_name:
                self._library.cut(
                    f"{wait.name} stands on {len(lines)} lines:"
                    f" the nearest {self._limits.max_lines_a_name} were looked at"
                )
            for hit in lines[: self._limits.max_lines_a_name]:
                self._arrive(wait, hit)

    def _arrive(self, wait: _Wait, hit: SearchHit) -> None:
        last = wait.trail.hops[-1].quote
        if (hit.path, hit.line) == (last.path, last.first_line):
            return
        doc = self._library.document(hit.path)
        if doc is None or doc.kind is FileKind.DOCUMENT or hit.line > len(doc.code):
            return
        if wait.want is HopKind.KEY:
            self._arrive_at_entry(wait, doc, hit.line)
        elif wait.want is HopKind.DEFINITION:
            self._arrive_at_message(wait, doc, hit.line)
        else:
            self._arrive_at_use(wait, doc, hit.line)

    def _arrive_at_entry(self, wait: _Wait, doc: Document, line: int) -> None:
        for piece in doc.pieces:
            if (
                wait.limit
                and piece.kind is PieceKind.ENTRY
                and piece.first_line <= line <= piece.last_line + 1
                and asks_for(wait.name, piece.key)
            ):
                self._say(
                    doc,
                    piece,
                    wait.limit,
                    wait.trail,
                    tied=wait.tied,
                    direct=wait.direct,
                    kind=HopKind.KEY,
                    via=wait.name,
                )
        if doc.kind is FileKind.PROGRAM:
            self._arrive_at_message(wait, doc, line)

    def _arrive_at_message(self, wait: _Wait, doc: Document, line: int) -> None:
        """A text that is given to the name: `TOO_SHORT = "at least 3 characters"`, `too_short: "…"`."""
        given = _is_given(wait, doc.lines[line - 1])
        for piece in _pieces(doc, LineSpan(line, line + 1)) if given and wait.limit else ():
            if piece.start >= doc.starts.starts[line - 1] and wait.limit:
                self._say(
                    doc,
                    piece,
                    wait.limit,
                    wait.trail,
                    tied=wait.tied,
                    direct=wait.direct,
                    kind=HopKind.DEFINITION,
                    via=wait.name,
                )
                return

    def _arrive_at_use(self, wait: _Wait, doc: Document, line: int) -> None:
        key = (wait.trail.start, doc.path, line)
        if key in self._seen:
            return
        self._seen.add(key)
        hop = self._hop(doc, line, HopKind.NAME, wait.name, wait.trail, Certainty.BY_NAME)
        if hop is None:
            return
        trail = wait.trail.then(hop)
        using = [bound for bound in doc.bounds(line) if bound.ref == wait.name]
        for bound in using:
            limit = limit_by_use(wait.start, bound, subject_at(doc, line, bound), refusal(doc, line))
            if limit:
                self._visit_limit(doc, line, bound, limit, trail, wait.start)
        if not using and re.search(rf"\b{re.escape(wait.name)}\b", doc.skeleton[line - 1]):
            self._visit_caller(doc, line, wait, trail)

    def _say(  # noqa: PLR0913 - one thing each
        self, doc: Document, piece: Piece, limit: SeenLimit, trail: Trail, *,
        tied: bool, kind: HopKind = HopKind.NEAR, via: str = "", by_field: bool = False, direct: bool = True,
    ) -> bool:  # fmt: skip
        claims = claims_in(piece.text) if piece.is_prose or piece.kind is not PieceKind.STRING else []
        for claim in claims:
            line = claim_line(doc, piece, claim)
            certainty = Certainty.BY_TEXT if by_field else Certainty.BY_NAME if via else Certainty.RESOLVED
            hop = self._hop(doc, line, kind, via, trail, certainty)
            if hop:
                full = with_surroundings(doc, piece, claim)
                place = SaidAt(full, limit.now, limit.before, trail.then(hop), tied, by_field, direct)
                self._found[trail.start].append(place)
        return bool(claims)

    def _by_words(self) -> None:
        """Texts that say the number as it was, of the same thing: documents, and copy that no name connects."""
        phrases: dict[str, list[tuple[SeenLimit, Trail]]] = defaultdict(list)
        for learned in self._learned.values():
            for limit, trail in learned:
                for phrase in phrases_of(limit.before) if limit.before else ():
                    phrases[phrase].append((limit, trail))
        for phrase, hits in self._library.search(phrases, whole_words=True).items():
            for hit in hits:
                for limit, trail in phrases[phrase] if counts(hit.path) else ():
                    self._arrive_at_phrase(limit, trail, phrase, hit)

    def _arrive_at_phrase(self, limit: SeenLimit, trail: Trail, phrase: str, hit: SearchHit) -> None:
        doc = self._library.document(hit.path)
        if doc is None:
            return
        onward = Trail(trail.start, trail.hops, sure=False)
        for piece in _pieces(doc, LineSpan(hit.line, hit.line)):
            self._say(doc, piece, limit, onward, tied=False, kind=HopKind.TEXT, via=phrase, by_field=True)

    def _hop(
        self, doc: Document, line: int, kind: HopKind, via: str, trail: Trail, certainty: Certainty
    ) -> Hop | None:
        hop = self._library.hop(doc, line, kind, certainty, via=via, depth=len(trail.hops))
        if hop:
            self.visited[trail.start].append(hop)
        return hop


def _is_given(wait: _Wait, text: str) -> bool:
    """True when a line gives the name a value: `TOO_SHORT = `, `too_short: `, `too_short(`."""
    name = re.escape(re.split(r"[.:]", wait.name)[-1])
    return re.search(rf"\b{name}[\"']?\s*(?:=>|:=|[=:(])", text) is not None


def _can_be(wait: _Wait, hit: SearchHit) -> bool:
    """Judged by the line alone: whether it can be what is looked for. A use can be anywhere."""
    if wait.want is HopKind.DEFINITION:
        return _is_given(wait, hit.text)
    if wait.want is HopKind.KEY and " " not in wait.name:
        return _is_given(wait, hit.text) or hit.path.endswith((".po", ".pot", ".xml", ".resx", ".xlf"))
    return True


def _searched_for(wait: _Wait) -> str:
    """For a key its last part, as nested files write it."""
    if wait.want is not HopKind.KEY or " " in wait.name:
        return wait.name
    return wait.name.replace(":", ".").rsplit(".", 1)[-1]


def _pieces(doc: Document, span: LineSpan) -> Iterator[Piece]:
    for piece in doc.pieces:
        if piece.first_line <= span.last and piece.last_line >= span.first:
            yield piece


def _fits_reading(bound: CodeBound, tie: Tie) -> bool:
    if bound.refuses is None or tie in (Tie.NONE, Tie.PLAIN):
        return True
    return bound.refuses is (tie is Tie.WHEN_TRUE)


def _is_tied_name(doc: Document, around: LineSpan, line: int, bound: CodeBound, name: str) -> bool:
    for number in range(around.first, min(around.last, len(doc.lines)) + 1):
        column = doc.skeleton[number - 1].find(name)
        if column >= 0 and tie_of(doc, line, bound, doc.starts.starts[number - 1] + column) is not Tie.NONE:
            return True
    return False


_OPTIONS = named(
    """min_length max_length minlength maxlength min_value max_value minvalue maxvalue greater_than less_than
    greater_than_or_equal_to less_than_or_equal_to max_age max_size min_size maxsize minsize minimum maximum"""
)


def _is_name(name: str) -> bool:
    """False for options and attributes, which every validator has."""
    if name.isupper():
        return len(name) > 2
    return len(name) > 3 and name.lower() not in _OPTIONS and ("_" in name or not name[1:].islower())
