"""The answer of `reviewer trace`: what was asked for, what it reaches, and what was left out."""

from reviewer.domain.change import Revisions
from reviewer.domain.evidence import Analysis, CodeQuote, SymbolKind, SymbolTrace
from reviewer.domain.history import LineHistory
from reviewer.domain.literals import LiteralEvidence
from reviewer.domain.reach import Reach
from reviewer.domain.value import Value


class TraceRoot(Value):
    """A definition from which the graph was made."""

    name: str
    """The qualified name."""
    kind: SymbolKind
    language: str
    analysis: Analysis
    """How its uses were looked for."""
    definition: CodeQuote
    """The lines of the signature."""


class TouchedPlace(Value):
    """Where a change unit is, for people: `src/a.py lines 10-14`."""

    unit: str
    place: str


class TraceReport(Value):
    """Everything that a trace found out."""

    asked: str
    """The symbol or the range, as it was given."""
    repository: str
    """Name for people."""
    revisions: Revisions
    """All three are the same commit when a symbol was asked for."""
    roots: tuple[TraceRoot, ...]
    """Ordered by path and place."""
    definitions: tuple[SymbolTrace, ...]
    """Changed definitions before and after; empty when a symbol was asked for."""
    reach: Reach
    lines: tuple[CodeQuote, ...]
    """Lines with the word, when no file that can be parsed defines it; empty when there are roots."""
    units: tuple[TouchedPlace, ...]
    """Units of the change; empty when a symbol was asked for."""
    history: LineHistory | None
    """None when a symbol was asked for."""
    literals: LiteralEvidence | None
    """None when a symbol was asked for."""
    cuts: tuple[str, ...]
    """What was left out besides what the parts name themselves, a sentence each."""
