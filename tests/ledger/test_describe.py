import json

import pytest

from reviewer.domain.change import Change, Origin
from reviewer.domain.decision import DecisionOutcome
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import VerificationOutcome
from reviewer.domain.value import digest_of
from reviewer.errors import ModelRejectedError
from reviewer.evidence.collect import collect
from reviewer.evidence.workspace import Workspace
from reviewer.ledger import describe, facts
from reviewer.ledger.bodies import DecisionRecord
from reviewer.ledger.strict_json import encode
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import (
    a_decision,
    a_recorder,
    events_before_decision,
    record_run,
    some_inputs,
)
from reviewer.testing.values import (
    a_file,
    a_finding,
    a_report,
    a_snapshot,
    a_verification,
    some_prose,
)

PLANTED = "Jane-Doe"


def test_no_path_prose_or_quote_reaches_a_header() -> None:
    finding = a_finding(title=f"{PLANTED} breaks", path=f"home/{PLANTED}.py", quote=f"{PLANTED} = 1")
    cited = finding.model_copy(update={"guidance": f"as {PLANTED} says"})
    snapshot = a_snapshot(a_file(f"home/{PLANTED}.py", PLANTED)).model_copy(update={"repository": PLANTED})
    change = Change(snapshot=snapshot, prose=some_prose(PLANTED, PLANTED))
    store = MemoryLedger()
    recorder = a_recorder(store)
    for draft in (
        describe.run_started(
            engine_version="1", origin=snapshot.origin, repository=PLANTED, asked=f"main..{PLANTED}"
        ),
        describe.snapshot_taken(change, repository_digest=recorder.pseudonym(PLANTED)),
        describe.finding_raised(cited),
        describe.finding_checked(a_verification(cited)),
        describe.agent_completed(
            a_report("logic", finding.units, findings=(cited,)), policy_digest=digest_of(1)
        ),
        describe.run_failed(ModelRejectedError(f"{PLANTED} may not"), stage="agents"),
    ):
        recorder.append(draft)
    for stored in store.events(recorder.run_id):
        assert PLANTED.encode() in (stored.body or b"")
        assert PLANTED.encode() not in stored.header


def test_every_kind_of_fact_is_described() -> None:
    recorder = a_recorder(MemoryLedger())
    drafts = [*events_before_decision(recorder), describe.decision_made(a_decision(), some_inputs())]
    drafts.append(describe.run_failed(ValueError("no"), stage="publish"))
    described = {draft.facts.kind for draft in drafts}
    kinds = {schema["properties"]["kind"]["const"] for schema in _fact_schemas()}
    assert described == kinds


def _fact_schemas() -> list[dict[str, dict[str, dict[str, str]]]]:
    from pydantic import TypeAdapter

    schemas = TypeAdapter[facts.Facts](facts.Facts).json_schema()["$defs"].values()
    return [schema for schema in schemas if "properties" in schema]


def test_the_code_of_a_change_is_not_recorded_and_its_units_are() -> None:
    change = Change(snapshot=a_snapshot(a_file("src/a.py", "password = 'hunter2'")), prose=some_prose())
    draft = describe.snapshot_taken(change, repository_digest=digest_of("x"))
    kept = draft.body
    assert isinstance(kept, Change)
    assert "hunter2" in change.model_dump_json()
    assert "hunter2" not in encode(kept).decode()
    assert [unit.digest for unit in kept.snapshot.units] == [unit.digest for unit in change.snapshot.units]
    assert kept.snapshot.diff_digest == change.snapshot.diff_digest
    assert kept.prose == change.prose


def test_a_refuted_finding_is_discarded_and_an_inconclusive_one_is_not() -> None:
    kinds = {
        outcome: describe.finding_checked(a_verification(a_finding(), outcome)).facts.kind
        for outcome in VerificationOutcome
    }
    assert kinds == {
        VerificationOutcome.CONFIRMED: "finding_verified",
        VerificationOutcome.INCONCLUSIVE: "finding_verified",
        VerificationOutcome.REFUTED: "finding_discarded",
    }


def test_a_decision_names_every_reason_that_holds_however_deep_and_no_other() -> None:
    said = describe.decision_made(a_decision(DecisionOutcome.ESCALATE), some_inputs()).facts
    assert isinstance(said, facts.DecisionMade)
    assert said.reason_codes == ("escalate", "finding.F-1")
    assert said.decision_digest == digest_of(a_decision(DecisionOutcome.ESCALATE))


def test_the_recorded_inputs_of_a_decision_are_those_it_was_given() -> None:
    store = MemoryLedger()
    recorder = record_run(store)
    last = list(store.events(recorder.run_id))[-1]
    record = DecisionRecord.model_validate_json(last.body or b"", strict=True)
    assert record == DecisionRecord(decision=a_decision(), inputs=some_inputs())


@pytest.mark.parametrize("label", ["openai/my model", "openai/modèle", "openai/" + "m" * 300, "a\nb"])
def test_a_model_label_of_any_shape_can_be_recorded(label: str) -> None:
    report = a_report("logic", ("u-1",)).model_copy(update={"model": label})
    draft = describe.agent_completed(report, policy_digest=digest_of(1))
    assert isinstance(draft.facts, facts.AgentCompleted)
    assert str(draft.facts.model).startswith("sha256:")
    assert json.loads(encode(draft.body))["model"] == label


def test_an_error_with_any_text_can_be_recorded() -> None:
    draft = describe.run_failed(UnicodeError("name \udce9 is not UTF-8\0"), stage="snapshot")
    assert b"\\\\udce9" in encode(draft.body)


def test_a_credential_in_a_quote_of_the_evidence_is_not_recorded() -> None:
    token = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6"
    git = MemoryGit()
    base = git.commit({"a.py": "def f(): pass\n", "b.py": f"from a import f\nf()  # {token}\n"})
    head = git.commit({"a.py": f"def f(): return '{token}'\n"})
    change = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE)
    evidence = collect(change.snapshot, Workspace(git, change.snapshot.revisions))
    assert token in evidence.model_dump_json()
    body = describe.evidence_collected(evidence).body
    assert isinstance(body, EvidenceSet)
    assert token not in body.model_dump_json()
    assert "[secret: GitHub token]" in body.model_dump_json()
