"""The blobs of one side in the index: brought up to date, and found again by their places in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.evidence.search.index_file import MAX_BLOBS, IndexFile, Place, Segment
from reviewer.evidence.search.scope import MAX_BLOB_BYTES
from reviewer.evidence.search.words import is_binary, keys_of_blob
from reviewer.ports import GitObjects

_SEGMENT_BYTES = 64_000_000


@dataclass(frozen=True)
class SideBlobs:
    """What the index has of one side."""

    at: dict[Place, str]
    """The blob at each place; blobs of other commits are left out."""
    binary: frozenset[str]
    too_large: frozenset[str]
    """Of these the index has nothing."""
    read: int
    """Blobs that were read to bring the index up to date."""


def bring_up_to_date(index: IndexFile, repo: GitObjects, object_ids: Sequence[str]) -> SideBlobs:
    """Read what the index lacks of `object_ids` and write it there, batch by batch: an interruption loses one."""
    wanted = frozenset(object_ids)
    known = {blob.object_id for _, blob in index.blobs()}
    missing = [object_id for object_id in object_ids if object_id not in known]
    batch, too_large = _Batch(), []
    for one in repo.blobs(missing, limit_bytes=MAX_BLOB_BYTES):
        if one.content is None:
            too_large.append(one.object_id)
            continue
        batch.add(one.object_id, one.content)
        if batch.is_full:
            index.add(batch.segment())
            batch = _Batch()
    if not batch.is_empty:
        index.add(batch.segment())
    return SideBlobs(*_places(index, wanted), frozenset(too_large), len(missing) - len(too_large))


def _places(index: IndexFile, wanted: frozenset[str]) -> tuple[dict[Place, str], frozenset[str]]:
    at: dict[Place, str] = {}
    binary = set()
    for place, blob in index.blobs():
        if blob.object_id in wanted:
            at[place] = blob.object_id
            if blob.is_binary:
                binary.add(blob.object_id)
    return at, frozenset(binary)


class _Batch:
    """A segment in the making."""

    def __init__(self) -> None:
        self._object_ids: list[str] = []
        self._binary: set[str] = set()
        self._places: defaultdict[bytes, bytearray] = defaultdict(bytearray)
        self._bytes = 0

    @property
    def is_empty(self) -> bool:
        return not self._object_ids

    @property
    def is_full(self) -> bool:
        return len(self._object_ids) == MAX_BLOBS or self._bytes >= _SEGMENT_BYTES

    def add(self, object_id: str, raw: bytes) -> None:
        place = len(self._object_ids).to_bytes(2, "little")
        self._object_ids.append(object_id)
        self._bytes += len(raw)
        if is_binary(raw):
            self._binary.add(object_id)
        for key in keys_of_blob(raw):
            self._places[key] += place

    def segment(self) -> Segment:
        return Segment(tuple(self._object_ids), frozenset(self._binary), self._places)
