import pytest

from reviewer.domain.split_plan import SplitFile, SplitPart, SplitPlan


def part(*units: str, depends_on: tuple[int, ...] = ()) -> SplitPart:
    file = SplitFile(path="a", units=units, whole=True, changed_lines=3, counted=True)
    return SplitPart(title="a", files=(file,), depends_on=depends_on, why=(), indivisible=None)


def plan(*parts: SplitPart, cuts: tuple[str, ...] = ()) -> SplitPlan:
    return SplitPlan(base="a" * 40, head="b" * 40, max_changed_lines=5, max_files=1, parts=parts, cuts=cuts)


def test_a_part_cannot_depend_on_itself_or_a_later_one() -> None:
    assert plan(part("u"), part("v", depends_on=(1,))).parts[1].depends_on == (1,)
    for other in (0, 2, 3):
        with pytest.raises(ValueError, match="not all before it"):
            plan(part("u"), part("v", depends_on=(other,)))


def test_a_unit_stands_in_one_part_only() -> None:
    with pytest.raises(ValueError, match="more than one part"):
        plan(part("u"), part("v", "u"))


def test_a_plan_of_nothing_tells_why() -> None:
    with pytest.raises(ValueError, match="tells why"):
        plan()
    assert plan(cuts=("no grammar",)).parts == ()


def test_what_does_not_count_is_left_out_of_the_size() -> None:
    counted = SplitFile(path="a", units=("u",), whole=True, changed_lines=3, counted=True)
    lock = SplitFile(path="b.lock", units=("v",), whole=True, changed_lines=90, counted=False)
    one = SplitPart(title="a", files=(counted, lock), depends_on=(), why=(), indivisible=None)
    assert (one.changed_lines, one.counted_files, one.units) == (3, 1, ("u", "v"))
