"""Reviews the newest merged changes of a repository without a model, through the whole pipeline."""

import argparse
import asyncio
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.merged_changes import MergedChange, merged_changes
from benchmarks.result import peak_memory_mb, percentile, print_result
from benchmarks.reviewed import request_of, said, write_said
from benchmarks.stopwatch import Stopwatch
from reviewer import compose
from reviewer.domain.gate import GateAnswer
from reviewer.domain.review import Review
from reviewer.errors import ReviewerError
from reviewer.settings import Settings, settings_from


@dataclass
class Tally:
    """What came of the changes so far."""

    seconds: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    eligible: int = 0
    barring_gates: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    shadowed: Counter[str] = field(default_factory=Counter)
    unable_rules: Counter[str] = field(default_factory=Counter)
    cut_evidence: int = 0
    undecided: list[dict[str, str]] = field(default_factory=list)
    crashes: list[dict[str, str]] = field(default_factory=list)
    empty: int = 0
    newest: str | None = None
    oldest: str | None = None

    @property
    def changes(self) -> int:
        """Changes that were reviewed, whatever came of it; empty ones are none."""
        return len(self.seconds)

    def add(self, review: Review) -> None:
        """A change that was decided."""
        self.outcomes[review.decision.outcome] += 1
        self.eligible += review.decision.eligible
        self.cut_evidence += bool(review.evidence.cuts)
        for result in review.gates.having(GateAnswer.STOP, GateAnswer.UNKNOWN):
            self.barring_gates[result.gate] += 1
        for report in review.rules:
            self.findings[report.rule] += len(report.findings)
            self.shadowed[report.rule] += len(report.shadowed)
            self.unable_rules[report.rule] += bool(report.unable)


def main() -> int:
    """Run the benchmark; 1 when a change crashed or stayed undecided."""
    options = _options()
    tally, watch = Tally(), Stopwatch()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as state, watch.watching_ledger():
        settings = settings_from({"REVIEWER_STATE": state})
        for change in merged_changes(options.repo):
            if tally.changes == options.changes:
                break
            review = _measure(change, options.repo, settings, tally=tally, watch=watch)
            if options.said and review:
                write_said(options.said, said(review, change.head))
            _tell(tally, options.changes)
    if not tally.changes:
        raise SystemExit(f"error: {options.repo}: no merged change with a parent in this clone")
    print_result(_result(options, tally, watch, wall=time.monotonic() - started))
    return 1 if tally.crashes or tally.undecided else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.add_argument("--repo", type=Path, default=Path(), help="a repository, bare or with a work tree")
    parser.add_argument("--changes", type=int, default=200, help="how many changes, newest first")
    parser.add_argument("--said", type=Path, help="a file; what rules said of each change is added to it")
    options = parser.parse_args()
    if options.changes < 1:
        parser.error(f"--changes {options.changes}: at least 1")
    return options


def _measure(
    change: MergedChange, repo: Path, settings: Settings, *, tally: Tally, watch: Stopwatch
) -> Review | None:
    """Review one change and add what came of it; None where it was empty or stayed undecided."""
    tally.newest = tally.newest or change.head
    tally.oldest = change.base
    if change.is_empty:
        tally.empty += 1
        return None
    started = time.monotonic()
    try:
        review = asyncio.run(compose.review(request_of(change, repo), settings, watch.enter))
    except ReviewerError as error:
        tally.undecided.append({"head": change.head, "error": f"{type(error).__name__}: {error}"})
    except Exception as error:  # noqa: BLE001 - a crash is a result here, and the next change is still measured
        traceback.print_exc()
        tally.crashes.append({"head": change.head, "error": f"{type(error).__name__}: {error}"})
    else:
        tally.add(review)
        return review
    finally:
        watch.enter("")
        tally.seconds.append(time.monotonic() - started)
    return None


def _tell(tally: Tally, wanted: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(
            f"\r{tally.changes} of {wanted} changes, {tally.seconds[-1] if tally.seconds else 0:.2f} s"
        )
        sys.stderr.write("\n" if tally.changes == wanted else "")
        sys.stderr.flush()


def _result(options: argparse.Namespace, tally: Tally, watch: Stopwatch, *, wall: float) -> dict[str, Any]:
    decided = tally.outcomes.total()
    return {
        "benchmark": "history",
        "repo": options.repo.resolve().name,
        "range": f"{tally.oldest}..{tally.newest}",
        "asked": options.changes,
        "changes": tally.changes,
        "empty": tally.empty,
        "crashes": len(tally.crashes),
        "crashed": tally.crashes,
        "undecided": len(tally.undecided),
        "undecided_reasons": tally.undecided,
        "decisions": dict(sorted(tally.outcomes.items())),
        "eligible_share": round(tally.eligible / decided, 3) if decided else None,
        "barring_gates": dict(sorted(tally.barring_gates.items())),
        "findings": dict(sorted(tally.findings.items())),
        "shadowed": {rule: count for rule, count in sorted(tally.shadowed.items()) if count},
        "unable_rules": {rule: count for rule, count in sorted(tally.unable_rules.items()) if count},
        "cut_evidence": tally.cut_evidence,
        "seconds_p50": percentile(tally.seconds, 0.50),
        "seconds_p95": percentile(tally.seconds, 0.95),
        "seconds_max": percentile(tally.seconds, 1.0),
        "seconds_by_stage": {stage: round(total, 3) for stage, total in watch.seconds.items()},
        "ledger_seconds": round(watch.ledger_seconds, 3),
        "wall_seconds": round(wall, 3),
        "peak_memory_mb": peak_memory_mb(),
    }


if __name__ == "__main__":
    sys.exit(main())
