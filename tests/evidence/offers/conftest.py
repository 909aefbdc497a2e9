from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.names import NameEvidence
from reviewer.evidence.offers import NameLimits, collect_names
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

Files = Mapping[str, str | bytes | None]


class NamedChange:
    """A change of two commits with the names that it takes away."""

    def __init__(self, before: Files, after: Files, limits: NameLimits | None = None) -> None:
        repo = MemoryGit()
        base, head = repo.commit(before), repo.commit(after)
        change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
        self.evidence: NameEvidence = collect_names(change, Workspace(repo, change.revisions), limits=limits)

    @property
    def told(self) -> list[str]:
        """`kind name: path:line path:line` of each dangling name."""
        return [
            f"{one.kind} {one.name}: {' '.join(f'{quote.path}:{quote.first_line}' for quote in one.readers)}"
            for one in self.evidence.dangling
        ]


@pytest.fixture
def named() -> Callable[..., NamedChange]:
    return NamedChange
