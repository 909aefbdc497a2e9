"""What happened before to the lines that a change touches. No names, no addresses, no messages of anybody."""

from reviewer.domain.text import RepoPath
from reviewer.domain.value import ObjectId, Value


class PastCommit(Value):
    """A commit that was the last to touch some lines of a change unit, before the change."""

    commit: ObjectId
    age_days: int
    """Whole days from when it was written to when the merge base was committed; 0 where clocks disagree."""
    lines: int
    """How many of the unit's lines it touched last, context included."""
    deleted_lines: int
    """How many of these the change deletes."""
    at_clone_end: bool
    """The clone ends here: the lines are at least that old, and who touched them last is not known."""


class UnitHistory(Value):
    """Who touched the lines of one change unit last: those it deletes and those around it."""

    unit: str
    """Id of the change unit."""
    commits: tuple[PastCommit, ...]
    """The youngest first."""
    untold_lines: int
    """Lines of which nothing was told in time; 0 when all were."""


class PathChurn(Value):
    """How often a path was changed of late."""

    path: RepoPath
    """As it is called at the merge base."""
    changes: int
    of_commits: int
    """The newest commits up to the merge base that were looked at, merges left out."""


class LineHistory(Value):
    """The history of the lines that a change touches, and what was not looked up."""

    units: tuple[UnitHistory, ...]
    """In the order of the change. Missing are units without a line at the merge base, and those that a cut names."""
    churn: tuple[PathChurn, ...]
    """Ordered by path; paths that the merge base does not have are none."""
    cuts: tuple[str, ...]
    """Every limit that left something out, a sentence each; empty means nothing was left out."""
