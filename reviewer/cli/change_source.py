"""Where the change to review comes from: a range, a diff file, or a GitHub event file."""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reviewer.compose import Request
from reviewer.domain.change import Origin
from reviewer.domain.index_use import IndexUse
from reviewer.domain.text import source_text
from reviewer.errors import UsageError
from reviewer.evidence.coverage_reports.report import MAX_BYTES
from reviewer.evidence.scanner_reports.node import MAX_BYTES as MAX_SARIF_BYTES

MAX_DIFF_BYTES = 64_000_000
MAX_EVENT_BYTES = 32_000_000
"""GitHub sends no webhook payload above 25 MB."""

_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class ChangeSource:
    """A change as it was named."""

    base: str
    head: str | None
    origin: Origin
    asked: str
    diff: bytes | None = None
    title: str | None = None
    body: str | None = None

    def request(
        self,
        *,
        repo: Path,
        models: tuple[str, ...],
        ledger: Path | None,
        index: IndexUse,
        cache: Path | None,
    ) -> Request:
        """The request for a review of it."""
        return Request(
            repo=repo,
            base=self.base,
            head=self.head,
            diff=self.diff,
            asked=self.asked,
            origin=self.origin,
            title=self.title,
            body=self.body,
            models=models,
            ledger=ledger,
            index=index,
            cache=cache,
        )


def from_range(text: str) -> ChangeSource:
    """`BASE..HEAD`; three dots mean the same, for the diff is always taken from the merge base."""
    base, dots, head = text.partition("...") if "..." in text else text.partition("..")
    if not (base and dots and head) or head.startswith("."):
        raise UsageError(
            f"--range {text!r}: not of the form BASE..HEAD", advice="For example --range main..my-branch."
        )
    return ChangeSource(base=base, head=head, origin=Origin.LOCAL_RANGE, asked=_asked(f"range {text}"))


def from_diff(path: Path, base: str) -> ChangeSource:
    """The diff in the file at `path`, to be applied to `base`."""
    raw = _read(path, "--diff", MAX_DIFF_BYTES)
    return ChangeSource(
        base=base, head=None, origin=Origin.LOCAL_DIFF, asked=_asked(f"diff {path} on {base}"), diff=raw
    )


def from_event(path: Path) -> ChangeSource:
    """The pull request of a GitHub `pull_request` event, by the commits it names; words come along as prose."""
    raw = _read(path, "--event", MAX_EVENT_BYTES)
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"--event {path}: not JSON that can be read: {error}") from error
    pull = event.get("pull_request") if isinstance(event, dict) else None
    if not isinstance(pull, dict):
        raise UsageError(
            f"--event {path}: holds no pull_request",
            advice="Run on `pull_request` events; others name no change to review.",
        )
    number = pull.get("number")
    return ChangeSource(
        base=_sha(path, pull, "base"),
        head=_sha(path, pull, "head"),
        origin=Origin.PULL_REQUEST_EVENT,
        asked=f"pull request {number}" if isinstance(number, int) else "pull request",
        title=_words(path, pull, "title"),
        body=_words(path, pull, "body"),
    )


def with_coverage(request: Request, files: Sequence[Path], commit: str | None) -> Request:
    """`request` with the reports in `files`; `commit` is where they were made, None for the head."""
    if commit is not None and not files:
        raise UsageError("--coverage-commit: belongs to --coverage, which is not given")
    reports = tuple((_asked(path.name), _read(path, "--coverage", MAX_BYTES)) for path in files)
    return replace(request, coverage=reports, coverage_commit=commit)


def with_sarif(request: Request, files: Sequence[Path], commit: str | None) -> Request:
    """`request` with the SARIF reports in `files`; `commit` is where they were made, None for the head."""
    if commit is not None and not files:
        raise UsageError("--sarif-commit: belongs to --sarif, which is not given")
    reports = tuple((_asked(path.name), _read(path, "--sarif", MAX_SARIF_BYTES)) for path in files)
    return replace(request, sarif=reports, sarif_commit=commit)


def _asked(words: str) -> str:
    """`words` of the command line for the record, which takes only text: bytes that are none are shown as such."""
    return source_text(os.fsencode(words))


def _sha(path: Path, pull: dict[str, Any], side: str) -> str:
    part = pull.get(side)
    sha = part.get("sha") if isinstance(part, dict) else None
    if not isinstance(sha, str) or not _SHA.fullmatch(sha):
        raise UsageError(f"--event {path}: pull_request.{side}.sha is {sha!r}, not a full commit id")
    return sha


def _words(path: Path, pull: dict[str, Any], name: str) -> str:
    words = pull.get(name)
    if words is None:
        return ""
    if not isinstance(words, str):
        raise UsageError(f"--event {path}: pull_request.{name} is a {type(words).__name__}, not text")
    return words


def _read(path: Path, option: str, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise UsageError(f"{option} {path}: {error.strerror}") from error
    if len(raw) > limit:
        raise UsageError(f"{option} {path}: more than {limit} bytes, the limit")
    return raw
