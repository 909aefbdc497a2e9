from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Origin, Snapshot
from reviewer.domain.literals import LiteralEvidence, LiteralTrace
from reviewer.evidence.literals import LiteralLimits, collect_literals
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

Files = Mapping[str, str | bytes | None]


class ReadChange:
    """A change of two commits with the evidence about its literals."""

    def __init__(self, before: Files, after: Files, limits: LiteralLimits | None = None) -> None:
        repo = MemoryGit()
        base = repo.commit(before)
        head = repo.commit(after)
        self.snapshot: Snapshot = snapshot.take(
            repo, base=base, head=head, origin=Origin.LOCAL_RANGE
        ).snapshot
        self.workspace = Workspace(repo, self.snapshot.revisions)
        self.evidence: LiteralEvidence = collect_literals(self.snapshot, self.workspace, limits=limits)

    @property
    def pairs(self) -> list[tuple[str, str, str]]:
        """Place of the copy, place of the code, and confidence of each contradiction."""
        return [
            (
                f"{item.copy_quote.path}:{item.copy_quote.first_line}",
                f"{item.code_quote.path}:{item.code_quote.first_line}",
                item.confidence.value,
            )
            for item in self.evidence.contradictions
        ]

    def trace(self, name: str) -> LiteralTrace:
        found = [trace for trace in self.evidence.traces if trace.name == name]
        assert len(found) == 1, [trace.name for trace in self.evidence.traces]
        return found[0]


@pytest.fixture
def read() -> Callable[..., ReadChange]:
    return ReadChange
