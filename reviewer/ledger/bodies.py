"""What the bodies of events hold: everything that may be personal, and all that a replay needs."""

from reviewer.domain.change import Change, FileChange
from reviewer.domain.coverage import Coverage, RuleReport
from reviewer.domain.decision import Circumstances, Decision
from reviewer.domain.finding import ChallengeResult, Verification
from reviewer.domain.gate import GateReport
from reviewer.domain.value import Value
from reviewer.policy import Policy


class RunRequest(Value):
    """What was asked for, in the words of who asked."""

    repository: str
    """Name for people."""
    asked: str
    """The range, diff or pull request as it was given."""


class RuleTrouble(Value):
    """Why a rule could not look at everything."""

    unable: str


class ChallengeNote(Value):
    """Why the challenge ended as it did."""

    reason: str


class DecisionInputs(Value):
    """Everything `decide` was given."""

    gates: GateReport
    rules: tuple[RuleReport, ...]
    coverage: Coverage
    verifications: tuple[Verification, ...]
    challenge: ChallengeResult | None
    circumstances: Circumstances
    policy: Policy


class DecisionRecord(Value):
    """A decision with its inputs: `decide` on them must give it again."""

    decision: Decision
    inputs: DecisionInputs


class Failure(Value):
    """The error that ended a run."""

    message: str
    advice: str | None


def without_code(change: Change) -> Change:
    """The change without the lines of its hunks: those stay in git, under the recorded commits and digests.

    Paths, units, digests, counts and prose are kept.
    """
    files = tuple(_without_lines(file) for file in change.snapshot.files)
    return change.model_copy(update={"snapshot": change.snapshot.model_copy(update={"files": files})})


def _without_lines(file: FileChange) -> FileChange:
    units = tuple(unit.model_copy(update={"hunk": None}) for unit in file.units)
    return file.model_copy(update={"units": units})
