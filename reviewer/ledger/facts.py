"""What the header of each kind of event may say: enums, digests, ids and counts, never names or free text.

Whatever could be personal (paths, prose, quotes, messages) belongs into the event's body, which can be erased.
Schemas only grow: a field is never renamed, removed or given another meaning; a new kind or a new required
field raises `SCHEMA_VERSION`.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from reviewer.domain.change import AuthorKind, Origin
from reviewer.domain.coverage import AgentStatus
from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.finding import ChallengeOutcome, Confidence, Severity, SourceKind, VerificationOutcome
from reviewer.domain.gate import GateAnswer, GateEffect
from reviewer.domain.triage import KindOfChange, RiskTier
from reviewer.domain.value import Digest, ObjectId, Value

SCHEMA_VERSION = 2
"""Of headers and bodies. A reader refuses newer ones by number. 2: `change_triaged`."""

Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@+-]{0,99}$")]
"""A name that code or configuration chose: a gate, a rule, an agent, a version, a reason's code."""

ModelLabel = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,200}$")]
"""`provider/name`; printable ASCII without blanks."""

FindingId = Annotated[str, StringConstraints(pattern=r"^F-[0-9a-f]{10}$")]

GuidanceRef = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,8}-[0-9]{1,6}@[0-9]{1,6}$")]
"""A house rule and its version, `GD-012@3`."""

Count = Annotated[int, Field(ge=0)]


class RunStarted(Value):
    """The first event of every run."""

    kind: Literal["run_started"] = "run_started"
    engine_version: Token
    origin: Origin


class SnapshotTaken(Value):
    """The change was frozen."""

    kind: Literal["snapshot_taken"] = "snapshot_taken"
    repository_digest: Digest
    """Keyed digest of the repository's name: joins runs of one repository after the name was erased."""
    base: ObjectId
    merge_base: ObjectId
    head: ObjectId
    diff_digest: Digest
    author_kind: AuthorKind
    complete: bool
    problems: Count
    """How many sentences say what is missing."""
    files: Count
    units: Count
    added_lines: Count
    deleted_lines: Count


class GateEvaluated(Value):
    """One gate answered."""

    kind: Literal["gate_evaluated"] = "gate_evaluated"
    gate: Token
    answer: GateAnswer
    effect: GateEffect


class EvidenceCollected(Value):
    """The code around the change was asked."""

    kind: Literal["evidence_collected"] = "evidence_collected"
    traces: Count
    uses: Count
    files: Count
    files_partial: Count
    cuts: Count
    """Limits that left something out, those of single traces included."""
    files_parsed: Count
    bytes_parsed: Count


class ChangeTriaged(Value):
    """The risk of the change was assessed. Absent from runs before schema version 2."""

    kind: Literal["change_triaged"] = "change_triaged"
    tier: RiskTier
    kind_of_change: KindOfChange
    raised: bool
    arguing: tuple[Token, ...]
    """Names of the factors that raise a concern, the gravest first."""
    unknown: tuple[Token, ...]
    """Names of those among them that could not be told."""


class RuleCompleted(Value):
    """One deterministic rule ran."""

    kind: Literal["rule_completed"] = "rule_completed"
    rule: Token
    version: Token
    findings: Count
    unable: bool
    """It could not look at everything; the body says why."""


class AgentCompleted(Value):
    """One sub-agent ended, whether it completed, was unable or never ran."""

    kind: Literal["agent_completed"] = "agent_completed"
    agent: Token
    status: AgentStatus
    model: ModelLabel | None
    page_digest: Digest
    prompt_digest: Digest | None
    policy_digest: Digest
    findings: Count
    units_clear: Count
    units_with_finding: Count
    units_unable: Count
    turns: Count
    tool_calls: Count
    calls: Count
    input_tokens: Count
    cached_input_tokens: Count
    output_tokens: Count
    duration_ms: Count
    cost_micro_usd: Count | None
    """None when no price is known for the model."""


class FindingRaised(Value):
    """A rule or an agent made a claim."""

    kind: Literal["finding_raised"] = "finding_raised"
    finding: FindingId
    source_kind: SourceKind
    source: Token
    source_version: Token
    severity: Severity
    confidence: Confidence
    subject: Literal["code", "prose", "absence", "path"]
    units: Count
    guidance: GuidanceRef | None
    """None as well when an agent cited something that is no reference; the body keeps its words."""


class FindingVerified(Value):
    """A claim was checked and stays: it stood up, or nobody could tell."""

    kind: Literal["finding_verified"] = "finding_verified"
    finding: FindingId
    outcome: Literal[VerificationOutcome.CONFIRMED, VerificationOutcome.INCONCLUSIVE]
    stage: Literal["quote", "refute"]


class FindingDiscarded(Value):
    """A claim was checked and refuted."""

    kind: Literal["finding_discarded"] = "finding_discarded"
    finding: FindingId
    outcome: Literal[VerificationOutcome.REFUTED]
    stage: Literal["quote", "refute"]


class ChallengeCompleted(Value):
    """The attempt to refute an approval ended. Absent from runs whose decision was already another one."""

    kind: Literal["challenge_completed"] = "challenge_completed"
    outcome: ChallengeOutcome


class DecisionMade(Value):
    """The engine decided."""

    kind: Literal["decision_made"] = "decision_made"
    outcome: DecisionOutcome
    eligible: bool
    mode: Literal["shadow", "comment", "approve"]
    policy_digest: Digest
    decision_digest: Digest
    reason_codes: tuple[Token, ...]
    """Codes of all reasons that hold, the tree read from the top, each once."""
    challenge: ChallengeOutcome | None
    human_requested: bool
    approvals_suspended: bool


class RunFailed(Value):
    """An error ended the run."""

    kind: Literal["run_failed"] = "run_failed"
    stage: Token
    error: Token
    """The name of the error's class."""


Facts = Annotated[
    RunStarted
    | SnapshotTaken
    | GateEvaluated
    | EvidenceCollected
    | ChangeTriaged
    | RuleCompleted
    | AgentCompleted
    | FindingRaised
    | FindingVerified
    | FindingDiscarded
    | ChallengeCompleted
    | DecisionMade
    | RunFailed,
    Field(discriminator="kind"),
]
