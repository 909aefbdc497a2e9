"""The names that blobs define, parsed once and then kept in the index."""

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext

from reviewer.errors import SearchIndexError
from reviewer.evidence.search.definers import Names, Unit, names_defined, reading_of
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.syntax.bounded import MAX_FILE_BYTES
from reviewer.evidence.syntax.grammars.row import Grammar
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.ports import GitObjects, ReadBlob

_WORTH_PROCESSES = 400
"""Files to parse before it pays to start processes for them."""
_AT_ONCE = 32
"""Files handed to a process together."""
_KEPT_AT_ONCE = 512
"""Files that are read before what they define is written: an interruption loses no more."""

Pool = ProcessPoolExecutor | None


class KeptNames:
    """Reads names from the index, and from the blobs where the index does not have them yet."""

    def __init__(self, repo: GitObjects, index: IndexFile, *, processes: int) -> None:
        self._repo = repo
        self._index = index
        self._processes = processes

    def names(self, units: Sequence[Unit]) -> Mapping[Unit, Names]:
        """The names of every unit."""
        found = dict(self._kept(units))
        found.update(self._read([unit for unit in units if unit not in found]))
        return found

    def bring_up_to_date(self, units: Sequence[Unit]) -> int:
        """Read what is not kept yet: how many units."""
        kept = {unit for unit, _ in self._kept(units)}
        return sum(1 for _ in self._read([unit for unit in units if unit not in kept]))

    def _kept(self, units: Sequence[Unit]) -> Iterator[tuple[Unit, Names]]:
        for grammar in dict.fromkeys(unit.grammar for unit in units):
            asked = [unit.object_id for unit in units if unit.grammar is grammar]
            for object_id, names in self._index.names(asked, reading_of(grammar)):
                yield Unit(object_id, grammar), names

    def _pool(self, files: int) -> AbstractContextManager[Pool]:
        if self._processes == 1 or files < _WORTH_PROCESSES:
            return nullcontext()
        return ProcessPoolExecutor(self._processes, multiprocessing.get_context("spawn"))

    def _read(self, units: Sequence[Unit]) -> Iterator[tuple[Unit, Names]]:
        by_grammar: dict[Grammar, list[str]] = {}
        for unit in units:
            by_grammar.setdefault(unit.grammar, []).append(unit.object_id)
        with self._pool(len(units)) as pool:
            for grammar, object_ids in by_grammar.items():
                for start in range(0, len(object_ids), _KEPT_AT_ONCE):
                    part = object_ids[start : start + _KEPT_AT_ONCE]
                    blobs = list(self._repo.blobs(part, limit_bytes=MAX_FILE_BYTES))
                    names = _parsed(blobs, grammar.extensions[0], pool)
                    self._index.keep_names(reading_of(grammar), names)
                    yield from ((Unit(object_id, grammar), found) for object_id, found in names)


def _parsed(blobs: list[ReadBlob], extension: str, pool: Pool) -> list[tuple[str, Names]]:
    if pool is None:
        return _names_of(blobs, extension)
    batches = [blobs[start : start + _AT_ONCE] for start in range(0, len(blobs), _AT_ONCE)]
    try:
        read = list(pool.map(_names_of, batches, [extension] * len(batches)))
    except BrokenProcessPool as error:
        raise SearchIndexError(
            f"{len(blobs)} {extension} files: a process that parsed some of them was ended",
            advice="It may have run out of memory. Give it more, or fewer processes.",
        ) from error
    return [names for batch in read for names in batch]


def _names_of(blobs: Sequence[ReadBlob], extension: str) -> list[tuple[str, Names]]:
    """May run in another process, which knows the grammar by one of its extensions: it cannot be handed over."""
    grammar = grammar_of(f"x{extension}")
    if grammar is None:
        raise ValueError(f"{extension}: no grammar of that extension")
    return [
        (blob.object_id, None if blob.content is None else names_defined(blob.content, grammar))
        for blob in blobs
    ]
