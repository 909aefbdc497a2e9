"""Traces the newest merged changes of a repository, beside tree-sitter alone, the full index and Universal Ctags."""

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.index import JUDGED_MB, JUDGED_SHARE, MAX_ANSWER_S, MAX_LAZY_MB, MAX_LAZY_S, MAX_RATIO
from benchmarks.merged_changes import MergedChange, merged_changes
from benchmarks.result import peak_memory_mb, percentile, print_result
from benchmarks.trace_runs import TraceRun, run_collect, run_trace
from benchmarks.trace_yardsticks import blobs_with_grammar, ctags_seconds, indexed, parse_seconds
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Revisions, Side
from reviewer.evidence.workspace import Workspace

_MOST = 8
"""Kinds of cuts that are printed."""
_T = TypeVar("_T")


@dataclass
class Failures:
    """Changes that could not be traced."""

    heads: list[dict[str, str]] = field(default_factory=list)

    def add(self, change: MergedChange, error: Exception) -> None:
        """Keep which change it was and why."""
        self.heads.append({"head": change.head, "error": f"{type(error).__name__}: {error}"})


def main() -> int:
    """Run the benchmark; 1 when a goal of benchmarks/README.md is missed or a change could not be traced."""
    options = _options()
    started = time.monotonic()
    changes = list(islice((one for one in merged_changes(options.repo) if not one.is_empty), options.commits))
    if not changes:
        raise SystemExit(f"error: {options.repo}: no merged change with a parent in this clone")
    failures = Failures()
    traced = _each(changes, lambda change: _apart(run_trace, change, options.repo), failures, "traced")
    runs = [run for run, _ in traced]
    result: dict[str, Any] = {"benchmark": "trace", "repo": options.repo.resolve().name}
    result |= {"range": f"{changes[-1].base}..{changes[0].head}", "asked": options.commits}
    result |= _traced(runs) | _memory("memory", [peak for _, peak in traced])
    whole = _each(changes, lambda change: _apart(run_collect, change, options.repo), failures, "collected")
    result |= _seconds("collect", [seconds for seconds, _ in whole])
    result |= _memory("collect_memory", [peak for _, peak in whole])
    result |= {"failed": len(failures.heads), "failures": failures.heads}
    result |= _beside(options.repo, changes[0].head, runs)
    result["wall_seconds"] = round(time.monotonic() - started, 3)
    result["goals"] = goals(result)
    print_result(result)
    return 1 if failures.heads or False in result["goals"].values() else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trace", description=__doc__)
    parser.add_argument("--repo", type=Path, default=Path(), help="a repository, bare or with a work tree")
    parser.add_argument("--commits", type=int, default=100, help="how many changes, newest first")
    options = parser.parse_args()
    if options.commits < 1:
        parser.error(f"--commits {options.commits}: at least 1")
    return options


def _each(
    changes: list[MergedChange], ask: Callable[[MergedChange], _T], failures: Failures, done: str
) -> list[_T]:
    results = []
    for at, change in enumerate(changes, 1):
        try:
            results.append(ask(change))
        except Exception as error:  # noqa: BLE001 - a failure is a result here, and the next change is still measured
            traceback.print_exc()
            failures.add(change, error)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} {at} of {len(changes)} changes" + "\n" * (at == len(changes)))
            sys.stderr.flush()
    return results


def _seconds(name: str, values: list[float]) -> dict[str, Any]:
    shares = {"p50": 0.50, "p95": 0.95, "max": 1.0}
    return {f"{name}_{key}": percentile(values, share) for key, share in shares.items()}


def _traced(runs: list[TraceRun]) -> dict[str, Any]:
    slowest = max(runs, key=lambda run: run.seconds, default=None)
    return {
        "changes": len(runs),
        **_seconds("trace", [run.seconds for run in runs]),
        "slowest": slowest and slowest.head,
        "files_p50": percentile([run.files for run in runs], 0.50),
        "files_p95": percentile([run.files for run in runs], 0.95),
        "mb_p50": percentile([run.megabytes for run in runs], 0.50),
        "mb_p95": percentile([run.megabytes for run in runs], 0.95),
        "cut_share": _share(bool(run.cuts) for run in runs),
        "cuts": _most(run.cuts for run in runs),
        "reach_cut_share": _share(bool(run.reach_cuts) for run in runs),
        "reach_cuts": _most(run.reach_cuts for run in runs),
    }


def _share(answers: Iterable[bool]) -> float | None:
    given = list(answers)
    return round(sum(given) / len(given), 3) if given else None


def _most(kinds: Iterable[frozenset[str]]) -> dict[str, int]:
    return dict(Counter(kind for one in kinds for kind in sorted(one)).most_common(_MOST))


def _apart(ask: Callable[[MergedChange, Path], _T], change: MergedChange, repo: Path) -> tuple[_T, float]:
    """What `ask` gives in a process of its own, as one review has, and the largest resident size of that, in MB."""
    with get_context("fork").Pool(1) as pool:
        return pool.apply(_with_peak, (ask, change, repo))


def _with_peak(ask: Callable[[MergedChange, Path], _T], change: MergedChange, repo: Path) -> tuple[_T, float]:
    return ask(change, repo), peak_memory_mb()


def _memory(name: str, peaks: list[float]) -> dict[str, float | None]:
    return {f"{name}_p50_mb": percentile(peaks, 0.50), f"{name}_mb": max(peaks, default=None)}


def _beside(path: Path, head: str, runs: list[TraceRun]) -> dict[str, Any]:
    with GitRepository.open(path) as repo:
        workspace = Workspace(repo, Revisions(base=head, merge_base=head, head=head))
        entries = workspace.entries(Side.HEAD)
        same = [parse_seconds(repo, run.blobs)[0] for run in runs]
        blobs = blobs_with_grammar(workspace)
        seconds, size = parse_seconds(repo, blobs)
        found = {
            "same_files_parse_p50": percentile(same, 0.50),
            "same_files_parse_p95": percentile(same, 0.95),
            "files": len(entries),
            "mb": _size_mb(repo, workspace),
            "parsed_files": len(blobs),
            "parsed_mb": round(size, 1),
            "parse_seconds": round(max(seconds, 0.001), 3),
            **indexed(repo, workspace, runs),
        }
    ctags = ctags_seconds(path, head)
    found["index_ratio"] = round(found["index_seconds"] / found["parse_seconds"], 2)
    return found | {"ctags_seconds": ctags and round(ctags, 3)}


def _size_mb(repo: GitRepository, workspace: Workspace) -> float:
    ids = {entry.object_id for entry in workspace.entries(Side.HEAD).values() if entry.mode.startswith("100")}
    return round(sum(repo.blob_sizes(sorted(ids))) / 1e6, 1)


def goals(result: dict[str, Any]) -> dict[str, bool | None]:
    """Whether each goal is met; None where there is nothing to judge it by."""
    judged = result["parsed_mb"] >= max(JUDGED_MB, JUDGED_SHARE * result["mb"])
    return {
        "lazy_p50": _within(result["trace_p50"], MAX_LAZY_S),
        "memory": _within(result["memory_mb"], MAX_LAZY_MB),
        "index_ratio": _within(result["index_ratio"], MAX_RATIO) if judged else None,
        "answer": _within(result["answer_p95"], MAX_ANSWER_S),
    }


def _within(value: float | None, limit: float) -> bool | None:
    return None if value is None else value <= limit


if __name__ == "__main__":
    sys.exit(main())
