"""What git says about a change beyond its diff: owners, how often paths change, what was undone on the way."""

from reviewer.domain.fact import Known, Unknown
from reviewer.domain.text import RepoPath
from reviewer.domain.value import ObjectId, Value


class PathOwners(Value):
    """Who owns one path. Owners are names of people: this value is compared and never stored."""

    path: RepoPath
    owners: frozenset[str]
    """Empty: nobody is named for it."""


class PathRate(Value):
    """How often merged changes touched one path of late."""

    path: RepoPath
    """As it is called at the base."""
    changes: int
    restores: ObjectId | None
    """The merged change that took away the very content which this change puts there; None when none did."""


class Familiarity(Value):
    """How much of the code that a change touches its own authors wrote; numbers only, nobody's name.

    Authors are told apart by the addresses that commits claim, which anybody can write into a commit.
    """

    lines: int
    """Lines of the base in and around the hunks of code, as far as it was told who touched them last; 0 where the
    change only brings new files."""
    own_lines: int
    """Those that an author of the change touched last."""


class BaseFacts(Value):
    """Owners and rates are read at the pinned base, which the change cannot write."""

    owners: Known[tuple[PathOwners, ...]] | Unknown
    """For each path of the change; Known and empty where the base has no CODEOWNERS file."""
    rates: Known[tuple[PathRate, ...]] | Unknown
    """Of the last days that the policy names; paths that are new at the head have none."""
    undone: Known[tuple[RepoPath, ...]] | Unknown
    """Paths that a commit of the change touches although nothing of them differs in the end, ordered."""
    familiarity: Known[Familiarity] | Unknown = Unknown(why="it was not asked")
