"""The only place where adapters are chosen and wired."""

import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.adapters.folder_ledger import FolderLedger, refuse_inside
from reviewer.adapters.git_repo import GitRepository
from reviewer.adapters.policy_clones import PolicyClones
from reviewer.domain.change import Origin, Revisions
from reviewer.domain.decision import Circumstances
from reviewer.domain.review import Review
from reviewer.domain.trace_report import TraceReport
from reviewer.errors import UsageError
from reviewer.evidence.collect import collect
from reviewer.evidence.history import line_history
from reviewer.evidence.trace.ask import trace_range, trace_symbol
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace
from reviewer.ledger.keys import load, load_or_create
from reviewer.ledger.record import RunRecorder
from reviewer.ledger.run_ids import new_run_id
from reviewer.pipeline import Run, Subject, review_change
from reviewer.policy import load_policy
from reviewer.ports import PolicySource
from reviewer.settings import Settings
from reviewer.stages import snapshot

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from reviewer.adapters.anthropic_chat import AnthropicChat
    from reviewer.adapters.openai_chat import OpenAIChat

DEFAULT_MODELS = {"anthropic": "claude-opus-5-5", "openai": "gpt-6.2-sol"}
"""Asked when a provider's key is set and no --model names another."""

MODEL_TIMEOUT_S = 600.0
"""Seconds for one attempt at one reply; the policy's budget ends a whole conversation sooner where it is shorter."""

BOUNDARY_PURPOSE = "prompt-boundary-v1"


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
    model: str | None
    """`provider/name`; None for the default of whichever key is set."""
    ledger: Path | None


async def review(request: Request, settings: Settings, tell: Callable[[str], None]) -> Review:
    """Review what `request` names and record it; raises `ReviewerError` when no decision could be recorded."""
    async with AsyncExitStack() as stack:
        repo = stack.enter_context(GitRepository.open(request.repo))
        ledger = _ledger_folder(request.ledger, settings)
        refuse_inside(ledger, request.repo)
        key = load_or_create(_key_file(settings))
        base, head = repo.resolve(request.base), request.head or "HEAD"
        if request.diff is not None:
            repo, head = repo.with_diff(base, request.diff)
            stack.enter_context(repo)
        policy = load_policy(repo, base, source=_policy_source(settings)).policy
        model, no_model_reason = _model(request.model, settings)
        if model is not None:
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
            model=model,
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
        )
        return await review_change(run)


def open_view(ledger: Path | None, settings: Settings) -> "DuckDBPyConnection":
    """The verified events of a ledger as a locked database in memory."""
    from reviewer.views.project import open_view as project

    store = FolderLedger(_ledger_folder(ledger, settings))
    store.runs()  # no ledger at all is said before a missing key is
    return project(store, load(_key_file(settings)))


def trace(
    repo: Path, *, symbol: str | None, base: str, head: str, asked: str, up: int | None, down: int | None
) -> TraceReport:
    """The graph around `symbol` at `head`, or around the change from `base` to `head` when it is None.

    Without `up` and `down` a symbol is followed by the default number of hops, a change as a review does it.
    """
    chosen = None
    if symbol is not None or up is not None or down is not None:
        default = ReachLimits()
        chosen = ReachLimits(
            callers=default.callers if up is None else up, callees=default.callees if down is None else down
        )
    with GitRepository.open(repo) as git:
        if symbol is not None and chosen is not None:
            commit = git.resolve(head)
            workspace = Workspace(git, Revisions(base=commit, merge_base=commit, head=commit))
            return trace_symbol(symbol, workspace, repository=git.name, limits=chosen)
        change = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
        workspace = Workspace(git, change.revisions)
        evidence = collect(change, workspace, reach_limits=chosen)
        return trace_range(asked, change, workspace, evidence, line_history(change, workspace))


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def _policy_source(settings: Settings) -> PolicySource:
    return PolicyClones(settings.policy_clones, GitRepository.open)


def _ledger_folder(asked: Path | None, settings: Settings) -> Path:
    return asked or settings.state_folder / "ledger"


def _key_file(settings: Settings) -> Path:
    return settings.state_folder / "installation.key"


def _model(asked: str | None, settings: Settings) -> "tuple[AnthropicChat | OpenAIChat | None, str]":
    """The model to ask, or None with the reason why there is none."""
    keys = {"anthropic": settings.anthropic_api_key, "openai": settings.openai_api_key}
    urls = {"anthropic": settings.anthropic_base_url, "openai": settings.openai_base_url}
    if asked is None:
        provider = next((name for name in DEFAULT_MODELS if keys[name] or urls[name]), None)
        if provider is None:
            return None, "no model key is set (ANTHROPIC_API_KEY or OPENAI_API_KEY)"
        asked = f"{provider}/{DEFAULT_MODELS[provider]}"
    provider, _, name = asked.partition("/")
    if provider not in DEFAULT_MODELS or not name:
        raise UsageError(
            f"--model {asked}: not of the form provider/name",
            advice=f"Providers are {', '.join(DEFAULT_MODELS)}; for example anthropic/{DEFAULT_MODELS['anthropic']}.",
        )
    key, url = keys[provider], urls[provider]
    if key is None and url is None:
        variable = f"{provider.upper()}_API_KEY"
        raise UsageError(
            f"--model {asked}: {variable} is not set", advice=f"Set {variable}, or leave --model out."
        )
    if provider == "anthropic":
        from reviewer.adapters.anthropic_chat import AnthropicChat

        return AnthropicChat(name, api_key=key, base_url=url, timeout_s=MODEL_TIMEOUT_S), ""
    from reviewer.adapters.openai_chat import OpenAIChat

    return OpenAIChat(name, api_key=key, base_url=url, timeout_s=MODEL_TIMEOUT_S), ""
