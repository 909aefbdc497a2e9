"""The kept index of a repository, as commands use it: opened, brought up to date, or left alone and said so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import SearchIndexError
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.index_folder import MAX_BYTES, exists, open_index, prune, size_of
from reviewer.evidence.search.indexed import FILES, IndexedSearch
from reviewer.evidence.search.known_blobs import KnownBlobs, Tell
from reviewer.ports import GitObjects

CHEAP_BLOBS = 500
"""Blobs that a review reads into an index that is there already: about 0.1 s."""


@dataclass(frozen=True)
class IndexState:
    """What an index has of a commit."""

    folder: Path
    commit: str
    files: int
    """Distinct contents of the commit."""
    missing: int
    """Those of them that the index lacks."""
    blobs: int
    """Contents in it, of whichever commit."""
    bytes: int


@contextmanager
def index_of(
    repo: GitObjects, folder: Path, *, build: bool, tell: Tell, note: Tell
) -> Iterator[IndexedSearch | None]:
    """Searches by the index of `folder`; None where there is none, or it cannot be used, which `note` is told.

    With `build` it is made and reads whatever a commit needs; without, only what is cheap to read.
    """
    if not build and not exists(folder):
        yield None
        return
    try:
        index = open_index(folder, note, renew=build)
    except SearchIndexError as error:
        note(f"the index is not used, and git is searched: {error}")
        yield None
        return
    with index:
        yield IndexedSearch(repo, index, may_read=None if build else CHEAP_BLOBS, tell=tell, note=note)
    if build:
        _keep_small(folder.parent, note)


def built(repo: GitObjects, commit: str, folder: Path, *, tell: Tell, note: Tell) -> IndexState:
    """Bring the index of `folder` up to date with `commit`. `SearchIndexError` when it cannot be."""
    with open_index(folder, note, renew=True) as index:
        known, contents = KnownBlobs(index), _contents(repo, commit)
        known.add(repo, known.missing(contents), tell)
        found = _state(folder, commit, known, contents)
    _keep_small(folder.parent, note)
    return found


def state(repo: GitObjects, commit: str, folder: Path) -> IndexState | None:
    """What the index of `folder` has of `commit`; None when there is none. Nothing is written."""
    if not exists(folder):
        return None
    with IndexFile.open_to_read(folder) as index:
        return _state(folder, commit, KnownBlobs(index), _contents(repo, commit))


def _contents(repo: GitObjects, commit: str) -> list[str]:
    return list(dict.fromkeys(entry.object_id for entry in repo.tree(commit) if entry.mode in FILES))


def _state(folder: Path, commit: str, known: KnownBlobs, contents: list[str]) -> IndexState:
    missing = len(known.missing(contents))
    return IndexState(folder, commit, len(contents), missing, len(known), size_of(folder))


def _keep_small(root: Path, note: Tell) -> None:
    try:
        removed, _ = prune(root, max_bytes=MAX_BYTES)
    except SearchIndexError as error:
        note(f"old indexes were not looked at: {error}")
        return
    if removed:
        note(f"{len(removed)} indexes not used for long were removed: limit {MAX_BYTES} bytes together")
