"""Collects all evidence of a change: definitions and their uses, what they reach, strings, constants and names."""

from reviewer.domain.change import Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.literals import collect_literals
from reviewer.evidence.offers import collect_names
from reviewer.evidence.trace import Limits, trace_change
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace


def collect(
    snapshot: Snapshot,
    workspace: Workspace,
    *,
    limits: Limits | None = None,
    reach_limits: ReachLimits | None = None,
) -> EvidenceSet:
    """What code says about a change, each part with its quotes and with what was left out of it.

    Cuts of strings and constants are in their own part: the rule about them says when they may hide something.
    """
    traced = trace_change(snapshot, workspace, limits=limits, reach_limits=reach_limits)
    return EvidenceSet(
        traces=traced.traces,
        files=traced.files,
        cuts=traced.cuts,
        files_parsed=traced.files_parsed,
        bytes_parsed=traced.bytes_parsed,
        reach=traced.reach,
        unmet=traced.unmet,
        literals=collect_literals(snapshot, workspace),
        names=collect_names(snapshot, workspace),
    )
