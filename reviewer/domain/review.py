"""Everything one run produced: the content of `review.json`."""

from typing import Literal

from reviewer.domain.change import Change
from reviewer.domain.chat import Usage
from reviewer.domain.coverage import AgentReport, RuleReport
from reviewer.domain.decision import Circumstances, Decision
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import ChallengeResult, Verification
from reviewer.domain.gate import GateReport
from reviewer.domain.host_facts import HostFacts
from reviewer.domain.split_plan import SplitPlan
from reviewer.domain.triage import Triage
from reviewer.domain.value import Digest, Value


class Receipt(Value):
    """Proof that a decision is durable: which event of which run holds it."""

    run_id: str
    event_id: Digest
    decision_digest: Digest
    """Digest of the recorded decision; must equal that of the decision it is shown with."""
    ledger: str
    """Where the event lies, for people."""


class Review(Value):
    """One recorded run."""

    schema_version: Literal[1] = 1
    engine_version: str
    run_id: str
    mode: Literal["shadow", "comment", "approve"]
    """What the policy lets the engine do with the decision; a local run has no effects at all."""
    change: Change
    host: HostFacts | None = None
    """What the code host said when the gates were asked; None for a local change."""
    evidence: EvidenceSet
    triage: Triage | None = None
    """None only in records from before there was one."""
    gates: GateReport
    split_plan: SplitPlan | None = None
    """How to cut the change; None when it is not refused for its size."""
    rules: tuple[RuleReport, ...]
    agents: tuple[AgentReport, ...]
    verifications: tuple[Verification, ...]
    challenge: ChallengeResult | None
    circumstances: Circumstances
    decision: Decision
    receipt: Receipt
    not_checked: tuple[str, ...]
    """What nobody looked at, a sentence each."""
    usage: Usage
    duration_ms: int
