"""Reads the text of a change in batches, within limits, and proves that nothing is missing from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reviewer.domain.change import FileStatus
from reviewer.errors import RepositoryError
from reviewer.ports import GitObjects
from reviewer.stages.snapshot.entry import Comparison, Entry
from reviewer.stages.snapshot.limits import Limits
from reviewer.stages.snapshot.patch import LinesSpentError, PatchReader, Section, applied

_BATCH_NAME_BYTES = 50_000
_BATCH_CONTENT_BYTES = 32_000_000
_BINARY_PROBE_BYTES = 8_000
"""A file is binary when its first bytes hold a NUL. Source: git's `buffer_is_binary`."""


@dataclass
class Texts:
    """What was read."""

    sections: dict[Comparison, Section] = field(default_factory=dict)
    """Contents that stand at several paths are read once."""
    whole: set[Entry] = field(default_factory=set)
    """The entries of which everything readable was read."""
    problems: list[str] = field(default_factory=list)
    spent: bool = False
    """True when a limit on the whole change ended the reading."""

    def section(self, entry: Entry, comparison: Comparison) -> Section | None:
        """What the diff says about it; None when it was not read."""
        return self.sections.get(comparison) if entry in self.whole else None


class TextReader:
    """Reads what differs between two commits, file by file."""

    def __init__(self, repo: GitObjects, *, old: str, new: str, limits: Limits) -> None:
        self._repo = repo
        self._old = old
        self._new = new
        self._limits = limits
        self._lines_left = limits.changed_lines
        self._bytes_left = limits.diff_bytes
        self._sizes: dict[str, int] = {}
        self._texts = Texts()

    def size(self, object_id: str | None) -> int:
        """Size of a blob in bytes; nothing has the size 0."""
        if object_id is None or not object_id.strip("0"):
            return 0
        if object_id not in self._sizes:
            self._sizes[object_id] = self._repo.blob_size(object_id)
        return self._sizes[object_id]

    def link(self, object_id: str) -> bytes | None:
        """The target of a symlink; None when it is too long to be one."""
        if self.size(object_id) > self._limits.link_bytes:
            return None
        return self._repo.blob(object_id, limit_bytes=self._limits.link_bytes)

    def too_large(self, comparison: Comparison) -> bool:
        """True when a side is above the limit of one file."""
        return max(self.size(comparison.old), self.size(comparison.new)) > self._limits.file_bytes

    def read(self, entries: Sequence[Entry]) -> Texts:
        """The sections of all `entries` that are within the limits, each proved against both contents."""
        for batch in self._batches(entries):
            if self._texts.spent:
                break
            wanted = {comparison for entry in batch for comparison in self._readable(entry)}
            self._read_patch(batch, wanted)
            for entry in batch:
                self._complete(entry)
        return self._texts

    def _complete(self, entry: Entry) -> None:
        """Read what the batch did not give, alone; then prove it and count it."""
        needed = self._readable(entry)
        if not self._texts.spent and not self._has(needed):
            # in company git may pair a renamed file with another one than before; alone it cannot
            self._read_patch([entry], set(needed))
        if not self._has(needed):
            if self._texts.spent:
                return
            raise RepositoryError(f"{entry.path}: differs, and git gives no diff of it")
        sections = [self._texts.sections[comparison] for comparison in needed]
        if not self._can_afford(sections):
            self._texts.spent = True
            return
        for section in sections:
            self._prove(entry, section)
        self._texts.whole.add(entry)

    def _can_afford(self, sections: Sequence[Section]) -> bool:
        """Count the sections, as often as they stand in the change."""
        hunks = [raw for section in sections for raw in section.hunks]
        lines = sum(raw.changed_lines for raw in hunks)
        size = sum(len(raw.body) for raw in hunks)
        if lines > self._lines_left or size > self._bytes_left:
            return False
        self._lines_left -= lines
        self._bytes_left -= size
        return True

    def _readable(self, entry: Entry) -> list[Comparison]:
        """What the diff must tell: not the files that are too large, nor those that have no line at all."""
        if not entry.can_be_named:
            return []
        return [
            comparison
            for comparison in entry.comparisons
            if not self.too_large(comparison) and self.size(comparison.old) + self.size(comparison.new) > 0
        ]

    def _has(self, needed: Sequence[Comparison]) -> bool:
        return all(comparison in self._texts.sections for comparison in needed)

    def _batches(self, entries: Sequence[Entry]) -> Iterator[list[Entry]]:
        """Groups that git cannot pair anew as renames: additions, deletions and renames apart."""
        alone = (FileStatus.DELETED, FileStatus.RENAMED)
        groups = (
            [entry for entry in entries if entry.status not in alone],
            [entry for entry in entries if entry.status is FileStatus.DELETED],
            [entry for entry in entries if entry.status is FileStatus.RENAMED],
        )
        for group in groups:
            batch: list[Entry] = []
            names = content = 0
            for entry in group:
                readable = self._readable(entry)
                if not readable:
                    continue
                batch.append(entry)
                names += len(entry.raw.old_path) + len(entry.raw.new_path)
                content += sum(self.size(pair.old) + self.size(pair.new) for pair in readable)
                if names > _BATCH_NAME_BYTES or content > _BATCH_CONTENT_BYTES:
                    yield batch
                    batch, names, content = [], 0, 0
            if batch:
                yield batch

    def _read_patch(self, batch: Sequence[Entry], wanted: set[Comparison]) -> None:
        paths = dict.fromkeys(path for entry in batch for path in (entry.raw.old_path, entry.raw.new_path))
        patch = self._repo.patch(self._old, self._new, list(paths))
        try:
            for section in PatchReader(patch, changed_lines=self._lines_left).sections():
                comparison = Comparison(section.old_blob, section.new_blob)
                if comparison in wanted:
                    self._texts.sections.setdefault(comparison, section)
        except LinesSpentError:
            self._texts.spent = True

    def _prove(self, entry: Entry, section: Section) -> None:
        """Nothing is hidden: hunks turn the one content into the other, and what is called binary is."""
        old, new = self._content(section.old_blob), self._content(section.new_blob)
        if section.binary:
            if b"\0" not in old[:_BINARY_PROBE_BYTES] and b"\0" not in new[:_BINARY_PROBE_BYTES]:
                self._texts.problems.append(f"{entry.path}: shown as binary, and its content is text")
        elif applied(section, old) != new:
            self._texts.problems.append(
                f"{entry.path}: the diff does not lead from the old content to the new"
            )

    def _content(self, blob: str) -> bytes:
        if not blob.strip("0"):
            return b""
        return self._repo.blob(blob, limit_bytes=self._limits.file_bytes)
