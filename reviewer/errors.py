"""What the world can do to us, as one family of exceptions.

    ReviewerError
    ├── UsageError                 the command line or a file given by the user is wrong
    │   ├── ConfigError            a policy or guidance file, with its line and column
    │   └── LocalDecisionError     a decision on a local range was asked to act on a code host
    ├── RepositoryError            git could not give what was asked
    │   ├── NotARepositoryError
    │   ├── UnknownRevisionError
    │   ├── EmptyRangeError
    │   ├── ShallowHistoryError
    │   ├── ObjectTooLargeError
    │   ├── PathRefusedError
    │   └── DiffDoesNotApplyError
    ├── ModelError                 a model gave no whole, usable reply
    │   ├── ModelUnavailableError  overloaded, rate limited, unreachable: worth another try
    │   ├── ModelRejectedError     the request or the key was refused: not worth another try
    │   ├── ModelTruncatedError    the reply was cut, by a limit or by a broken connection
    │   ├── ModelRefusedError      the model declined to answer
    │   └── ModelAnswerError       the reply is not what was asked for
    ├── EvidenceTooSlowError       a part of the evidence took more time than it may
    ├── SearchIndexError           the kept index of words cannot be read or written
    │   └── IndexDamagedError      its file is damaged, or something else
    ├── BudgetSpentError           a limit on turns, tokens or seconds was reached
    ├── ConversationFailedError    a conversation ended without an answer; carries what it spent and its cause
    └── LedgerError                the record could not be written or read whole
        └── LedgerConflictError    the same event id with other bytes

Mistakes of our own are `ValueError` and `RuntimeError`, and are left to crash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.domain.chat import Usage


class ReviewerError(Exception):
    """Something outside the engine prevented it from doing what was asked."""

    advice = "Run the command again with --help to see what it expects."
    """What the operator can do; a subclass or an instance says it more exactly."""

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice


class UsageError(ReviewerError):
    """The command line, or a file named on it, is not usable."""


class ConfigError(UsageError):
    """A configuration file is wrong at a known place."""

    advice = "Correct the file at the place named; unknown keys are errors, never ignored."

    def __init__(self, message: str, *, file: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{file}:{line}:{column}: {message}")


class LocalDecisionError(UsageError):
    """A decision on a local range or diff was handed to `publish`."""

    advice = "Publish acts on decisions about pull requests only; a local review has nothing to act on."


class RepositoryError(ReviewerError):
    """Git could not give what was asked for."""

    advice = "Check the repository with `git fsck` and the command's --repo."


class NotARepositoryError(RepositoryError):
    """The path holds no git repository."""

    advice = "Give --repo the path of a git repository, bare or with a work tree."


class UnknownRevisionError(RepositoryError):
    """A name or id does not lead to a commit of this repository."""

    advice = "Check the spelling, or fetch the commit first: `git fetch origin <name>`."


class EmptyRangeError(RepositoryError):
    """Between base and head nothing differs."""

    advice = "Give a range whose head changes something, for example --range main..my-branch."


class ShallowHistoryError(RepositoryError):
    """The clone was cut off before the commits that are needed."""

    advice = "Fetch the missing history: `git fetch --unshallow`, or fetch-depth: 0 in a workflow."


class ObjectTooLargeError(RepositoryError):
    """A git object is larger than the limit under which it may be read."""

    advice = "The file is reported as not reviewable; no setting reads it in part."


class PathRefusedError(RepositoryError):
    """A path is not of the repository's form, or names nothing that can be read as a file."""

    advice = "Give a path as the repository has it, for example src/app.py: relative, without `..` or `.git`."


class DiffDoesNotApplyError(RepositoryError):
    """The text given as a diff is none, or does not fit the base."""

    advice = "Make the diff with `git diff --binary BASE` and give that same BASE to --base."


class ModelError(ReviewerError):
    """A model gave no whole, usable reply."""

    advice = "The change goes to a human. Run the review again when the cause is gone."

    def __init__(self, message: str, *, advice: str | None = None, usage: Usage | None = None) -> None:
        super().__init__(message, advice=advice)
        self.usage = usage
        """What the failed call consumed, as far as the provider said; None when it said nothing."""


class ModelUnavailableError(ModelError):
    """The provider is overloaded, limits the rate, failed, or cannot be reached; another try may work."""

    def __init__(
        self, message: str, *, retry_after_s: float | None = None, usage: Usage | None = None
    ) -> None:
        super().__init__(message, usage=usage)
        self.retry_after_s = retry_after_s
        """Seconds the provider asked to wait; None when it did not say."""


class ModelRejectedError(ModelError):
    """The provider refused the request itself: bad key, unknown model, malformed or too long a request."""

    advice = "Check the key, the --model name and the *_BASE_URL; the same request will be refused again."


class ModelTruncatedError(ModelError):
    """The reply ended before the model was done: an output limit, or a stream that was cut or just stopped."""

    def __init__(self, message: str, *, cut: bool = False, usage: Usage | None = None) -> None:
        super().__init__(message, usage=usage)
        self.cut = cut
        """True when the connection lost the end, so another try may bring it; False for a limit."""


class ModelRefusedError(ModelError):
    """The model, or a filter in front of it, declined to answer."""


class ModelAnswerError(ModelError):
    """The reply arrived whole but is not what was asked for: broken JSON, wrong shape, unknown units."""


class EvidenceTooSlowError(ReviewerError):
    """A part of the evidence took more CPU time than it may: a file may be written to that end."""

    advice = "Look at the largest files of the change, and at their longest lines."


class SearchIndexError(ReviewerError):
    """The file that keeps the index of words is damaged, not ours, locked, or cannot be written."""

    advice = "Delete the file: the index is built again from the repository, nothing else is in it."


class IndexDamagedError(SearchIndexError):
    """The file that keeps the index of words cannot be understood: torn, or not written by the engine."""


class BudgetSpentError(ReviewerError):
    """A limit on turns, tokens or seconds was reached before the work was done."""

    advice = "The change goes to a human. Raise the limit in the policy, or make the change smaller."


class ConversationFailedError(ReviewerError):
    """A conversation with a model ended without an answer; what it spent is not lost."""

    def __init__(
        self, cause: ReviewerError, *, usage: Usage, turns: int, tool_calls: int, prompt_digest: str
    ) -> None:
        super().__init__(str(cause), advice=cause.advice)
        self.cause = cause
        """The `ModelError` or `BudgetSpentError` that ended it."""
        self.usage = usage
        """Everything consumed until then, retries included."""
        self.turns = turns
        self.tool_calls = tool_calls
        self.prompt_digest = prompt_digest
        """Digest of the first request."""


class LedgerError(ReviewerError):
    """The record could not be written durably or read whole, so no decision was shown."""

    advice = "Check free space and permissions of the ledger folder; then run the review again."


class LedgerConflictError(LedgerError):
    """An event id is already taken by other bytes."""

    advice = "Keep both files and run an integrity check: one of them was altered."
