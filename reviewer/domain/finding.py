"""A claim about a change, what it points at, and whether the claim stood up."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from reviewer.domain.change import Side
from reviewer.domain.text import RepoPath
from reviewer.domain.value import Digest, ObjectId, Value, digest_of


class Severity(StrEnum):
    """How bad it is if the claim is true."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for critical, 3 for low: smaller is worse."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the claimant is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class CodeSubject(Value):
    """The finding points at code that exists."""

    kind: Literal["code"] = "code"
    path: RepoPath
    side: Side
    commit: ObjectId
    first_line: int
    """Lines count from 1; both ends are included."""
    last_line: int
    quote: str

    @property
    def place(self) -> str:
        """`path:first-last@sha`, the sha shortened to 12 digits for people."""
        last = f"-{self.last_line}" if self.last_line != self.first_line else ""
        return f"{self.path}:{self.first_line}{last}@{self.commit[:12]}"


class ProseSubject(Value):
    """The finding points at words of the title, the body or a commit message."""

    kind: Literal["prose"] = "prose"
    part: str
    """`title`, `body` or `commit:<sha>`."""
    part_digest: Digest
    start: int
    """Characters from 0; `end` is not included."""
    end: int
    quote: str

    @property
    def place(self) -> str:
        """`body[12:40]`; a commit is named by 12 digits."""
        kind, _, sha = self.part.partition(":")
        return f"{kind}{f' {sha[:12]}' if sha else ''}[{self.start}:{self.end}]"


class AbsenceSubject(Value):
    """The finding says that something is missing; the engine searches for it again."""

    kind: Literal["absence"] = "absence"
    searched_for: str
    """A word or a fixed string, never a pattern."""
    searched_in: str
    """A path prefix at the head; empty for the whole repository."""
    commit: ObjectId

    @property
    def place(self) -> str:
        """`no "word" in src/`."""
        return f'no "{self.searched_for}" in {self.searched_in or "the repository"}'


class ChangedPathSubject(Value):
    """The finding points at a unit that has no lines: a rename, a mode, a binary, a submodule."""

    kind: Literal["path"] = "path"
    path: RepoPath
    unit: str

    @property
    def place(self) -> str:
        """The path."""
        return self.path


Subject = Annotated[
    CodeSubject | ProseSubject | AbsenceSubject | ChangedPathSubject, Field(discriminator="kind")
]


class SourceKind(StrEnum):
    """Who makes the claim."""

    RULE = "rule"
    """Code: the claim follows from facts."""
    TOOL = "tool"
    """A linter or scanner of the team, whose report a rule took in: that it says so is a fact."""
    AGENT = "agent"
    """A model: the claim is an opinion until confirmed."""


class Source(Value):
    """The rule or agent that spoke; for a tool the rule that took its report in."""

    kind: SourceKind
    name: str
    version: str
    """The rule's version, or the digest of the agent's page."""


class Finding(Value):
    """One claim about the change."""

    source: Source
    title: str
    explanation: str
    """What happens, when, and to whom; free text of a model when an agent speaks."""
    severity: Severity
    confidence: Confidence
    subject: Subject
    evidence: tuple[CodeSubject, ...] = ()
    """Further code the claim stands on, for example the caller that breaks."""
    units: tuple[str, ...]
    """Ids of the change units it is about."""
    suggestion: str | None = None
    """Replacement for the quoted lines, where one is safe to offer."""
    guidance: str | None = None
    """House rule it rests on, as `GD-012@3`."""

    @property
    def id(self) -> str:
        """`F-` and 10 hex digits over who says what about which quoted text: line moves keep it."""
        said = [self.source.name, self.title, self.subject.kind, _essence(self.subject)]
        return "F-" + digest_of(said)[:10]


def _essence(subject: Subject) -> list[str]:
    match subject:
        case CodeSubject():
            return [subject.path, " ".join(subject.quote.split())]
        case ProseSubject():
            return [subject.part.split(":")[0], subject.quote]
        case AbsenceSubject():
            return [subject.searched_in, subject.searched_for]
        case ChangedPathSubject():
            return [subject.path, subject.unit]


class VerificationOutcome(StrEnum):
    """Whether a claim stood up."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"


class Verification(Value):
    """A finding with the outcome of checking it. Only this, never a bare finding, reaches `decide`."""

    finding: Finding
    outcome: VerificationOutcome
    stage: Literal["quote", "refute"]
    """The step that settled it."""
    reason: str


class ChallengeOutcome(StrEnum):
    """Whether the attempt to refute an approval failed."""

    PASSED = "passed"
    """No reason against merging was found, by an answer that was complete."""
    FAILED = "failed"
    UNABLE = "unable"


class ChallengeResult(Value):
    """The last look before an approval. It is absent when the decision was already another one."""

    outcome: ChallengeOutcome
    reason: str
