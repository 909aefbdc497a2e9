from collections.abc import Sequence
from typing import Any

import pytest

from reviewer.domain.change import Revisions, Side
from reviewer.errors import ObjectTooLargeError, PathRefusedError, RepositoryError
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GrepHit
from reviewer.testing.memory_git import SUBMODULE, SYMLINK, MemoryGit

HOSTILE_PATHS = (
    "/proc/self/environ",
    "/etc/passwd",
    "../x",
    "a/../../x",
    "%2e%2e/x",
    "a\0b",
    "a\ud800",
    "a%00b",
    "",
    ".",
    "./a.py",
    "a//b",
    ".git/config",
    "a/.GIT/config",
    "sub/.git/HEAD",
)


class CountingGit(MemoryGit):
    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def blob(self, object_id: str, *, limit_bytes: int) -> bytes:
        self.reads += 1
        return super().blob(object_id, limit_bytes=limit_bytes)


@pytest.fixture
def repo() -> CountingGit:
    return CountingGit()


def workspace_of(repo: MemoryGit, base: str, head: str, **limits: Any) -> Workspace:
    return Workspace(repo, Revisions(base=base, merge_base=base, head=head), **limits)


@pytest.fixture
def workspace(repo: CountingGit) -> Workspace:
    base = repo.commit({"a.py": "old\n", "src/b.py": "one\ntwo\r\nthree", "gone.py": "x\n"})
    head = repo.commit(
        {
            "a.py": "new\n",
            "gone.py": None,
            "link": "/proc/self/environ",
            "loop": "loop",
            "sub": "a" * 40,
            "src2/c.py": "two\n",
        },
        modes={"link": SYMLINK, "loop": SYMLINK, "sub": SUBMODULE},
    )
    return workspace_of(repo, base, head)


def test_each_side_gives_its_own_content(workspace: Workspace) -> None:
    assert workspace.read("a.py", Side.BASE) == b"old\n"
    assert workspace.read("a.py", Side.HEAD) == b"new\n"
    assert workspace.exists("gone.py", Side.BASE)
    assert not workspace.exists("gone.py", Side.HEAD)


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_a_path_that_is_none_of_the_repository_is_refused(workspace: Workspace, path: str) -> None:
    for ask in (workspace.read, workspace.exists, workspace.lines, workspace.entry):
        with pytest.raises(PathRefusedError, match="not a path of the repository"):
            ask(path, Side.HEAD)


@pytest.mark.parametrize("prefix", ["/", "../x", ".git", "a/../b", "/proc/"])
def test_a_prefix_that_is_none_of_the_repository_is_refused(workspace: Workspace, prefix: str) -> None:
    with pytest.raises(PathRefusedError):
        workspace.paths(Side.HEAD, prefix=prefix)
    with pytest.raises(PathRefusedError):
        workspace.search(["two"], Side.HEAD, prefix=prefix)


def test_a_missing_file_is_refused_with_side_and_commit(workspace: Workspace) -> None:
    with pytest.raises(PathRefusedError, match=r"gone\.py: no such file at the head commit [0-9a-f]{12}"):
        workspace.read("gone.py", Side.HEAD)


def test_a_symlink_is_its_text_and_is_never_followed(workspace: Workspace) -> None:
    assert workspace.read("link", Side.HEAD) == b"/proc/self/environ"
    assert workspace.read("loop", Side.HEAD) == b"loop"


def test_a_submodule_is_no_file(workspace: Workspace) -> None:
    with pytest.raises(PathRefusedError, match="submodule"):
        workspace.read("sub", Side.HEAD)


def test_a_file_above_the_limit_is_refused_whole(repo: CountingGit) -> None:
    sha = repo.commit({"big.py": "x" * 101})
    with pytest.raises(ObjectTooLargeError, match="101 bytes, limit 100"):
        workspace_of(repo, sha, sha, max_file_bytes=100).read("big.py", Side.HEAD)


def test_a_quote_is_the_lines_word_for_word(workspace: Workspace) -> None:
    quote = workspace.quote("src/b.py", Side.HEAD, 2, 3)
    assert quote.text == "two\r\nthree"
    assert quote.place == f"src/b.py:2@{workspace.commit(Side.HEAD)[:12]}"


@pytest.mark.parametrize(("first", "last"), [(0, 1), (3, 2), (1, 4), (4, 4), (-1, 1)])
def test_a_quote_is_never_shorter_than_asked_for(workspace: Workspace, first: int, last: int) -> None:
    with pytest.raises(PathRefusedError, match="1 to 3"):
        workspace.quote("src/b.py", Side.HEAD, first, last)


def test_a_prefix_is_a_folder_or_a_file_and_not_the_beginning_of_a_name(workspace: Workspace) -> None:
    assert workspace.paths(Side.HEAD, prefix="src") == ("src/b.py",)
    assert workspace.paths(Side.HEAD, prefix="src/") == ("src/b.py",)
    assert workspace.paths(Side.HEAD, prefix="src/b.py") == ("src/b.py",)
    assert [hit.path for hit in workspace.search(["two"], Side.HEAD, prefix="src2")] == ["src2/c.py"]


def test_a_search_finds_parts_of_words_and_tells_the_place(workspace: Workspace) -> None:
    hits = workspace.search(["tw"], Side.HEAD)
    assert [hit.place for hit in hits] == [
        f"src/b.py:2@{workspace.commit(Side.HEAD)[:12]}",
        f"src2/c.py:1@{workspace.commit(Side.HEAD)[:12]}",
    ]


@pytest.mark.parametrize("word", ["", "a\nb", "a\0b", "\ud800"])
def test_what_is_no_word_is_not_searched_for(workspace: Workspace, word: str) -> None:
    with pytest.raises(RepositoryError, match="not something to search for"):
        workspace.search([word], Side.HEAD)


def test_a_search_that_was_cut_is_no_proof_of_absence() -> None:
    class EndlessGit(MemoryGit):
        def grep(
            self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int
        ) -> Sequence[GrepHit]:
            return [GrepHit(b"a.py", 1, b"x")] * limit

    repo = EndlessGit()
    sha = repo.commit({"a.py": "x\n", "z.py": "\n"})
    with pytest.raises(RepositoryError, match="too many to tell"):
        workspace_of(repo, sha, sha).search(["x"], Side.HEAD, prefix="z.py")
    assert not workspace_of(repo, sha, sha).search_some(["x"], Side.HEAD, limit=3).complete


def test_a_blob_is_read_once_while_it_fits_the_cache(repo: CountingGit) -> None:
    sha = repo.commit({"a.py": "a" * 60, "b.py": "b" * 60})
    roomy = workspace_of(repo, sha, sha, max_cache_bytes=120)
    for _ in range(3):
        roomy.read("a.py", Side.HEAD)
        roomy.read("b.py", Side.BASE)
    assert repo.reads == 2
    tight = workspace_of(repo, sha, sha, max_cache_bytes=100)
    for _ in range(3):
        tight.read("a.py", Side.HEAD)
        tight.read("b.py", Side.BASE)
    assert repo.reads == 2 + 6


def test_names_that_are_not_text_are_read_by_their_text(repo: CountingGit) -> None:
    sha = repo.commit({"caf\udce9\n.py": "x\n", "100%.py": "y\n"})
    workspace = workspace_of(repo, sha, sha)
    assert set(workspace.paths(Side.HEAD)) == {"caf%E9%0A.py", "100%25.py"}
    assert workspace.read("caf%E9%0A.py", Side.HEAD) == b"x\n"
