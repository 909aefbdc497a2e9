"""What the bodies of events hold: everything that may be personal, and all that a replay needs."""

from reviewer.domain.change import Change, FileChange
from reviewer.domain.coverage import Coverage, RuleReport
from reviewer.domain.decision import Circumstances, Decision
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import ChallengeResult, Verification
from reviewer.domain.gate import GateReport
from reviewer.domain.line_coverage import ReportUsed
from reviewer.domain.scanner import ScannerReportUsed
from reviewer.domain.value import Value
from reviewer.policy import Policy
from reviewer.screening.secrets import redact


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
    coverage_reports: tuple[ReportUsed, ...] = ()
    """Reports of tests that a gate went by, each with the digest of its bytes."""
    scanner_reports: tuple[ScannerReportUsed, ...] = ()
    """Reports of linters and scanners whose results are among the findings, each with the digest of its bytes."""


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

    Paths, units with the places of their hunks, digests, counts and prose are kept.
    """
    files = tuple(_without_lines(file) for file in change.snapshot.files)
    return change.model_copy(update={"snapshot": change.snapshot.model_copy(update={"files": files})})


def _without_lines(file: FileChange) -> FileChange:
    units = tuple(
        unit.model_copy(update={"hunk": unit.hunk.model_copy(update={"lines": ()})}) if unit.hunk else unit
        for unit in file.units
    )
    return file.model_copy(update={"units": units})


def without_credentials(evidence: EvidenceSet) -> EvidenceSet:
    """The evidence with each credential in what it quotes as `[secret: kind]`."""
    cleaned = _cleaned(evidence)
    assert isinstance(cleaned, EvidenceSet)  # noqa: S101 - cleaning keeps the type
    return cleaned


_WORDS_OF_CODE = frozenset({"text", "before", "after", "name", "quote", "label", "via", "explanation"})
"""Fields that hold words of the code; ids, paths and digests are none."""


def _cleaned(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if not isinstance(value, Value):
        return value
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    return value.model_copy(
        update={
            name: redact(held) if isinstance(held, str) and name in _WORDS_OF_CODE else _cleaned(held)
            for name, held in fields.items()
        }
    )
