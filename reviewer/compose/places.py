"""Where things lie on this machine: ledger, key, indexes."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from reviewer.adapters.folder_ledger import refuse_inside
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.index_use import IndexUse
from reviewer.evidence.search.index_folder import folder_of
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.kept_index import index_of
from reviewer.evidence.search.known_blobs import Tell
from reviewer.settings import Settings


class IndexAsked(Protocol):
    """What a request says of the index."""

    @property
    def repo(self) -> Path:
        """The repository."""

    @property
    def index(self) -> IndexUse:
        """Whether an index is used, and built first."""

    @property
    def cache(self) -> Path | None:
        """Folder of the indexes; None for the settings'."""


def ledger_folder(asked: Path | None, settings: Settings) -> Path:
    """The folder asked for, or the settings'."""
    return asked or settings.state_folder / "ledger"


def key_file(settings: Settings) -> Path:
    """The key of this installation, beside its ledger."""
    return settings.state_folder / "installation.key"


def open_index(
    git: GitRepository, request: IndexAsked, settings: Settings, tell: Tell, note: Tell
) -> AbstractContextManager[IndexedSearch | None]:
    """The index that was asked for, closed at the end of the block; None where git is searched."""
    if request.index is IndexUse.OFF:
        return nullcontext()
    folder = index_folder(git, request.repo, request.cache, settings)
    return index_of(git, folder, build=request.index is IndexUse.BUILD, tell=tell, note=note)


def index_folder(git: GitRepository, repo: Path, cache: Path | None, settings: Settings) -> Path:
    """The folder of one repository's index; never inside of the repository."""
    root = indexes(cache, settings)
    refuse_inside(root, repo, what="cache", advice="with --cache or REVIEWER_CACHE")
    return folder_of(root, git.place, git.name)


def indexes(asked: Path | None, settings: Settings) -> Path:
    """The folder of all indexes."""
    return (asked or settings.cache_folder) / "index"
