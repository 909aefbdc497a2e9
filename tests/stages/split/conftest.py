"""Plans of small changes in real repositories, and what their scripts make."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Origin, Snapshot
from reviewer.domain.split_plan import SplitPlan
from reviewer.evidence.collect import collect
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy, Size
from reviewer.stages import snapshot, split
from reviewer.testing.git_builder import ByPath, Content, RepositoryBuilder


@dataclass(frozen=True)
class Planned:
    """A plan, and the repository that it is about."""

    builder: RepositoryBuilder
    snapshot: Snapshot
    plan: SplitPlan
    script: str

    @property
    def titles(self) -> list[str]:
        return [part.title for part in self.plan.parts]

    def part_of(self, path: str) -> int:
        """Number of the only part that has the file."""
        (number,) = self.parts_of(path)
        return number

    def parts_of(self, path: str) -> list[int]:
        return [
            number
            for number, part in enumerate(self.plan.parts, start=1)
            if path in {file.path for file in part.files}
        ]

    def run(self) -> list[str]:
        """Run the script; the trees of its branches, in order."""
        done = run_script(self.script, self.builder.path)
        assert done.returncode == 0, done.stderr
        numbers = range(1, len(self.plan.parts) + 1)
        return [self.builder.git("rev-parse", f"refs/heads/part-{number}^{{tree}}") for number in numbers]

    def show(self, number: int, path: str) -> str:
        """The file after part `number`; run the script first."""
        return self.builder.git("show", f"refs/heads/part-{number}:{path}")


def run_script(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The script as a user would run it."""
    who = {
        f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
    }
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), **who}
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


Make = Callable[..., Planned]


@pytest.fixture
def planned(tmp_path: Path) -> Make:
    """Plans the change from `before` to `after`, under limits of `lines` and `files`."""

    def make(
        before: ByPath[Content | None],
        after: ByPath[Content | None],
        *,
        lines: int = 500,
        files: int = 20,
    ) -> Planned:
        builder = RepositoryBuilder(tmp_path / "repo")
        return plan_of(builder, builder.commit(before), builder.commit(after), lines=lines, files=files)

    return make


def plan_of(builder: RepositoryBuilder, base: str, head: str, *, lines: int, files: int) -> Planned:
    """The plan of the change between two commits."""
    policy = Policy(size=Size(max_changed_lines=lines, max_files=files))
    with GitRepository.open(builder.path) as git:
        taken = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
        workspace = Workspace(git, taken.revisions)
        plan = split.plan(taken, collect(taken, workspace), policy, workspace)
        script = split.branch_script(plan, taken, workspace, name="part")
    return Planned(builder, taken, plan, script)
