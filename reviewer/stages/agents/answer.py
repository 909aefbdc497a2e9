"""The typed answer of a sub-agent, and how it becomes findings and attestations that point at pinned commits."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from reviewer.domain.change import Prose, Side, Snapshot
from reviewer.domain.coverage import Attestation, AttestationVerdict
from reviewer.domain.finding import (
    AbsenceSubject,
    ChangedPathSubject,
    CodeSubject,
    Confidence,
    Finding,
    ProseSubject,
    Severity,
    Source,
    SourceKind,
    Subject,
)
from reviewer.domain.value import Value, digest_bytes
from reviewer.llm.page import Page, Sight

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Line = Annotated[int, Field(ge=1, le=10_000_000)]
"""From 1. No file is longer, and no number may be larger than the record can hold."""


class CodePlace(Value):
    """Code word for word."""

    kind: Literal["code"]
    path: Text
    side: Side
    first_line: Line
    last_line: Line
    quote: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class ProsePlace(Value):
    """Words of the title, the body or a commit message; `part` is `title`, `body` or `commit:<sha>`."""

    kind: Literal["prose"]
    part: Text
    quote: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class AbsencePlace(Value):
    """A literal word that is missing below a path prefix at the head."""

    kind: Literal["absence"]
    searched_for: Text
    searched_in: str


class PathPlace(Value):
    """A unit without lines."""

    kind: Literal["path"]
    path: Text


class AnsweredFinding(Value):
    """One finding as a model writes it."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    explanation: Text
    severity: Severity
    confidence: Confidence
    units: Annotated[tuple[str, ...], Field(min_length=1)]
    subject: Annotated[CodePlace | ProsePlace | AbsencePlace | PathPlace, Field(discriminator="kind")]
    evidence: tuple[CodePlace, ...]
    suggestion: str | None


class AnsweredAttestation(Value):
    """One unit accounted for."""

    unit: str
    verdict: AttestationVerdict
    note: Short


class AgentAnswer(Value):
    """The whole answer."""

    attestations: tuple[AnsweredAttestation, ...]
    findings: tuple[AnsweredFinding, ...]
    summary: Short


def complaint(answer: AgentAnswer, *, snapshot: Snapshot, page: Page) -> str | None:
    """What keeps `answer` from accounting for the change, in words for the model; None when nothing does."""
    problems = list(_problems(answer, snapshot, page))
    return "\n".join(problems) or None


def findings(answer: AgentAnswer, *, snapshot: Snapshot, prose: Prose, page: Page) -> tuple[Finding, ...]:
    """The findings of `answer`, its places pinned to the commits and texts under review."""
    source = Source(kind=SourceKind.AGENT, name=page.name, version=page.digest)
    return tuple(
        Finding(
            source=source,
            title=found.title,
            explanation=found.explanation,
            severity=found.severity,
            confidence=found.confidence,
            subject=_pinned(found, snapshot, prose),
            evidence=tuple(_code(place, snapshot) for place in found.evidence),
            units=found.units,
            suggestion=found.suggestion,
        )
        for found in answer.findings
    )


def attestations(answer: AgentAnswer) -> tuple[Attestation, ...]:
    """The attestations of `answer`."""
    return tuple(
        Attestation(unit=item.unit, verdict=item.verdict, note=item.note) for item in answer.attestations
    )


def _problems(answer: AgentAnswer, snapshot: Snapshot, page: Page) -> Iterator[str]:
    known = [unit.id for unit in snapshot.units]
    seen = [item.unit for item in answer.attestations]
    if missing := [unit for unit in known if unit not in seen]:
        yield f"attestations: missing {', '.join(missing)}"
    if unknown := sorted(set(seen) - set(known)):
        yield f"attestations: no such unit {', '.join(unknown)}"
    if twice := sorted({unit for unit in seen if seen.count(unit) > 1}):
        yield f"attestations: more than once {', '.join(twice)}"
    told = {unit for found in answer.findings for unit in found.units}
    if unknown := sorted(told - set(known)):
        yield f"findings: no such unit {', '.join(unknown)}"
    for item in answer.attestations:
        if item.verdict is AttestationVerdict.FINDING and item.unit not in told:
            yield f"attestations: {item.unit} says `finding`, and no finding names it"
        if item.verdict is AttestationVerdict.CLEAR and item.unit in told:
            yield f"attestations: {item.unit} says `clear`, and a finding names it"
    if page.sight is Sight.BLIND and any(isinstance(found.subject, ProsePlace) for found in answer.findings):
        yield "findings: a subject of kind `prose`, and you were shown no prose"


def _pinned(found: AnsweredFinding, snapshot: Snapshot, prose: Prose) -> Subject:
    match found.subject:
        case CodePlace() as place:
            return _code(place, snapshot)
        case ProsePlace() as place:
            text = prose.parts.get(place.part, "")
            start = max(0, text.find(place.quote))  # whether it stands there is for the quote check to say
            return ProseSubject(
                part=place.part,
                part_digest=digest_bytes(text.encode("utf-8", "surrogatepass")),
                start=start,
                end=start + len(place.quote),
                quote=place.quote,
            )
        case AbsencePlace() as place:
            return AbsenceSubject(
                searched_for=place.searched_for, searched_in=place.searched_in, commit=snapshot.revisions.head
            )
        case PathPlace() as place:
            return ChangedPathSubject(path=place.path, unit=found.units[0])


def _code(place: CodePlace, snapshot: Snapshot) -> CodeSubject:
    revisions = snapshot.revisions
    return CodeSubject(
        path=place.path,
        side=place.side,
        commit=revisions.head if place.side is Side.HEAD else revisions.merge_base,
        first_line=place.first_line,
        last_line=place.last_line,
        quote=place.quote,
    )
