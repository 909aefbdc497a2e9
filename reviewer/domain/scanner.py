"""What linters and scanners of the team say about changed lines, by the reports that were given."""

from enum import StrEnum

from pydantic import Field

from reviewer.domain.evidence import CodeQuote
from reviewer.domain.text import RepoPath
from reviewer.domain.value import Digest, ObjectId, Value


class ScannerReportUsed(Value):
    """One report as it was given."""

    name: str
    """The file's name, for people."""
    digest: Digest
    """SHA-256 of its bytes."""
    commit: ObjectId
    """The commit that it was made at, as the caller says."""
    tools: tuple[str, ...] | None
    """Who wrote it, by its own word; None when it could not be read."""


class ResultLevel(StrEnum):
    """How a tool ranks what it says; SARIF's own words."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ScannerResult(Value):
    """One result of a tool about an added line. All words are screened and cut to a length, and none is believed."""

    tool: str
    tool_version: str
    """Empty when the report does not tell."""
    rule: str
    """The tool's id of it; empty when the report has none."""
    about: str
    """What the tool's rule is for, in its own words; may be empty."""
    message: str
    """Empty for what is about a credential: the message may hold it."""
    level: ResultLevel
    security_severity: float | None = Field(ge=0, le=10)
    """As in the rule's property `security-severity`; None when it has none."""
    precision: str
    """As in the rule's property of that name: `very-high`, `high`, `medium` or `low`; empty for none."""
    is_about_secret: bool
    report: str
    """The name of its report."""
    path: RepoPath
    line: int
    """The added line that it is about, from 1: the first one within its region."""
    quote: CodeQuote | None
    """That line; None for what is about a credential, and for a line that holds one or is blank."""


class ScannerEvidence(Value):
    """What the reports say about the change."""

    reports: tuple[ScannerReportUsed, ...] = Field(min_length=1)
    results: tuple[ScannerResult, ...]
    """By report in the order given, then by path and line; each thing once."""
    problems: tuple[str, ...]
    """Why what is told may be wrong or too little, a sentence each."""
