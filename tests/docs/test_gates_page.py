from pathlib import Path

from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateEffect
from reviewer.policy import Policy
from reviewer.stages.gates import check, check_structure
from reviewer.testing.host import base_says, host_facts
from reviewer.testing.values import a_snapshot

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "gates.md").read_text(encoding="utf-8")
ROWS = {row.split("|")[1].strip(" `"): row.split("|")[2].strip() for row in PAGE.splitlines() if "| `" in row}


def test_every_gate_that_answers_is_on_the_page_with_what_its_stop_leads_to() -> None:
    snapshot, policy = a_snapshot(), Policy()
    for host, base in ((None, None), (host_facts(), base_says())):
        report = check(snapshot, policy, host, base=base)
        report = check_structure(report, EvidenceSet.of_nothing(), snapshot=snapshot, policy=policy)
        told = {result.gate: result.effect for result in report.results}
        assert told == {gate: GateEffect(effect) for gate, effect in ROWS.items()}


def test_settings_that_the_page_names_exist() -> None:
    named = {part for row in PAGE.splitlines() if "| `" in row for part in row.split("|")[3].split("`")[1::2]}
    for setting in named:
        section, _, name = setting.partition(".")
        assert section in Policy.model_fields
        assert not name or name in type(getattr(Policy(), section)).model_fields
