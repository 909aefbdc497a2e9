"""The catalogue of factors, in the order in which they are shown, and the tier that comes of them."""

from collections.abc import Callable

from reviewer.domain.base_facts import BaseFacts
from reviewer.domain.change import Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.triage import RiskFactor, Triage, weighed
from reviewer.policy import Policy
from reviewer.stages.triage.churn import churn
from reviewer.stages.triage.familiarity import familiarity
from reviewer.stages.triage.kind_of_change import kind_of_change, weightiest_kind
from reviewer.stages.triage.owners import owners
from reviewer.stages.triage.reach import reach
from reviewer.stages.triage.sensitive_paths import sensitive_paths
from reviewer.stages.triage.sensitive_words import sensitive_words
from reviewer.stages.triage.size import size
from reviewer.stages.triage.subject import Subject
from reviewer.stages.triage.untested_code import untested_code

FACTORS: tuple[Callable[[Subject], RiskFactor], ...] = (
    sensitive_paths,
    sensitive_words,
    kind_of_change,
    size,
    churn,
    familiarity,
    untested_code,
    reach,
    owners,
)


def assess(snapshot: Snapshot, base: BaseFacts, evidence: EvidenceSet, policy: Policy) -> Triage:
    """The risk of a change by facts alone. Pure: equal facts have equal tiers."""
    subject = Subject(snapshot, base, evidence, policy)
    factors = tuple(factor(subject) for factor in FACTORS)
    return weighed(weightiest_kind(subject), factors, raise_at=policy.triage.raise_at)
