from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.ports import GitObjects


@pytest.fixture
def index(tmp_path: Path) -> Iterator[IndexFile]:
    with IndexFile.open(tmp_path / "index") as opened:
        yield opened


@pytest.fixture
def indexed(index: IndexFile) -> Callable[[GitObjects], IndexedSearch]:
    """A search over the kept index, which was opened just now and reads whatever is missing."""
    return lambda repo: IndexedSearch(repo, index, may_read=None, tell=lambda _: None, note=lambda _: None)
