"""The tools answer from the index where there is one, and say what they say without it."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.chat import ToolCall
from reviewer.evidence.collect import collect
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.tools.toolbox import EvidenceTools
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GrepHit
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

FILES = {
    "low.py": "def low():\n    return 1\n",
    "service.py": "from low import low\n\n\ndef find(x):\n    return low()\n",
    "a.rs": "fn rusty() -> i32 { low() }\n",
    "notes.txt": "a low note\n",
}
QUESTIONS = [
    ("find_definition", {"name": "low"}),
    ("find_callers", {"name": "low"}),
    ("find_callers", {"name": "rusty"}),
    ("trace_paths", {"name": "low", "direction": "callers", "hops": 2}),
    ("search", {"text": "ow no"}),
]


class CountingGit(MemoryGit):
    """Counts the searches through git."""

    searches = 0

    def grep(self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int) -> Sequence[GrepHit]:
        self.searches += 1
        return super().grep(commit, words, whole_words=whole_words, limit=limit)


@pytest.mark.parametrize(("name", "arguments"), QUESTIONS, ids=str)
def test_a_tool_searches_the_index_and_not_git(
    name: str, arguments: dict[str, object], tmp_path: Path
) -> None:
    repo = CountingGit()
    base = repo.commit(FILES)
    head = repo.commit({"low.py": "def low():\n    return 2\n"})
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot

    def answer(workspace: Workspace) -> str:
        tools = EvidenceTools(workspace, collect(change, workspace), max_calls=9)
        return asyncio.run(tools.run(ToolCall(id="c", name=name, arguments=json.dumps(arguments)))).content

    by_git = answer(Workspace(repo, change.revisions))
    assert repo.searches
    repo.searches = 0
    with IndexFile.open(tmp_path) as index:
        search = IndexedSearch(repo, index, may_read=None, tell=lambda _: None, note=lambda _: None)
        assert answer(Workspace(repo, change.revisions, index=search)) == by_git
    assert repo.searches == 0
