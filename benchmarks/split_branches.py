"""Makes the branches of a split plan with real git, in a repository of its own that borrows all objects."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

BRANCH = "part"


@dataclass(frozen=True)
class Branches:
    """A bare repository in which the parts are commits."""

    folder: Path

    def commit(self, number: int) -> str:
        """The commit of part `number`, from 1."""
        return self._git("rev-parse", f"refs/heads/{BRANCH}-{number}").decode().strip()

    def tree(self, commit: str) -> str:
        """The id of the commit's tree."""
        return self._git("rev-parse", f"{commit}^{{tree}}").decode().strip()

    def applied_tree(self, commits: Sequence[str]) -> str | None:
        """The tree after `git apply` of every step between `commits`; None when one does not apply."""
        index = self.folder / "applied-index"
        self._git("read-tree", commits[0], index=index)
        for old, new in pairwise(commits):
            patch = self._git("diff-tree", "-r", "-p", "--binary", "--full-index", old, new)
            if (
                patch
                and self._run(["apply", "--cached", "--whitespace=nowarn", "-"], patch, index).returncode
            ):
                return None
        return self._git("write-tree", index=index).decode().strip()

    def run(self, script: str) -> str | None:
        """Run the script of a plan; what it said when it failed, else None."""
        done = subprocess.run(
            ["sh", "-s"],
            input=script.encode(),
            cwd=self.folder,
            env=_environment(),
            capture_output=True,
            check=False,
        )
        return done.stderr.decode("utf-8", "replace") if done.returncode else None

    def _git(self, *arguments: str, index: Path | None = None) -> bytes:
        done = self._run(list(arguments), b"", index)
        if done.returncode:
            raise RuntimeError(f"git {arguments[0]}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout

    def _run(
        self, arguments: list[str], stdin: bytes, index: Path | None
    ) -> "subprocess.CompletedProcess[bytes]":
        environment = _environment() | ({"GIT_INDEX_FILE": str(index)} if index else {})
        return subprocess.run(
            ["git", *arguments],
            input=stdin,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            check=False,
        )


@contextmanager
def branches_of(repo: Path) -> Iterator[Branches]:
    """A new repository beside `repo`, gone at the end."""
    git_dir = repo / ".git" if (repo / ".git").exists() else repo
    with tempfile.TemporaryDirectory(prefix="reviewer-split-") as folder:
        made = Path(folder) / "repo"
        subprocess.run(["git", "init", "-q", "--bare", str(made)], check=True, env=_environment())
        (made / "objects" / "info" / "alternates").write_text(f"{git_dir.resolve() / 'objects'}\n")
        if (git_dir / "shallow").exists():
            (made / "shallow").write_bytes((git_dir / "shallow").read_bytes())
        yield Branches(made)


def _environment() -> dict[str, str]:
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "A Person"), ("EMAIL", "person@example.org"))
    }
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
        **who,
    }
