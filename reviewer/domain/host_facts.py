"""What a code host says about a pull request. People are keyed pseudonyms, never logins or addresses."""

from enum import StrEnum

from pydantic import Field

from reviewer.domain.change import AuthorKind
from reviewer.domain.fact import Known, Unknown
from reviewer.domain.text import RepoPath
from reviewer.domain.value import Digest, ObjectId, Value, digest_of

Pseudonym = Digest
"""Keyed digest of the host's id of an account: the same account has the same one, and nobody reads a name from it."""


class PullRequestKey(Value):
    """Which pull request it is."""

    repository: str = Field(min_length=1)
    """The host's lasting id of the repository, which a rename does not change."""
    number: int = Field(ge=1)

    @property
    def digest(self) -> str:
        """Digest of both parts."""
        return digest_of([self.repository, self.number])


class HostAuthor(Value):
    """Who opened the pull request."""

    kind: AuthorKind
    account: Pseudonym


class CheckConclusion(StrEnum):
    """How a check run ended; the host's words."""

    SUCCESS = "success"
    FAILURE = "failure"
    NEUTRAL = "neutral"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"
    ACTION_REQUIRED = "action_required"
    STARTUP_FAILURE = "startup_failure"
    STALE = "stale"


class RequiredCheck(Value):
    """A check without which the host does not merge."""

    name: str
    app: str | None
    """The app whose check it must be; None where any app may report it."""
    is_ours: bool
    """It is this engine's own check, which can say nothing about the change that the engine does not know."""


class CheckRun(Value):
    """The newest run of one check by one app."""

    name: str
    app: str
    head: ObjectId
    """The commit that it ran on."""
    conclusion: CheckConclusion | None
    """None while it has not ended."""
    is_ours: bool


class HostListing(Value):
    """The change as the host lists it, to be held against what git says."""

    files_told: int | None
    """How many files the pull request says it changes; None where the host gave null."""
    commits_told: int | None
    paths: tuple[RepoPath, ...]
    """Of all listed files, old names of renamed ones included."""
    commits: tuple[ObjectId, ...]
    diff_files: int | None = None
    """How many files its diff has; None when the diff was not asked for."""
    nulls: tuple[str, ...] = ()
    """Fields that came back null and must not be."""


class HostFacts(Value):
    """All that gates need from a code host, as of one moment."""

    pull_request: PullRequestKey
    is_draft: Known[bool] | Unknown
    is_fork: Known[bool] | Unknown
    """The head lies in another repository than the base, or in one that is gone."""
    author: Known[HostAuthor] | Unknown
    pushers: Known[tuple[Pseudonym, ...]] | Unknown
    """Accounts that pushed to the head's branch, by the host's own record."""
    committers: Known[tuple[Pseudonym, ...]] | Unknown
    """Authors and committers of its commits; the account that commits for the host's web pages is left out."""
    co_authors: Known[tuple[Pseudonym, ...]] | Unknown
    """Unknown, when a trailer names an address of no account."""
    initiator: Known[Pseudonym | None] | Unknown
    """Who set an agent to work; None when no agent wrote the change."""
    approvers: Known[tuple[Pseudonym, ...]] | Unknown
    """Accounts with an approval that stands."""
    engine: Known[Pseudonym] | Unknown
    """The account with which this engine approves."""
    required_checks: Known[tuple[RequiredCheck, ...]] | Unknown
    check_runs: Known[tuple[CheckRun, ...]] | Unknown
    siblings: Known[tuple[int, ...]] | Unknown
    """Numbers of other open pull requests with the same head commit."""
    listing: Known[HostListing] | Unknown
    base_now: Known[ObjectId] | Unknown
    """The tip of the base branch that the pull request names at this moment."""
    head_now: Known[ObjectId] | Unknown
