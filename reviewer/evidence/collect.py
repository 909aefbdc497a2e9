"""Collects all evidence of a change: definitions and their uses, what they reach, strings, names, faults."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from reviewer.domain.change import Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.errors import EvidenceTooSlowError
from reviewer.evidence.complexity import collect_complexity
from reviewer.evidence.coverage_reports import collect_line_coverage
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.hazards import collect_hazards
from reviewer.evidence.literals import collect_literals
from reviewer.evidence.offers import collect_names
from reviewer.evidence.scanner_reports import collect_scanner_results
from reviewer.evidence.time_limit import MAX_SECONDS, cpu_limit
from reviewer.evidence.trace import Limits, trace_change
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace

_Part = TypeVar("_Part")


def collect(
    snapshot: Snapshot,
    workspace: Workspace,
    *,
    limits: Limits | None = None,
    reach_limits: ReachLimits | None = None,
    coverage: Sequence[GivenReport] = (),
    scanners: Sequence[GivenReport] = (),
) -> EvidenceSet:
    """What code says about a change, each part with its quotes and with what was left out of it.

    Cuts of strings and constants are in their own part: the rule about them says when they may hide something. That
    part, and those of names and hazards, are None when they took too long. An `EvidenceTooSlowError` when the tracing
    did.
    """
    with cpu_limit(MAX_SECONDS, "tracing the change"):
        traced = trace_change(snapshot, workspace, limits=limits, reach_limits=reach_limits)
    literals, slow_literals = _in_time("strings and constants", lambda: collect_literals(snapshot, workspace))
    names, slow_names = _in_time("names looked up by a literal", lambda: collect_names(snapshot, workspace))
    hazards, slow_hazards = _in_time("forms of known faults", lambda: collect_hazards(snapshot, workspace))
    return EvidenceSet(
        traces=traced.traces,
        files=traced.files,
        cuts=(*traced.cuts, *slow_literals, *slow_names, *slow_hazards),
        files_parsed=traced.files_parsed,
        bytes_parsed=traced.bytes_parsed,
        reach=traced.reach,
        unmet=traced.unmet,
        literals=literals,
        names=names,
        hazards=hazards,
        complexity=collect_complexity(snapshot, workspace),
        line_coverage=collect_line_coverage(snapshot, workspace, coverage),
        scanners=collect_scanner_results(snapshot, workspace, scanners),
    )


def _in_time(what: str, part: Callable[[], _Part]) -> tuple[_Part | None, tuple[str, ...]]:
    """The part; or None, and the sentence that says why there is none."""
    try:
        with cpu_limit(MAX_SECONDS, what):
            return part(), ()
    except EvidenceTooSlowError as error:
        return None, (f"not known: {error}",)
