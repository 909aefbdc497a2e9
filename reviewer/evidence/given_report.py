"""A report of another tool, as a caller hands it over."""

from dataclasses import dataclass


class UnreadableReport(Exception):  # noqa: N818 - a fact about the report, which the evidence tells
    """The report is of no known form, damaged, or above a limit."""


@dataclass(frozen=True)
class GivenReport:
    """A report as it was given: not yet read, and nothing in it believed."""

    name: str
    """For people."""
    raw: bytes
    commit: str
    """The commit that it was made at, in full."""

    def stale(self, head: str) -> str | None:
        """Why it says nothing of `head`: its lines are those of another commit; None when they are not."""
        if self.commit == head:
            return None
        return f"{self.name}: made at {self.commit[:12]}, the head is {head[:12]}"
