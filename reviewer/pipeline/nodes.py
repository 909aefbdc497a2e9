"""The nodes of the graph: each runs one stage, records what came of it, and adds it to the state."""

from collections.abc import Iterable

from langgraph.runtime import Runtime
from langgraph.types import Send

from reviewer.domain.coverage import AgentReport, Coverage, RuleReport
from reviewer.domain.decision import Decision
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateAnswer, GateEffect
from reviewer.domain.value import digest_of
from reviewer.errors import ReviewerError
from reviewer.evidence.base import base_facts
from reviewer.evidence.collect import collect
from reviewer.ledger import describe
from reviewer.ledger.bodies import DecisionInputs
from reviewer.llm.page import Page
from reviewer.pipeline.run import Run
from reviewer.pipeline.state import AgentTask, ReviewState
from reviewer.policy import at_tier, for_paths
from reviewer.stages import agents, gates, rules, snapshot, split, triage, verify
from reviewer.stages.decide import Case, awaits_challenge, decide

SWITCHED_OFF = "switched off by the policy"
REFUSED = "the change was refused for its size, breadth or complexity before any agent was asked"


async def take_snapshot(
    state: ReviewState,  # noqa: ARG001 - every node has this shape
    runtime: Runtime[Run],
) -> ReviewState:
    """Freeze the change, and find the limits that hold for its paths."""
    run = runtime.context
    run.tell("snapshot")
    subject = run.subject
    change = snapshot.take(
        run.repo,
        base=subject.base,
        head=subject.head,
        origin=subject.origin,
        title=subject.title,
        body=subject.body,
    )
    digest = run.recorder.pseudonym(change.snapshot.repository)
    run.recorder.append(describe.snapshot_taken(change, repository_digest=digest))
    paths = [path for file in change.snapshot.files for path in (file.path, file.path_at_base)]
    return {"change": change, "policy": for_paths(run.policy, paths)}


async def check_gates(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Ask the gates that need the change, its base and the code host."""
    run, policy, frozen = runtime.context, state["policy"], state["change"].snapshot
    run.tell("gates")
    base = base_facts(frozen, run.repo, days=policy.change_rate.days)
    return {"base": base, "gates": gates.check(frozen, policy, run.host, base=base)}


async def collect_evidence(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Trace the change through the code."""
    run = runtime.context
    run.tell("evidence")
    frozen = state["change"].snapshot
    try:
        evidence = collect(frozen, run.workspace(frozen), coverage=run.coverage, scanners=run.scanners)
    except ReviewerError as error:
        cut = f"evidence could not be collected: {error}"
        evidence = EvidenceSet(
            traces=(), files=(), cuts=(cut,), files_parsed=0, bytes_parsed=0, reach=None, literals=None
        )
    run.recorder.append(describe.evidence_collected(evidence))
    return {"evidence": evidence}


async def assess_risk(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Find the risk tier; ask the gates that needed it or the evidence, and record all gates."""
    run, policy = runtime.context, state["policy"]
    run.tell("triage")
    frozen, evidence = state["change"].snapshot, state["evidence"]
    assessed = triage.assess(frozen, state["base"], evidence, policy)
    run.recorder.append(describe.change_triaged(assessed))
    report = gates.check_structure(state["gates"], evidence, snapshot=frozen, policy=policy, triage=assessed)
    for result in report.results:
        run.recorder.append(describe.gate_evaluated(result))
    return {"triage": assessed, "gates": report, "policy": at_tier(policy, assessed.tier)}


async def plan_split(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Plan how a change that is refused for its size can be cut."""
    run = runtime.context
    if not gates.is_too_large(state["gates"]):
        return {}
    run.tell("split")
    frozen = state["change"].snapshot
    try:
        plan = split.plan(frozen, state["evidence"], state["policy"], run.workspace(frozen))
    except ReviewerError as error:
        plan = split.no_plan(frozen, state["policy"], f"the change could not be split: {error}")
    return {"split_plan": plan}


async def run_rules(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Run every deterministic rule."""
    run = runtime.context
    run.tell("rules")
    frozen = state["change"].snapshot
    try:
        reports = rules.run(
            frozen,
            state["evidence"],
            run.workspace(frozen),
            state["policy"],
            prose=state["change"].prose,
        )
    except ReviewerError as error:
        reports = (RuleReport(rule="all-rules", version="1", findings=(), unable=str(error)),)
    for report in reports:
        run.recorder.append(describe.rule_completed(report))
        for finding in report.findings:
            run.recorder.append(describe.finding_raised(finding))
    return {"rules": reports}


async def brief_agents(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Prepare once what every agent and both last readers are sent; nothing when none of them is asked."""
    run = runtime.context
    if _why_not_asked(state, run):
        return {}
    briefing = agents.brief(
        state["change"],
        state["evidence"],
        workspace=run.workspace(state["change"].snapshot),
        key=run.boundary_key,
        policy=state["policy"],
    )
    off = [page for page in agents.required_pages(state["policy"]) if state["policy"].is_off(page.name)]
    reports = [report for page in off for report in _not_run([page], _why_off(page, state), state, run)]
    return {"briefing": briefing, "agents": tuple(reports)}


def _why_off(page: Page, state: ReviewState) -> str:
    tier = state["triage"].tier
    asked = state["policy"].tiers.of(tier).agents
    return SWITCHED_OFF if page.name in asked else f"not asked for a change of {tier} risk, by the policy"


def fan_out(state: ReviewState, runtime: Runtime[Run]) -> list[Send] | str:
    """One branch an agent; none when the change is refused or there is no model."""
    if _why_not_asked(state, runtime.context):
        return "skip_agents"
    briefing, policy = state["briefing"], state["policy"]
    return [
        Send("agent", AgentTask(page=page, briefing=briefing, evidence=state["evidence"], policy=policy))
        for page in agents.required_pages(policy)
        if not policy.is_off(page.name)
    ] or "skip_agents"


async def skip_agents(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Report each agent that is not asked, with the reason."""
    run = runtime.context
    reason = _why_not_asked(state, run)
    told = {report.name for report in state.get("agents", ())}
    left = [page for page in agents.required_pages(state["policy"]) if page.name not in told]
    return {"agents": _not_run(left, reason, state, run)}


def _not_run(pages: Iterable[Page], reason: str, state: ReviewState, run: Run) -> tuple[AgentReport, ...]:
    reports = tuple(agents.not_run(page, reason) for page in pages)
    for report in reports:
        run.recorder.append(describe.agent_completed(report, policy_digest=digest_of(state["policy"])))
    return reports


def _why_not_asked(state: ReviewState, run: Run) -> str:
    stops = state["gates"].having(GateAnswer.STOP)
    if any(result.effect is GateEffect.REFUSE for result in stops):
        return REFUSED
    return run.no_model_reason if run.router is None else ""


async def ask_agent(state: AgentTask, runtime: Runtime[Run]) -> ReviewState:
    """One sub-agent's review."""
    run = runtime.context
    if run.router is None:
        raise RuntimeError(f"{state['page'].name} was sent out without a model")
    run.tell(f"agent {state['page'].name}")
    briefing = state["briefing"]
    toolbox = run.toolbox(briefing.snapshot, state["evidence"], state["policy"])
    report = await agents.review(state["page"], briefing, router=run.router, toolbox=toolbox)
    run.recorder.append(describe.agent_completed(report, policy_digest=digest_of(state["policy"])))
    for finding in report.findings:
        run.recorder.append(describe.finding_raised(finding))
    return {"agents": (report,), "usage": report.usage}


async def verify_findings(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Check every finding, of rules and of agents."""
    run = runtime.context
    run.tell("verify")
    found = [finding for report in state["rules"] for finding in report.findings]
    found += [finding for report in _in_order(state) for finding in report.findings]
    verifications, usage = await verify.confirm(
        found,
        change=state["change"],
        workspace=run.workspace(state["change"].snapshot),
        refuter=_refuter(state, run),
    )
    for verification in verifications:
        run.recorder.append(describe.finding_checked(verification))
    return {"verifications": verifications, "usage": usage}


async def challenge_approval(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Challenge the approval, if an approval is what it would be."""
    run = runtime.context
    refuter = _refuter(state, run)
    if refuter is None or not awaits_challenge(_decide(state, run)):
        return {"challenge": None}
    run.tell("challenge")
    result, usage = await verify.challenge(refuter)
    run.recorder.append(describe.challenge_completed(result))
    return {"challenge": result, "usage": usage}


async def make_decision(state: ReviewState, runtime: Runtime[Run]) -> ReviewState:
    """Decide, and make the decision durable before anyone sees it."""
    run = runtime.context
    run.tell("decide")
    decision = _decide(state, run)
    covered, scanned = state["evidence"].line_coverage, state["evidence"].scanners
    inputs = DecisionInputs(
        gates=state["gates"],
        rules=state["rules"],
        coverage=_coverage(state),
        verifications=state["verifications"],
        challenge=state["challenge"],
        circumstances=run.circumstances,
        policy=state["policy"],
        coverage_reports=covered.reports if covered else (),
        scanner_reports=scanned.reports if scanned else (),
    )
    run.recorder.append(describe.decision_made(decision, inputs))
    return {"decision": decision, "receipt": run.recorder.receipt()}


def _decide(state: ReviewState, run: Run) -> Decision:
    return decide(
        Case(
            gates=state["gates"],
            rules=state["rules"],
            coverage=_coverage(state),
            verifications=state["verifications"],
            challenge=state.get("challenge"),
            circumstances=run.circumstances,
            policy=state["policy"],
        )
    )


def _coverage(state: ReviewState) -> Coverage:
    return Coverage(
        required_agents=state["policy"].required_agents,
        required_units=tuple(unit.id for unit in state["change"].snapshot.units),
        reports=_in_order(state),
    )


def _in_order(state: ReviewState) -> tuple[AgentReport, ...]:
    """The agents' reports in the policy's order, whichever came back first."""
    order = state["policy"].required_agents
    return tuple(sorted(state.get("agents", ()), key=lambda report: order.index(report.name)))


def _refuter(state: ReviewState, run: Run) -> verify.Refuter | None:
    if run.router is None or _why_not_asked(state, run):
        return None
    briefing, evidence, policy = state["briefing"], state["evidence"], state["policy"]
    return verify.Refuter(
        router=run.router,
        toolbox=lambda: run.toolbox(briefing.snapshot, evidence, policy),
        system=briefing.system,
        key=run.boundary_key,
        policy=policy,
    )
