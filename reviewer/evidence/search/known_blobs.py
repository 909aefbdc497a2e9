"""The blobs that an open index has: brought up to date with a commit, and found again by their atoms."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from reviewer.evidence.search.index_file import MAX_BLOBS, IndexFile, Segment
from reviewer.evidence.search.words import Key, atoms_of, is_binary
from reviewer.ports import GitObjects

MAX_BLOB_BYTES = 5_000_000
"""As `Workspace` reads files: what is larger cannot be shown as evidence either."""
_SEGMENT_BYTES = 64_000_000

Tell = Callable[[str], None]


class KnownBlobs:
    """What is in the index, read from it once. What another process adds later is not seen, only added again."""

    def __init__(self, index: IndexFile) -> None:
        self._index = index
        self._at: defaultdict[int, dict[int, str]] = defaultdict(dict)
        self._ids: set[str] = set()
        for (segment, place), object_id in index.blobs():
            self._at[segment][place] = object_id
            self._ids.add(object_id)
        self.too_large: set[str] = set()
        """Blobs met so far of which the index has nothing."""

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def segments(self) -> int:
        """How many batches they were written in."""
        return len(self._at)

    def missing(self, object_ids: Collection[str]) -> list[str]:
        """Those that are not in the index, in the order given."""
        return [one for one in object_ids if one not in self._ids and one not in self.too_large]

    def add(self, repo: GitObjects, object_ids: Sequence[str], tell: Tell) -> None:
        """Read blobs and write them to the index, batch by batch: an interruption loses one."""
        batch, done = _Batch(), 0
        for one in repo.blobs(object_ids, limit_bytes=MAX_BLOB_BYTES):
            if one.content is None:
                self.too_large.add(one.object_id)
                continue
            batch.add(one.object_id, one.content)
            if batch.is_full:
                done += self._write(batch)
                tell(f"indexing: {done} of {len(object_ids)} files")
                batch = _Batch()
        if not batch.is_empty:
            self._write(batch)

    def having(self, keys: Collection[Key]) -> frozenset[str]:
        """The blobs that have all of `keys`, of whichever commit."""
        return frozenset.intersection(*(frozenset(self._with_key(key)) for key in keys))

    def _with_key(self, key: Key) -> list[str]:
        places = ((self._at.get(segment), place) for segment, place in self._index.places(key))
        return [here[place] for here, place in places if here is not None and place in here]

    def _write(self, batch: "_Batch") -> int:
        segment = batch.segment()
        self._at[self._index.add(segment)] = dict(enumerate(segment.object_ids))
        self._ids.update(segment.object_ids)
        return len(segment.object_ids)


class _Batch:
    """A segment in the making."""

    def __init__(self) -> None:
        self._object_ids: list[str] = []
        self._places: defaultdict[bytes, bytearray] = defaultdict(bytearray)
        self._bytes = 0

    @property
    def is_empty(self) -> bool:
        return not self._object_ids

    @property
    def is_full(self) -> bool:
        return len(self._object_ids) == MAX_BLOBS or self._bytes >= _SEGMENT_BYTES

    def add(self, object_id: str, raw: bytes) -> None:
        """A binary is known to have been looked at, and has no words."""
        place = len(self._object_ids).to_bytes(2, "little")
        self._object_ids.append(object_id)
        self._bytes += len(raw)
        for atom in () if is_binary(raw) else atoms_of(raw):
            self._places[atom] += place

    def segment(self) -> Segment:
        return Segment(tuple(self._object_ids), self._places)
