"""How hard functions are to read before and after a change."""

from pydantic import Field

from reviewer.domain.text import RepoPath
from reviewer.domain.value import Value


class FunctionMeasure(Value):
    """One function as it stands in one commit."""

    cognitive: int = Field(ge=0)
    """Cognitive complexity, functions inside included."""
    nesting: int = Field(ge=0)
    """Levels of branches, loops, catches and functions inside each other; 0 for straight code."""
    lines: int = Field(ge=1)
    """From the first line of the signature to the last of the body; of a block outside any function, its own only."""


class FunctionChange(Value):
    """A function of the head that is new, or does not read as it did at the merge base."""

    path: RepoPath
    """At the head."""
    name: str
    """Qualified by the types around it; empty for a function without a name."""
    line: int = Field(ge=1)
    """First line at the head."""
    before: FunctionMeasure | None
    """None when the function is new."""
    after: FunctionMeasure


class UnmeasuredFile(Value):
    """A changed file of which functions could not be told or measured."""

    path: RepoPath
    """At the head."""
    reason: str


class ComplexityEvidence(Value):
    """What a change does to the complexity of functions."""

    functions: tuple[FunctionChange, ...]
    """Ordered by path, then line. A function that only moved or got another name is none of them."""
    unmeasured: tuple[UnmeasuredFile, ...]
    """Ordered by path."""
    not_counted: tuple[RepoPath, ...]
    """Changed files of languages that are not measured, ordered by path."""
