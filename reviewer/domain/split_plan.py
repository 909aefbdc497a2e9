"""How a change that is too large can be cut into parts that merge one after the other."""

from typing import Self

from pydantic import model_validator

from reviewer.domain.evidence import CodeQuote
from reviewer.domain.text import RepoPath
from reviewer.domain.value import ObjectId, Value


class SplitReason(Value):
    """Why units stand in one part, or in a part after another one."""

    text: str
    quotes: tuple[CodeQuote, ...]
    """Lines that show it; none where paths alone do."""


class SplitFile(Value):
    """What one part takes of one file."""

    path: RepoPath
    """Path at the head; for a deleted file, its path at the merge base."""
    units: tuple[str, ...]
    """Ids of its change units in this part, in the order of the file; never empty."""
    whole: bool
    """After this part the file is as it is at the head."""
    changed_lines: int
    """Added plus deleted lines of these units."""
    counted: bool
    """False for lock, generated and vendored files, which the limits leave out."""


class SplitPart(Value):
    """Units that merge together, after the parts before it."""

    title: str
    """Told from paths and definitions; nothing of what anybody says about the change is in it."""
    files: tuple[SplitFile, ...]
    """Ordered by path."""
    depends_on: tuple[int, ...]
    """Numbers of the earlier parts, from 1, that must be merged before this one."""
    why: tuple[SplitReason, ...]
    """What holds it together, then what puts it after others; the first few."""
    indivisible: str | None
    """Why no cut brings it under the limits, and what can be done instead; None when it is under them."""

    @property
    def units(self) -> tuple[str, ...]:
        """Ids of all its units, by file."""
        return tuple(unit for file in self.files for unit in file.units)

    @property
    def changed_lines(self) -> int:
        """Added plus deleted lines as the limit counts them."""
        return sum(file.changed_lines for file in self.files if file.counted)

    @property
    def counted_files(self) -> int:
        """Files as the limit counts them."""
        return sum(file.counted for file in self.files)


class SplitPlan(Value):
    """Parts in an order in which each can merge; together they are the change."""

    base: ObjectId
    """The merge base, on which the first part stands."""
    head: ObjectId
    """After the last part the tree is that of this commit."""
    max_changed_lines: int
    max_files: int
    parts: tuple[SplitPart, ...]
    """Empty exactly when no plan could be made; `cuts` tells why."""
    cuts: tuple[str, ...]
    """What was not looked at, a sentence each, so that an order may be missing; empty means nothing."""

    @property
    def indivisible(self) -> tuple[SplitPart, ...]:
        """The parts that stay above the limits."""
        return tuple(part for part in self.parts if part.indivisible is not None)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        for number, part in enumerate(self.parts, start=1):
            if any(not 1 <= other < number for other in part.depends_on):
                raise ValueError(f"part {number} depends on {part.depends_on}, which are not all before it")
        units = [unit for part in self.parts for unit in part.units]
        if len(units) != len(set(units)):
            raise ValueError("a unit stands in more than one part")
        if not self.parts and not self.cuts:
            raise ValueError("a plan without parts tells why")
        return self
