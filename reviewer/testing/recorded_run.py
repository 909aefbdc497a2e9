"""Whole runs in a ledger, with at least one event of every kind, so that a test names only what it is about."""

from collections.abc import Iterator
from itertools import count

from reviewer.domain.change import Change, Origin
from reviewer.domain.coverage import Coverage
from reviewer.domain.decision import Circumstances, Decision, DecisionOutcome, Reason
from reviewer.domain.evidence import Analysis, FileAnalysis
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import Severity, VerificationOutcome
from reviewer.domain.gate import GateReport
from reviewer.domain.value import digest_of
from reviewer.ledger import describe
from reviewer.ledger.bodies import DecisionInputs
from reviewer.ledger.events import Draft
from reviewer.ledger.keys import InstallationKey
from reviewer.ledger.record import RunRecorder
from reviewer.ledger.run_ids import new_run_id
from reviewer.policy import Policy
from reviewer.ports import LedgerStore
from reviewer.testing.values import (
    PASSED,
    a_finding,
    a_gate,
    a_report,
    a_rule_report,
    a_snapshot,
    a_triage,
    a_verification,
    some_prose,
)

A_KEY = InstallationKey(bytes(range(32)))
START_MS = 1_795_467_840_000
"""2026-11-23 21:04:00 UTC."""


def a_run_id(number: int = 1) -> str:
    """Run ids that sort by `number`, a minute apart."""
    return new_run_id(
        at_ms=START_MS + 60_000 * number, random_bytes=lambda size: number.to_bytes(size, "big")
    )


def a_recorder(store: LedgerStore, *, number: int = 1, key: InstallationKey = A_KEY) -> RunRecorder:
    """A recorder whose clock goes 7 ms an event."""
    ticks = count(START_MS + 60_000 * number, 7)
    return RunRecorder(store, key, run_id=a_run_id(number), now_ms=lambda: next(ticks))


def a_start() -> Draft:
    """The first event of a run."""
    return describe.run_started(
        engine_version="0.1.0", origin=Origin.LOCAL_RANGE, repository="example", asked="main..topic"
    )


def a_decision(outcome: DecisionOutcome = DecisionOutcome.REQUEST_CHANGES) -> Decision:
    """A decision with one reason that holds and one that does not."""
    because = (Reason(code="finding.F-1", argues_for=outcome, holds=True, text="it breaks"),)
    return Decision(
        outcome=outcome,
        headline="It breaks.",
        reasons=(
            Reason(code="refuse", argues_for=DecisionOutcome.REFUSE, holds=False, text="small enough"),
            Reason(code=str(outcome), argues_for=outcome, holds=True, text="it breaks", because=because),
        ),
        eligible=False,
        policy_digest=digest_of(Policy()),
    )


def some_inputs() -> DecisionInputs:
    """What `a_decision` could have rested on."""
    finding = a_finding()
    return DecisionInputs(
        gates=GateReport(results=(a_gate(),)),
        rules=(a_rule_report(unable="one file has a syntax error"),),
        coverage=Coverage(
            required_agents=("logic",),
            required_units=finding.units,
            reports=(a_report("logic", finding.units, findings=(finding,)),),
        ),
        verifications=(a_verification(finding),),
        challenge=PASSED,
        circumstances=Circumstances(),
        policy=Policy(),
    )


def events_before_decision(recorder: RunRecorder) -> Iterator[Draft]:
    """One event of every kind that comes before a decision, in the order of the stages."""
    finding, doubtful = a_finding(), a_finding(Severity.LOW, title="smells", quote="y = 2")
    change = Change(snapshot=a_snapshot(), prose=some_prose())
    evidence = EvidenceSet(
        traces=(),
        files=(
            FileAnalysis(
                path="src/a.py",
                language="python",
                analysis=Analysis.SYNTAX,
                partial="syntax error",
                may_hide_changes=True,
            ),
        ),
        cuts=("3 files not searched",),
        files_parsed=1,
        bytes_parsed=120,
        reach=None,
        literals=None,
    )
    yield a_start()
    yield describe.snapshot_taken(change, repository_digest=recorder.pseudonym("example"))
    yield describe.gate_evaluated(a_gate())
    yield describe.evidence_collected(evidence)
    yield describe.change_triaged(a_triage())
    yield describe.rule_completed(a_rule_report(unable="one file has a syntax error"))
    yield describe.rule_completed(a_rule_report())
    yield describe.agent_completed(
        a_report("logic", finding.units, findings=(finding, doubtful)), policy_digest=digest_of(Policy())
    )
    yield describe.finding_raised(finding)
    yield describe.finding_raised(doubtful)
    yield describe.finding_checked(a_verification(finding))
    yield describe.finding_checked(a_verification(doubtful, VerificationOutcome.REFUTED))
    yield describe.challenge_completed(PASSED)


def record_run(store: LedgerStore, *, number: int = 1, key: InstallationKey = A_KEY) -> RunRecorder:
    """Record a whole run up to its decision."""
    recorder = a_recorder(store, number=number, key=key)
    for draft in events_before_decision(recorder):
        recorder.append(draft)
    recorder.append(describe.decision_made(a_decision(), some_inputs()))
    return recorder
