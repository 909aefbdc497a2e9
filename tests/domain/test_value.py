from reviewer.testing.values import a_file, a_snapshot, full_coverage


def test_a_copy_works_out_anew_what_the_original_had_kept() -> None:
    coverage = full_coverage()
    assert coverage.complete
    assert not coverage.model_copy(update={"required_agents": (), "reports": ()}).complete
    snapshot = a_snapshot()
    assert snapshot.units
    other = snapshot.model_copy(update={"files": (a_file("other.py"),)})
    assert other.units == other.files[0].units
    assert other.diff_digest != snapshot.diff_digest
