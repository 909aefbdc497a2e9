"""Evidence: a trace that was cut short could hide the caller that breaks."""

from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult


def evidence_whole(evidence: EvidenceSet) -> GateResult:
    """Could not tell, when a limit or a failure left something out of the evidence.

    Effect: escalate. Setting: none.
    """
    cuts = evidence.cuts
    more = f" and {len(cuts) - 1} more" if len(cuts) > 1 else ""
    return GateResult(
        gate="evidence",
        answer=GateAnswer.UNKNOWN if cuts else GateAnswer.PASS,
        effect=GateEffect.ESCALATE,
        value=f"{len(cuts)} cuts",
        limit="0 cuts",
        reason=f"{cuts[0]}{more}" if cuts else f"{len(evidence.traces)} changed symbols traced, nothing cut",
    )
