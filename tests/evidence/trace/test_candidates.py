from collections.abc import Mapping

from reviewer.domain.change import Origin, Side
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.trace.candidates import search
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit


def _searched(files: Mapping[str, str], *, max_lines: int) -> tuple[frozenset[str], set[str]]:
    repo = MemoryGit()
    base = repo.commit(files)
    head = repo.commit({"new.md": "x\n"})
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    code = Codebase(Workspace(repo, change.revisions), Side.HEAD)
    home = code.file("home.py")
    assert home is not None
    targets: list[Target] = [target_of(home, one, gone=False) for one in home.definitions]
    found = search(code, targets, max_lines=max_lines)
    return found.left_out, set(found.files)


def test_a_common_word_does_not_end_the_search_for_a_rare_one() -> None:
    files = {
        "home.py": "def rare():\n    pass\n\n\ndef common():\n    pass\n",
        "a.py": "common()\n" * 30,
        "z.py": "rare()\n",
    }
    left_out, paths = _searched(files, max_lines=20)
    assert left_out == {"common"}
    assert "z.py" in paths


def test_words_that_stand_on_few_lines_are_left_out_nowhere() -> None:
    files = {"home.py": "def rare():\n    pass\n", "z.py": "rare()\n"}
    assert _searched(files, max_lines=20) == (frozenset(), {"home.py", "z.py"})
