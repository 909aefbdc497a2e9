"""The changes that were merged into a repository's current branch, newest first."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class MergedChange:
    """A commit of the first-parent line, as a change of its first parent."""

    base: str
    head: str
    is_empty: bool
    """Both commits have the same tree: no path differs."""


def merged_changes(repo: Path) -> Iterator[MergedChange]:
    """Every first-parent commit of HEAD that has a parent here; `SystemExit` when git cannot list them.

    A shallow clone ends where its history was cut.
    """
    lines = _git(repo, "log", "--first-parent", "--format=%H %T %P", "HEAD").splitlines()
    trees = dict(line.split(" ", 2)[:2] for line in lines)
    for line in lines:
        head, tree, *parents = line.split()
        if parents and parents[0] in trees:
            yield MergedChange(base=parents[0], head=head, is_empty=trees[parents[0]] == tree)


def git_command(repo: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """A git command that only reads, and its environment; told that a bare repository is meant."""
    git_dir = repo / ".git" if (repo / ".git").exists() else repo
    settings = ["-c", "safe.directory=*", f"--git-dir={git_dir}"]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    return ["git", *settings, *arguments], environment


def _git(repo: Path, *arguments: str) -> str:
    command, environment = git_command(repo, *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"error: {repo}: {done.stderr.strip()}\nGive --repo the path of a git repository.")
    return done.stdout
