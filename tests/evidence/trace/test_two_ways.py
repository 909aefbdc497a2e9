"""Two ways, one answer: what is found through git is found through the index, and the other way round."""

from pathlib import Path

import pytest

from benchmarks.tracing_cases import Case, read_cases
from reviewer.domain.change import Origin, Side
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.trace import Limits, trace_change
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GitObjects
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

FAR = ReachLimits(callers=3, callees=2, followed=100, search=UNBOUNDED)


def search_over(repo: GitObjects, index: IndexFile) -> IndexedSearch:
    return IndexedSearch(repo, index, may_read=None, tell=lambda _: None, note=lambda _: None)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.id)
def test_git_and_the_index_give_the_same_edges(case: Case, tmp_path: Path) -> None:
    repo = MemoryGit()
    base, head = repo.commit(case.files(Side.BASE)), repo.commit(case.files(Side.HEAD))
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    workspace = Workspace(repo, change.revisions)
    with IndexFile.open(tmp_path) as index:
        indexed = Workspace(repo, change.revisions, index=search_over(repo, index))
        assert indexed.is_indexed(Side.HEAD)
        by_index = trace_change(change, indexed, limits=UNBOUNDED, reach_limits=FAR)
    by_git = trace_change(change, workspace, limits=UNBOUNDED, reach_limits=FAR)
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


CHAIN = {
    "low.py": "def low():\n    return 1\n",
    "mid.py": "from low import low\n\n\ndef mid():\n    return low()\n",
    "high.py": "from mid import mid\n\n\ndef high():\n    return mid()\n",
    "app.py": "from flask import Flask\nfrom high import high\n\napp = Flask(__name__)\n\n\n"
    '@app.get("/x")\ndef view():\n    return high()\n',
}


def test_with_an_index_a_review_of_a_large_repository_reaches_the_entry_point(tmp_path: Path) -> None:
    repo = MemoryGit()
    many = {f"doc/{number}.txt": str(number) for number in range(Limits().max_paths_of_small_repository)}
    base = repo.commit({**CHAIN, **many})
    head = repo.commit({"mid.py": CHAIN["mid.py"].replace("low()", "low() + 1")})
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    by_git = trace_change(change, Workspace(repo, change.revisions)).reach
    with IndexFile.open(tmp_path) as index:
        by_index = trace_change(
            change, Workspace(repo, change.revisions, index=search_over(repo, index))
        ).reach
    assert [node.name for node in by_index.entries] == ["view"]
    assert not any("callers" in cut for cut in by_index.cuts)
    assert "callers more than 1 hops up were not looked for" in by_git.cuts
    assert set(by_git.edges) < set(by_index.edges)
