"""Which changed lines tests ran, by the reports that were given."""

from typing import Literal

from pydantic import Field

from reviewer.domain.text import RepoPath
from reviewer.domain.value import Digest, ObjectId, Value

ReportForm = Literal["cobertura", "lcov", "go"]


class ReportUsed(Value):
    """One report as it was given."""

    name: str
    """The file's name, for people."""
    digest: Digest
    """SHA-256 of its bytes."""
    commit: ObjectId
    """The commit that it was made at, as the caller says."""
    form: ReportForm | None
    """None when it could not be read."""


class FileCoverage(Value):
    """The changed lines of one file that can be run."""

    path: RepoPath
    executable: tuple[int, ...]
    """Added or altered lines that a report lists, from 1, in order."""
    uncovered: tuple[int, ...]
    """Those of them that no report saw run."""


class LineCoverage(Value):
    """What the reports say about the change."""

    reports: tuple[ReportUsed, ...] = Field(min_length=1)
    files: tuple[FileCoverage, ...]
    """Changed files that a report lists, ordered by path."""
    unlisted: tuple[RepoPath, ...]
    """Changed code outside of tests with added lines that no report lists, ordered by path."""
    problems: tuple[str, ...]
    """Why what is told may be wrong or too little, a sentence each."""
