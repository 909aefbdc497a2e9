import pytest

from reviewer.ledger.run_ids import is_run_id, new_run_id


def test_a_run_id_tells_its_second_and_holds_the_randomness() -> None:
    run_id = new_run_id(at_ms=1_795_467_840_999, random_bytes=lambda size: b"\xab" * size)
    assert run_id == "20261123T210400Z-abababababab"
    assert is_run_id(run_id)


def test_run_ids_sort_by_time() -> None:
    moments = [0, 999_000, 1_000_000_000_000, 1_795_467_840_000]
    ids = [new_run_id(at_ms=moment, random_bytes=bytes) for moment in moments]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "../x", "20261123T210400Z-abababababab/..", "20261123T210400Z-abababababab\n",
     "20261123T210400Z-ABABABABABAB", "٢٠261123T210400Z-abababababab", "20261123T210400Z-ababababab\0b"],
)  # fmt: skip
def test_what_could_lead_elsewhere_is_no_run_id(text: str) -> None:
    assert not is_run_id(text)


def test_two_runs_of_one_moment_have_two_ids() -> None:
    assert new_run_id(at_ms=0) != new_run_id(at_ms=0)
