"""One search for many words, some of them common."""

import pytest

from reviewer.domain.change import Revisions
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.limits import LiteralLimits
from reviewer.evidence.workspace import Workspace
from reviewer.testing.memory_git import MemoryGit


@pytest.fixture
def library() -> Library:
    repo = MemoryGit()
    head = repo.commit({"a.py": "common = 1\n" * 20, "b.py": "rare = 1\nodd = common\n"})
    workspace = Workspace(repo, Revisions(base=head, merge_base=head, head=head))
    return Library(workspace, LiteralLimits(max_search_lines=10))


def test_a_common_word_is_named_and_takes_no_line_from_the_others(library: Library) -> None:
    found = library.search(["common", "odd", "rare"], whole_words=True)
    assert [(hit.path, hit.line) for hit in found["rare"]] == [("b.py", 1)]
    assert [(hit.path, hit.line) for hit in found["odd"]] == [("b.py", 2)]
    assert library.cuts == ("'common' stands on 10 lines or more: the first 10 were looked at",)


def test_a_common_word_that_is_optional_is_no_cut(library: Library) -> None:
    assert library.search(["common", "rare"], whole_words=True, optional={"common"})["rare"]
    assert library.cuts == ()
