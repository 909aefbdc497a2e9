from reviewer.testing.values import a_file, a_hunk, a_snapshot, a_unit


def test_the_same_lines_at_another_place_are_another_change() -> None:
    unit = a_unit("a.py", "x = 1")
    moved = unit.model_copy(update={"hunk": a_hunk("x = 1", first_line=9)})
    here, there = (a_snapshot(a_file("a.py", units=(one,))) for one in (unit, moved))
    assert unit.id == moved.id
    assert here.diff_digest != there.diff_digest
    assert here.diff_digest == a_snapshot(a_file("a.py", units=(unit,))).diff_digest
