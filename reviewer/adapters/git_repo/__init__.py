"""Reads git repositories with the git command: plumbing only, never a shell, nothing of theirs is run."""

from reviewer.adapters.git_repo.repository import GitRepository

__all__ = ["GitRepository"]
