"""Whatever the change: each unit is in one part, the order holds, and the script ends at the head's tree."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.testing.git_builder import Content, RepositoryBuilder
from tests.stages.split.conftest import Planned, plan_of

NAMES = ["one", "two", "three", "four"]
PATHS = [
    "app/a.py",
    "app/b.py",
    "app/%41 b'$(x).py",
    "lib/ö.js",
    "docs/x.md",
    "app/migrations/0001_x.py",
    "bin",
    "z.bin",
]


def definition(name: str, calls: str, lines: int) -> str:
    body = "".join(f"    x{number} = {number}\n" for number in range(lines))
    return f"def {name}():\n{body}    return {calls}()\n\n\n"


texts = st.builds(
    lambda parts, end: "from app.a import one\n\n\n" + "".join(definition(*part) for part in parts) + end,
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 12)), max_size=4),
    st.sampled_from(["", "last", "\0", "\r\n"]),
)
trees = st.dictionaries(st.sampled_from(PATHS), texts | st.just(""), min_size=1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees, trees, st.booleans(), st.integers(3, 40), st.integers(1, 3))
def test_the_parts_together_are_the_change(
    before: dict[str, str], after: dict[str, str], moves: bool, lines: int, files: int
) -> None:
    if moves and "app/a.py" in before:
        after = {**after, "moved/a.py": before["app/a.py"] + "\n# moved\n"}
        after.pop("app/a.py", None)
    with tempfile.TemporaryDirectory() as folder:
        builder = RepositoryBuilder(Path(folder) / "repo")
        old: dict[Content, Content | None] = {"same": "same"}
        old.update(before.items())
        base = builder.commit(old)
        new: dict[Content, Content | None] = {path: None for path in before if path not in after}
        new.update(after.items())
        head = builder.commit(new, modes={path: "100755" for path in after if path == "bin"})
        if builder.git("rev-parse", f"{base}^{{tree}}") == builder.git("rev-parse", f"{head}^{{tree}}"):
            return
        check(plan_of(builder, base, head, lines=lines, files=files), head, lines=lines, files=files)


def check(planned: Planned, head: str, *, lines: int, files: int) -> None:
    units = [unit for part in planned.plan.parts for unit in part.units]
    assert sorted(units) == sorted(unit.id for unit in planned.snapshot.units)
    for number, part in enumerate(planned.plan.parts, start=1):
        assert all(other < number for other in part.depends_on)
        assert part.indivisible or (part.changed_lines <= lines and part.counted_files <= files)
    assert planned.run()[-1] == planned.builder.git("rev-parse", f"{head}^{{tree}}")
