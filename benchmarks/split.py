"""Splits the newest oversized changes of a repository, makes the branches, and looks at each part."""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.merged_changes import MergedChange, merged_changes
from benchmarks.result import peak_memory_mb, percentile, print_result
from benchmarks.split_branches import BRANCH, Branches, branches_of
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Origin, Side, Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import Finding
from reviewer.domain.split_plan import SplitPlan
from reviewer.evidence.collect import collect
from reviewer.evidence.syntax.languages import grammar_of, tags_of
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace
from reviewer.policy import Policy
from reviewer.stages import gates, rules, snapshot, split
from reviewer.stages.split.between import parses

_BREAKING = ("symbol-removed", "signature-mismatch")


@dataclass(frozen=True)
class Row:
    """What came of one change."""

    head: str
    files: int
    lines: int
    units: int
    parts: int
    indivisible: int
    indivisible_lines: int
    """Counted lines in parts above the limits."""
    applies: bool
    """The script ran, and `git apply` of each step, in order, gives the same trees."""
    union: bool
    """The tree after the last part is that of the head."""
    within: bool
    """Every part is under the limits by the gates themselves, or called indivisible."""
    parsed: int
    """Parts after which every changed file parses that parses at the head."""
    unparsed: tuple[str, ...]
    breaking: int | None
    """Parts in which a rule finds a broken use that the whole change does not have; None when not asked."""
    breaks: tuple[str, ...]
    plan_seconds: float
    """CPU seconds of the plan, the evidence left out."""
    evidence_seconds: float


def main() -> int:
    """Run the benchmark; 1 when a plan does not hold what it promises."""
    options = _options()
    rows: list[Row] = []
    failures: list[dict[str, str]] = []
    started = time.monotonic()
    seen = 0
    with GitRepository.open(options.repo) as git:
        for change, taken in _oversized(git, options):
            seen += 1
            try:
                rows.append(_measure(git, taken, change, options))
            except Exception as error:  # noqa: BLE001 - a crash is a result here, and the next change is still measured
                failures.append({"head": change.head, "error": f"{type(error).__name__}: {error}"})
            _tell(rows, failures)
            if seen == options.commits:
                break
    if not seen:
        raise SystemExit(f"error: {options.repo}: no change above the limits")
    result = _result(rows, failures, options, wall=time.monotonic() - started)
    print_result(result)
    return 1 if failures or not all(row.applies and row.union and row.within for row in rows) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.split", description=__doc__)
    parser.add_argument("--repo", type=Path, default=Path(), help="a repository, bare or with a work tree")
    parser.add_argument("--commits", type=int, default=20, help="how many oversized changes, newest first")
    parser.add_argument(
        "--max-lines", type=int, default=50_000, help="pass over changes with more lines than this"
    )
    parser.add_argument("--no-rules", action="store_true", help="do not ask the rules about each part")
    options = parser.parse_args()
    if options.commits < 1:
        parser.error(f"--commits {options.commits}: at least 1")
    return options


def _oversized(git: GitRepository, options: argparse.Namespace) -> Iterator[tuple[MergedChange, Snapshot]]:
    for change in merged_changes(options.repo):
        if change.is_empty:
            continue
        taken = _snapshot(git, change.base, change.head)
        if not gates.is_too_large(gates.check(taken, Policy())):
            continue
        if sum(file.added_lines + file.deleted_lines for file in taken.files) <= options.max_lines:
            yield change, taken


def _snapshot(git: GitRepository, base: str, head: str) -> Snapshot:
    return snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot


def _measure(git: GitRepository, taken: Snapshot, change: MergedChange, options: argparse.Namespace) -> Row:
    workspace = Workspace(git, taken.revisions)
    began = time.process_time()
    evidence = collect(taken, workspace)
    collected = time.process_time()
    plan = split.plan(taken, evidence, Policy(), workspace)
    script = split.branch_script(plan, taken, workspace, name=BRANCH)
    ended = time.process_time()
    with branches_of(options.repo) as branches:
        problem = branches.run(script)
        if problem is not None:
            raise RuntimeError(f"the script failed: {problem.strip()}")
        commits = [plan.base, *(branches.commit(number) for number in range(1, len(plan.parts) + 1))]
        tree = branches.tree(change.head)
        known = _broken(taken, evidence, workspace)
        with GitRepository.open(branches.folder) as made:
            looks = list(_looks(made, commits, plan, workspace, known, options))
        return Row(
            head=change.head[:12],
            files=len(taken.files),
            lines=sum(file.added_lines + file.deleted_lines for file in taken.files),
            units=len(taken.units),
            parts=len(plan.parts),
            indivisible=len(plan.indivisible),
            indivisible_lines=sum(part.changed_lines for part in plan.indivisible),
            applies=_applies(branches, commits),
            union=branches.tree(commits[-1]) == tree
            and sorted(unit for part in plan.parts for unit in part.units)
            == sorted(unit.id for unit in taken.units),
            within=all(look.within for look in looks),
            parsed=sum(not look.unparsed for look in looks),
            unparsed=tuple(path for look in looks for path in look.unparsed),
            breaking=None if options.no_rules else sum(bool(look.breaks) for look in looks),
            breaks=tuple(told for look in looks for told in look.breaks),
            plan_seconds=round(ended - collected, 3),
            evidence_seconds=round(collected - began, 3),
        )


def _applies(branches: Branches, commits: list[str]) -> bool:
    return branches.applied_tree(commits) == branches.tree(commits[-1])


@dataclass(frozen=True)
class _Look:
    within: bool
    unparsed: tuple[str, ...]
    breaks: tuple[str, ...]


def _looks(
    git: GitRepository,
    commits: list[str],
    plan: SplitPlan,
    whole: Workspace,
    known: frozenset[str],
    options: argparse.Namespace,
) -> Iterator[_Look]:
    """Each part as a change of its own."""
    for number, part in enumerate(plan.parts, start=1):
        taken = _snapshot(git, commits[number - 1], commits[number])
        workspace = Workspace(git, taken.revisions)
        large = gates.is_too_large(gates.check(taken, Policy()))
        breaks: frozenset[str] = frozenset()
        if not options.no_rules:
            breaks = _broken(taken, collect(taken, workspace), workspace) - known
        yield _Look(
            within=part.indivisible is not None or not large,
            unparsed=tuple(_unparsed(taken, workspace, whole)),
            breaks=tuple(f"{number}: {told}" for told in sorted(breaks)),
        )


def _unparsed(taken: Snapshot, workspace: Workspace, whole: Workspace) -> Iterator[str]:
    """Files that the part leaves so that they do not parse, although they do at the head, or at the base if gone."""
    for file in taken.files:
        if file.new_blob is None or file.new_mode in (SYMLINK_MODE, SUBMODULE_MODE):
            continue
        if grammar_of(file.path) is None and tags_of(file.path) is None:
            continue
        side = Side.HEAD if whole.exists(file.path, Side.HEAD) else Side.BASE
        content = workspace.read(file.path, Side.HEAD)
        wanted = whole.read(file.path, side) if whole.exists(file.path, side) else b""
        if content != wanted and parses(file.path, wanted) and not parses(file.path, content):
            yield file.path


def _broken(taken: Snapshot, evidence: EvidenceSet, workspace: Workspace) -> frozenset[str]:
    """What the rules about broken uses find, by its words."""
    found: list[Finding] = []
    for report in rules.run(taken, evidence, workspace, Policy()):
        if report.rule in _BREAKING:
            found += [*report.findings, *report.shadowed]
    return frozenset(f"{finding.source.name}: {finding.title}" for finding in found)


def _tell(rows: list[Row], failures: list[dict[str, str]]) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{len(rows)} changes split, {len(failures)} failed")
        sys.stderr.flush()


def _result(
    rows: list[Row], failures: list[dict[str, str]], options: argparse.Namespace, *, wall: float
) -> dict[str, Any]:
    parts = sum(row.parts for row in rows)
    return {
        "benchmark": "split",
        "repo": options.repo.resolve().name,
        "asked": options.commits,
        "changes": len(rows),
        "failed": len(failures),
        "failures": failures,
        "applies": sum(row.applies for row in rows),
        "union": sum(row.union for row in rows),
        "within": sum(row.within for row in rows),
        "parts": parts,
        "indivisible": sum(row.indivisible for row in rows),
        "parsed_share": round(sum(row.parsed for row in rows) / parts, 4) if parts else None,
        "breaking": None if options.no_rules else sum(row.breaking or 0 for row in rows),
        "plan_seconds_p50": percentile([row.plan_seconds for row in rows], 0.5),
        "plan_seconds_max": percentile([row.plan_seconds for row in rows], 1.0),
        "evidence_seconds_p50": percentile([row.evidence_seconds for row in rows], 0.5),
        "rows": [asdict(row) for row in rows],
        "peak_memory_mb": peak_memory_mb(),
        "wall_seconds": round(wall, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
