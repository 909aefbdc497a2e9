from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewer.domain.change import Revisions
from reviewer.evidence.search.found import WordSearch
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.lazy import LazySearch
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GitObjects


def workspace_of(repo: GitObjects, commit: str) -> Workspace:
    return Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[IndexFile]:
    with IndexFile.open(tmp_path / "state") as opened:
        yield opened


@pytest.fixture
def both(index: IndexFile) -> Callable[[GitObjects, str], tuple[WordSearch, WordSearch]]:
    """The two ways of searching one commit."""

    def ways(repo: GitObjects, commit: str) -> tuple[WordSearch, WordSearch]:
        workspace = workspace_of(repo, commit)
        return LazySearch(repo, workspace), IndexedSearch(repo, workspace, index, processes=1)

    return ways


@pytest.fixture
def indexed(index: IndexFile) -> Callable[[GitObjects, str], IndexedSearch]:
    """The kept index over one commit."""
    return lambda repo, commit: IndexedSearch(repo, workspace_of(repo, commit), index, processes=1)
