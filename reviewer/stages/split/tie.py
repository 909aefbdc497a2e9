"""What two units have to do with each other."""

from dataclasses import dataclass

from reviewer.domain.split_plan import SplitReason


@dataclass(frozen=True)
class Tie:
    """`first` merges before `then` or in the same part; with `together` only in the same part."""

    first: str
    """Id of a unit."""
    then: str
    why: SplitReason
    together: bool = False


def by_path(first: str, then: str, text: str, *, together: bool = False) -> Tie:
    """A tie that paths alone show."""
    return Tie(first, then, SplitReason(text=text, quotes=()), together=together)
