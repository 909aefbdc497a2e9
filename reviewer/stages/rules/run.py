"""Runs the rules over the facts of a change."""

from collections.abc import Iterable, Iterator

from reviewer.domain.change import Prose, Side, Snapshot
from reviewer.domain.coverage import RuleFlag, RuleReport, Silenced
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import ChangedPathSubject, CodeSubject, Finding
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy
from reviewer.stages.rules.catalogue import CATALOGUE
from reviewer.stages.rules.prose_rule import ProseFacts, ProseRule
from reviewer.stages.rules.rule import Facts, Rule


def run(
    snapshot: Snapshot,
    evidence: EvidenceSet,
    workspace: Workspace,
    policy: Policy,
    *,
    prose: Prose | None = None,
) -> tuple[RuleReport, ...]:
    """One report a rule, in the catalogue's order, also from rules that found nothing or were not to run.

    Only rules about words are given `prose`; without it they are unable where the policy asks something of words.
    """
    facts = Facts(snapshot, evidence, workspace)
    words = ProseFacts(snapshot.author.kind, prose, policy.commits)
    return tuple(_report(rule, facts, words, policy) for rule in CATALOGUE)


def _report(rule: Rule | ProseRule, facts: Facts, words: ProseFacts, policy: Policy) -> RuleReport:
    flag = RuleFlag(policy.rules.get(rule.name, rule.ships))
    if flag is RuleFlag.OFF:
        return RuleReport(rule=rule.name, version=rule.version, findings=(), unable=None, flag=flag)
    outcome = rule.check(rule, words) if isinstance(rule, ProseRule) else rule.check(rule, facts)
    silenced = tuple(_silenced(rule, outcome.findings, policy))
    held_back = [one.finding for one in silenced]
    said = tuple(finding for finding in outcome.findings if finding not in held_back)
    shadow = flag is RuleFlag.SHADOW
    return RuleReport(
        rule=rule.name,
        version=rule.version,
        findings=() if shadow else said,
        unable=outcome.unable,
        flag=flag,
        shadowed=said if shadow else (),
        silenced=silenced,
    )


def _silenced(rule: Rule | ProseRule, findings: Iterable[Finding], policy: Policy) -> Iterator[Silenced]:
    """Findings of which every place at the head is one that the policy names; one without a place is always said."""
    for finding in findings:
        entries = [policy.silence_of(rule.name, path) for path in _paths(finding)]
        named = [entry for entry in entries if entry is not None]
        if named and len(named) == len(entries):
            yield Silenced(finding=finding, reason=named[0].reason)


def _paths(finding: Finding) -> Iterator[str]:
    for subject in (finding.subject, *finding.evidence):
        if isinstance(subject, ChangedPathSubject) or (
            isinstance(subject, CodeSubject) and subject.side is Side.HEAD
        ):
            yield subject.path
