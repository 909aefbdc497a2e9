"""What a report comes down to: who says what about which lines of which file."""

from dataclasses import dataclass

from reviewer.domain.scanner import ResultLevel


@dataclass(frozen=True)
class ToldRule:
    """What a tool says about one of its rules."""

    id: str = ""
    about: str = ""
    level: ResultLevel | None = ResultLevel.WARNING
    """Of results that name none; None when they are not to be told. SARIF's own default is a warning."""
    security_severity: float | None = None
    precision: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToldPlace:
    """Where a result is, as the report spells it."""

    path: str
    first_line: int
    """From 1; both ends are included."""
    last_line: int


@dataclass(frozen=True)
class ToldResult:
    """A result that the tool wants to be seen: not suppressed, not old, no mere note that a check passed."""

    tool: str
    tool_version: str
    rule: ToldRule
    level: ResultLevel
    message: str
    places: tuple[ToldPlace, ...]


@dataclass(frozen=True)
class ScannerReport:
    """One report that was read."""

    tools: tuple[str, ...]
    results: tuple[ToldResult, ...]
    commits: tuple[str, ...]
    """Commits that it says it is about, in full; mostly none."""
