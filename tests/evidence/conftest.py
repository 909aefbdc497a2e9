from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Origin, Snapshot
from reviewer.domain.evidence import SymbolTrace
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.collect import collect
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

Files = Mapping[str, str | bytes | None]


class TracedChange:
    """A repository of two commits with the evidence collected over it."""

    def __init__(self, before: Files, after: Files, limits: Limits | None = None) -> None:
        self.repo = MemoryGit()
        base = self.repo.commit(before)
        head = self.repo.commit(after)
        self.snapshot: Snapshot = snapshot.take(
            self.repo, base=base, head=head, origin=Origin.LOCAL_RANGE
        ).snapshot
        self.workspace = Workspace(self.repo, self.snapshot.revisions)
        self.evidence: EvidenceSet = collect(self.snapshot, self.workspace, limits=limits)

    def trace(self, qualified_name: str) -> SymbolTrace:
        found = [trace for trace in self.evidence.traces if trace.symbol.qualified_name == qualified_name]
        assert len(found) == 1, (
            f"{qualified_name}: {[trace.symbol.qualified_name for trace in self.evidence.traces]}"
        )
        return found[0]

    def uses(self, qualified_name: str) -> list[tuple[str, str]]:
        """`path:line` and certainty of each use."""
        return [
            (f"{use.quote.path}:{use.quote.first_line}", use.certainty.value)
            for use in self.trace(qualified_name).uses
        ]


@pytest.fixture
def traced() -> Callable[..., TracedChange]:
    return TracedChange
