"""Builders of domain values: whole and valid by default, so that a test names only what it is about."""

from reviewer.domain.change import (
    Author,
    AuthorKind,
    Change,
    ChangeUnit,
    CommitMessage,
    Completeness,
    DiffLine,
    FileChange,
    FileStatus,
    Hunk,
    LineKind,
    Origin,
    Prose,
    Revisions,
    Side,
    Snapshot,
    UnitKind,
)
from reviewer.domain.chat import Usage
from reviewer.domain.coverage import (
    AgentReport,
    AgentStatus,
    Attestation,
    AttestationVerdict,
    Coverage,
    RuleReport,
)
from reviewer.domain.decision import Circumstances, Decision
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import (
    ChallengeOutcome,
    ChallengeResult,
    CodeSubject,
    Confidence,
    Finding,
    Severity,
    Source,
    SourceKind,
    Verification,
    VerificationOutcome,
)
from reviewer.domain.gate import GateAnswer, GateEffect, GateReport, GateResult
from reviewer.domain.review import Receipt, Review
from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier, Triage
from reviewer.domain.value import digest_of

BASE, HEAD = "b" * 40, "a" * 40


def a_hunk(*added: str, first_line: int = 1) -> Hunk:
    """A hunk that adds the lines `added` at `first_line`."""
    lines = tuple(
        DiffLine(kind=LineKind.ADDED, old_line=None, new_line=first_line + at, text=text)
        for at, text in enumerate(added)
    )
    return Hunk(
        old_start=first_line - 1, old_count=0, new_start=first_line, new_count=len(lines), lines=lines
    )


def a_unit(path: str = "src/a.py", *added: str, kind: UnitKind = UnitKind.HUNK) -> ChangeUnit:
    """A unit of `path`; a hunk that adds lines unless `kind` says otherwise."""
    hunk = a_hunk(*(added or ("x = 1",))) if kind is UnitKind.HUNK else None
    digest = digest_of([kind, path, list(added)])
    return ChangeUnit(
        id=f"u-{digest[:12]}", kind=kind, path=path, digest=digest, summary=f"{path} {kind}", hunk=hunk
    )


def a_file(path: str = "src/a.py", *added: str, units: tuple[ChangeUnit, ...] = (), old_path: str | None = None,
           lines: int | None = None) -> FileChange:  # fmt: skip
    """A modified file; `lines` overrides how many lines count as added."""
    units = units or (a_unit(path, *added),)
    return FileChange(
        path=path,
        old_path=old_path,
        status=FileStatus.RENAMED if old_path else FileStatus.MODIFIED,
        old_mode="100644",
        new_mode="100644",
        old_blob="1" * 40,
        new_blob="2" * 40,
        added_lines=(len(added) or 1) if lines is None else lines,
        deleted_lines=0,
        units=units,
    )


def a_snapshot(
    *files: FileChange, problems: tuple[str, ...] = (), origin: Origin = Origin.LOCAL_RANGE
) -> Snapshot:
    """A snapshot of `files`, one small file by default."""
    return Snapshot(
        repository="example",
        origin=origin,
        revisions=Revisions(base=BASE, merge_base=BASE, head=HEAD),
        files=files or (a_file(),),
        author=Author(kind=AuthorKind.UNKNOWN, known_by="not determined"),
        completeness=Completeness(complete=not problems, problems=problems),
    )


def some_prose(title: str = "Add a thing", body: str = "It was missing.") -> Prose:
    """Title, body and one commit message."""
    return Prose(title=title, body=body, commits=(CommitMessage(sha=HEAD, text=title),))


def a_gate(answer: GateAnswer = GateAnswer.PASS, effect: GateEffect = GateEffect.ESCALATE) -> GateResult:
    """One gate's answer."""
    return GateResult(gate="example", answer=answer, effect=effect, value="1", limit="2", reason="1, limit 2")


def a_finding(
    severity: Severity = Severity.HIGH,
    kind: SourceKind = SourceKind.AGENT,
    *,
    title: str = "breaks",
    name: str = "logic",
    path: str = "src/a.py",
    quote: str = "x = 1",
    line: int = 1,
    units: tuple[str, ...] = (),
) -> Finding:
    """A finding that points at `quote` at the head."""
    subject = CodeSubject(
        path=path,
        side=Side.HEAD,
        commit=HEAD,
        first_line=line,
        last_line=line + quote.count("\n"),
        quote=quote,
    )
    return Finding(
        source=Source(kind=kind, name=name, version="1"),
        title=title,
        explanation="because it does",
        severity=severity,
        confidence=Confidence.HIGH,
        subject=subject,
        units=units or (a_unit(path).id,),
    )


def a_verification(
    finding: Finding, outcome: VerificationOutcome = VerificationOutcome.CONFIRMED
) -> Verification:
    """`finding` with an outcome."""
    return Verification(finding=finding, outcome=outcome, stage="refute", reason="followed it")


def a_report(
    name: str,
    units: tuple[str, ...],
    *,
    status: AgentStatus = AgentStatus.COMPLETED,
    findings: tuple[Finding, ...] = (),
) -> AgentReport:
    """A report that attests every unit, marked `finding` where a finding names it."""
    told = {unit for finding in findings for unit in finding.units}
    verdicts = {True: AttestationVerdict.FINDING, False: AttestationVerdict.CLEAR}
    done = status is AgentStatus.COMPLETED
    return AgentReport(
        name=name,
        status=status,
        ran=status is not AgentStatus.NOT_RUN,
        reason="" if done else "no model",
        page_digest="0" * 64,
        model="scripted/one" if status is not AgentStatus.NOT_RUN else None,
        attestations=tuple(
            Attestation(unit=unit, verdict=verdicts[unit in told], note="read") for unit in units if done
        ),
        findings=findings if done else (),
    )


def full_coverage(agents: tuple[str, ...] = ("logic",), units: tuple[str, ...] = ("u-1",)) -> Coverage:
    """Coverage in which every agent attests every unit."""
    return Coverage(
        required_agents=agents, required_units=units, reports=tuple(a_report(name, units) for name in agents)
    )


def a_triage(tier: RiskTier = RiskTier.MEDIUM, *, reason: str = "120 changed lines, limit 100") -> Triage:
    """Two factors, of which one argues for `tier`."""
    factors = (
        RiskFactor(name="size", argues_for=tier, known=True, reason=reason),
        RiskFactor(name="owners", argues_for=None, known=True, reason="1 groups of owners, limit 1"),
    )
    return Triage(tier=tier, kind=KindOfChange.CODE, factors=factors, raised=False)


def a_rule_report(findings: tuple[Finding, ...] = (), unable: str | None = None) -> RuleReport:
    """What one rule did."""
    return RuleReport(rule="example-rule", version="1", findings=findings, unable=unable)


PASSED = ChallengeResult(outcome=ChallengeOutcome.PASSED, reason="nothing found")


def a_review(
    decision: Decision,
    *,
    snapshot: Snapshot | None = None,
    prose: Prose | None = None,
    verifications: tuple[Verification, ...] = (),
) -> Review:
    """A recorded review around `decision`."""
    return Review(
        engine_version="0",
        run_id="run-1",
        mode="shadow",
        change=Change(snapshot=snapshot or a_snapshot(), prose=prose or some_prose()),
        evidence=EvidenceSet.of_nothing(),
        gates=GateReport(results=(a_gate(),)),
        rules=(a_rule_report(),),
        agents=(a_report("logic", ("u-1",)),),
        verifications=verifications,
        challenge=PASSED,
        circumstances=Circumstances(),
        decision=decision,
        receipt=Receipt(
            run_id="run-1", event_id="e" * 64, decision_digest=digest_of(decision), ledger="a ledger"
        ),
        not_checked=("the code host's facts",),
        usage=Usage(),
        duration_ms=1,
    )
