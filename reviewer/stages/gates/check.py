"""The catalogue of gates, in the order in which they are asked and shown."""

from collections.abc import Callable
from itertools import chain

from reviewer.domain.change import Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateReport, GateResult
from reviewer.policy import Policy
from reviewer.stages.gates.approvable_paths import approvable_paths
from reviewer.stages.gates.code_host import code_host
from reviewer.stages.gates.completeness import completeness
from reviewer.stages.gates.evidence_whole import evidence_whole
from reviewer.stages.gates.hidden_characters import hidden_characters
from reviewer.stages.gates.protected_paths import protected_paths
from reviewer.stages.gates.readable import readable
from reviewer.stages.gates.size import changed_files, changed_lines

Gate = Callable[[Snapshot, Policy], GateResult]

GATES: tuple[Gate, ...] = (
    changed_lines,
    changed_files,
    completeness,
    readable,
    protected_paths,
    hidden_characters,
    approvable_paths,
)


def check(snapshot: Snapshot, policy: Policy) -> GateReport:
    """Ask every gate that needs nothing but the snapshot; gates of the code host say they do not apply."""
    asked = (gate(snapshot, policy) for gate in GATES)
    return GateReport(results=tuple(chain(asked, code_host(snapshot))))


def check_structure(report: GateReport, evidence: EvidenceSet) -> GateReport:
    """`report` with the gates added that need the evidence."""
    return GateReport(results=(*report.results, evidence_whole(evidence)))
