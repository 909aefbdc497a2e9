"""What a detector is, and what it tells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reviewer.domain.change import Side
from reviewer.domain.hazard import HazardTopic
from reviewer.evidence.hazards.touched_file import TouchedFile

MAX_FILE_BYTES = 1_000_000


@dataclass(frozen=True)
class Place:
    """Lines of a file; both ends are included."""

    path: str
    side: Side
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Spot:
    """The form of a fault at some lines of the file that is looked at."""

    form: str
    first_line: int
    last_line: int
    names: tuple[str, ...] = ()
    """What fills the form. Two spots with the same form and names are the same fault."""
    because: tuple[Place, ...] = ()
    """Further lines that it stands on."""
    is_gone: bool = False
    """The lines are the base's, in a file that the head has too. Of comparisons only."""


@dataclass(frozen=True)
class Detector:
    """Looks at one side of a file. A spot that the base has too is no news, and is not told.

    `find` looks at what the lines touched by the change hold, and is silent when unsure. It may raise `ValueError` on
    a damaged tree: then the file was not looked at, which is said.
    """

    topic: HazardTopic
    applies: Callable[[str], bool]
    """Of a path; asked of each side, for a file may be renamed to what it was not."""
    find: Callable[[TouchedFile], Iterator[Spot]]
    by_syntax: bool = True
    """Whether it needs a tree, so that what the grammar does not understand was not looked at."""
    max_bytes: int = MAX_FILE_BYTES
    """Of one side; a larger file was not looked at, which is said."""


@dataclass(frozen=True)
class Comparison:
    """Looks at both sides of a file at once. Spots count lines at the head; at the base where the file is gone."""

    topic: HazardTopic
    applies: Callable[[str], bool]
    find: Callable[[TouchedFile | None, TouchedFile | None], Iterator[Spot]]
    """Before and after; None where the file does not exist."""
    by_syntax: bool = True
    max_bytes: int = MAX_FILE_BYTES
    """Of one side; a larger file was not looked at, which is said."""
