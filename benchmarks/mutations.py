"""Renames random definitions of a repository, without their uses and with them, and asks what the rules say."""

import argparse
import json
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.mutants import Mutant, Sampler
from benchmarks.result import print_result
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Origin
from reviewer.domain.coverage import RuleReport
from reviewer.domain.finding import CodeSubject, Finding
from reviewer.errors import ReviewerError
from reviewer.evidence.collect import collect
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy
from reviewer.stages import rules, snapshot

_NO_REACH = ReachLimits(callers=0, callees=0)
"""What a change reaches is not asked of rules."""


class Tally:
    """What rules said so far."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.failures: list[dict[str, str]] = []
        self.records: list[dict[str, Any]] = []

    def add(self, mutant: Mutant, how: str, outcome: str, reports: Sequence[RuleReport]) -> None:
        """One rename that was judged; `how` is `left`, with uses left alone, or `complete`."""
        self.counts[mutant.language, mutant.kind][f"{how}: {outcome}"] += 1
        self.records.append(
            {
                "language": mutant.language,
                "kind": mutant.kind,
                "name": mutant.name,
                "path": mutant.path,
                "users": mutant.users,
                "how": how,
                "outcome": outcome,
                "findings": [
                    f"{report.rule}: {one.title} {_places(one)}"
                    for report in reports
                    for one in report.findings
                ],
                "unable": {report.rule: report.unable for report in reports if report.unable},
            }
        )


def main() -> int:
    """Run the benchmark; 1 when a rename could not be judged."""
    options = _options()
    tally = Tally()
    with GitRepository.open(options.repo) as repo:
        commit = repo.resolve("HEAD")
        sampler = Sampler(repo, commit, under=options.under, seed=options.seed)
        for mutant in sampler.mutants(options.mutants, files=options.files):
            _measure(repo, commit, sampler, mutant, tally)
            if options.said:
                with options.said.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(record) + "\n" for record in tally.records)
                tally.records.clear()
    print_result(
        {
            "benchmark": "mutations",
            "repo": options.repo.resolve().name,
            "commit": commit,
            "seed": options.seed,
            "by_kind": {
                f"{language} {kind}": dict(sorted(count.items()))
                for (language, kind), count in sorted(tally.counts.items())
            },
            "total": dict(sorted(sum(tally.counts.values(), Counter()).items())),
            "failed": len(tally.failures),
            "failures": tally.failures,
        }
    )
    return 1 if tally.failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("--repo", type=Path, required=True, help="a repository, bare or with a work tree")
    parser.add_argument("--under", default="", help="beginning of the paths whose definitions are renamed")
    parser.add_argument("--mutants", type=int, default=15, help="how many of each kind at most")
    parser.add_argument(
        "--files", type=int, default=300, help="how many random files are looked into at most"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--said", type=Path, help="a file; a JSON line of each rename is added to it")
    return parser.parse_args()


def _measure(repo: GitRepository, commit: str, sampler: Sampler, mutant: Mutant, tally: Tally) -> None:
    ways = ("left", "complete") if mutant.whole else ("left",)
    for how in ways:
        try:
            reports = _judged(repo, commit, sampler.diff(mutant, everywhere=how == "complete"))
        except (ReviewerError, ValueError) as error:
            traceback.print_exc()
            tally.failures.append({"name": mutant.name, "path": mutant.path, "error": str(error)[:300]})
            continue
        found = [one for report in reports for one in report.findings]
        about = [one for one in found if _is_about(one, mutant)]
        if how == "complete":
            outcome = "noisy" if found else "quiet"
        else:
            outcome = "caught" if about else "beside" if found else "silent"
        if outcome == "silent" and sampler.is_ambiguous(mutant):
            outcome = "silent, name shared"
        tally.add(mutant, how, outcome, reports)


def _judged(repo: GitRepository, commit: str, diff: bytes) -> Sequence[RuleReport]:
    view, head = repo.with_diff(commit, diff)
    with view:
        change = snapshot.take(view, base=commit, head=head, origin=Origin.LOCAL_RANGE).snapshot
        workspace = Workspace(view, change.revisions)
        evidence = collect(change, workspace, reach_limits=_NO_REACH)
        return rules.run(change, evidence, workspace, Policy())


def _is_about(finding: Finding, mutant: Mutant) -> bool:
    """True when it points at a line of another file."""
    return any(one.path != mutant.path for one in _quotes(finding))


def _places(finding: Finding) -> list[str]:
    return [f"{one.path}:{one.first_line}: {one.quote.strip()[:120]}" for one in _quotes(finding)][:4]


def _quotes(finding: Finding) -> Iterator[CodeSubject]:
    for one in (finding.subject, *finding.evidence):
        if isinstance(one, CodeSubject):
            yield one


if __name__ == "__main__":
    sys.exit(main())
