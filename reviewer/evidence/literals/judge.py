"""Decides which pairs of copy and code contradict each other, and how sure that is. Silent when unsure."""

from collections.abc import Iterable, Sequence

from reviewer.domain.evidence import CodeQuote
from reviewer.domain.finding import Confidence
from reviewer.domain.literals import Bound, Contradiction, Dimension
from reviewer.evidence.literals.compare import Held, Verdict, compare, fits, subjects_agree
from reviewer.evidence.literals.copy_claims import Claim
from reviewer.evidence.literals.roles import FileKind, kind_of
from reviewer.evidence.literals.starts import BoundStart, ClaimStart, HeldAt, SaidAt

_RANK = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


class Judged:
    """The outcome of the comparisons of one start."""

    def __init__(self) -> None:
        self.contradictions: list[Contradiction] = []
        self.agreements = 0


def judge_claim(start: ClaimStart, places: Sequence[HeldAt]) -> Judged:
    """Changed copy against the limits it led to."""
    judged = Judged()
    fitting = [
        place for place in places if fits(start.claim, place.held) and _may_be_meant(start.claim, place)
    ]
    tied = [place for place in fitting if place.tied and place.trail.sure]
    tied = [
        place
        for place in tied
        if subjects_agree(start.claim, place.held) is not False
        or (place.direct and not any(subjects_agree(start.claim, other.held) for other in tied))
    ]
    related = tied or [
        place
        for place in fitting
        if not place.by_field and subjects_agree(start.claim, place.held) is not False
    ]
    considered = related or [
        place for place in fitting if place.by_field and subjects_agree(start.claim, place.held)
    ]
    verdicts = [(place, compare(start.claim, place.held)) for place in considered]
    judged.agreements = sum(verdict is Verdict.AGREES for _, verdict in verdicts)
    wrong = [place for place, verdict in verdicts if verdict is Verdict.CONTRADICTS]
    if not wrong:
        return judged
    best = min(wrong, key=lambda place: _closeness(start.claim, place))
    agreed = start.before is not None and compare(start.before, best.held) is Verdict.AGREES
    one_number = len({place.held.amount.values for place in wrong}) == 1 and not judged.agreements
    confidence = _confidence(
        tied=bool(tied), agreed=agreed, one_number=one_number, by_field=best.by_field,
        same=subjects_agree(start.claim, best.held), document=_is_document(start.doc.path),
        full=_says_all(start.claim, best.held),
    )  # fmt: skip
    if confidence is not None:
        first, last = best.trail.hops[0].quote, best.trail.hops[-1].quote
        judged.contradictions.append(
            _contradiction(
                start.claim,
                best.held,
                first,
                last,
                start.units,
                agreed=agreed,
                confidence=confidence,
                hops=best,
            )
        )
    return judged


def judge_bound(start: BoundStart, places: Iterable[SaidAt]) -> Judged:
    """A changed limit against the copy it led to: one contradiction a line of copy."""
    judged = Judged()
    by_line: dict[tuple[str, int], SaidAt] = {}
    listed = sorted(
        places,
        key=lambda place: (
            not (place.tied and place.trail.sure),
            not subjects_agree(place.claim, place.held),
            place.by_field,
            len(place.trail.hops),
        ),
    )
    for place in listed:
        quote = place.trail.hops[-1].quote
        key = (quote.path, quote.first_line)
        if not fits(place.claim, place.held):
            continue
        verdict = compare(place.claim, place.held)
        judged.agreements += verdict is Verdict.AGREES
        if verdict is Verdict.CONTRADICTS and key not in by_line:
            by_line[key] = place
    for place in by_line.values():
        _judge_said(start, place, judged)
    return judged


def _judge_said(start: BoundStart, place: SaidAt, judged: Judged) -> None:
    agreed = place.held_before is not None and compare(place.claim, place.held_before) is Verdict.AGREES
    if start.before is not None and not agreed:
        return
    same = subjects_agree(place.claim, place.held)
    tied = place.tied and place.trail.sure
    if same is False and not (tied and place.direct):
        return
    quote = place.trail.hops[-1].quote
    confidence = _confidence(
        tied=tied, agreed=agreed, one_number=not judged.agreements, by_field=place.by_field, same=same,
        document=_is_document(quote.path), full=_says_all(place.claim, place.held),
    )  # fmt: skip
    if confidence is not None:
        first = place.trail.hops[0].quote
        judged.contradictions.append(
            _contradiction(
                place.claim,
                place.held,
                quote,
                first,
                start.units,
                agreed=agreed,
                confidence=confidence,
                hops=place,
            )
        )


def _confidence(
    *,
    tied: bool,
    agreed: bool,
    one_number: bool,
    by_field: bool,
    same: bool | None,
    document: bool,
    full: bool,
) -> Confidence | None:
    """None where a reader would have to guess."""
    if document:
        return (Confidence.MEDIUM if full else Confidence.LOW) if agreed and same else None
    if tied:
        return Confidence.HIGH
    if by_field:
        if agreed and same and full:
            return Confidence.MEDIUM
        return Confidence.LOW if same and one_number else None
    if agreed and (same or one_number):
        return Confidence.HIGH if same else Confidence.MEDIUM
    return Confidence.MEDIUM if same and one_number else None


def _may_be_meant(claim: Claim, place: HeldAt) -> bool:
    """A plain number without a unit is compared only with what stands right beside it."""
    if claim.amount.dimension is Dimension.NUMBER or place.held.dimension is Dimension.UNKNOWN:
        return (place.tied and place.trail.sure) or bool(claim.subject & place.held.subject)
    return True


def _closeness(claim: Claim, place: HeldAt) -> tuple[bool, bool, bool, int]:
    return not place.tied, not place.trail.sure, not subjects_agree(claim, place.held), len(place.trail.hops)


def _says_all(claim: Claim, held: Held) -> bool:
    """True when the copy names everything that the code's names say the limit is about."""
    single = {
        word for word in held.subject if not any(word != other and other in word for other in held.subject)
    }
    needed = single - _MAY_BE_LEFT_OUT or single
    return bool(needed) and needed <= claim.subject


_MAY_BE_LEFT_OUT = frozenset({"user", "account", "login", "auth", "cookie", "app", "upload", "request"})
"""Words of names that a sentence about the same thing does without."""


def _is_document(path: str) -> bool:
    return kind_of(path) is FileKind.DOCUMENT


def _contradiction(  # noqa: PLR0913 - one thing each
    claim: Claim, held: Held, copy: CodeQuote, code: CodeQuote, units: tuple[str, ...], *,
    agreed: bool, confidence: Confidence, hops: HeldAt | SaidAt,
) -> Contradiction:  # fmt: skip
    said = Bound(kind=claim.kind, dimension=claim.amount.dimension, number=claim.amount.text)
    is_held = Bound(kind=held.kind, dimension=held.dimension, number=held.amount.text)
    about = f" of {sorted(claim.subject & held.subject, key=len)[0]}" if claim.subject & held.subject else ""
    before = "; they agreed before the change" if agreed else ""
    return Contradiction(
        copy_quote=copy,
        code_quote=code,
        path=hops.trail.hops,
        said=said,
        held=is_held,
        agreed_before=agreed,
        confidence=confidence,
        explanation=(
            f'{copy.path}:{copy.first_line} says "{claim.phrase}", but the {held.kind}{about} that'
            f" {code.path}:{code.first_line} holds is {held.amount.text}{before}."
        ),
        units=units,
    )


def in_order(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """The surest first, one for each pair of lines."""
    best: dict[tuple[str, int, str, int], Contradiction] = {}
    for item in sorted(found, key=lambda item: (_RANK[item.confidence], len(item.path))):
        copy, code = item.copy_quote, item.code_quote
        best.setdefault((copy.path, copy.first_line, code.path, code.first_line), item)
    return tuple(best.values())
