"""What factors look at, and the three answers that they give."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain.base_facts import BaseFacts
from reviewer.domain.change import FileChange, Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.evidence.base import kind_of_file
from reviewer.policy import Policy


@dataclass(frozen=True)
class Subject:
    """Everything that is known about a change before anybody judges it."""

    snapshot: Snapshot
    base: BaseFacts
    evidence: EvidenceSet
    policy: Policy

    @cached_property
    def kinds(self) -> tuple[tuple[FileChange, KindOfChange], ...]:
        """Each file of the change with its kind."""
        return tuple(
            (file, kind_of_file(file, is_uncounted=self.policy.is_uncounted(file)))
            for file in self.snapshot.files
        )

    def of(self, *kinds: KindOfChange) -> Iterator[FileChange]:
        """The files of any of `kinds`, in order."""
        return (file for file, kind in self.kinds if kind in kinds)


def quiet(name: str, reason: str) -> RiskFactor:
    """The fact is known and raises no concern."""
    return RiskFactor(name=name, argues_for=None, known=True, reason=reason)


def argues(name: str, tier: RiskTier, reason: str) -> RiskFactor:
    """The fact is known and asks for `tier` at least."""
    return RiskFactor(name=name, argues_for=tier, known=True, reason=reason)


def not_known(name: str, reason: str) -> RiskFactor:
    """The fact could not be told: as if it argued for `medium`."""
    return RiskFactor(name=name, argues_for=RiskTier.MEDIUM, known=False, reason=reason)


def first_and_more(items: list[str]) -> str:
    """The first of `items`, and how many more there are."""
    return items[0] + (f" and {len(items) - 1} more" if len(items) > 1 else "")
