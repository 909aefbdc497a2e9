import pytest

from reviewer.ledger.events import is_event_name


@pytest.mark.parametrize(
    "text", ["", "000001", "000001-", "000001-a/b", "000001-a.body", "1-a", "000001-a\n", "000001-.."]
)
def test_what_could_lead_elsewhere_is_no_event_name(text: str) -> None:
    assert not is_event_name(text)
    assert is_event_name("000001-gate_evaluated")
