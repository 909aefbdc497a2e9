from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.hazard import HazardEvidence
from reviewer.evidence.hazards import collect_hazards
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

Files = Mapping[str, str | bytes | None]


def evidence_of(before: Files, after: Files) -> HazardEvidence:
    repo = MemoryGit()
    base = repo.commit({"README.md": "A repository.\n", **before})
    head = repo.commit({"README.md": "A repository.\n", **after})
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE)
    return collect_hazards(change.snapshot, Workspace(repo, change.snapshot.revisions))


def hazards_of(before: Files, after: Files) -> list[str]:
    """`topic form path:line` of each hazard, as a change from `before` to `after` brings it."""
    found = evidence_of(before, after)
    assert not found.unlooked, found.unlooked
    return [f"{one.topic} {one.form} {one.quote.path}:{one.quote.first_line}" for one in found.hazards]


@pytest.fixture
def hazards() -> Callable[..., list[str]]:
    return hazards_of


@pytest.fixture
def hazard_evidence() -> Callable[..., HazardEvidence]:
    return evidence_of
