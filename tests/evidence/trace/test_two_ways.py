"""Two ways, one answer: what is found through git is found through the index, and the other way round."""

from pathlib import Path

import pytest

from benchmarks.tracing_cases import Case, read_cases
from reviewer.domain.change import Origin, Side
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.trace import Limits, trace_change
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

UNBOUNDED = Limits(
    max_search_lines=10**6,
    max_files=10**6,
    max_far_files=10**6,
    max_bytes=10**9,
    max_places=10**6,
    max_flow_files=10**6,
    max_flow_bytes=10**9,
    max_flow_searches=10**6,
)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.id)
def test_git_and_the_index_give_the_same_edges(case: Case, tmp_path: Path) -> None:
    repo = MemoryGit()
    base, head = repo.commit(case.files(Side.BASE)), repo.commit(case.files(Side.HEAD))
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    workspace = Workspace(repo, change.revisions)
    index = IndexFile.open(tmp_path)
    try:
        indexed = IndexedSearch(repo, workspace, index)
        indexed.update(Side.HEAD)
        by_index = trace_change(change, workspace, limits=UNBOUNDED, index=indexed)
    finally:
        index.close()
    by_git = trace_change(change, workspace, limits=UNBOUNDED)
    for part in ("traces", "files", "cuts", "reach"):
        assert getattr(by_index, part) == getattr(by_git, part)


@pytest.mark.parametrize("case", read_cases()[::5], ids=lambda case: case.id)
def test_a_bounded_answer_is_a_part_of_the_whole_and_names_what_it_cut(case: Case) -> None:
    repo = MemoryGit()
    base, head = repo.commit(case.files(Side.BASE)), repo.commit(case.files(Side.HEAD))
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    workspace = Workspace(repo, change.revisions)
    whole = trace_change(change, workspace, limits=UNBOUNDED)
    bounded = trace_change(change, workspace, limits=Limits(max_files=1, max_flow_files=1, max_places=2))
    for few, all_of_them in zip(bounded.traces, whole.traces, strict=True):
        resolved = {use.quote.place for use in few.uses if use.certainty == "resolved"}
        assert resolved <= {use.quote.place for use in all_of_them.uses if use.certainty == "resolved"}
        missing = {use.quote.place for use in all_of_them.uses} - {use.quote.place for use in few.uses}
        assert few.cut or not missing
