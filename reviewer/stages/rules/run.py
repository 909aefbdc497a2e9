"""Runs the rules over the facts of a change."""

from reviewer.domain.change import Snapshot
from reviewer.domain.coverage import RuleFlag, RuleReport
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy
from reviewer.stages.rules.catalogue import CATALOGUE
from reviewer.stages.rules.rule import Facts, Rule


def run(
    snapshot: Snapshot, evidence: EvidenceSet, workspace: Workspace, policy: Policy
) -> tuple[RuleReport, ...]:
    """One report a rule, in the catalogue's order, also from rules that found nothing or were not to run."""
    facts = Facts(snapshot, evidence, workspace)
    return tuple(
        _report(rule, facts, RuleFlag(policy.rules.get(rule.name, rule.ships))) for rule in CATALOGUE
    )


def _report(rule: Rule, facts: Facts, flag: RuleFlag) -> RuleReport:
    if flag is RuleFlag.OFF:
        return RuleReport(rule=rule.name, version=rule.version, findings=(), unable=None, flag=flag)
    outcome = rule.check(rule, facts)
    shadow = flag is RuleFlag.SHADOW
    return RuleReport(
        rule=rule.name,
        version=rule.version,
        findings=() if shadow else outcome.findings,
        unable=outcome.unable,
        flag=flag,
        shadowed=outcome.findings if shadow else (),
    )
