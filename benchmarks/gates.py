"""Asks all gates about the newest merged changes of a repository, about a large repository and a large change."""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.gates_made import many_files, many_lines
from benchmarks.merged_changes import merged_changes
from benchmarks.result import peak_memory_mb, percentile, print_result
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Origin
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateAnswer
from reviewer.errors import ReviewerError
from reviewer.evidence.base import base_facts
from reviewer.evidence.complexity import collect_complexity
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy, for_paths
from reviewer.stages import snapshot
from reviewer.stages.gates import check, check_structure
from reviewer.stages.triage import assess

MAX_P95_S, MAX_LARGE_REPOSITORY_S, MAX_LARGE_CHANGE_S, MAX_MEMORY_MB = 1.0, 1.0, 60.0, 1_000
Made = Callable[[Path], tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """All gates, asked about one change."""

    snapshot_s: float
    gates_s: float
    """What gates alone need of the code included."""
    changed_lines: int
    barring: tuple[str, ...]
    """Gates that stop the change or cannot tell."""


def main() -> int:
    """Run the benchmark; 1 when a promise of benchmarks/README.md does not hold."""
    options = _options()
    result: dict[str, Any] = {"benchmark": "gates", "repo": options.repo.resolve().name}
    result |= _apart(partial(_merged, options.repo, options.commits))
    for name, made in (
        ("large_repository", partial(many_files, files=options.files)),
        ("large_change", partial(many_lines, lines=options.lines)),
    ):
        told = _apart(partial(_generated, made))
        result |= {f"{name}_{key}": value for key, value in told.items()}
    result["broken_promises"] = _broken(result)
    print_result(result)
    return 1 if result["broken_promises"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gates", description=__doc__)
    parser.add_argument("--repo", type=Path, default=Path(), help="a repository, bare or with a work tree")
    parser.add_argument("--commits", type=int, default=200, help="how many changes, newest first")
    parser.add_argument("--files", type=int, default=50_000, help="of the large repository")
    parser.add_argument("--lines", type=int, default=200_000, help="of the large change")
    options = parser.parse_args()
    if min(options.commits, options.files, options.lines) < 1:
        parser.error("--commits, --files and --lines: at least 1")
    return options


def _apart(measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `measure` tells, in a process of its own: memory that was taken once would count for what follows."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure).result()


def _merged(repo: Path, commits: int) -> dict[str, Any]:
    asked: list[Asked] = []
    failed: list[dict[str, str]] = []
    with GitRepository.open(repo) as git:
        for change in islice((one for one in merged_changes(repo) if not one.is_empty), commits):
            try:
                asked.append(_ask(git, change.base, change.head))
            except ReviewerError as error:
                failed.append({"head": change.head, "error": f"{type(error).__name__}: {error}"})
    if not asked:
        raise SystemExit(f"error: {repo}: no merged change with a parent in this clone")
    barring = Counter(gate for one in asked for gate in one.barring)
    return {
        "asked": commits,
        "changes": len(asked),
        "failures": failed,
        **_seconds("snapshot", [one.snapshot_s for one in asked]),
        **_seconds("gates", [one.gates_s for one in asked]),
        "barring_gates": dict(sorted(barring.items())),
        "memory_mb": peak_memory_mb(),
    }


def _seconds(name: str, values: Sequence[float]) -> dict[str, float | None]:
    return {
        f"{name}_{part}": percentile(values, share)
        for part, share in (("p50", 0.5), ("p95", 0.95), ("max", 1.0))
    }


def _generated(made: Made) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as folder:
        base, head = made(Path(folder) / "made")
        with GitRepository.open(Path(folder) / "made") as git:
            asked = _ask(git, base, head)
    return {
        "changed_lines": asked.changed_lines,
        "snapshot_seconds": round(asked.snapshot_s, 3),
        "gates_seconds": round(asked.gates_s, 3),
        "memory_mb": peak_memory_mb(),
    }


def _ask(git: GitRepository, base: str, head: str) -> Asked:
    started = time.perf_counter()
    change = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    taken = time.perf_counter()
    policy = for_paths(Policy(), [path for file in change.files for path in (file.path, file.path_at_base)])
    base_says = base_facts(change, git, days=policy.change_rate.days)
    report = check(change, policy, base=base_says)
    # Traces are left out: they are made for rules and agents, whose benchmarks tell what they take.
    measured = collect_complexity(change, Workspace(git, change.revisions))
    evidence = EvidenceSet.of_nothing().model_copy(update={"complexity": measured})
    assessed = assess(change, base_says, evidence, policy)
    report = check_structure(report, evidence, snapshot=change, policy=policy, triage=assessed)
    ended = time.perf_counter()
    return Asked(
        snapshot_s=taken - started,
        gates_s=ended - taken,
        changed_lines=sum(file.added_lines + file.deleted_lines for file in change.files),
        barring=tuple(one.gate for one in report.having(GateAnswer.STOP, GateAnswer.UNKNOWN)),
    )


def _broken(result: dict[str, Any]) -> list[str]:
    held = {
        "failures": not result["failures"],
        "gates_p95": result["gates_p95"] <= MAX_P95_S,
        "large_repository_gates_seconds": result["large_repository_gates_seconds"] <= MAX_LARGE_REPOSITORY_S,
        "large_change_gates_seconds": result["large_change_gates_seconds"] <= MAX_LARGE_CHANGE_S,
        "large_change_memory_mb": result["large_change_memory_mb"] <= MAX_MEMORY_MB,
    }
    return [name for name, holds in held.items() if not holds]


if __name__ == "__main__":
    sys.exit(main())
