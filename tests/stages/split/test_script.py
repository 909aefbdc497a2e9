"""The script makes the branches or none, and touches nothing else."""

import subprocess
from pathlib import Path

from reviewer.testing.git_builder import RepositoryBuilder
from tests.stages.split.conftest import Make, plan_of, run_script

HOSTILE = [
    "a b",
    "-rf",
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    '"x"',
    "%s%n",
    "back\\slash",
    "ö",
    "new\nline",
    "*",
]


def test_every_name_of_a_path_arrives_as_it_is(planned: Make) -> None:
    paths = [f"{folder}{name}" for folder in ("", "d/") for name in HOSTILE]
    made = planned({"x": "x"}, {path: f"{path}\n" for path in paths}, files=3)
    assert made.script.isascii()
    assert made.run()[-1] == made.builder.git("rev-parse", "main^{tree}")
    assert not (made.builder.path / "pwned").exists()


def test_bytes_that_are_no_text_survive_a_cut_file(planned: Make) -> None:
    lines = [b"l%d \xff\r\n" % number for number in range(60)]
    after = [*lines]
    for at in (5, 30, 55):
        after[at] = b"n\xfe\r\n" * 6
    made = planned({"a.txt": b"".join(lines) + b"end"}, {"a.txt": b"".join(after) + b"END"}, lines=9)
    assert len(made.plan.parts) == 3
    assert made.run()[-1] == made.builder.git("rev-parse", "main^{tree}")


def test_a_file_that_becomes_a_folder_is_one_step(planned: Make) -> None:
    made = planned({"a": "x\n", "b": "y\n"}, {"a": None, "a/b": "z\n" * 9, "b": "w\n"}, files=1)
    assert made.part_of("a") == made.part_of("a/b")
    assert made.run()[-1] == made.builder.git("rev-parse", "main^{tree}")


def test_links_modes_and_submodules_come_as_they_are(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repo")
    base = builder.commit({"run": "x\n", "old": "1\n2\n3\n"})
    head = builder.commit(
        {"run": "x\n", "old": None, "new": "1\n2\n3\n"},
        modes={"run": "100755"},
        symlinks={"link": "run"},
        submodules={"sub": base},
    )
    made = plan_of(builder, base, head, lines=500, files=1)
    assert made.run()[-1] == builder.git("rev-parse", "main^{tree}")


def test_the_index_and_the_work_tree_stay_as_they_are(planned: Make) -> None:
    made = planned({"a": "1\n"}, {"a": "2\n", "b": "3\n"}, files=1)
    made.builder.git("reset", "--hard", "-q")
    (made.builder.path / "a").write_text("mine\n")
    made.builder.git("add", "a")
    made.run()
    assert (made.builder.path / "a").read_text() == "mine\n"
    assert made.builder.git("status", "--short") == "M  a"


def test_a_branch_that_exists_stops_all_of_them(planned: Make) -> None:
    made = planned({"a": "1\n"}, {"a": "2\n", "b": "3\n"}, files=1)
    made.builder.git("branch", "part-2", "main")
    assert run_script(made.script, made.builder.path).returncode != 0
    assert made.builder.git("branch", "--list", "part-*", "--format=%(refname:short)") == "part-2"


def test_a_repository_of_sha256_is_split_too(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repo", object_format="sha256")
    lines = [f"l{number}\n" for number in range(60)]
    base = builder.commit({"a.txt": "".join(lines), "b": "x\n"})
    lines[5], lines[55] = "x\n" * 5, "y\n" * 5
    head = builder.commit({"a.txt": "".join(lines), "b": None})
    made = plan_of(builder, base, head, lines=6, files=1)
    assert made.run()[-1] == builder.git("rev-parse", "main^{tree}")


def test_each_part_changes_just_the_lines_that_it_names(planned: Make) -> None:
    lines = [f"l{number}\n" for number in range(60)]
    after = [*lines]
    after[5], after[30], after[55] = "x\n" * 5, "y\n" * 4, "z\n" * 3
    made = planned({"a.txt": "".join(lines)}, {"a.txt": "".join(after), "b.txt": "b\n" * 7}, lines=7)
    trees = [made.builder.git("rev-parse", f"{made.plan.base}^{{tree}}"), *made.run()]
    for part, old, new in zip(made.plan.parts, trees, trees[1:], strict=False):
        told = made.builder.git("diff-tree", "-r", "--numstat", old, new).splitlines()
        assert sum(int(number) for line in told for number in line.split("\t")[:2]) == part.changed_lines


def test_the_script_is_one_that_a_posix_shell_reads(planned: Make) -> None:
    made = planned({"a": "1\n"}, {"a": "2\n", "b": "3\n"}, files=1)
    assert subprocess.run(["sh", "-n"], input=made.script, text=True, check=False).returncode == 0
