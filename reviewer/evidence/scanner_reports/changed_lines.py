"""Keeps of the reports what is about added lines of the head."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.change import Side, Snapshot
from reviewer.domain.evidence import CodeQuote
from reviewer.domain.scanner import ScannerEvidence, ScannerReportUsed, ScannerResult
from reviewer.domain.value import digest_bytes
from reviewer.errors import RepositoryError
from reviewer.evidence.given_report import GivenReport, UnreadableReport
from reviewer.evidence.report_paths import PathMap, map_paths
from reviewer.evidence.scanner_reports.report import ScannerReport, ToldPlace, ToldResult
from reviewer.evidence.scanner_reports.sarif import read_sarif
from reviewer.evidence.scanner_reports.words import is_about_secret, one_line
from reviewer.evidence.workspace import Workspace
from reviewer.screening.secrets import find_secrets

LONGEST_REGION = 10
"""Lines from the start of a region in which an added line counts: a whole class is not about each of its lines."""

MAX_TOLD = 100
"""Results of one report; whoever has more of them on one change looks at the report."""

_WORDS, _NAME = 600, 100
"""Characters."""


def collect_scanner_results(
    snapshot: Snapshot, workspace: Workspace, given: Sequence[GivenReport]
) -> ScannerEvidence | None:
    """What the reports say about added lines of the head; None when none was given.

    A report of another commit than the head says nothing: its lines are others.
    """
    if not given:
        return None
    problems: list[str] = []
    used: list[ScannerReportUsed] = []
    results: list[ScannerResult] = []
    for one in given:
        report = _read(one, snapshot.revisions.head, problems)
        tools = tuple(one_line(tool, _NAME) for tool in report.tools) if report else None
        used.append(
            ScannerReportUsed(name=one.name, digest=digest_bytes(one.raw), commit=one.commit, tools=tools)
        )
        if report is not None:
            results += _told(report, one.name, snapshot, workspace, problems)
    return ScannerEvidence(
        reports=tuple(used),
        results=tuple(dict.fromkeys(results)),
        problems=tuple(dict.fromkeys(problems)),
    )


def _read(given: GivenReport, head: str, problems: list[str]) -> ScannerReport | None:
    if stale := given.stale(head):
        problems.append(stale)
        return None
    try:
        report = read_sarif(given.raw)
    except UnreadableReport as error:
        problems.append(f"{given.name}: {one_line(str(error), _WORDS)}")
        return None
    if other := next((commit for commit in report.commits if commit != head), None):
        said = one_line(other, 12)
        problems.append(f"{given.name}: says that it was made at {said}, the head is {head[:12]}")
        return None
    return report


def _told(
    report: ScannerReport, name: str, snapshot: Snapshot, workspace: Workspace, problems: list[str]
) -> list[ScannerResult]:
    """The results of one report about added lines, by path and line, up to the limit."""
    added = _added(snapshot)
    spelled = {place.path for result in report.results for place in result.places}
    paths = _paths(spelled, workspace)
    for path in sorted(paths.ambiguous & set(added)):
        problems.append(f"{name}: cannot tell whether {path} is meant by a path of the report")
    if spelled and not paths.found:
        problems.append(f"{name}: none of its {len(spelled)} files is in the repository")
    texts = dict(_texts(report, name, paths.found, added, workspace, problems))
    hits: dict[tuple[str, int, str, str, str], ToldResult] = {}
    for result in report.results:
        if (hit := _first_hit(result, paths.found, added)) and hit[0] in texts:
            hits.setdefault((*hit, result.tool, result.rule.id, result.message), result)
    if len(hits) > MAX_TOLD:
        problems.append(f"{name}: {len(hits)} results about added lines, the first {MAX_TOLD} are told")
    return [_result(hits[key], name, key[0], key[1], quotes=texts[key[0]]) for key in sorted(hits)[:MAX_TOLD]]


def _first_hit(
    result: ToldResult, found: Mapping[str, str], added: Mapping[str, frozenset[int]]
) -> tuple[str, int] | None:
    """Path and line of the first added line that one of the result's places touches."""
    for place in result.places:
        path = found.get(place.path, "")
        line = _first_added(place, added.get(path, frozenset()))
        if line is not None:
            return path, line
    return None


def _paths(spelled: set[str], workspace: Workspace) -> PathMap:
    """Relative paths that all exist mean what they say; else they are laid over the tree as a whole."""
    tree = workspace.entries(Side.HEAD)
    if all(path in tree for path in spelled):
        return PathMap({path: path for path in spelled}, frozenset())
    return map_paths(spelled, (), tree)


def _added(snapshot: Snapshot) -> dict[str, frozenset[int]]:
    """The added lines of each file that has any."""
    return {file.path: frozenset(file.added_at) for file in snapshot.files if file.added_at}


@dataclass(frozen=True)
class _Quotes:
    """The lines of one file, as far as they may be kept."""

    path: str
    lines: list[str]
    has_secret: bool
    workspace: Workspace

    def of(self, line: int) -> CodeQuote | None:
        """The line; None where it is blank, and where the file holds a credential: a key may span lines."""
        is_there = line <= len(self.lines) and self.lines[line - 1].strip()
        if not is_there or self.has_secret:
            return None
        return self.workspace.quote(self.path, Side.HEAD, line, line)


def _texts(
    report: ScannerReport,
    name: str,
    found: Mapping[str, str],
    added: Iterable[str],
    workspace: Workspace,
    problems: list[str],
) -> Iterator[tuple[str, _Quotes]]:
    """The lines of each changed file that the report is about and fits: it names no line beyond the last."""
    last: dict[str, int] = {}
    for result in report.results:
        for place in result.places:
            if (path := found.get(place.path)) is not None:
                last[path] = max(last.get(path, 0), place.first_line)
    for path in sorted(set(added) & last.keys()):
        try:
            lines = workspace.lines(path, Side.HEAD)
        except RepositoryError as error:
            problems.append(f"{name}: {error}")
            continue
        if last[path] > len(lines) + 1:  # some tools call the end of a file a line of its own
            problems.append(f"{name}: has lines of {path} beyond its {len(lines)} lines")
            continue
        yield path, _Quotes(path, lines, bool(find_secrets("\n".join(lines))), workspace)


def _first_added(place: ToldPlace, added: frozenset[int]) -> int | None:
    last = min(place.last_line, place.first_line + LONGEST_REGION - 1)
    return next((line for line in range(place.first_line, last + 1) if line in added), None)


def _result(told: ToldResult, name: str, path: str, line: int, *, quotes: _Quotes) -> ScannerResult:
    about_secret = is_about_secret(told)
    return ScannerResult(
        tool=one_line(told.tool, _NAME),
        tool_version=one_line(told.tool_version, _NAME),
        rule=one_line(told.rule.id, _NAME),
        about=one_line(told.rule.about, _WORDS),
        message="" if about_secret else one_line(told.message, _WORDS),
        level=told.level,
        security_severity=told.rule.security_severity,
        precision=told.rule.precision,
        is_about_secret=about_secret,
        report=name,
        path=path,
        line=line,
        quote=None if about_secret else quotes.of(line),
    )
