"""What every form of report comes down to: which lines of which file ran."""

from collections import defaultdict
from dataclasses import dataclass, field

from reviewer.domain.line_coverage import ReportForm
from reviewer.evidence.given_report import UnreadableReport

MAX_BYTES = 100_000_000
MAX_LINES = 5_000_000
"""Lines told by one report, in all files together."""
_MAX_LINE = 10_000_000


@dataclass
class Tally:
    """Lines by file while a report is being read; a line that ran anywhere has run."""

    lines: dict[str, dict[int, bool]] = field(default_factory=lambda: defaultdict(dict))
    """By the path as the report spells it."""
    _told: int = 0

    def add(self, path: str, line: int, *, ran: bool) -> None:
        """One line; `UnreadableReport` when the report tells too many, or one that no file has."""
        self._told += 1
        if self._told > MAX_LINES:
            raise UnreadableReport(f"more than {MAX_LINES} lines, the limit")
        if not 1 <= line <= _MAX_LINE:
            raise UnreadableReport(f"{path[:200]}: line {line} is none")
        self.lines[path][line] = self.lines[path].get(line, False) or ran


@dataclass(frozen=True)
class Report:
    """One report that was read."""

    form: ReportForm
    lines: dict[str, dict[int, bool]]
    """Lines that can run, by file: whether each did."""
    sources: tuple[str, ...] = ()
    """Folders that the paths may start from; none when they stand for themselves."""


def number(text: str) -> int:
    """A whole number of at most twelve digits; `UnreadableReport` for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise UnreadableReport(f"{text[:50]!r} is no number")
    return int(text)
