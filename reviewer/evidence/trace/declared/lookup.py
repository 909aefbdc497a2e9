"""Finds, for a definition or a file, what a declaring file in a folder around it says about it."""

from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname, splitext

from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.domain.text import source_lines
from reviewer.errors import RepositoryError
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.trace.declared.entry import DeclaredEntries
from reviewer.evidence.trace.declared.read import declared_entries, folder_of, may_declare
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE

_SOURCES = (".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cjs")
_BUILT = ("lib", "dist", "build", "out", "esm", "cjs")
_IMPORT_ROOTS = ("src", "lib", "python")
"""Folders of a package that are no part of a module's name."""
_NAMED = (*_SOURCES, ".py", ".rb")
"""Endings of the files that a declaration can name: what starts Go and Java stands in their code."""
_MAX_FILES = 40


class Declarations:
    """What the files of one commit declare, read when a path below their folder is asked for."""

    def __init__(self, code: Codebase) -> None:
        self._code = code
        self._by_folder: dict[str, dict[str, list[EntryPoint]]] = {}
        self.cuts: dict[str, None] = {}
        """Declaring files that could not be read, and those a limit left out, a sentence each."""

    def of_definition(self, path: str, definition: Definition) -> EntryPoint | None:
        """The declared entry point that a definition is; the nearest folder's first."""
        for folder in _folders(path):
            declared = self._declared(folder)
            for target in _names(path, folder, definition) if declared else ():
                if found := declared.get(target):
                    return found[0]
            if definition.exported and not definition.owner and splitext(path)[1] in _SOURCES:
                offered = (one for one in declared.get(path, ()) if one.sort is EntrySort.EXPORT)
                if found_offer := next(offered, None):
                    return found_offer
        return None

    def of_file(self, path: str) -> EntryPoint | None:
        """The declared entry point that runs the code of a file outside of its definitions."""
        for folder in _folders(path):
            declared = self._declared(folder)
            for target in (path, *(f"{module}:" for module in _modules(path, folder))) if declared else ():
                if found := declared.get(target):
                    return found[0]
        return None

    def _declared(self, folder: str) -> dict[str, list[EntryPoint]]:
        """Entry points by target, in the order of the files."""
        if folder not in self._by_folder:
            found = self._by_folder.setdefault(folder, {})
            for path in self._limited(folder):
                read = self._read(path)
                if read.problem:
                    self.cuts[f"what it declares is not known: {read.problem}"] = None
                for one in read.entries:
                    found.setdefault(self._in_tree(one.target, folder), []).append(one.entry)
        return self._by_folder[folder]

    def _limited(self, folder: str) -> list[str]:
        paths = self._files.get(folder, [])
        if len(paths) > _MAX_FILES:
            self.cuts[
                f"{folder or 'the top'}: {len(paths)} files that may declare entry points, limit {_MAX_FILES}"
            ] = None
        return paths[:_MAX_FILES]

    def _read(self, path: str) -> DeclaredEntries:
        workspace, side = self._code.workspace, self._code.side
        if workspace.entry(path, side).mode in (SYMLINK_MODE, SUBMODULE_MODE):
            return DeclaredEntries()
        try:
            return declared_entries(path, source_lines(workspace.read(path, side)))
        except RepositoryError as error:
            return DeclaredEntries(problem=str(error))

    def _in_tree(self, target: str, folder: str) -> str:
        """The source of a file that is built or named without its ending; the target itself where there is none."""
        if target in self._code.paths or ":" in target or "#" in target:
            return target
        return next((path for path in _sources(target, folder) if path in self._code.paths), target)

    @cached_property
    def _files(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(filter(may_declare, self._code.paths)):
            found.setdefault(folder_of(path), []).append(path)
        return found


def _folders(path: str) -> Iterator[str]:
    """The folders around a file, the nearest first, the repository's top last; none for what nothing can name."""
    if not path.endswith(_NAMED):
        return
    folder = dirname(path)
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""


def _below(path: str, folder: str) -> str:
    return path[len(folder) + 1 :] if folder else path


def _modules(path: str, folder: str) -> Iterator[str]:
    """Names by which a Python file is imported where `folder` is the package's."""
    if not path.endswith(".py"):
        return
    parts = _below(path, folder).removesuffix(".py").split("/")
    if parts[-1] in ("__init__", "__main__"):
        parts.pop()
    if parts:
        yield ".".join(parts)
    if parts[1:] and parts[0] in _IMPORT_ROOTS:
        yield ".".join(parts[1:])


def _names(path: str, folder: str, definition: Definition) -> Iterator[str]:
    """What a declaration may call a definition."""
    for module in _modules(path, folder):
        yield f"{module}:{definition.qualified_name}"
    below = _below(path, folder)
    if below.startswith("app/controllers/") and below.endswith("_controller.rb") and definition.owner:
        controller = below.removeprefix("app/controllers/").removesuffix("_controller.rb")
        yield f"{controller}#{definition.name}"


def _sources(target: str, folder: str) -> Iterator[str]:
    for stem in (target, f"{target}/index"):
        yield from (f"{stem}{end}" for end in _SOURCES)
    parts = _below(target, folder).split("/")
    if parts[0] in _BUILT and parts[1:]:
        stem = splitext("/".join(part for part in (folder, "src", *parts[1:]) if part))[0]
        yield from (f"{stem.removesuffix('.d')}{end}" for end in _SOURCES)
