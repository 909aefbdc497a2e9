"""Reviews of merged changes, and what their rules said."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.merged_changes import MergedChange
from reviewer import compose
from reviewer.domain.change import Origin
from reviewer.domain.finding import CodeSubject, Finding
from reviewer.domain.review import Review


def request_of(change: MergedChange, repo: Path) -> compose.Request:
    """A review of `change` without a model, as the command line would ask for it."""
    return compose.Request(
        repo=repo,
        base=change.base,
        head=change.head,
        diff=None,
        asked=f"range {change.base}..{change.head}",
        origin=Origin.LOCAL_RANGE,
        title=None,
        body=None,
        ledger=None,
    )


def said(review: Review, head: str) -> Iterator[dict[str, Any]]:
    """What each rule said of a change: its findings, one each, and why it was unable to look at everything."""
    for report in review.rules:
        for finding in report.findings:
            yield {"head": head, "rule": report.rule, **_shown(finding)}
        for finding in report.shadowed:
            yield {"head": head, "rule": report.rule, "shadow": True, **_shown(finding)}
        if report.unable:
            yield {"head": head, "rule": report.rule, "unable": report.unable}


def _shown(finding: Finding) -> dict[str, Any]:
    quotes = [one for one in (finding.subject, *finding.evidence) if isinstance(one, CodeSubject)]
    places = [f"{one.side}:{one.path}:{one.first_line}: {one.quote.strip()[:200]}" for one in quotes]
    path, line = (quotes[0].path, quotes[0].first_line) if quotes else (None, None)
    return {
        "id": finding.id,
        "path": path,
        "line": line,
        "title": finding.title,
        "says": finding.explanation,
        "places": places,
    }


def write_said(path: Path, records: Iterator[dict[str, Any]]) -> None:
    """Add a JSON line of each record to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
