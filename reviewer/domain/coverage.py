"""Who looked at what: the value that makes "nothing found" and "nothing read" different."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import model_validator

from reviewer.domain.chat import Usage
from reviewer.domain.finding import Finding
from reviewer.domain.value import Digest, Value


class AttestationVerdict(StrEnum):
    """What an agent says about one change unit."""

    CLEAR = "clear"
    FINDING = "finding"
    UNABLE = "unable"


class Attestation(Value):
    """One agent's account of one change unit."""

    unit: str
    verdict: AttestationVerdict
    note: str
    """What was looked at, or why it could not be."""


class RuleFlag(StrEnum):
    """What a policy lets a rule do."""

    ON = "on"
    SHADOW = "shadow"
    """It runs; what it says is recorded and shown apart, and weighs nothing."""
    OFF = "off"


class Silenced(Value):
    """A finding that the policy holds back, with the reason it gives."""

    finding: Finding
    reason: str


class RuleReport(Value):
    """What one deterministic rule did."""

    rule: str
    version: str
    findings: tuple[Finding, ...]
    unable: str | None
    """Why the rule could not look at everything; None when it did. Unable is no pass."""
    flag: RuleFlag = RuleFlag.ON
    shadowed: tuple[Finding, ...] = ()
    """What it would have said, were it not in shadow; `findings` is empty then."""
    silenced: tuple[Silenced, ...] = ()
    """What it says of paths for which the policy silences it."""


class AgentStatus(StrEnum):
    """How an agent's work ended."""

    COMPLETED = "completed"
    """A whole, typed answer that accounts for every unit."""
    UNABLE = "unable"
    """It started and could not finish: the reason says why."""
    NOT_RUN = "not_run"
    """It never started: no model, or the change was refused before."""


class AgentReport(Value):
    """What one sub-agent did, whether or not it succeeded."""

    name: str
    status: AgentStatus
    ran: bool
    """True when the agent was asked at all: exactly when `status` is not `not_run`."""
    reason: str
    """Why it is not `completed`; empty when it is."""
    page_digest: Digest
    model: str | None
    """`provider/name` of the model that was asked for the answer; None when it did not run."""
    switched: tuple[str, ...] = ()
    """Each change to another model while it worked, with the reason."""
    attestations: tuple[Attestation, ...] = ()
    findings: tuple[Finding, ...] = ()
    summary: str = ""
    """The agent's own short account; free text of a model."""
    usage: Usage = Usage()
    turns: int = 0
    tool_calls: int = 0
    prompt_digest: Digest | None = None
    """Digest of the first request; None when nothing was sent."""

    @model_validator(mode="after")
    def _status_says_whether_it_ran(self) -> Self:
        if self.ran == (self.status is AgentStatus.NOT_RUN):
            raise ValueError(f"{self.name}: ran={self.ran} contradicts status={self.status}")
        return self


class Coverage(Value):
    """Every agent that must answer, held against every unit that must be accounted for."""

    required_agents: tuple[str, ...]
    required_units: tuple[str, ...]
    reports: tuple[AgentReport, ...]

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What keeps coverage from being complete, a sentence each; empty only when nothing does."""
        return tuple(_gaps(self))

    @property
    def complete(self) -> bool:
        """True when each required agent completed and attested each unit, and there was something to attest."""
        return not self.gaps


def _gaps(coverage: Coverage) -> list[str]:
    if not coverage.required_agents:
        return ["no agent is required, so nothing was covered"]
    if not coverage.required_units:
        return ["the change has no units, so there was nothing to cover"]
    reports = {report.name: report for report in coverage.reports}
    if len(reports) != len(coverage.reports):
        return ["an agent reported more than once"]
    required = [(name, reports.get(name)) for name in coverage.required_agents]
    gaps = [f"{name}: no report" for name, report in required if report is None]
    gaps += unfinished([report for _, report in required if report])
    for _, report in required:
        if report and report.status is AgentStatus.COMPLETED:
            gaps += _gaps_of(report, coverage.required_units)
    return gaps


def unfinished(reports: Sequence[AgentReport]) -> list[str]:
    """A sentence for each way of not having completed, with the agents that share it."""
    names: dict[str, list[str]] = {}
    for report in reports:
        if report.status is not AgentStatus.COMPLETED:
            how = f"{report.status.replace('_', ' ')}: {report.reason}"
            names.setdefault(how, []).append(report.name)
    return [f"{', '.join(sharing)}: {how}" for how, sharing in names.items()]


def _gaps_of(report: AgentReport, units: tuple[str, ...]) -> list[str]:
    seen = [attestation.unit for attestation in report.attestations]
    gaps = []
    if missing := [unit for unit in units if unit not in seen]:
        gaps.append(f"{report.name}: {len(missing)} of {len(units)} units not attested, first {missing[0]}")
    if len(set(seen)) != len(seen):
        gaps.append(f"{report.name}: a unit is attested more than once")
    told = {unit for finding in report.findings for unit in finding.units}
    for attestation in report.attestations:
        if attestation.verdict is AttestationVerdict.UNABLE:
            gaps.append(f"{report.name}: unable to judge {attestation.unit}: {attestation.note}")
        if attestation.verdict is AttestationVerdict.FINDING and attestation.unit not in told:
            gaps.append(f"{report.name}: marks {attestation.unit} as having a finding and reports none on it")
    return gaps
