"""Call graphs of small programs against the edges that their authors say are there."""

import argparse
import json
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.result import print_result
from reviewer.domain.change import Revisions, Side
from reviewer.evidence.flow.call_graph import call_graph, label
from reviewer.evidence.flow.calls import BUILTIN
from reviewer.evidence.flow.program import Program
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.workspace import Workspace
from reviewer.testing.memory_git import MemoryGit

GOALS = {"pycg": (0.95, 0.85)}
"""Precision and recall promised, by suite."""
_TYPES = {"str": "PyStr", "dict": "PyDict", "list": "PyList"}
_CONSTRUCTORS = ("<init>", "constructor")

Edge = tuple[str, str]


@dataclass
class Count:
    """Edges of a category."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, got: set[Edge], want: set[Edge]) -> None:
        """Count one program."""
        self.found += len(got & want)
        self.extra += len(got - want)
        self.missed += len(want - got)

    def shares(self) -> dict[str, float | int | None]:
        """Precision and recall; None where there is nothing to divide by."""
        claimed, true = self.found + self.extra, self.found + self.missed
        return {
            "precision": round(self.found / claimed, 4) if claimed else None,
            "recall": round(self.found / true, 4) if true else None,
            "edges": true,
        }


def main() -> int:
    """Run the benchmark; 1 when a program crashes or a suite stays below its goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.callgraph", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="one program a line: files, nodes, edges")
    parser.add_argument("--show", action="store_true", help="print what each program lacks or has too much")
    options = parser.parse_args()
    if not options.data.exists():
        sys.stderr.write(f"{options.data}: there is no such file; nothing was measured\n")
        print_result({"benchmark": "callgraph", "skipped": f"no file {options.data.name}"})
        return 0
    rows = [
        json.loads(line) for line in options.data.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    started = time.perf_counter()
    total, by_category, crashes = measure(rows, show=options.show)
    suites = sorted({row.get("suite", options.data.stem) for row in rows})
    shares = total.shares()
    print_result(
        {
            "benchmark": "callgraph",
            "suites": suites,
            "programs": len(rows),
            **shares,
            "extra": total.extra,
            "missed": total.missed,
            "crashes": crashes,
            "seconds": round(time.perf_counter() - started, 3),
            "by_category": {name: count.shares() for name, count in sorted(by_category.items())},
        }
    )
    return 1 if crashes or _below_goal(suites, total) else 0


def measure(rows: list[dict], *, show: bool) -> tuple[Count, dict[str, Count], int]:  # type: ignore[type-arg]
    """Counts over all programs and by category, and how many programs crashed; a crash finds no edge."""
    total, by_category, crashes = Count(), defaultdict[str, Count](Count), 0
    for row in rows:
        want = {(_plain(caller), _plain(callee)) for caller, callee in row["edges"]}
        try:
            got = set(edges_of(row["files"], frozenset(row.get("nodes", ()))))
        except Exception:  # noqa: BLE001 - whatever a program brings down is what this counts
            traceback.print_exc()
            got, crashes = set(), crashes + 1
        total.add(got, want)
        by_category[row["category"]].add(got, want)
        if show and got != want:
            sys.stderr.write(f"{row['id']}: extra {sorted(got - want)} missing {sorted(want - got)}\n")
    return total, by_category, crashes


def edges_of(files: dict[str, str], nodes: frozenset[str]) -> Iterator[Edge]:
    """The edges found, named as the suites name them.

    The making of an object is an edge to its class only where the suite counts classes among its nodes.
    """
    repo = MemoryGit()
    commit = repo.commit(files)
    workspace = Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit))
    for edge in call_graph(Program(Codebase(workspace, Side.HEAD)), files).edges:
        callee = label(edge.callee)
        if edge.how == "make" and callee not in nodes:
            continue
        yield _plain(label(edge.caller)), _plain(callee)


def _plain(name: str) -> str:
    """One spelling for what suites spell differently: members of built-in types, constructors."""
    if name.startswith(BUILTIN):
        kind, _, member = name.removeprefix(BUILTIN).partition(".")
        return f"<**{_TYPES[kind]}**>.{member}" if member and kind in _TYPES else name
    head, _, last = name.rpartition(".")
    same = head.rpartition(".")[2] == last
    return f"{head}.<init>" if head and (last in _CONSTRUCTORS or (same and last[:1].isupper())) else name


def _below_goal(suites: list[str], total: Count) -> bool:
    if len(suites) != 1 or suites[0] not in GOALS:
        return False
    precision, recall = GOALS[suites[0]]
    shares = total.shares()
    return (shares["precision"] or 0) < precision or (shares["recall"] or 0) < recall


if __name__ == "__main__":
    sys.exit(main())
