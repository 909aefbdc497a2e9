"""The mechanical check: does what a finding points at exist, word for word?"""

from dataclasses import dataclass

from reviewer.domain.change import Prose, Side, Snapshot
from reviewer.domain.finding import (
    AbsenceSubject,
    ChangedPathSubject,
    CodeSubject,
    ProseSubject,
    Subject,
    VerificationOutcome,
)
from reviewer.domain.value import digest_bytes
from reviewer.errors import RepositoryError
from reviewer.evidence.workspace import Workspace
from reviewer.screening.outgoing import screened

CONFIRMED = VerificationOutcome.CONFIRMED
REFUTED = VerificationOutcome.REFUTED
INCONCLUSIVE = VerificationOutcome.INCONCLUSIVE


@dataclass(frozen=True)
class QuoteCheck:
    """What the check found."""

    outcome: VerificationOutcome
    reason: str
    subject: Subject
    """The subject as it stands in the code: a quote that is elsewhere in its file is moved to where it stands."""


def check_subject(subject: Subject, *, snapshot: Snapshot, prose: Prose, workspace: Workspace) -> QuoteCheck:
    """Check one subject. A quote that is not found is inconclusive: nobody knows what the claim was about."""
    match subject:
        case CodeSubject():
            return _code(subject, snapshot, workspace)
        case ProseSubject():
            return _prose(subject, prose)
        case AbsenceSubject():
            return _absence(subject, snapshot, workspace)
        case ChangedPathSubject():
            return _path(subject, snapshot)


def _code(subject: CodeSubject, snapshot: Snapshot, workspace: Workspace) -> QuoteCheck:
    pinned = snapshot.revisions.head if subject.side is Side.HEAD else snapshot.revisions.merge_base
    if subject.commit != pinned:
        return QuoteCheck(INCONCLUSIVE, f"{subject.place} is not a commit under review", subject)
    wanted = _comparable(subject.quote.split("\n"))
    if not any(wanted):
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: the quote is empty", subject)
    try:
        lines = _comparable(workspace.lines(subject.path, subject.side))
    except RepositoryError as error:
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: {error}", subject)
    span = subject.last_line - subject.first_line + 1
    if span == len(wanted) and lines[subject.first_line - 1 : subject.last_line] == wanted:
        return QuoteCheck(CONFIRMED, f"the quote stands at {subject.place}", subject)
    return _elsewhere(subject, wanted, lines)


def _elsewhere(subject: CodeSubject, wanted: list[str], lines: list[str]) -> QuoteCheck:
    """Models miscount lines: a quote that stands exactly once in its file is taken where it stands."""
    starts = [at for at in range(len(lines) - len(wanted) + 1) if lines[at : at + len(wanted)] == wanted]
    if len(starts) != 1:
        found = (
            "is nowhere in the file" if not starts else f"stands {len(starts)} times in the file, not there"
        )
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: the quote {found}", subject)
    moved = subject.model_copy(update={"first_line": starts[0] + 1, "last_line": starts[0] + len(wanted)})
    return QuoteCheck(
        CONFIRMED, f"the quote stands at {moved.place}, not at line {subject.first_line}", moved
    )


def _comparable(lines: list[str]) -> list[str]:
    """Lines as models are shown them, without indentation and blank ends."""
    return [screened(line).strip() for line in lines]


def _prose(subject: ProseSubject, prose: Prose) -> QuoteCheck:
    text = prose.parts.get(subject.part)
    if text is None:
        return QuoteCheck(INCONCLUSIVE, f"there is no part {subject.part!r}", subject)
    if subject.part_digest != digest_bytes(text.encode("utf-8", "surrogatepass")):
        return QuoteCheck(INCONCLUSIVE, f"{subject.part} is not the text under review", subject)
    if not subject.quote.strip():
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: the quote is empty", subject)
    if text[subject.start : subject.end] == subject.quote:
        return QuoteCheck(CONFIRMED, f"the quote stands at {subject.place}", subject)
    if text.count(subject.quote) != 1:
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: the quote is not there", subject)
    start = text.index(subject.quote)
    moved = subject.model_copy(update={"start": start, "end": start + len(subject.quote)})
    return QuoteCheck(CONFIRMED, f"the quote stands at {moved.place}", moved)


def _absence(subject: AbsenceSubject, snapshot: Snapshot, workspace: Workspace) -> QuoteCheck:
    if subject.commit != snapshot.revisions.head:
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: not searched at the head", subject)
    if not subject.searched_for.strip():
        return QuoteCheck(INCONCLUSIVE, "the absence of nothing was claimed", subject)
    try:
        hits = workspace.search([subject.searched_for], Side.HEAD, prefix=subject.searched_in)
        below = workspace.paths(Side.HEAD, prefix=subject.searched_in)
    except RepositoryError as error:
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: {error}", subject)
    if not below:
        return QuoteCheck(INCONCLUSIVE, f"{subject.place}: there is no such path", subject)
    if hits:
        return QuoteCheck(REFUTED, f"{subject.searched_for!r} stands at {hits[0].place}", subject)
    return QuoteCheck(CONFIRMED, f"{subject.place}: searched again, not found", subject)


def _path(subject: ChangedPathSubject, snapshot: Snapshot) -> QuoteCheck:
    fits = any(unit.id == subject.unit and unit.path == subject.path for unit in snapshot.units)
    if fits:
        return QuoteCheck(CONFIRMED, f"{subject.path} is changed by {subject.unit}", subject)
    return QuoteCheck(INCONCLUSIVE, f"{subject.path} is not changed by {subject.unit}", subject)
