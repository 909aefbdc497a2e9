"""Reach: how much else runs, or runs on, what is changed."""

from collections.abc import Iterator

from reviewer.domain.entry_point import EntrySort
from reviewer.domain.evidence import Certainty, SymbolChange, SymbolTrace
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.evidence.base import is_tested_code, kind_at
from reviewer.stages.triage.subject import Subject, argues, not_known, quiet


def reach(subject: Subject) -> RiskFactor:
    """Argue for `medium` where many entry points lead to changed code, or many files use it; tests are left out.

    Entry points are those within the hops that a review follows. What is new has no users yet.
    """
    evidence, limits = subject.evidence, subject.policy.triage
    if not any(is_tested_code(file.path) for file in subject.of(KindOfChange.CODE)):
        return quiet("reach", "no program is changed")
    if evidence.reach is None:
        return not_known("reach", "what the change reaches was not followed")
    ways = [way.entry.entry for way in evidence.reach.ways_in()]
    entries = sum(entry is not None and entry.sort is not EntrySort.TEST for entry in ways)
    users = {path for trace in _old(evidence) for path in _users(trace)}
    said = (
        f"{entries} entry points lead to it, limit {limits.entry_points};"
        f" {len(users)} files use it, limit {limits.using_files}"
    )
    if entries > limits.entry_points or len(users) > limits.using_files:
        return argues("reach", RiskTier.MEDIUM, said)
    hidden = [reason for reason in _hidden(evidence) if reason]
    if hidden:
        return not_known("reach", f"{said}, and there may be more: {hidden[0]}")
    return quiet("reach", said)


def _old(evidence: EvidenceSet) -> Iterator[SymbolTrace]:
    return (trace for trace in evidence.traces if trace.change is not SymbolChange.ADDED)


def _users(trace: SymbolTrace) -> Iterator[str]:
    for use in trace.uses:
        if use.certainty is Certainty.RESOLVED and kind_at(use.quote.path) is not KindOfChange.TESTS:
            yield use.quote.path


def _hidden(evidence: EvidenceSet) -> Iterator[str | None]:
    """Why more may use it than was seen: searches that were cut short, and changed files that were not understood."""
    for trace in _old(evidence):
        yield trace.may_hide
    for file in evidence.files:
        if file.may_hide_changes and is_tested_code(file.path):
            yield f"{file.path}: {file.partial or 'not understood'}"
