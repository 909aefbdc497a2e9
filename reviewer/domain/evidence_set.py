"""Everything that was collected about a change before anybody judges it."""

from typing import Self

from reviewer.domain.complexity import ComplexityEvidence
from reviewer.domain.evidence import FileAnalysis, SymbolTrace, UnmetDemand
from reviewer.domain.hazard import HazardEvidence
from reviewer.domain.line_coverage import LineCoverage
from reviewer.domain.literals import LiteralEvidence
from reviewer.domain.names import NameEvidence
from reviewer.domain.reach import Reach
from reviewer.domain.scanner import ScannerEvidence
from reviewer.domain.value import Value


class EvidenceSet(Value):
    """Everything collected about a change, and what was not."""

    traces: tuple[SymbolTrace, ...]
    files: tuple[FileAnalysis, ...]
    cuts: tuple[str, ...]
    """Every limit that left something out, a sentence each; empty means nothing was left out."""
    files_parsed: int
    bytes_parsed: int
    reach: Reach | None
    """Who runs the changed definitions, up to the entry points, and what they run; None when it was not followed."""
    literals: LiteralEvidence | None
    """Changed strings and constants; None when they were not looked at."""
    names: NameEvidence | None = None
    """Names that the change takes away and others look up; None when they were not followed."""
    unmet: tuple[UnmetDemand, ...] = ()
    """What changed types demand and code at the head does not meet; limits of it are among `cuts`."""
    complexity: ComplexityEvidence | None = None
    """How hard changed functions are to read, before and after; None when they were not measured."""
    hazards: HazardEvidence | None = None
    """Forms of known faults that the change writes; None when they were not looked for."""
    line_coverage: LineCoverage | None = None
    """What reports of tests say about changed lines; None when none was given."""
    scanners: ScannerEvidence | None = None
    """What reports of linters and scanners say about added lines; None when none was given."""

    @classmethod
    def of_nothing(cls, *cuts: str) -> Self:
        """Evidence of which nothing was collected, with the reasons."""
        return cls(traces=(), files=(), cuts=cuts, files_parsed=0, bytes_parsed=0, reach=None, literals=None)
