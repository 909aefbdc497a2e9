"""Both sides of the files that a change touches, as sources."""

from collections import defaultdict
from dataclasses import dataclass

from reviewer.domain.change import FileChange, FileStatus, LineKind, Side
from reviewer.domain.text import source_text
from reviewer.errors import RepositoryError
from reviewer.evidence.literals.changed import ChangedLines
from reviewer.evidence.offers.source import Source
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace


@dataclass(frozen=True)
class ChangedFile:
    """One file with the lines that differ."""

    path: str
    before: Source | None
    after: Source | None
    lines: ChangedLines
    deleted: str
    """The deleted lines."""
    added: str
    """The added lines."""


class Sources:
    """Files as sources, read once; what cannot be read is remembered."""

    def __init__(self, workspace: Workspace, max_file_bytes: int) -> None:
        self.unread: dict[str, str] = {}
        """Path to why it was not read."""
        self._workspace = workspace
        self._max_file_bytes = max_file_bytes

    def changed(self, change: FileChange) -> ChangedFile:
        """Both sides of a changed file."""
        before = None if change.status is FileStatus.ADDED else self.open(change.path_at_base, Side.BASE)
        after = None if change.status is FileStatus.DELETED else self.open(change.path, Side.HEAD)
        texts: dict[LineKind, list[str]] = defaultdict(list)
        for unit in change.units:
            for line in unit.hunk.lines if unit.hunk else ():
                texts[line.kind].append(line.text)
        deleted, added = ("\n".join(texts[kind]) for kind in (LineKind.DELETED, LineKind.ADDED))
        return ChangedFile(change.path, before, after, ChangedLines(change), deleted, added)

    def open(self, path: str, side: Side) -> Source | None:
        """The file; None for what is no text, and for what cannot be read, which is then remembered."""
        if not self._workspace.exists(path, side):
            return None
        if self._workspace.entry(path, side).mode in (SYMLINK_MODE, SUBMODULE_MODE):
            return None
        try:
            raw = self._workspace.read(path, side)
        except RepositoryError as error:
            self.unread[path] = str(error)
            return None
        if b"\0" in raw[:8000]:
            return None
        if len(raw) > self._max_file_bytes:
            self.unread[path] = f"{len(raw)} bytes, limit {self._max_file_bytes}"
            return None
        return Source(path, source_text(raw))
