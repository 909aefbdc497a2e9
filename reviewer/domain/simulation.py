"""What two policies would decide about changes that were merged, with no model asked."""

from reviewer.domain.decision import Decision, DecisionOutcome
from reviewer.domain.triage import Triage
from reviewer.domain.value import ObjectId, Value


class Verdict(Value):
    """What one policy says of one change."""

    decision: Decision | None
    """None where the policy itself cannot be used."""
    problem: str = ""
    """Why there is no decision."""
    triage: Triage | None = None
    """None where there is no decision."""

    @property
    def word(self) -> str:
        """`eligible`, or the outcome; `no decision` where there is none.

        An approval needs agents, and none is asked here: eligible says that nothing else would prevent it.
        """
        if self.decision is None:
            return "no decision"
        if self.decision.outcome is DecisionOutcome.ESCALATE and self.decision.eligible:
            return "eligible"
        return self.decision.outcome.value

    @property
    def stops(self) -> frozenset[str]:
        """Codes of the reasons that hold, those about agents and the challenge left out."""
        if self.decision is None:
            return frozenset()
        held = (leaf.code for node in self.decision.reasons for leaf in node.because if leaf.holds)
        return frozenset(code for code in held if not code.startswith(("coverage.", "challenge.")))


class Simulated(Value):
    """One merged change, decided by the policy of its base and by another one."""

    head: ObjectId
    title: str
    was: Verdict
    """By the policy that its base has."""
    would_be: Verdict

    @property
    def flips(self) -> bool:
        """True when the two say different words."""
        return self.was.word != self.would_be.word
