"""The catalogue of gates, in the order in which they are asked and shown."""

from collections.abc import Callable, Iterator

from reviewer.domain.base_facts import BaseFacts
from reviewer.domain.change import Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateAnswer, GateEffect, GateReport, GateResult
from reviewer.domain.host_facts import HostFacts
from reviewer.domain.triage import Triage
from reviewer.policy import Policy
from reviewer.stages.gates.answer import not_told
from reviewer.stages.gates.approvable_paths import approvable_paths
from reviewer.stages.gates.approval_share import approval_share
from reviewer.stages.gates.bot_author import bot_author
from reviewer.stages.gates.breadth import areas, languages, owners
from reviewer.stages.gates.change_rate import change_rate
from reviewer.stages.gates.completeness import completeness
from reviewer.stages.gates.complexity import complexity
from reviewer.stages.gates.draft import draft
from reviewer.stages.gates.evidence_whole import evidence_whole
from reviewer.stages.gates.fork import fork
from reviewer.stages.gates.freshness import freshness
from reviewer.stages.gates.hidden_characters import hidden_characters
from reviewer.stages.gates.host_completeness import host_completeness
from reviewer.stages.gates.independent_parts import independent_parts
from reviewer.stages.gates.protected_paths import protected_paths
from reviewer.stages.gates.readable import readable
from reviewer.stages.gates.required_checks import required_checks
from reviewer.stages.gates.risk_tier import risk_tier
from reviewer.stages.gates.separation_of_duties import separation_of_duties
from reviewer.stages.gates.sibling_pull_requests import sibling_pull_requests
from reviewer.stages.gates.size import changed_files, changed_lines
from reviewer.stages.gates.special_files import special_files
from reviewer.stages.gates.test_coverage import test_coverage
from reviewer.stages.gates.undone_paths import undone_paths

Gate = Callable[[Snapshot, Policy], GateResult]
BaseGate = Callable[[Snapshot, Policy, BaseFacts], GateResult]
HostGate = Callable[[Snapshot, Policy, HostFacts], GateResult]

GATES: tuple[Gate, ...] = (
    changed_lines,
    changed_files,
    areas,
    languages,
    completeness,
    readable,
    special_files,
    protected_paths,
    hidden_characters,
    approvable_paths,
)

BASE_GATES: tuple[tuple[BaseGate, GateEffect], ...] = (
    (owners, GateEffect.REFUSE),
    (change_rate, GateEffect.ESCALATE),
    (undone_paths, GateEffect.ESCALATE),
)
"""With what a stop of each leads to, which also holds where the base was not read."""

HOST_GATES: tuple[HostGate, ...] = (
    draft,
    fork,
    bot_author,
    separation_of_duties,
    required_checks,
    sibling_pull_requests,
    host_completeness,
    freshness,
)

CATALOGUE: dict[str, Callable[..., GateResult]] = {
    **{gate.__name__: gate for gate in GATES},
    **{gate.__name__: gate for gate, _ in BASE_GATES},
    **{gate.__name__: gate for gate in HOST_GATES},
    "approval_share": approval_share,
    "independent_parts": independent_parts,
    "complexity": complexity,
    "test_coverage": test_coverage,
    "evidence": evidence_whole,
    "risk_tier": risk_tier,
}
"""Every gate by the name that its results bear, for those who list them."""


def check(
    snapshot: Snapshot, policy: Policy, host: HostFacts | None = None, *, base: BaseFacts | None = None
) -> GateReport:
    """Ask every gate that does not need the evidence.

    Without `host` its gates do not apply to a local change, and cannot tell of any other. Without `base` the gates
    that need it cannot tell.
    """
    asked = (gate(snapshot, policy) for gate in GATES)
    of_base = _of_base(snapshot, policy, base)
    of_host = (gate(snapshot, policy, host) if host else _not_asked(gate, snapshot) for gate in HOST_GATES)
    share = approval_share(snapshot, policy, host)
    return GateReport(results=(*asked, *of_base, *of_host, share))


def check_structure(
    report: GateReport,
    evidence: EvidenceSet,
    *,
    snapshot: Snapshot,
    policy: Policy,
    triage: Triage | None = None,
) -> GateReport:
    """`report` with the gates added that need the evidence. Without `triage` its gate cannot tell."""
    added = (
        independent_parts(snapshot, policy, evidence),
        complexity(snapshot, evidence.complexity, policy),
        test_coverage(snapshot, evidence.line_coverage, policy),
        evidence_whole(evidence),
        risk_tier(triage, policy),
    )
    return GateReport(results=(*report.results, *added))


def _of_base(snapshot: Snapshot, policy: Policy, base: BaseFacts | None) -> Iterator[GateResult]:
    for gate, effect in BASE_GATES:
        if base is None:
            yield not_told(gate.__name__, "what the base says", "it was not read", effect=effect)
        else:
            yield gate(snapshot, policy, base)


def _not_asked(gate: HostGate, snapshot: Snapshot) -> GateResult:
    local = snapshot.origin.is_local
    return GateResult(
        gate=gate.__name__,
        answer=GateAnswer.NOT_APPLICABLE if local else GateAnswer.UNKNOWN,
        effect=GateEffect.ESCALATE,
        value="not asked",
        limit="known from the code host",
        reason="a local change has no code host" if local else "the code host was not asked",
    )
