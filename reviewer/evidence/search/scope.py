"""The files that a question is about, and the answer put together in git's order."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from reviewer.evidence.search.found import FileFound, FilesFound, NotSearched, PassedOver, PathFilter
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE
from reviewer.ports import TreeEntry

MAX_BLOB_BYTES = 5_000_000
"""As `Workspace` reads files: what is larger cannot be shown as evidence either."""
NO_FILES = {SYMLINK_MODE: NotSearched.SYMLINK, SUBMODULE_MODE: NotSearched.SUBMODULE}
"""Modes of paths that have no content of their own."""


class Scope:
    """The paths of one side that `within` lets through."""

    def __init__(self, entries: Mapping[str, TreeEntry], within: PathFilter | None) -> None:
        self._entries = entries
        self._within = within

    def blobs(self) -> tuple[str, ...]:
        """The distinct blobs of its files, links and submodules left out, in git's order of paths."""
        return tuple(
            dict.fromkeys(
                entry.object_id
                for path, entry in self._entries.items()
                if entry.mode not in NO_FILES and self._holds(path)
            )
        )

    def answer(
        self,
        words_by_blob: Mapping[str, frozenset[str]],
        *,
        binary: Collection[str],
        too_large: Collection[str],
        beside: Collection[str] = (),
        limit: int | None = None,
    ) -> FilesFound:
        """The files of the blobs. `binary` are some of them, `too_large` are blobs of which nothing is known.

        Past the first file that the limit leaves out no blob need be known: what else lies there is not told.
        """
        files: list[FileFound] = []
        passed: list[PassedOver] = []
        more = False
        for path, entry in self._entries.items():
            reason = NO_FILES.get(entry.mode) or _reason(entry.object_id, words_by_blob, binary, too_large)
            if (reason is None and entry.object_id not in words_by_blob) or not self._holds(path):
                continue
            if reason is None:
                more = more or len(files) == limit
                if not more:
                    files.append(FileFound(path, entry.object_id, words_by_blob[entry.object_id]))
            elif reason is not NotSearched.BINARY or not more:
                passed.append(PassedOver(path, reason))
        return FilesFound(tuple(files), tuple(passed), tuple(_cuts(limit if more else None, beside)))

    def _holds(self, path: str) -> bool:
        return self._within is None or self._within(path)


@lru_cache(maxsize=64)
def of_families(families: frozenset[str]) -> PathFilter:
    """Lets through the files of languages whose names one another can see: `of_families(frozenset({"go"}))`."""

    def within(path: str) -> bool:
        grammar = grammar_of(path)
        return grammar is not None and grammar.family in families

    return within


def _reason(
    object_id: str,
    words_by_blob: Mapping[str, frozenset[str]],
    binary: Collection[str],
    too_large: Collection[str],
) -> NotSearched | None:
    if object_id in too_large:
        return NotSearched.TOO_LARGE
    if object_id in binary and object_id in words_by_blob:
        return NotSearched.BINARY
    return None


def _cuts(limit: int | None, beside: Collection[str]) -> Iterator[str]:
    if beside:
        named = ", ".join(sorted(beside)[:5]) + (" …" if len(beside) > 5 else "")
        yield f"only files that also hold one of: {named}; uses in files that do not may be missed"
    if limit is not None:
        yield f"more than {limit} files hold the words: only the first in order of paths were taken"
