"""An organisation's policy files, read from clones that lie on this machine."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from reviewer.errors import RepositoryError, UsageError
from reviewer.ports import GitObjects


class PolicyClones:
    """Implements `reviewer.ports.PolicySource` over the clones named by the operator.

    A clone needs no trust: what is read from it is what the pinned commit id stands for.
    """

    def __init__(
        self,
        clones: Mapping[str, Path],
        open_repository: Callable[[Path], AbstractContextManager[GitObjects]],
    ) -> None:
        self._clones = clones
        self._open = open_repository

    def policy_file(self, repository: str, commit: str, path: str, *, limit_bytes: int) -> bytes:
        """See the port."""
        folder = self._clones.get(repository)
        if folder is None:
            known = ", ".join(sorted(self._clones)) or "none"
            raise UsageError(
                f"no clone of {repository} is known (known: {known}); "
                f"set REVIEWER_POLICY_CLONES={repository}=/path/to/its/clone"
            )
        with self._open(folder) as git:
            for entry in git.tree(git.resolve(commit)):
                if entry.path == path.encode() and entry.mode.startswith("100"):
                    size = git.blob_size(entry.object_id)
                    if size > limit_bytes:
                        raise RepositoryError(f"{repository}:{path}: {size} bytes, limit {limit_bytes}")
                    return git.blob(entry.object_id, limit_bytes=limit_bytes)
        raise RepositoryError(f"{repository}@{commit}: no plain file {path}")
