"""Decides changes by one policy and another, side by side: no model, no record, the evidence collected once."""

from reviewer.domain.change import Change
from reviewer.domain.coverage import AgentReport, Coverage
from reviewer.domain.decision import Circumstances
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.simulation import Verdict
from reviewer.evidence.base import base_facts
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy, at_tier, for_paths
from reviewer.ports import GitObjects
from reviewer.stages import agents, gates, rules, triage, verify
from reviewer.stages.decide import Case, decide

NO_MODEL = "a simulation asks no model"


async def simulate(
    change: Change, policy: Policy, *, repo: GitObjects, evidence: EvidenceSet, workspace: Workspace
) -> Verdict:
    """What `policy` says of `change` with no agent asked; the folders of its paths are weighed as in a review."""
    snapshot = change.snapshot
    held = for_paths(policy, [path for file in snapshot.files for path in (file.path, file.path_at_base)])
    base = base_facts(snapshot, repo, days=held.change_rate.days)
    report = gates.check(snapshot, held, base=base)
    assessed = triage.assess(snapshot, base, evidence, held)
    report = gates.check_structure(report, evidence, snapshot=snapshot, policy=held, triage=assessed)
    held = at_tier(held, assessed.tier)
    reports = rules.run(snapshot, evidence, workspace, held, prose=change.prose)
    found = [finding for each in reports for finding in each.findings]
    verifications, _ = await verify.confirm(found, change=change, workspace=workspace, refuter=None)
    decision = decide(
        Case(
            gates=report,
            rules=reports,
            coverage=Coverage(
                required_agents=held.required_agents,
                required_units=tuple(unit.id for unit in snapshot.units),
                reports=_nobody(held),
            ),
            verifications=verifications,
            challenge=None,
            circumstances=Circumstances(),
            policy=held,
        )
    )
    return Verdict(decision=decision, triage=assessed)


def _nobody(policy: Policy) -> tuple[AgentReport, ...]:
    return tuple(agents.not_run(page, NO_MODEL) for page in agents.required_pages(policy))
