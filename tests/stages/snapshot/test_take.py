from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Change, FileChange, FileStatus, Origin, UnitKind
from reviewer.errors import EmptyRangeError, UnknownRevisionError
from reviewer.stages.snapshot import Limits, take
from reviewer.stages.snapshot import units as units_module
from reviewer.testing.git_builder import RepositoryBuilder

Taker = Callable[..., Change]
LONG = [f"line {number}\n" for number in range(60)]


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "house")


def taken(builder: RepositoryBuilder, base: str, head: str = "main", limits: Limits | None = None) -> Change:
    with GitRepository.open(builder.path) as repo:
        return take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE, limits=limits)


def only(change: Change) -> FileChange:
    [file] = change.snapshot.files
    return file


def kinds(change: Change) -> list[UnitKind]:
    return [unit.kind for unit in change.snapshot.units]


def test_a_modified_file_has_a_unit_for_each_hunk(builder: RepositoryBuilder) -> None:
    base = builder.commit({"src/a.py": "".join(LONG)})
    builder.commit({"src/a.py": "".join([*LONG[:5], "new\n", "new too\n", *LONG[6:50], *LONG[52:]])})
    change = taken(builder, base)
    file = only(change)
    assert (file.path, file.old_path, file.status) == ("src/a.py", None, FileStatus.MODIFIED)
    assert (file.added_lines, file.deleted_lines) == (2, 3)
    assert [unit.summary for unit in file.units] == ["src/a.py lines 6-7", "src/a.py lines 51-52 deleted"]
    assert all((unit.hunk is not None) == (unit.kind is UnitKind.HUNK) for unit in file.units)
    assert change.snapshot.completeness.complete
    assert change.snapshot.repository == "house"


def test_the_diff_is_taken_from_the_merge_base(builder: RepositoryBuilder) -> None:
    root = builder.commit({"a": "1\n"})
    branch = builder.commit({"b": "1\n"}, parents=[root], branch="topic")
    tip = builder.commit({"a": "2\n"})
    change = taken(builder, tip, branch)
    assert [file.path for file in change.snapshot.files] == ["b"]
    revisions = change.snapshot.revisions
    assert (revisions.base, revisions.merge_base, revisions.head) == (tip, root, branch)


def test_files_are_ordered_by_path(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"})
    builder.commit({"b/a": "1", "b.py": "1", "a": "1", b"\xff": "1", "\u00e9": "1"})
    paths = [file.path for file in taken(builder, base).snapshot.files]
    assert paths == sorted(paths)
    assert len(paths) == 5


def test_an_added_and_a_deleted_file_are_hunks(builder: RepositoryBuilder) -> None:
    base = builder.commit({"gone.py": "a\nb\n"})
    builder.commit({"gone.py": None, "new.py": "c"})
    gone, new = taken(builder, base).snapshot.files
    assert (gone.status, gone.new_blob, gone.new_mode, gone.deleted_lines) == (
        FileStatus.DELETED,
        None,
        "000000",
        2,
    )
    assert (new.status, new.old_blob, new.old_mode, new.added_lines) == (FileStatus.ADDED, None, "000000", 1)
    assert [unit.kind for unit in (*gone.units, *new.units)] == [UnitKind.HUNK, UnitKind.HUNK]


def test_empty_files_have_units_of_their_own(builder: RepositoryBuilder) -> None:
    base = builder.commit({"gone": "", "x": "1"})
    builder.commit({"gone": None})
    builder.commit({"x": "2"})
    change = taken(builder, base)
    assert kinds(change) == [UnitKind.EMPTY_FILE, UnitKind.HUNK]
    other = builder.commit({"new": ""})
    assert only(taken(builder, f"{other}~1")).units[0].summary == "new, an empty file, added"


def test_a_pure_rename_is_a_unit(builder: RepositoryBuilder) -> None:
    base = builder.commit({"old.py": "".join(LONG)})
    builder.commit({"old.py": None, "new.py": "".join(LONG)})
    file = only(taken(builder, base))
    assert (file.status, file.old_path, file.path, file.path_at_base) == (
        FileStatus.RENAMED, "old.py", "new.py", "old.py",
    )  # fmt: skip
    assert [unit.summary for unit in file.units] == ["old.py renamed to new.py"]


def test_a_renamed_file_that_also_changed_has_units_for_everything(builder: RepositoryBuilder) -> None:
    base = builder.commit({"old.py": "".join(LONG)})
    builder.commit({"old.py": None, "new.py": "".join([*LONG, "more\n"])}, modes={"new.py": "100755"})
    assert kinds(taken(builder, base)) == [UnitKind.RENAME, UnitKind.MODE, UnitKind.HUNK]


def test_many_renames_keep_their_hunks(builder: RepositoryBuilder) -> None:
    base = builder.commit({f"old{number}": f"{number}\n" + "".join(LONG) for number in range(30)})
    files: dict[str, str | None] = {f"old{number}": None for number in range(30)}
    files |= {f"new{number}": f"{number}\n" + "".join(LONG) + f"end {number}\n" for number in range(30)}
    builder.commit(files)
    change = taken(builder, base)
    assert kinds(change) == [UnitKind.RENAME, UnitKind.HUNK] * 30
    assert change.snapshot.completeness.complete


def test_a_mode_change_is_a_unit(builder: RepositoryBuilder) -> None:
    base = builder.commit({"run.sh": "x\n"})
    builder.commit({"run.sh": "x\n"}, modes={"run.sh": "100755"})
    [unit] = only(taken(builder, base)).units
    assert (unit.kind, unit.summary) == (UnitKind.MODE, "run.sh mode 100644 to 100755")


def test_a_new_program_is_told_from_a_new_text(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"})
    program = builder.commit({"run.sh": "x\n"}, modes={"run.sh": "100755"})
    text = builder.commit({"run.sh": "x\n"}, parents=[base])
    assert kinds(taken(builder, base, program)) == [UnitKind.MODE, UnitKind.HUNK]
    assert (
        taken(builder, base, program).snapshot.diff_digest != taken(builder, base, text).snapshot.diff_digest
    )


def test_a_file_that_becomes_a_symlink_has_both_sides_accounted_for(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "secret\n"})
    builder.commit({"a": None})
    builder.commit({}, symlinks={"a": "/etc/passwd"})
    file = only(taken(builder, base))
    assert file.status is FileStatus.TYPE_CHANGED
    assert [unit.kind for unit in file.units] == [UnitKind.TYPE, UnitKind.HUNK, UnitKind.SYMLINK]
    assert (file.added_lines, file.deleted_lines) == (1, 1)
    assert file.units[0].summary == "a from file to symlink"


def test_a_symlink_names_its_target_and_is_not_followed(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"}, symlinks={"moved": "x"})
    builder.commit({}, symlinks={"loop": "loop", "out": "../../etc/passwd", "moved": b"\xff\n"})
    change = taken(builder, base)
    assert kinds(change) == [UnitKind.SYMLINK] * 3
    assert [unit.summary for unit in change.snapshot.units] == [
        "loop, a symlink, from nothing to loop",
        "moved, a symlink, from x to %FF%0A",
        "out, a symlink, from nothing to ../../etc/passwd",
    ]


def test_a_submodule_shows_both_ids(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"}, submodules={"lib": "1" * 40})
    builder.commit({}, submodules={"lib": "2" * 40, "new": "3" * 40})
    lib, new = taken(builder, base).snapshot.units
    assert (lib.kind, new.kind) == (UnitKind.SUBMODULE, UnitKind.SUBMODULE)
    assert lib.summary == f"lib, a submodule, from {'1' * 40} to {'2' * 40}"
    assert new.summary == f"new, a submodule, from nothing to {'3' * 40}"


def test_a_folder_that_becomes_a_submodule_loses_nothing(builder: RepositoryBuilder) -> None:
    base = builder.commit({"lib/a": "1\n", "x": "1"})
    builder.commit({"lib/a": None}, submodules={"lib": "2" * 40})
    told = {(unit.path, unit.kind) for unit in taken(builder, base).snapshot.units}
    assert told == {("lib/a", UnitKind.HUNK), ("lib", UnitKind.SUBMODULE)}


def test_a_binary_is_told_by_its_content_whatever_the_attributes_say(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a.bin": b"\0\1", "a.py": "1\n", "late": b"x\n" * 5000 + b"\0\n"})
    builder.commit(
        {
            "a.bin": b"\0\2",
            "a.py": "2\n",
            "late": b"y\n" * 5000 + b"\0\n",
            ".gitattributes": "*.py binary\n*.bin text diff\n",
        }
    )
    change = taken(builder, base)
    assert {unit.path: unit.kind for unit in change.snapshot.units} == {
        ".gitattributes": UnitKind.HUNK,
        "a.bin": UnitKind.BINARY,
        "a.py": UnitKind.HUNK,
        "late": UnitKind.HUNK,
    }
    assert change.snapshot.completeness.complete


def test_a_file_emptied_is_not_a_file_deleted(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"})
    emptied = builder.commit({"a": ""})
    deleted = builder.commit({"a": None}, parents=[base])
    one, other = taken(builder, base, emptied).snapshot, taken(builder, base, deleted).snapshot
    assert one.units[0].id != other.units[0].id
    assert one.diff_digest != other.diff_digest


def test_bytes_that_read_alike_are_not_the_same_change(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"})
    raw = builder.commit({"a": b"caf\xe9\n"})
    spelled = builder.commit({"a": b"caf\\xe9\n"}, parents=[base])
    one, other = taken(builder, base, raw).snapshot, taken(builder, base, spelled).snapshot
    assert one.units[0].hunk == other.units[0].hunk
    assert one.diff_digest != other.diff_digest


def test_a_unit_keeps_its_id_when_another_hunk_moves_it(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "".join(LONG)})
    one = builder.commit({"a": "".join([*LONG[:50], "new\n", *LONG[50:]])})
    both = builder.commit({"a": "".join(["top\n", *LONG[:50], "new\n", *LONG[50:]])})
    [unit] = taken(builder, base, one).snapshot.units
    moved = taken(builder, base, both).snapshot.units
    assert unit.id == moved[1].id
    assert unit.hunk != moved[1].hunk


def test_equal_hunks_have_ids_of_their_own(builder: RepositoryBuilder) -> None:
    block = ["a\n", "b\n", "c\n", "d\n", "e\n", "f\n", "g\n", "h\n", "i\n"]
    base = builder.commit({"a": "".join(block * 3)})
    builder.commit({"a": "".join([*block[:4], "new\n", *block[4:]] * 3)})
    units = taken(builder, base).snapshot.units
    assert len({unit.digest for unit in units}) == 1
    assert len({unit.id for unit in units}) == len(units) == 3


def test_ids_that_would_collide_are_kept_apart(
    builder: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units_module, "_ID_DIGITS", 2)
    base = builder.commit({"x": "1"})
    builder.commit({f"f{number}": f"{number}\n" for number in range(100)})
    units = taken(builder, base).snapshot.units
    assert len({unit.id for unit in units}) == 100


def test_taking_twice_gives_the_same(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "".join(LONG)})
    builder.commit({"a": "".join(LONG[::2]), "b": "x"})
    assert taken(builder, base) == taken(builder, base)


def test_a_file_above_the_limit_is_named_and_makes_the_snapshot_incomplete(
    builder: RepositoryBuilder,
) -> None:
    base = builder.commit({"big": "x\n", "small": "1\n"})
    builder.commit({"big": "y\n" * 60, "small": "2\n"})
    change = taken(builder, base, limits=Limits(file_bytes=100))
    assert kinds(change) == [UnitKind.OVERSIZED, UnitKind.HUNK]
    assert change.snapshot.completeness.problems == ("big, 2 to 120 bytes: too large to read",)


def test_a_large_blob_is_not_read(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"})
    builder.commit({"a": "2\n", "big": b"\n" * 5_000_001})
    change = taken(builder, base)
    assert {unit.path: unit.kind for unit in change.snapshot.units} == {
        "a": UnitKind.HUNK,
        "big": UnitKind.OVERSIZED,
    }
    assert not change.snapshot.completeness.complete


def test_a_symlink_too_long_to_be_one_is_not_read(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"})
    builder.commit({}, symlinks={"l": "x" * 5000})
    assert kinds(taken(builder, base)) == [UnitKind.OVERSIZED]


@pytest.mark.parametrize("limits", [Limits(changed_lines=25), Limits(diff_bytes=80)])
@pytest.mark.parametrize("content", ["{0}\n", "same\n"])
def test_past_the_limit_of_the_whole_change_each_file_is_named(
    builder: RepositoryBuilder, limits: Limits, content: str
) -> None:
    base = builder.commit({"x": "1"})
    builder.commit({f"f{number}": content.format(number) * 10 for number in range(4)})
    change = taken(builder, base, limits=limits)
    read = kinds(change).count(UnitKind.HUNK)
    assert 1 <= read <= 2
    assert kinds(change) == [UnitKind.HUNK] * read + [UnitKind.OVERSIZED] * (4 - read)
    problems = change.snapshot.completeness.problems
    assert any("the rest was not read" in problem for problem in problems)
    assert any(problem.startswith("f3, ") for problem in problems)


@pytest.mark.parametrize("name", [b"..", b".", b"a/../plain", b"./plain", b"a/./b"])
def test_a_name_that_git_would_take_for_another_is_not_read_and_says_so(
    builder: RepositoryBuilder, name: bytes
) -> None:
    base = builder.commit_tree([("100644", b"plain", b"1\n")])
    builder.commit_tree([("100644", b"plain", b"2\n"), ("100644", name, b"evil\n")], parents=[base])
    change = taken(builder, base)
    assert {unit.path: unit.kind for unit in change.snapshot.units} == {
        "plain": UnitKind.HUNK,
        name.decode(): UnitKind.OVERSIZED,
    }
    [problem] = change.snapshot.completeness.problems
    assert "git cannot be asked for this name" in problem


def test_a_path_that_stands_twice_in_a_tree_is_a_problem(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"})
    builder.commit_tree([("100644", b"a", b"good\n"), ("100644", b"a", b"bad\n")], parents=[base])
    change = taken(builder, base)
    assert "a: stands 2 times in a tree" in change.snapshot.completeness.problems
    texts = [unit.hunk.lines[0].text for unit in change.snapshot.units if unit.hunk]
    assert {"good", "bad"} <= set(texts)


@pytest.mark.parametrize("order", [1, -1])
def test_a_path_that_stands_twice_and_changed_once_is_a_problem(
    builder: RepositoryBuilder, order: int
) -> None:
    base = builder.commit_tree([("100644", b"a", b"good\n"), ("100644", b"b", b"1\n")])
    twice: list[tuple[str, bytes, bytes | str]] = [("100644", b"a", b"good\n"), ("100644", b"a", b"bad\n")]
    builder.commit_tree([*twice[::order], ("100644", b"b", b"1\n")], parents=[base])
    assert "a: stands 2 times in a tree" in taken(builder, base).snapshot.completeness.problems


def test_a_path_that_stands_twice_outside_of_the_change_is_a_problem(builder: RepositoryBuilder) -> None:
    twice: list[tuple[str, bytes, bytes | str]] = [("100644", b"d/a", b"1\n"), ("100644", b"d/a", b"2\n")]
    base = builder.commit_tree([("100644", b"b", b"1\n"), *twice])
    builder.commit_tree([("100644", b"b", b"2\n"), *twice], parents=[base])
    change = taken(builder, base)
    assert only(change).path == "b"
    assert change.snapshot.completeness.problems == ("d/a: stands 2 times in a tree",)


def test_a_file_and_a_folder_of_one_name_are_a_problem(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"})
    builder.commit_tree([("100644", b"d/a", b"1\n"), ("100644", b"d/a/b/c", b"2\n")], parents=[base])
    assert taken(builder, base).snapshot.completeness.problems == ("d/a: is a file and a folder in one tree",)


@pytest.mark.parametrize("name", [b".git/config", b"sub/.git/config", b"sub/.GIT", b".Git/hooks/x"])
def test_a_path_into_a_folder_of_git_is_a_problem(builder: RepositoryBuilder, name: bytes) -> None:
    base = builder.commit({"x": "1"})
    forged = builder.commit_tree([("100644", name, b"1\n")], parents=[base])
    gone = builder.commit_tree([("100644", b"x", b"1\n")], parents=[forged])
    for old, new in ((base, forged), (forged, gone)):
        [problem] = taken(builder, old, new).snapshot.completeness.problems
        assert problem.startswith(f"{name.decode()}: lies in a folder of git's own")


def test_of_many_forged_names_the_first_are_named_and_the_rest_counted(builder: RepositoryBuilder) -> None:
    base = builder.commit({"x": "1"})
    names = [b"f%02d" % number for number in range(23)]
    builder.commit_tree([("100644", name, b"%d\n" % two) for name in names for two in (1, 2)], parents=[base])
    problems = taken(builder, base).snapshot.completeness.problems
    assert problems[19:] == (
        "f19: stands 2 times in a tree",
        "3 more names that no checkout can show",
    )


@pytest.mark.parametrize(
    "name",
    [b"x b/y", b"a b/a b", b"/dev/null", b"dev/null", b"a\nb", b'q"uote', b"back\\slash", b"caf\xe9\xff",
     b"tab\there", b" lead", b"trail ", b"\n", b"diff --git a/x b/x", b"index 1..2", b"@@ -1 +1 @@", b"...",
     b".github/config", b"%2F", b"x\r", "\u202egpj.exe".encode(), b"-rf", b":(top)x", b"*", b"\x1b[2J",
     b"a/" * 20 + b"f"],
)  # fmt: skip
def test_no_name_confuses_or_loses_a_file(builder: RepositoryBuilder, name: bytes) -> None:
    entries: list[tuple[str, bytes, bytes | str]] = [
        ("100644", b"plain", b"1\n"),
        ("100644", name.strip(b"/"), b"old\n"),
    ]
    base = builder.commit_tree(entries)
    changed: list[tuple[str, bytes, bytes | str]] = [(mode, path, b"new\n") for mode, path, _ in entries]
    builder.commit_tree(changed, parents=[base])
    change = taken(builder, base)
    assert change.snapshot.completeness.complete
    told = {file.path: [line.text for unit in file.units if unit.hunk for line in unit.hunk.lines]
            for file in change.snapshot.files}  # fmt: skip
    [hostile] = told.keys() - {"plain"}
    assert told == {"plain": ["1", "new"], hostile: ["old", "new"]}
    assert "\n" not in hostile


def test_a_range_without_a_difference_is_empty(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1"})
    builder.commit({"a": "2"})
    builder.commit({"a": "1"})
    for head in (base, "main"):
        with pytest.raises(EmptyRangeError, match="nothing differs"):
            taken(builder, base, head)


def test_an_unknown_end_of_the_range_is_named(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1"})
    with pytest.raises(UnknownRevisionError, match="topic"):
        taken(builder, base, "topic")


def test_a_diff_file_becomes_a_snapshot_without_prose(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"}, message="base")
    diff = b"--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+2\n"
    with GitRepository.open(builder.path) as repo:
        view, head = repo.with_diff(base, diff)
        with view:
            change = take(view, base=base, head=head, origin=Origin.LOCAL_DIFF)
    assert kinds(change) == [UnitKind.HUNK]
    assert (change.prose.title, change.prose.body, change.prose.commits) == ("", "", ())


def test_the_snapshot_holds_no_prose_and_no_name(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1\n"})
    builder.commit(
        {"a": "2\n"}, message="Subject words\n\nbody words", author="Someone Special <who@secret.org>"
    )
    dumped = taken(builder, base).snapshot.model_dump_json()
    for word in ("Subject", "body words", "Someone", "secret.org"):
        assert word not in dumped
