"""How often each rule speaks of changes that were merged, and how often it was right when somebody looked."""

import argparse
import asyncio
import json
import sys
import tempfile
import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.merged_changes import MergedChange, merged_changes
from benchmarks.result import print_result
from benchmarks.reviewed import request_of, said, write_said
from reviewer import compose
from reviewer.domain.coverage import RuleFlag
from reviewer.domain.review import Review
from reviewer.settings import Settings, settings_from

JUDGED = Path(__file__).parent / "judged_findings.jsonl"
OFTEN = 0.05
"""Findings per change above which somebody has to have looked."""
ENOUGH = 0.8
"""Share of judged findings that must be right for a rule that is on."""

Judgements = Mapping[tuple[str, str, str], bool]
"""Repository, head and id of a finding, to whether it was right."""


@dataclass
class Said:
    """What one rule said of all changes."""

    flag: RuleFlag = RuleFlag.ON
    findings: int = 0
    changes: int = 0
    """Changes of which it said anything."""
    unable: int = 0
    judged: list[bool] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """The share of judged findings that were right; None when none was judged."""
        return round(sum(self.judged) / len(self.judged), 3) if self.judged else None

    def row(self, changes: int) -> dict[str, Any]:
        """The figures of the rule over so many changes."""
        return {
            "flag": self.flag.value,
            "findings": self.findings,
            "per_change": round(self.findings / changes, 3),
            "changes_with": self.changes,
            "unable": self.unable,
            "judged": len(self.judged),
            "right": sum(self.judged),
            "precision": self.precision,
        }

    def is_noisy(self, changes: int) -> bool:
        """True for a rule that is on and speaks often without having been shown to be right often enough."""
        often = self.flag is RuleFlag.ON and self.findings / changes > OFTEN
        return often and (self.precision is None or self.precision < ENOUGH)


def main() -> int:
    """Run the benchmark; 1 when a change crashed, or a rule that is on is noisy."""
    options = _options()
    judgements = read_judgements(options.data)
    rules: dict[str, Said] = defaultdict(Said)
    looked: list[dict[str, Any]] = []
    crashed: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as state:
        settings = settings_from({"REVIEWER_STATE": state})
        for repo in options.repo or [Path()]:
            name = repo_name(repo)
            changes = list(_chosen(repo, options.skip, options.changes))
            if not changes:
                raise SystemExit(
                    f"error: {repo}: no merged change with a parent after the first {options.skip}"
                )
            looked.append(
                {"repo": name, "range": f"{changes[-1].base}..{changes[0].head}", "changes": len(changes)}
            )
            for change in changes:
                review = _reviewed(change, repo, settings, crashed)
                if review is not None:
                    add(rules, review, name, change.head, judgements)
                    if options.said:
                        write_said(options.said, ({"repo": name, **one} for one in said(review, change.head)))
    total = sum(one["changes"] for one in looked)
    noisy = sorted(name for name, one in rules.items() if one.is_noisy(total))
    print_result(
        {
            "benchmark": "rules",
            "repos": looked,
            "changes": total,
            "crashes": len(crashed),
            "crashed": crashed,
            "findings": sum(one.findings for one in rules.values()),
            "per_change": round(sum(one.findings for one in rules.values()) / total, 3),
            "rules": {name: one.row(total) for name, one in rules.items()},
            "noisy": noisy,
        }
    )
    return 1 if crashed or noisy else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument("--repo", type=Path, action="append", help="a repository; may be given several times")
    parser.add_argument("--changes", type=int, default=100, help="how many changes of each, newest first")
    parser.add_argument("--skip", type=int, default=0, help="how many newest changes of each to leave out")
    parser.add_argument("--data", type=Path, default=JUDGED, help="JSON lines of judged findings")
    parser.add_argument("--said", type=Path, help="a file; what rules said of each change is added to it")
    options = parser.parse_args()
    if options.changes < 1 or options.skip < 0:
        parser.error(f"--changes {options.changes} --skip {options.skip}: at least 1, and at least 0")
    return options


def read_judgements(path: Path) -> Judgements:
    """Judged findings; `SystemExit` naming the line that cannot be read."""
    judged: dict[tuple[str, str, str], bool] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            one = json.loads(line)
            key, right = (one["repo"], one["head"], one["id"]), one["right"]
        except (ValueError, KeyError, TypeError) as error:
            raise SystemExit(f"error: {path}:{number}: not a judged finding: {error}") from error
        if not isinstance(right, bool):
            raise SystemExit(f"error: {path}:{number}: right is {right!r}, wanted true or false")
        judged[key] = right
    return judged


def repo_name(repo: Path) -> str:
    """How a repository is named in results and judgements: by its folder, or the one above a bare `repo`."""
    path = repo.resolve()
    return path.parent.name if path.name in ("repo", ".git") else path.name


def _chosen(repo: Path, skip: int, wanted: int) -> Iterator[MergedChange]:
    changes = (change for change in merged_changes(repo) if not change.is_empty)
    return islice(changes, skip, skip + wanted)


def _reviewed(
    change: MergedChange, repo: Path, settings: Settings, crashed: list[dict[str, str]]
) -> Review | None:
    try:
        return asyncio.run(compose.review(request_of(change, repo), settings, lambda _: None))
    except Exception as error:  # noqa: BLE001 - a crash is a result here, and the next change is still looked at
        traceback.print_exc()
        crashed.append({"head": change.head, "error": f"{type(error).__name__}: {error}"})
        return None


def add(rules: dict[str, Said], review: Review, repo: str, head: str, judgements: Judgements) -> None:
    """Add what each rule said of one change, also in shadow."""
    for report in review.rules:
        one = rules[report.rule]
        spoken = (*report.findings, *report.shadowed)
        one.flag = report.flag
        one.findings += len(spoken)
        one.changes += bool(spoken)
        one.unable += bool(report.unable)
        one.judged += _judged((finding.id for finding in spoken), repo, head, judgements)


def _judged(ids: Iterable[str], repo: str, head: str, judgements: Judgements) -> Iterator[bool]:
    for finding in ids:
        right = judgements.get((repo, head, finding))
        if right is not None:
            yield right


if __name__ == "__main__":
    sys.exit(main())
