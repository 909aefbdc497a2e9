from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.base_facts import Familiarity
from reviewer.domain.change import Origin
from reviewer.domain.fact import Known
from reviewer.evidence.base.familiarity import FamiliarityLimits, familiarity
from reviewer.ports import GitObjects
from reviewer.stages import snapshot
from reviewer.testing.git_builder import RepositoryBuilder
from reviewer.testing.memory_git import MemoryGit

ADA, BOB = "ada@example.org", "bob@example.org"
TEN = "".join(f"line {n}\n" for n in range(10))
HALF = TEN.replace("line 1\n", "line one\n")


def told(
    repo: GitObjects,
    base: str,
    head: str,
    *,
    limits: FamiliarityLimits | None = None,
    origin: Origin = Origin.LOCAL_RANGE,
) -> Familiarity | str:
    change = snapshot.take(repo, base=base, head=head, origin=origin)
    found = familiarity(change.snapshot, repo, limits)
    return found.value if isinstance(found, Known) else found.why


def by_two(path: str = "a.py", *, author: str = ADA) -> tuple[MemoryGit, str, str]:
    repo = MemoryGit()
    repo.commit({path: TEN}, author=BOB)
    base = repo.commit({path: HALF}, author=ADA)
    return repo, base, repo.commit({path: HALF.replace("line 2\n", "line two\n")}, author=author)


@pytest.mark.parametrize(("author", "own"), [(ADA, 1), (ADA.upper(), 1), (BOB, 5), ("eve@example.org", 0)])
def test_lines_in_and_around_the_hunks_are_counted_by_whether_an_author_wrote_them(
    author: str, own: int
) -> None:
    assert told(*by_two(author=author)) == Familiarity(lines=6, own_lines=own)


def test_new_files_documents_and_tests_are_nobodys_code() -> None:
    for path in ("README.md", "tests/test_a.py", "uv.lock"):
        assert told(*by_two(path)) == Familiarity(lines=0, own_lines=0)
    repo = MemoryGit()
    base = repo.commit({"a.py": TEN}, author=ADA)
    assert told(repo, base, repo.commit({"b.py": TEN}, author=ADA)) == Familiarity(lines=0, own_lines=0)


def test_a_commit_without_an_author_makes_it_unknown() -> None:
    assert told(*by_two(author="")) == "a commit of the change names no author"


def test_a_diff_has_no_author() -> None:
    assert told(*by_two(), origin=Origin.LOCAL_DIFF) == "a diff has no author"


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (FamiliarityLimits(total_s=0), "was not told within 0 s"),
        (FamiliarityLimits(files=0), "1 hunks in 1 files, limits 300 and 0"),
        (FamiliarityLimits(hunks=0), "limits 0 and 50"),
        (FamiliarityLimits(commits=0), "more than 0 commits"),
    ],
)
def test_past_a_limit_it_is_unknown_and_says_so(limits: FamiliarityLimits, why: str) -> None:
    found = told(*by_two(), limits=limits)
    assert isinstance(found, str)
    assert why in found


def test_git_itself_tells_the_same_and_no_mailmap_of_the_change_renames_anybody(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "r")
    builder.commit({"a.py": TEN}, author=f"Bob <{BOB}>")
    base = builder.commit({"a.py": HALF}, author=f"Ada <{ADA}>")
    mailmap = f"Eve <eve@example.org> <{BOB}>\n"
    changed = {"a.py": HALF.replace("line 2\n", "line two\n"), ".mailmap": mailmap}
    head = builder.commit(changed, author="Eve <eve@example.org>")
    with GitRepository.open(builder.path) as repo:
        assert told(repo, base, head) == Familiarity(lines=6, own_lines=0)
        origins = repo.line_origins(base, b"a.py", [(1, 3)], timeout_s=9).origins
        assert [origin.author_email.decode() for origin in origins] == [BOB, ADA, BOB]


def test_lines_before_the_begin_of_a_shallow_clone_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    repo, base, head = by_two()
    whole = repo.line_origins(base, b"a.py", [(1, 3)], timeout_s=9)
    cut = replace(whole, origins=tuple(replace(each, at_clone_end=True) for each in whole.origins))
    monkeypatch.setattr(MemoryGit, "line_origins", lambda *_, **__: cut)
    assert told(repo, base, head) == "lines are older than this shallow clone"
