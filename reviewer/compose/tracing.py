"""The graph around a symbol, or around a change."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from reviewer.adapters.git_repo import GitRepository
from reviewer.compose.places import open_index
from reviewer.domain.change import Origin, Revisions
from reviewer.domain.index_use import IndexUse
from reviewer.domain.trace_report import TraceReport
from reviewer.evidence.collect import collect
from reviewer.evidence.history import line_history
from reviewer.evidence.search.known_blobs import Tell
from reviewer.evidence.trace.ask import trace_range, trace_symbol
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace
from reviewer.settings import Settings
from reviewer.stages import snapshot


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
        index = stack.enter_context(open_index(git, request, settings, tell, note))
        tell("tracing")
        if request.symbol is not None and chosen is not None:
            commit = git.resolve(request.head)
            workspace = Workspace(git, Revisions(base=commit, merge_base=commit, head=commit), index=index)
            return trace_symbol(request.symbol, workspace, repository=git.name, limits=chosen)
        change = snapshot.take(git, base=request.base, head=request.head, origin=Origin.LOCAL_RANGE).snapshot
        workspace = Workspace(git, change.revisions, index=index)
        evidence = collect(change, workspace, reach_limits=chosen)
        return trace_range(request.asked, change, workspace, evidence, line_history(change, workspace))
