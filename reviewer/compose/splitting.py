"""How a change that is too large can be cut."""

from dataclasses import dataclass
from pathlib import Path

from reviewer.adapters.git_repo import GitRepository
from reviewer.compose.policies import checked, policy_source
from reviewer.domain.change import Origin
from reviewer.domain.split_plan import SplitPlan
from reviewer.evidence.collect import collect
from reviewer.evidence.search.known_blobs import Tell
from reviewer.evidence.workspace import Workspace
from reviewer.policy import for_paths, load_policy
from reviewer.settings import Settings
from reviewer.stages import snapshot, split


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
        policy = checked(load_policy(git, git.resolve(base), source=policy_source(settings))).policy
        tell("snapshot")
        frozen = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
        paths = [path for file in frozen.files for path in (file.path, file.path_at_base)]
        workspace = Workspace(git, frozen.revisions)
        tell("evidence")
        evidence = collect(frozen, workspace)
        tell("split")
        plan = split.plan(frozen, evidence, for_paths(policy, paths), workspace)
        return FoundSplit(plan=plan, script=split.branch_script(plan, frozen, workspace, name=branches))
