"""Searches object bytes through git for every question: nothing to prepare, nothing kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from reviewer.domain.change import Side
from reviewer.evidence.search.definers import Names, Unit, definers, grammars_by_blob, names_defined
from reviewer.evidence.search.found import FilesFound, PathFilter
from reviewer.evidence.search.scope import MAX_BLOB_BYTES, Scope
from reviewer.evidence.search.words import check_words, is_binary, words_in
from reviewer.evidence.syntax.bounded import MAX_FILE_BYTES
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GitObjects


class LazySearch:
    """A `WordSearch` of which git does the coarse part; what git found is decided on its bytes."""

    def __init__(self, repo: GitObjects, workspace: Workspace) -> None:
        self._repo = repo
        self._workspace = workspace
        self._sizes: dict[str, int] = {}

    def files(
        self,
        words: Collection[str],
        side: Side,
        *,
        within: PathFilter | None = None,
        beside: Collection[str] = (),
        limit: int | None = None,
    ) -> FilesFound:
        """See the protocol."""
        check_words([*words, *beside])
        if not words:
            return FilesFound((), (), ())
        scope = Scope(self._workspace.entries(side), within)
        blobs = scope.blobs()
        too_large = self._too_large(blobs)
        searched = [object_id for object_id in blobs if object_id not in too_large]
        found: dict[str, frozenset[str]] = {}
        binary: set[str] = set()
        for object_id, raw in self._read(self._repo.blobs_with(searched, sorted(words), whole_words=True)):
            here = words_in(raw, words)
            if not here or (beside and not words_in(raw, beside)):
                continue
            found[object_id] = here
            if is_binary(raw):
                binary.add(object_id)
            elif limit is not None and len(found) - len(binary) > limit:
                break  # blobs come in the order of their first paths: the files within the limit are all known
        return scope.answer(found, binary=binary, too_large=too_large, beside=beside, limit=limit)

    def definers(self, names: Collection[str], side: Side, *, within: PathFilter | None = None) -> FilesFound:
        """See the protocol. Every file that holds one of the names is parsed."""
        return definers(self, names, side, within=within, read=self._names)

    def _too_large(self, blobs: Sequence[str]) -> frozenset[str]:
        unknown = [object_id for object_id in blobs if object_id not in self._sizes]
        self._sizes.update(zip(unknown, self._repo.blob_sizes(unknown), strict=True))
        return frozenset(object_id for object_id in blobs if self._sizes[object_id] > MAX_BLOB_BYTES)

    def _read(self, object_ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        for read in self._repo.blobs(object_ids, limit_bytes=MAX_BLOB_BYTES):
            if read.content is not None:
                yield read.object_id, read.content

    def _names(self, units: Sequence[Unit]) -> Mapping[Unit, Names]:
        grammars = grammars_by_blob(units)
        found: dict[Unit, Names] = {}
        for read in self._repo.blobs(list(grammars), limit_bytes=MAX_FILE_BYTES):
            for grammar in grammars[read.object_id]:
                names = None if read.content is None else names_defined(read.content, grammar)
                found[Unit(read.object_id, grammar)] = names
        return found
