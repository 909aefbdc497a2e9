"""Answers from the kept index: only blobs that it does not have yet are read."""

from collections.abc import Collection, Iterable, Iterator

from reviewer.domain.change import Side
from reviewer.evidence.search.definers import Unit, definers
from reviewer.evidence.search.found import FilesFound, PathFilter
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.kept_names import KeptNames
from reviewer.evidence.search.scope import MAX_BLOB_BYTES, NO_FILES, Scope
from reviewer.evidence.search.side_blobs import SideBlobs, bring_up_to_date
from reviewer.evidence.search.words import check_words, keys_of_word, words_in
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.workspace import Workspace
from reviewer.ports import GitObjects


class IndexedSearch:
    """A `WordSearch` over an `IndexFile`, which grows by the blobs of a side before the side's first answer.

    `processes` parse files when many have to be looked into for what they define. Not for several threads.
    """

    def __init__(
        self, repo: GitObjects, workspace: Workspace, index: IndexFile, *, processes: int = 2
    ) -> None:
        self._repo = repo
        self._workspace = workspace
        self._index = index
        self._sides: dict[Side, SideBlobs] = {}
        self._kept = KeptNames(repo, index, processes=processes)

    def update(self, side: Side) -> int:
        """Bring the index up to date for `side`: how many blobs had to be read. Called again it does nothing."""
        if side in self._sides:
            return 0
        blobs = Scope(self._workspace.entries(side), None).blobs()
        self._sides[side] = bring_up_to_date(self._index, self._repo, blobs)
        return self._sides[side].read

    def read_definitions(self, side: Side) -> int:
        """Parse each file of `side` whose definitions are not kept yet, so that `definers` need not: how many."""
        units = (
            Unit(entry.object_id, grammar)
            for path, entry in self._workspace.entries(side).items()
            if entry.mode not in NO_FILES and (grammar := grammar_of(path))
        )
        return self._kept.bring_up_to_date(list(dict.fromkeys(units)))

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
        self.update(side)
        blobs = self._sides[side]
        found = self._words_by_blob(words, blobs)
        if beside:
            allowed = self._words_by_blob(beside, blobs)
            found = {object_id: here for object_id, here in found.items() if object_id in allowed}
        scope = Scope(self._workspace.entries(side), within)
        return scope.answer(found, binary=blobs.binary, too_large=blobs.too_large, beside=beside, limit=limit)

    def definers(self, names: Collection[str], side: Side, *, within: PathFilter | None = None) -> FilesFound:
        """See the protocol. A file is parsed the first time that one of its words is asked for, and then never."""
        return definers(self, names, side, within=within, read=self._kept.names)

    def _words_by_blob(self, words: Iterable[str], blobs: SideBlobs) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for word in dict.fromkeys(words):
            alone = frozenset((word,))
            for object_id in self._holding(word, blobs):
                found[object_id] = found.get(object_id, frozenset()) | alone
        return found

    def _holding(self, word: str, blobs: SideBlobs) -> set[str]:
        keys, sure = keys_of_word(word)
        holding = set.intersection(*(self._with_key(key, blobs) for key in sorted(keys)))
        return holding if sure else set(self._confirmed(word, holding))

    def _with_key(self, key: bytes, blobs: SideBlobs) -> set[str]:
        places = (blobs.at.get(place) for place in self._index.places(key))
        return {object_id for object_id in places if object_id is not None}

    def _confirmed(self, word: str, object_ids: Collection[str]) -> Iterator[str]:
        for read in self._repo.blobs(sorted(object_ids), limit_bytes=MAX_BLOB_BYTES):
            if read.content is not None and words_in(read.content, [word]):
                yield read.object_id
