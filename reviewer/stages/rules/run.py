"""Runs the rules over the facts of a change."""

from reviewer.domain.change import Snapshot
from reviewer.domain.coverage import RuleReport
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.workspace import Workspace
from reviewer.stages.rules.catalogue import CATALOGUE
from reviewer.stages.rules.rule import Facts


def run(snapshot: Snapshot, evidence: EvidenceSet, workspace: Workspace) -> tuple[RuleReport, ...]:
    """One report a rule, in the catalogue's order, also from rules that found nothing."""
    facts = Facts(snapshot, evidence, workspace)
    reports = []
    for rule in CATALOGUE:
        outcome = rule.check(rule, facts)
        reports.append(
            RuleReport(rule=rule.name, version=rule.version, findings=outcome.findings, unable=outcome.unable)
        )
    return tuple(reports)
