"""Lays reports over the changed lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.change import FileChange, LineKind, Side, Snapshot
from reviewer.domain.line_coverage import FileCoverage, LineCoverage, ReportUsed
from reviewer.domain.value import digest_bytes
from reviewer.errors import RepositoryError
from reviewer.evidence.coverage_reports.read import read_report
from reviewer.evidence.coverage_reports.report import Report
from reviewer.evidence.given_report import GivenReport, UnreadableReport
from reviewer.evidence.literals.roles import is_test
from reviewer.evidence.report_paths import map_paths
from reviewer.evidence.syntax.languages import grammar_of, tags_of
from reviewer.evidence.workspace import Workspace

MAX_SPELLINGS = 1_000_000
"""Paths of a report, times the folders that they may start from."""


def collect_line_coverage(
    snapshot: Snapshot, workspace: Workspace, given: Sequence[GivenReport]
) -> LineCoverage | None:
    """What the reports say about added lines of the head; None when none was given.

    A report of another commit than the head says nothing: its lines are others.
    """
    if not given:
        return None
    problems: list[str] = []
    used: list[ReportUsed] = []
    ran: dict[str, dict[int, bool]] = defaultdict(dict)
    for one in given:
        report = _read(one, snapshot.revisions.head, problems)
        form = report.form if report else None
        used.append(ReportUsed(name=one.name, digest=digest_bytes(one.raw), commit=one.commit, form=form))
        if report is not None:
            _add(report, one.name, snapshot, workspace, ran, problems)
    added = {file.path: lines for file in snapshot.files if (lines := _added(file))}
    return LineCoverage(
        reports=tuple(used),
        files=tuple(_covered(path, lines, ran[path]) for path, lines in added.items() if path in ran),
        unlisted=tuple(path for path in added if path not in ran and _is_subject(path)),
        problems=tuple(dict.fromkeys(problems)),
    )


def _read(given: GivenReport, head: str, problems: list[str]) -> Report | None:
    if stale := given.stale(head):
        problems.append(stale)
        return None
    try:
        return read_report(given.raw)
    except UnreadableReport as error:
        problems.append(f"{given.name}: {error}")
        return None


def _add(
    report: Report,
    name: str,
    snapshot: Snapshot,
    workspace: Workspace,
    ran: dict[str, dict[int, bool]],
    problems: list[str],
) -> None:
    """Add what `report` says of changed files to `ran`."""
    spellings = len(report.lines) * (1 + len(report.sources))
    if spellings > MAX_SPELLINGS:
        problems.append(f"{name}: {spellings} ways to spell its paths, limit {MAX_SPELLINGS}")
        return
    changed = {file.path: file for file in snapshot.files if file.new_blob is not None}
    paths = map_paths(report.lines, report.sources, workspace.entries(Side.HEAD))
    sure = set(paths.found.values())
    for path in sorted(paths.ambiguous & set(changed)):
        problems.append(f"{name}: cannot tell whether {path} is meant by a path of the report")
    if not sure:
        problems.append(f"{name}: none of its {len(report.lines)} files is in the repository")
    for spelled, path in paths.found.items():
        if path not in changed:
            continue
        try:
            length = len(workspace.lines(path, Side.HEAD))
        except RepositoryError as error:
            problems.append(str(error))
            continue
        if max(report.lines[spelled], default=0) > length:
            problems.append(f"{name}: has lines of {path} beyond its {length} lines")
            continue
        for line, did in report.lines[spelled].items():
            ran[path][line] = ran[path].get(line, False) or did


def _added(file: FileChange) -> list[int]:
    """Added lines that hold a letter or a digit: a bracket alone runs nothing."""
    return sorted(_lines(file)) if file.new_blob is not None else []


def _lines(file: FileChange) -> Iterator[int]:
    for unit in file.units:
        for line in unit.hunk.lines if unit.hunk else ():
            if line.kind is LineKind.ADDED and line.new_line is not None:
                text = line.text.strip()
                if any(map(str.isalnum, text)) and not text.startswith(("//", "/*", "* ")):
                    yield line.new_line


def _covered(path: str, added: list[int], ran: Mapping[int, bool]) -> FileCoverage:
    executable = [line for line in added if line in ran]
    return FileCoverage(
        path=path,
        executable=tuple(executable),
        uncovered=tuple(line for line in executable if not ran[line]),
    )


def _is_subject(path: str) -> bool:
    return (grammar_of(path) or tags_of(path)) is not None and not is_test(path)
