from reviewer.domain.split_plan import SplitFile, SplitPart, SplitPlan, SplitReason
from reviewer.stages.publish.split_plan import PARTS_SHOWN, split_plan


def part(path: str = "a.py", *, why: str = "", indivisible: str | None = None, unit: str = "u") -> SplitPart:
    return SplitPart(
        title=f"top: change {path}",
        files=(SplitFile(path=path, units=(unit,), whole=True, changed_lines=7, counted=True),),
        depends_on=(),
        why=(SplitReason(text=why, quotes=()),) if why else (),
        indivisible=indivisible,
    )


def shown(*parts: SplitPart, cuts: tuple[str, ...] = ()) -> str:
    plan = SplitPlan(base="a" * 40, head="b" * 40, max_changed_lines=5, max_files=1, parts=parts, cuts=cuts)
    return "\n".join(split_plan(plan))


def test_each_part_is_told_with_its_size_and_what_no_cut_helps() -> None:
    text = shown(part(indivisible="7 changed lines, limit 5"))
    assert (
        "<summary>1 part, each to be merged after the ones that it names; 1 stay above the limits</summary>"
        in text
    )
    assert "1. **top: change a.py**: 7 changed lines, 1 file" in text
    assert "   - above the limits: 7 changed lines, limit 5" in text


def test_nothing_of_a_path_or_name_comes_alive() -> None:
    text = shown(part("</details><img src=x>`@team`", why="<b> uses @team, see #1"))
    assert text.count("</details>") == 2  # the one that ends the section, and the path inside a code span
    assert "`` </details><img src=x>`@team` ``" in text
    assert "&lt;b&gt; uses" in text


def test_no_plan_is_said_with_its_reason() -> None:
    text = shown(cuts=("the change could not be split: no object",))
    assert "<summary>No plan could be made</summary>" in text
    assert "the change could not be split: no object" in text


def test_parts_beyond_what_is_shown_are_counted() -> None:
    parts = [part(unit=f"u{number}") for number in range(PARTS_SHOWN + 3)]
    assert "and 3 more parts" in shown(*parts)
