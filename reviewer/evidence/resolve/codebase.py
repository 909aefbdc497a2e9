"""One side of the change as parsed files: each is parsed once, and every parse is counted."""

from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname
from threading import RLock

from reviewer.domain.change import Side
from reviewer.errors import ObjectTooLargeError, RepositoryError
from reviewer.evidence.resolve.modules import Modules
from reviewer.evidence.syntax.bounded import MAX_FILE_BYTES
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.syntax.tree_shelf import TreeShelf
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace

TREES_BYTES = 300_000
"""Of source whose trees are held at once, beside those that values are followed in."""


class Codebase:
    """The files of one commit, parsed when asked for. Safe to share between threads."""

    def __init__(self, workspace: Workspace, side: Side) -> None:
        self.workspace = workspace
        self.side = side
        self.files_parsed = 0
        self.bytes_parsed = 0
        self._parsed: list[str] = []
        self._files: dict[str, SourceFile | None] = {}
        self._shelf = TreeShelf(limit_bytes=TREES_BYTES)
        self._lock = RLock()

    @property
    def parsed_paths(self) -> tuple[str, ...]:
        """Paths of the files that were read and parsed, in the order in which they were asked for."""
        with self._lock:
            return tuple(self._parsed)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path of the tree."""
        return frozenset(self.workspace.entries(self.side))

    @cached_property
    def modules(self) -> Modules:
        """What import names lead to."""
        return Modules(self.paths, read=lambda path: self.workspace.read(path, self.side))

    def file(self, path: str) -> SourceFile | None:
        """The parsed file; None where there is none of a known language: no such path, a symlink, a submodule.

        A file that is too large to read comes back as one of which nothing was understood.
        """
        with self._lock:
            if path not in self._files:
                self._files[path] = self._parse(path)
            return self._files[path]

    def package_files(self, folder: str, word: str) -> Iterator[SourceFile]:
        """Go files of `folder` that contain `word`, ordered by path."""
        for path in self.paths_with(folder, word):
            file = self.file(path)
            if file is not None:
                yield file

    def paths_with(self, folder: str, word: str) -> list[str]:
        """Paths of the Go files of `folder` that contain `word`; a file too large to read counts as one."""
        return [path for path in self._go_files.get(folder, ()) if self._contains(path, word.encode())]

    def _contains(self, path: str, word: bytes) -> bool:
        try:
            return word in self.workspace.read(path, self.side)
        except ObjectTooLargeError:
            return True

    @cached_property
    def _go_files(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        entries = self.workspace.entries(self.side)
        for path in sorted(path for path in entries if path.endswith(".go")):
            if entries[path].mode not in (SYMLINK_MODE, SUBMODULE_MODE):
                found.setdefault(dirname(path), []).append(path)
        return found

    def is_parsed(self, path: str) -> bool:
        """True when asking for `path` costs nothing any more."""
        return path in self._files

    def size(self, path: str) -> int:
        """Bytes of the file at `path`."""
        return len(self.workspace.read(path, self.side))

    def _parse(self, path: str) -> SourceFile | None:
        grammar = grammar_of(path)
        if grammar is None or path not in self.paths:
            return None
        if self.workspace.entry(path, self.side).mode in (SYMLINK_MODE, SUBMODULE_MODE):
            return None
        try:
            source = self.workspace.read(path, self.side)
        except RepositoryError as error:
            return SourceFile.unreadable(path, grammar, str(error))
        self.files_parsed += 1
        self._parsed.append(path)
        self.bytes_parsed += min(len(source), MAX_FILE_BYTES)
        return SourceFile(path, source, grammar, self._shelf)
