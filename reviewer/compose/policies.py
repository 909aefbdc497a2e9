"""Which policy holds, and what another one would have decided."""

from dataclasses import dataclass
from pathlib import Path

from reviewer.adapters.git_repo import GitRepository
from reviewer.adapters.policy_clones import PolicyClones
from reviewer.domain.change import Origin
from reviewer.domain.simulation import Simulated, Verdict
from reviewer.errors import ConfigError, UsageError
from reviewer.evidence.collect import collect
from reviewer.evidence.search.known_blobs import Tell
from reviewer.evidence.workspace import Workspace
from reviewer.pipeline import simulate
from reviewer.policy import ALL_AGENTS, LoadedPolicy, load_policy, read_policy
from reviewer.ports import PolicySource
from reviewer.settings import Settings
from reviewer.stages import snapshot
from reviewer.stages.rules import CATALOGUE


def policy_of(repo: Path, *, base: str, policy: Path | None, settings: Settings) -> LoadedPolicy:
    """The policy of commit `base` of `repo`; when `policy` is given, that file as if it stood there."""
    source = policy_source(settings)
    with GitRepository.open(repo) as git:
        if policy is None:
            return checked(load_policy(git, git.resolve(base), source=source))
    try:
        text = policy.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--policy {policy}: {error}") from error
    return checked(read_policy(text, file=str(policy), source=source))


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
    source = policy_source(settings)
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
                old = checked(load_policy(git, commit.parent, source=source)).policy
                was = await simulate(change, old, repo=git, evidence=evidence, workspace=workspace)
            except ConfigError as error:
                was = Verdict(decision=None, problem=str(error))
            title = change.prose.title
            done.append(Simulated(head=commit.sha, title=title, was=was, would_be=would_be))
    return done


def checked(loaded: LoadedPolicy) -> LoadedPolicy:
    """`loaded`, when every rule and agent that it names exists."""
    loaded.refuse_unknown(rules=[rule.name for rule in CATALOGUE], agents=ALL_AGENTS)
    return loaded


def policy_source(settings: Settings) -> PolicySource:
    """The clones from which policies of an organisation are read."""
    return PolicyClones(settings.policy_clones, GitRepository.open)
