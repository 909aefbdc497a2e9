"""Changed files, and the types in them that demand more than before."""

from dataclasses import dataclass

from reviewer.domain.change import FileChange, Side
from reviewer.domain.evidence import CodeQuote
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.demands.members import Demand
from reviewer.evidence.workspace import Workspace


@dataclass(frozen=True)
class Pair:
    """A changed file before and after."""

    change: FileChange
    before: SourceFile
    after: SourceFile


@dataclass(frozen=True)
class Demanding:
    """A type that leaves more to be written since the change."""

    file: SourceFile
    definition: Definition
    new: tuple[Demand, ...]
    units: tuple[str, ...]


def demand_quote(one: Demanding, demand: Demand, workspace: Workspace) -> CodeQuote:
    """The lines that demand the member."""
    return workspace.quote(one.file.path, Side.HEAD, demand.first_line, demand.last_line)
