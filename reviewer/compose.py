"""The only place where adapters are chosen and wired."""

import time
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.adapters.folder_ledger import FolderLedger, refuse_inside
from reviewer.adapters.git_repo import GitRepository
from reviewer.adapters.policy_clones import PolicyClones
from reviewer.domain.change import Origin, Revisions
from reviewer.domain.decision import Circumstances
from reviewer.domain.index_use import IndexUse
from reviewer.domain.review import Review
from reviewer.domain.simulation import Simulated, Verdict
from reviewer.domain.split_plan import SplitPlan
from reviewer.domain.trace_report import TraceReport
from reviewer.errors import ConfigError, UsageError
from reviewer.evidence.collect import collect
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.history import line_history
from reviewer.evidence.search.index_folder import KeptIndex, folder_of, prune
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.kept_index import IndexState, built, index_of, state
from reviewer.evidence.search.known_blobs import Tell
from reviewer.evidence.trace.ask import trace_range, trace_symbol
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace
from reviewer.ledger.keys import load, load_or_create
from reviewer.ledger.record import RunRecorder
from reviewer.ledger.run_ids import new_run_id
from reviewer.llm.router import Router
from reviewer.pipeline import Run, Subject, review_change, simulate
from reviewer.policy import ALL_AGENTS, LoadedPolicy, for_paths, load_policy, read_policy
from reviewer.ports import PolicySource
from reviewer.settings import Settings
from reviewer.stages import snapshot, split
from reviewer.stages.rules import CATALOGUE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from reviewer.adapters.anthropic_chat import AnthropicChat
    from reviewer.adapters.openai_chat import OpenAIChat

DEFAULT_MODELS = {"anthropic": "claude-opus-5-5", "openai": "gpt-6.2-sol"}
"""Asked when a provider's key is set and no --model names another."""

MODEL_TIMEOUT_S = 600.0
"""Seconds for one attempt at one reply; the policy's budget ends a whole conversation sooner where it is shorter."""

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
        ledger = _ledger_folder(request.ledger, settings)
        refuse_inside(ledger, request.repo)
        key = load_or_create(_key_file(settings))
        base, head = repo.resolve(request.base), request.head or "HEAD"
        if request.diff is not None:
            repo, head = repo.with_diff(base, request.diff)
            stack.enter_context(repo)
        policy = _checked(load_policy(repo, base, source=_policy_source(settings))).policy
        index = stack.enter_context(_index(repo, request, settings, tell, note))
        models, no_model_reason = _models(request.models, settings)
        for model in models:
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
            router=Router(models) if models else None,
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

    store = FolderLedger(_ledger_folder(ledger, settings))
    store.runs()  # no ledger at all is said before a missing key is
    return project(store, load(_key_file(settings)))


@dataclass(frozen=True, kw_only=True)
class TraceRequest:
    """What the user wants traced."""

    repo: Path
    symbol: str | None
    """None for the change from `base` to `head`."""
    base: str
    head: str
    asked: str
    up: int | None
    """Hops; without `up` and `down` a symbol is followed by the default number, a change as a review does it."""
    down: int | None
    index: IndexUse
    cache: Path | None


def trace(request: TraceRequest, settings: Settings, tell: Tell, note: Tell) -> TraceReport:
    """The graph around a symbol at `head`, or around a change."""
    chosen, up, down = None, request.up, request.down
    if request.symbol is not None or up is not None or down is not None:
        default = ReachLimits()
        chosen = ReachLimits(
            callers=default.callers if up is None else up, callees=default.callees if down is None else down
        )
    with ExitStack() as stack:
        git = stack.enter_context(GitRepository.open(request.repo))
        index = stack.enter_context(_index(git, request, settings, tell, note))
        tell("tracing")
        if request.symbol is not None and chosen is not None:
            commit = git.resolve(request.head)
            workspace = Workspace(git, Revisions(base=commit, merge_base=commit, head=commit), index=index)
            return trace_symbol(request.symbol, workspace, repository=git.name, limits=chosen)
        change = snapshot.take(git, base=request.base, head=request.head, origin=Origin.LOCAL_RANGE).snapshot
        workspace = Workspace(git, change.revisions, index=index)
        evidence = collect(change, workspace, reach_limits=chosen)
        return trace_range(request.asked, change, workspace, evidence, line_history(change, workspace))


@dataclass(frozen=True, kw_only=True)
class FoundSplit:
    """A plan, and the script that makes its branches."""

    plan: SplitPlan
    script: str


def split_change(
    repo: Path, *, base: str, head: str, branches: str, settings: Settings, tell: Tell
) -> FoundSplit:
    """How the change from `base` to `head` can be cut under the policy of `base`; `branches` begins their names."""
    with GitRepository.open(repo) as git:
        policy = _checked(load_policy(git, git.resolve(base), source=_policy_source(settings))).policy
        tell("snapshot")
        frozen = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
        paths = [path for file in frozen.files for path in (file.path, file.path_at_base)]
        workspace = Workspace(git, frozen.revisions)
        tell("evidence")
        evidence = collect(frozen, workspace)
        tell("split")
        plan = split.plan(frozen, evidence, for_paths(policy, paths), workspace)
        return FoundSplit(plan=plan, script=split.branch_script(plan, frozen, workspace, name=branches))


def build_index(
    repo: Path, revision: str, cache: Path | None, settings: Settings, tell: Tell, note: Tell
) -> IndexState:
    """Build the index of a repository, or bring it up to date with `revision`."""
    with GitRepository.open(repo) as git:
        folder = _index_folder(git, repo, cache, settings)
        return built(git, git.resolve(revision), folder, tell=tell, note=note)


def index_state(repo: Path, revision: str, cache: Path | None, settings: Settings) -> IndexState | None:
    """What the index of a repository has of `revision`; None when there is none."""
    with GitRepository.open(repo) as git:
        return state(git, git.resolve(revision), _index_folder(git, repo, cache, settings))


def prune_indexes(cache: Path | None, settings: Settings, *, max_bytes: int) -> tuple[list[KeptIndex], int]:
    """Remove the indexes that were not used for longest, until the others take no more than `max_bytes`."""
    return prune(_indexes(cache, settings), max_bytes=max_bytes)


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


def policy_of(repo: Path, *, base: str, policy: Path | None, settings: Settings) -> LoadedPolicy:
    """The policy of commit `base` of `repo`; when `policy` is given, that file as if it stood there."""
    source = _policy_source(settings)
    with GitRepository.open(repo) as git:
        if policy is None:
            return _checked(load_policy(git, git.resolve(base), source=source))
    try:
        text = policy.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--policy {policy}: {error}") from error
    return _checked(read_policy(text, file=str(policy), source=source))


@dataclass(frozen=True, kw_only=True)
class SimulationRequest:
    """Which merged changes to decide again, and by which policy file."""

    repo: Path
    policy: Path
    head: str
    above: str | None
    """Where the line of merged changes ends, left out; None for its root."""
    since_s: int | None
    """Seconds since 1970, UTC."""
    limit: int


async def simulate_merged(request: SimulationRequest, settings: Settings, tell: Tell) -> list[Simulated]:
    """Each merged change, newest first: by the policy of its base, and by the one that is tried.

    Changes that change nothing are left out. A base whose own policy cannot be used has no decision, and says why.
    """
    new = policy_of(request.repo, base=request.head, policy=request.policy, settings=settings).policy
    source = _policy_source(settings)
    done = []
    with GitRepository.open(request.repo) as git:
        head = git.resolve(request.head)
        merged = git.merged(head, above=request.above, since_s=request.since_s, limit=request.limit)
        for commit in (each for each in merged if not each.changes_nothing):
            tell(commit.sha[:12])
            change = snapshot.take(git, base=commit.parent, head=commit.sha, origin=Origin.LOCAL_RANGE)
            workspace = Workspace(git, change.snapshot.revisions)
            evidence = collect(change.snapshot, workspace)
            would_be = await simulate(change, new, repo=git, evidence=evidence, workspace=workspace)
            try:
                old = _checked(load_policy(git, commit.parent, source=source)).policy
                was = await simulate(change, old, repo=git, evidence=evidence, workspace=workspace)
            except ConfigError as error:
                was = Verdict(decision=None, problem=str(error))
            title = change.prose.title
            done.append(Simulated(head=commit.sha, title=title, was=was, would_be=would_be))
    return done


def _checked(loaded: LoadedPolicy) -> LoadedPolicy:
    """`loaded`, when every rule and agent that it names exists."""
    loaded.refuse_unknown(rules=[rule.name for rule in CATALOGUE], agents=ALL_AGENTS)
    return loaded


def _policy_source(settings: Settings) -> PolicySource:
    return PolicyClones(settings.policy_clones, GitRepository.open)


def _index(
    git: GitRepository, request: Request | TraceRequest, settings: Settings, tell: Tell, note: Tell
) -> AbstractContextManager[IndexedSearch | None]:
    if request.index is IndexUse.OFF:
        return nullcontext()
    folder = _index_folder(git, request.repo, request.cache, settings)
    return index_of(git, folder, build=request.index is IndexUse.BUILD, tell=tell, note=note)


def _index_folder(git: GitRepository, repo: Path, cache: Path | None, settings: Settings) -> Path:
    root = _indexes(cache, settings)
    refuse_inside(root, repo, what="cache", advice="with --cache or REVIEWER_CACHE")
    return folder_of(root, git.place, git.name)


def _indexes(asked: Path | None, settings: Settings) -> Path:
    return (asked or settings.cache_folder) / "index"


def _ledger_folder(asked: Path | None, settings: Settings) -> Path:
    return asked or settings.state_folder / "ledger"


def _key_file(settings: Settings) -> Path:
    return settings.state_folder / "installation.key"


def _models(
    asked: tuple[str, ...], settings: Settings
) -> "tuple[tuple[AnthropicChat | OpenAIChat, ...], str]":
    """The models to ask, in order; or none, with the reason."""
    if not asked:
        given = {
            "anthropic": settings.anthropic_api_key or settings.anthropic_base_url,
            "openai": settings.openai_api_key or settings.openai_base_url,
        }
        provider = next((name for name in DEFAULT_MODELS if given[name]), None)
        if provider is None:
            return (), "no model key is set (ANTHROPIC_API_KEY or OPENAI_API_KEY)"
        asked = (f"{provider}/{DEFAULT_MODELS[provider]}",)
    if twice := next((name for name in asked if asked.count(name) > 1), None):
        raise UsageError(
            f"--model {twice}: named twice", advice="Name another one, to go on when its provider fails."
        )
    return tuple(_model(name, settings) for name in asked), ""


def _model(asked: str, settings: Settings) -> "AnthropicChat | OpenAIChat":
    keys = {"anthropic": settings.anthropic_api_key, "openai": settings.openai_api_key}
    urls = {"anthropic": settings.anthropic_base_url, "openai": settings.openai_base_url}
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

        return AnthropicChat(name, api_key=key, base_url=url, timeout_s=MODEL_TIMEOUT_S)
    from reviewer.adapters.openai_chat import OpenAIChat

    return OpenAIChat(name, api_key=key, base_url=url, timeout_s=MODEL_TIMEOUT_S)
