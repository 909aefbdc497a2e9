"""One side of the change as files that are known by name: each is parsed once, and every parse is counted."""

from threading import RLock

from reviewer.domain.change import Side
from reviewer.errors import RepositoryError
from reviewer.evidence.syntax.bounded import MAX_FILE_BYTES
from reviewer.evidence.syntax.languages import tags_of
from reviewer.evidence.syntax.tagged_file import TaggedFile
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace


class TaggedCode:
    """The files of one commit, parsed when asked for. Safe to share between threads."""

    def __init__(self, workspace: Workspace, side: Side) -> None:
        self.workspace = workspace
        self.side = side
        self.files_parsed = 0
        self.bytes_parsed = 0
        self._parsed: list[str] = []
        self._files: dict[str, TaggedFile | None] = {}
        self._lock = RLock()

    @property
    def parsed_paths(self) -> tuple[str, ...]:
        """Paths of the files that were read and parsed, in the order in which they were asked for."""
        with self._lock:
            return tuple(self._parsed)

    def file(self, path: str) -> TaggedFile | None:
        """The parsed file; None where no file of a language with a tag query is: no such path, a link, a submodule.

        A file that is too large to read comes back as one of which nothing was understood.
        """
        with self._lock:
            if path not in self._files:
                self._files[path] = self._parse(path)
            return self._files[path]

    def _parse(self, path: str) -> TaggedFile | None:
        grammar = tags_of(path)
        if grammar is None or not self.workspace.exists(path, self.side):
            return None
        if self.workspace.entry(path, self.side).mode in (SYMLINK_MODE, SUBMODULE_MODE):
            return None
        try:
            source = self.workspace.read(path, self.side)
        except RepositoryError as error:
            return TaggedFile.unreadable(path, grammar, str(error))
        self.files_parsed += 1
        self._parsed.append(path)
        self.bytes_parsed += min(len(source), MAX_FILE_BYTES)
        return TaggedFile(path, source, tags_of(path, source) or grammar)
