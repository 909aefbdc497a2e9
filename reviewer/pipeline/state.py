"""What has been established so far, growing stage by stage."""

import operator
from typing import Annotated, TypedDict

from reviewer.domain.base_facts import BaseFacts
from reviewer.domain.change import Change
from reviewer.domain.chat import Usage
from reviewer.domain.coverage import AgentReport, RuleReport
from reviewer.domain.decision import Decision
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import ChallengeResult, Verification
from reviewer.domain.gate import GateReport
from reviewer.domain.review import Receipt
from reviewer.domain.split_plan import SplitPlan
from reviewer.domain.triage import Triage
from reviewer.llm.page import Page
from reviewer.policy import Policy
from reviewer.stages.agents import Briefing


class ReviewState(TypedDict, total=False):
    """The state of the graph. Agents write side by side: their reports and what they spent are added up."""

    change: Change
    policy: Policy
    """What holds for the paths of this change, and, once it is assessed, at its risk tier."""
    base: BaseFacts
    """Holds names of owners: it is asked and never stored."""
    triage: Triage
    gates: GateReport
    evidence: EvidenceSet
    split_plan: SplitPlan
    """Present when the change is refused for its size."""
    rules: tuple[RuleReport, ...]
    briefing: Briefing
    """Present when agents are asked."""
    agents: Annotated[tuple[AgentReport, ...], operator.add]
    usage: Annotated[Usage, operator.add]
    verifications: tuple[Verification, ...]
    challenge: ChallengeResult | None
    decision: Decision
    receipt: Receipt


class AgentTask(TypedDict):
    """What one branch of the fan-out is sent."""

    page: Page
    briefing: Briefing
    evidence: EvidenceSet
    policy: Policy
