"""Attributes of the base, with git itself as the judge of the dialect."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.domain.change import Origin
from reviewer.evidence.base.attributes import attribute_files, marked_generated
from reviewer.ports import TreeEntry
from reviewer.stages import snapshot
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit

PATHS = ("a.js", "gen/a.js", "gen/deep/a.js", "src/gen/a.js", "src/b.min.js", "src/a b.js", "x[1].js", "gen")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path_factory.mktemp("attributes") / "repo")


def told_by_git(house: RepositoryBuilder, files: dict[str, str], paths: tuple[str, ...]) -> frozenset[str]:
    for old in house.path.rglob(".gitattributes"):
        old.unlink()
    for folder, text in files.items():
        place = Path(house.path) / folder / ".gitattributes"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    marked = set()
    names = ("linguist-generated", "linguist-vendored", "diff")
    fields = house.git("check-attr", "-z", *names, "--", *paths).split("\0")
    for path, name, value in zip(fields[::3], fields[1::3], fields[2::3], strict=False):
        if value == "unset" if name == "diff" else value in ("set", "true"):
            marked.add(path)
    return frozenset(marked)


@pytest.mark.parametrize(
    "files",
    [
        {"": "gen/** linguist-generated\n"},
        {"": "gen linguist-generated\n"},
        {"": "gen/ linguist-generated\n"},
        {"": "/gen/* linguist-generated\n"},
        {"": "*.min.js -diff\n"},
        {"": "*.js binary\n"},
        {"": "*.js binary\nsrc/** diff\n"},
        {"": "*.js linguist-generated=true\na.js linguist-generated=false\n"},
        {"": "*.js linguist-generated\na.js !linguist-generated\n"},
        {"": "*.js linguist-vendored\n", "gen": "a.js -linguist-vendored\n"},
        {"gen": "*.js linguist-generated\n", "gen/deep": "*.js -linguist-generated\n"},
        {"": "[attr]made linguist-generated -text\ngen/** made\n"},
        {"": "gen/** made\n[attr]made linguist-generated\n"},
        {"gen": "[attr]made linguist-generated\n* made\n"},
        {"": '"src/a b.js" linguist-generated\n'},
        {"": '"src/a\\040b.js" linguist-generated\n'},
        {"": "x\\[1\\].js linguist-generated\n"},
        {"": "x[[]1].js linguist-generated\n"},
        {"": "[ax]*.js linguist-generated\n"},
        {"": "[!a].js linguist-generated\n"},
        {"": "[[:alpha:]].js linguist-generated\n"},
        {"": "**/gen/*.js linguist-generated\n"},
        {"": "src/**/a.js linguist-generated\n"},
        {"": "# *.js linguist-generated\n\n  *.min.js linguist-generated  \n"},
        {"": "!*.js linguist-generated\n"},
        {"": "*.js linguist-generated\r\n"},
        {"": "*.js linguist-generated=1\n"},
        {"": "*.js diff=java\n"},
    ],
)
def test_a_file_is_marked_exactly_when_git_says_so(house: RepositoryBuilder, files: dict[str, str]) -> None:
    ours = marked_generated(PATHS, {folder: text.encode() for folder, text in files.items()})
    assert ours == told_by_git(house, files, PATHS)


_PATTERN = st.text(alphabet="ag*?/.", min_size=1, max_size=7).filter(lambda text: not text.startswith("!"))
_PATH = st.from_regex(r"[ag.]{1,2}(?:/[ag.]{1,2}){0,3}", fullmatch=True).filter(
    lambda path: not {".", ".."} & set(path.split("/"))
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(patterns=st.lists(_PATTERN, min_size=1, max_size=4), path=_PATH)
def test_patterns_fit_as_git_has_them_fit(house: RepositoryBuilder, patterns: list[str], path: str) -> None:
    text = "".join(f"{pattern} linguist-generated\n" for pattern in patterns)
    assert marked_generated((path,), {"": text.encode()}) == told_by_git(house, {"": text}, (path,))


def test_only_attribute_files_around_the_paths_are_looked_at_and_none_that_is_a_link() -> None:
    tree = [
        TreeEntry("100644", "1", b".gitattributes"),
        TreeEntry("120000", "2", b"a/.gitattributes"),
        TreeEntry("100644", "3", b"a/b/.gitattributes"),
        TreeEntry("100644", "4", b"other/.gitattributes"),
    ]
    assert attribute_files(tree, ["a/b/c.py"]) == {"": "1", "a/b": "3"}


def test_the_base_marks_and_what_the_change_writes_does_not() -> None:
    repo = MemoryGit()
    base = repo.commit({".gitattributes": "gen/* linguist-generated\n", "gen/a.py": "1\n", "b.py": "1\n"})
    head = repo.commit({".gitattributes": "* linguist-generated\n", "gen/a.py": "2\n", "b.py": "2\n"})
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE)
    assert [file.path for file in change.snapshot.files if file.marked_at_base] == ["gen/a.py"]


def test_a_file_that_is_moved_into_a_marked_folder_is_not_marked() -> None:
    repo = MemoryGit()
    base = repo.commit({".gitattributes": "gen/* linguist-generated\n", "a.py": "1\n"})
    head = repo.commit({"a.py": None, "gen/a.py": "1\n"})
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE)
    assert not any(file.marked_at_base for file in change.snapshot.files)
