from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.coverage import RuleReport
from reviewer.domain.finding import Finding
from reviewer.evidence.collect import collect
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy
from reviewer.stages import rules, snapshot
from reviewer.testing.memory_git import MemoryGit

Files = Mapping[str, str | bytes | None]


class RuledChange:
    """A change of two commits, with what the rules say about it."""

    def __init__(self, before: Files, after: Files, limits: Limits | None = None) -> None:
        repo = MemoryGit()
        base = repo.commit(before)
        head = repo.commit(after)
        self.change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE)
        self.workspace = Workspace(repo, self.change.snapshot.revisions)
        self.evidence = collect(self.change.snapshot, self.workspace, limits=limits)
        self.reports = rules.run(self.change.snapshot, self.evidence, self.workspace, Policy())

    def report(self, rule: str) -> RuleReport:
        return next(report for report in self.reports if report.rule == rule)

    def findings(self, rule: str) -> list[Finding]:
        return list(self.report(rule).findings)

    def places(self, rule: str) -> list[str]:
        """`path:line` of each finding's subject."""
        return [finding.subject.place.split("@")[0] for finding in self.findings(rule)]


@pytest.fixture
def ruled() -> Callable[..., RuledChange]:
    return RuledChange
