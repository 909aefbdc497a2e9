"""Reads and searches many blobs by one git process, where one process or question a blob would cost too much."""

import hashlib
from collections.abc import Iterator, Sequence

from reviewer.adapters.git_repo.command import Argument, GitCommand, failure
from reviewer.adapters.git_repo.object_reader import FULL_ID, parsed_header
from reviewer.errors import RepositoryError
from reviewer.ports import ReadBlob

_BATCH_BYTES = 8_000_000
_BATCH_BLOBS = 10_000
_OVERHEAD_BYTES = 200
"""Of git's header line for one blob, at most."""


class BlobBatches:
    """Asks the private view of a repository, never the repository's own folder."""

    def __init__(self, command: GitCommand) -> None:
        self._command = command
        self._trees: dict[bytes, str] = {}

    def sizes(self, object_ids: Sequence[str]) -> list[int]:
        """Size of each; `RepositoryError` for what is missing or no blob."""
        _check_ids(object_ids)
        if not object_ids:
            return []
        output = self._command.output(["cat-file", "--batch-check", "--buffer"], stdin=_lines(object_ids))
        lines = output.split(b"\n")[:-1]
        if len(lines) != len(object_ids):
            raise RepositoryError(f"git cat-file: {len(lines)} answers to {len(object_ids)} questions")
        return [_size_of_blob(object_id, line) for object_id, line in zip(object_ids, lines, strict=True)]

    def contents(self, object_ids: Sequence[str], *, limit_bytes: int) -> Iterator[ReadBlob]:
        """Contents in order. Sizes are asked first, so that git never loads a blob above the limit."""
        for start in range(0, len(object_ids), _BATCH_BLOBS):
            part = object_ids[start : start + _BATCH_BLOBS]
            sizes = dict(zip(part, self.sizes(part), strict=True))
            for batch in _batches(part, sizes, limit_bytes):
                yield from self._read(batch, sizes, limit_bytes)

    def containing(self, object_ids: Sequence[str], options: Sequence[Argument]) -> list[str]:
        """Those that `git grep` finds with `options`, in the order given.

        git searches trees, so the blobs are put into one, flat and with numbers for names: it is written to the
        view, searched as it is, and no path, attribute or double of a blob costs anything. More threads than one
        were slower at every size measured: they wait for each other while reading objects.
        """
        tree = self._tree_of(object_ids)
        arguments: list[Argument] = ["grep", "-z", "-l", "--no-color", "--full-name", "--threads=1"]
        arguments += ["--no-textconv", "--no-recurse-submodules", *options, tree, "--"]
        done = self._command.run(arguments)
        # git goes on past a blob it cannot read and only says so
        if done.code not in (0, 1) or done.problem:
            raise failure(arguments, done.code, done.problem)
        names = done.output.split(b"\0")[:-1]
        return [object_ids[int(name.removeprefix(tree.encode() + b":"))] for name in names]

    def _tree_of(self, object_ids: Sequence[str]) -> str:
        _check_ids(object_ids)
        listed = b"".join(
            b"100644 blob %s\t%09d\n" % (object_id.encode(), at) for at, object_id in enumerate(object_ids)
        )
        key = hashlib.sha256(listed).digest()
        if key not in self._trees:
            self._trees[key] = self._command.output(["mktree", "--missing"], stdin=listed).decode().strip()
        return self._trees[key]

    def _read(self, batch: Sequence[str], sizes: dict[str, int], limit_bytes: int) -> Iterator[ReadBlob]:
        wanted = [object_id for object_id in batch if sizes[object_id] <= limit_bytes]
        output = self._output_of(wanted, sizes) if wanted else b""
        at = 0
        for object_id in batch:
            if sizes[object_id] > limit_bytes:
                yield ReadBlob(object_id, None)
                continue
            start = output.find(b"\n", at) + 1
            end = start + sizes[object_id]
            if (
                _size_of_blob(object_id, output[at : start - 1]) != end - start
                or output[end : end + 1] != b"\n"
            ):
                raise RepositoryError(f"{object_id}: git cat-file gave other content than its header says")
            yield ReadBlob(object_id, output[start:end])
            at = end + 1

    def _output_of(self, object_ids: Sequence[str], sizes: dict[str, int]) -> bytes:
        arguments = ["cat-file", "--batch", "--buffer"]
        expected = sum(sizes[object_id] + _OVERHEAD_BYTES for object_id in object_ids)
        done = self._command.run(arguments, stdin=_lines(object_ids), limit_bytes=expected)
        if done.code != 0:
            raise failure(arguments, done.code, done.problem)
        return done.output


def _batches(object_ids: Sequence[str], sizes: dict[str, int], limit_bytes: int) -> Iterator[list[str]]:
    batch: list[str] = []
    held = 0
    for object_id in object_ids:
        size = sizes[object_id] if sizes[object_id] <= limit_bytes else 0
        if batch and held + size > _BATCH_BYTES:
            yield batch
            batch, held = [], 0
        batch.append(object_id)
        held += size
    if batch:
        yield batch


def _size_of_blob(object_id: str, line: bytes) -> int:
    header = parsed_header(object_id, line)
    if header.kind != "blob":
        raise RepositoryError(f"{object_id}: is a {header.kind}, not a blob")
    return header.size


def _check_ids(object_ids: Sequence[str]) -> None:
    """What is no id could be a second question to git, or an option."""
    for object_id in object_ids:
        if not FULL_ID.fullmatch(object_id):
            raise RepositoryError(f"{object_id!r}: no full object id")


def _lines(object_ids: Sequence[str]) -> bytes:
    return "".join(f"{object_id}\n" for object_id in object_ids).encode()
