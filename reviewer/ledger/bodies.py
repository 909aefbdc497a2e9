"""What the bodies of events hold: everything that may be personal, and all that a replay needs."""

from reviewer.domain.change import Change, FileChange
from reviewer.domain.coverage import Coverage, RuleReport
from reviewer.domain.decision import Circumstances, Decision
from reviewer.domain.evidence import CodeQuote, EvidenceSet, SymbolTrace
from reviewer.domain.finding import ChallengeResult, Verification
from reviewer.domain.gate import GateReport
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
    """The evidence with each credential in a quote as `[secret: kind]`."""
    return evidence.model_copy(
        update={"traces": tuple(_without_credentials(trace) for trace in evidence.traces)}
    )


def _without_credentials(trace: SymbolTrace) -> SymbolTrace:
    uses = tuple(use.model_copy(update={"quote": _redacted(use.quote)}) for use in trace.uses)
    sides = {
        side: symbol.model_copy(update={"definition": _redacted(symbol.definition)})
        for side, symbol in (("before", trace.before), ("after", trace.after))
        if symbol
    }
    return trace.model_copy(update={"uses": uses, **sides})


def _redacted(quote: CodeQuote) -> CodeQuote:
    return quote.model_copy(update={"text": redact(quote.text)})
