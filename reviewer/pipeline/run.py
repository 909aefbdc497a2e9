"""What one run is given, and what its stages share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reviewer.domain.change import Origin, Snapshot
from reviewer.domain.decision import Circumstances
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.host_facts import HostFacts
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.tools import EvidenceTools
from reviewer.evidence.workspace import LineSearch, Workspace
from reviewer.ledger.record import RunRecorder
from reviewer.llm.fenced_tools import FencedTools
from reviewer.llm.router import Router
from reviewer.policy import Policy
from reviewer.ports import GitObjects, Toolbox


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Which change is to be reviewed."""

    base: str
    """Revision whose commit holds the policy and from which the change branched."""
    head: str
    origin: Origin
    asked: str
    """The range, file or event as the user gave it; for people and for the record."""
    title: str | None = None
    """None: taken from the newest commit."""
    body: str | None = None


@dataclass(frozen=True, kw_only=True)
class Run:
    """Everything the stages of one run may use; nothing else reaches the world from inside the graph."""

    subject: Subject
    repo: GitObjects
    policy: Policy
    """The house's policy; its folders are weighed when the changed paths are known."""
    router: Router | None
    """The models to ask; None when there is none."""
    no_model_reason: str
    """Why there is no model; shown for each agent that did not run."""
    boundary_key: bytes
    circumstances: Circumstances
    recorder: RunRecorder
    tell: Callable[[str], None]
    """Progress for people: the name of the stage that begins."""
    host: HostFacts | None = None
    """What the code host says; None for a local change, which no code host was asked about."""
    index: LineSearch | None = None
    """Answers searches of the code without a pass over all of it; None where git is searched."""
    coverage: tuple[GivenReport, ...] = ()
    """Reports of tests that ran at the head, as they were given."""
    scanners: tuple[GivenReport, ...] = ()
    """Reports of linters and scanners, as they were given."""
    _workspaces: dict[str, Workspace] = field(default_factory=dict)

    def workspace(self, snapshot: Snapshot) -> Workspace:
        """The code before and after the change; one for the whole run, so that what was read is kept."""
        revisions = snapshot.revisions
        return self._workspaces.setdefault(revisions.head, Workspace(self.repo, revisions, index=self.index))

    def toolbox(self, snapshot: Snapshot, evidence: EvidenceSet, policy: Policy) -> Toolbox:
        """Fresh tools with the budget of their own that `policy`, at the tier of the change, gives them."""
        limit = policy.budget.max_tool_calls
        tools = EvidenceTools(self.workspace(snapshot), evidence, max_calls=limit)
        return FencedTools(tools, self.boundary_key)
