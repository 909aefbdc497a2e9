"""What a gate says: passed, stopped, or could not tell, with the value and the limit it compared."""

from enum import StrEnum

from pydantic import Field

from reviewer.domain.value import Value


class GateAnswer(StrEnum):
    """The three answers, and the mark for a gate that has no subject here."""

    PASS = "pass"  # noqa: S105 - an answer, not a password
    STOP = "stop"
    UNKNOWN = "unknown"
    """Could not tell. Never counts as a pass."""
    NOT_APPLICABLE = "not_applicable"
    """Has no subject here: no report was given and none is asked for, or the facts of a code host are needed and
    the change is local, whose decision `publish` refuses."""


class GateEffect(StrEnum):
    """Where a stop of this gate leads."""

    REFUSE = "refuse"
    ESCALATE = "escalate"


class GateResult(Value):
    """One gate's answer."""

    gate: str
    answer: GateAnswer
    effect: GateEffect
    value: str
    """What was found, with its unit: `1400 changed lines`."""
    limit: str
    """What is allowed, with its unit: `500 changed lines`."""
    reason: str
    """One sentence that names thing, value and limit."""


class GateReport(Value):
    """All gates that were asked."""

    results: tuple[GateResult, ...] = Field(min_length=1)
    """Never empty: no gates asked is no pass."""

    def having(self, *answers: GateAnswer) -> tuple[GateResult, ...]:
        """The results with one of `answers`, in the order of asking."""
        return tuple(result for result in self.results if result.answer in answers)
