"""Building, looking at and removing indexes of words."""

from pathlib import Path

from reviewer.adapters.git_repo import GitRepository
from reviewer.compose.places import index_folder, indexes
from reviewer.evidence.search.index_folder import KeptIndex, prune
from reviewer.evidence.search.kept_index import IndexState, built, state
from reviewer.evidence.search.known_blobs import Tell
from reviewer.settings import Settings


def build_index(
    repo: Path, revision: str, cache: Path | None, settings: Settings, tell: Tell, note: Tell
) -> IndexState:
    """Build the index of a repository, or bring it up to date with `revision`."""
    with GitRepository.open(repo) as git:
        folder = index_folder(git, repo, cache, settings)
        return built(git, git.resolve(revision), folder, tell=tell, note=note)


def index_state(repo: Path, revision: str, cache: Path | None, settings: Settings) -> IndexState | None:
    """What the index of a repository has of `revision`; None when there is none."""
    with GitRepository.open(repo) as git:
        return state(git, git.resolve(revision), index_folder(git, repo, cache, settings))


def prune_indexes(cache: Path | None, settings: Settings, *, max_bytes: int) -> tuple[list[KeptIndex], int]:
    """Remove the indexes that were not used for longest, until the others take no more than `max_bytes`."""
    return prune(indexes(cache, settings), max_bytes=max_bytes)
