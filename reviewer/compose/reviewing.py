"""A whole review, from what the user names to the recorded decision; and the view of what was recorded."""

import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.adapters.folder_ledger import FolderLedger, refuse_inside
from reviewer.adapters.git_repo import GitRepository
from reviewer.compose.models import models
from reviewer.compose.places import key_file, ledger_folder, open_index
from reviewer.compose.policies import checked, policy_source
from reviewer.domain.change import Origin
from reviewer.domain.decision import Circumstances
from reviewer.domain.index_use import IndexUse
from reviewer.domain.review import Review
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.search.known_blobs import Tell
from reviewer.ledger.keys import load, load_or_create
from reviewer.ledger.record import RunRecorder
from reviewer.ledger.run_ids import new_run_id
from reviewer.llm.router import Router
from reviewer.pipeline import Run, Subject, review_change
from reviewer.policy import load_policy
from reviewer.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BOUNDARY_PURPOSE = "prompt-boundary-v1"


def _unheard(_: str) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the user wants reviewed, and how."""

    repo: Path
    base: str
    head: str | None
    """None when `diff` gives the change."""
    diff: bytes | None
    asked: str
    origin: Origin
    title: str | None
    body: str | None
    models: tuple[str, ...] = ()
    """`provider/name` each, in the order in which they are asked; none for the default of whichever key is set."""
    ledger: Path | None
    index: IndexUse = IndexUse.OFF
    cache: Path | None = None
    """Folder of the indexes; None for the settings'."""
    coverage: tuple[tuple[str, bytes], ...] = ()
    """Reports of tests: a name for people, and the bytes."""
    coverage_commit: str | None = None
    """Where they were made; None for the head."""
    sarif: tuple[tuple[str, bytes], ...] = ()
    """Reports of linters and scanners: a name for people, and the bytes."""
    sarif_commit: str | None = None
    """Where they were made; None for the head."""


async def review(request: Request, settings: Settings, tell: Tell, note: Tell = _unheard) -> Review:
    """Review what `request` names and record it; raises `ReviewerError` when no decision could be recorded.

    `note` is told what people should know besides the progress: that an index was not used, for example.
    """
    async with AsyncExitStack() as stack:
        repo = stack.enter_context(GitRepository.open(request.repo))
        ledger = ledger_folder(request.ledger, settings)
        refuse_inside(ledger, request.repo)
        key = load_or_create(key_file(settings))
        base, head = repo.resolve(request.base), request.head or "HEAD"
        if request.diff is not None:
            repo, head = repo.with_diff(base, request.diff)
            stack.enter_context(repo)
        policy = checked(load_policy(repo, base, source=policy_source(settings))).policy
        index = stack.enter_context(open_index(repo, request, settings, tell, note))
        asked, no_model_reason = models(request.models, settings)
        for model in asked:
            stack.push_async_callback(model.aclose)
        run = Run(
            subject=Subject(
                base=base,
                head=head,
                origin=request.origin,
                asked=request.asked,
                title=request.title,
                body=request.body,
            ),
            repo=repo,
            policy=policy,
            router=Router(asked) if asked else None,
            no_model_reason=no_model_reason,
            boundary_key=key.derive(BOUNDARY_PURPOSE),
            circumstances=Circumstances(approvals_suspended=settings.suspend),
            recorder=RunRecorder(
                FolderLedger(ledger),
                key,
                run_id=new_run_id(at_ms=now_ms()),
                now_ms=now_ms,
            ),
            tell=tell,
            index=index,
            coverage=_reports(repo, request.coverage, request.coverage_commit or head),
            scanners=_reports(repo, request.sarif, request.sarif_commit or head),
        )
        return await review_change(run)


def open_view(ledger: Path | None, settings: Settings) -> "DuckDBPyConnection":
    """The verified events of a ledger as a locked database in memory."""
    from reviewer.views.project import open_view as project

    store = FolderLedger(ledger_folder(ledger, settings))
    store.runs()  # no ledger at all is said before a missing key is
    return project(store, load(key_file(settings)))


def _reports(
    repo: GitRepository, given: tuple[tuple[str, bytes], ...], revision: str
) -> tuple[GivenReport, ...]:
    if not given:
        return ()
    commit = repo.resolve(revision)
    return tuple(GivenReport(name, raw, commit) for name, raw in given)


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000
