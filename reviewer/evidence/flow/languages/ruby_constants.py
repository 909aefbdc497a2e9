"""Finds what Ruby's constants mean: a class has a name that holds everywhere, and is opened many times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.modules import ModuleFile

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_MOST_CANDIDATES = 30
"""Files looked into for one constant that no file name tells of."""


class Constants:
    """Classes, modules and other constants of the files that were looked at, by full name."""

    def __init__(self) -> None:
        self.files: dict[str, ModuleFile] = {}
        self.toplevel: dict[str, list[ir.Scope]] = {}
        """Files that define a method outside of any class, by its name."""
        self._openings: dict[str, list[ir.Scope]] = {}
        self._paths: dict[ir.Scope, str] = {}
        self._homes: dict[str, list[ir.Scope]] = {}
        """Scopes that assign a constant, by its full name."""
        self._searched: set[tuple[str, str]] = set()
        self._wanted: dict[str, None] = {}
        """Constants that the next search looks for."""
        self._required: dict[str, frozenset[str]] = {}

    def take_in(self, file: ModuleFile) -> None:
        """Make known what a file defines."""
        if file.path in self.files:
            return
        self.files[file.path] = file
        file.scope.lowered()
        todo = [(file.scope, "")]
        while todo:
            scope, path = todo.pop(0)
            self._take_in_names(scope, path)
            for child in scope.children:
                if child.kind == "class" and child.node is not None:
                    todo.append((child, self._take_in_class(child, path)))

    def _take_in_class(self, cls: ir.Scope, outer: str) -> str:
        name = cls.name.replace(".", "::")
        path = f"{outer}::{name}" if outer else name
        self._paths[cls] = path
        for one in dict.fromkeys((path, name)) if "::" in name else (path,):
            self._openings.setdefault(one, []).append(cls)
        return path

    def _take_in_names(self, scope: ir.Scope, path: str) -> None:
        for name in scope.versions:
            if name[:1].isupper():
                self._homes.setdefault(f"{path}::{name}" if path else name, []).append(scope)
            elif scope.kind == "module":
                self.toplevel.setdefault(name, []).append(scope)

    def path(self, cls: ir.Scope) -> str:
        """The full name of a class."""
        if cls not in self._paths:
            self.take_in(cls.file)
        return self._paths.get(cls, cls.name)

    def openings(self, cls: ir.Scope) -> list[ir.Scope]:
        """Everywhere the class is opened with members in it; at least `cls`."""
        found = self._openings.get(self.path(cls), [cls])
        if len(found) == 1:
            return found
        return [one for one in found if one is cls or one is found[0] or _has_members(one)]

    def defined(self, path: str) -> tuple[ir.Scope | None, list[ir.Scope]]:
        """The class of that full name, and the scopes that assign the constant to something else."""
        openings = self._openings.get(path)
        if openings:
            return openings[0], []
        return None, self._homes.get(path, [])

    def is_defined(self, path: str) -> bool:
        """True when a file that was looked at defines the constant."""
        return path in self._openings or path in self._homes

    def look_for(self, path: str, importer: str, solver: Solver) -> bool:
        """Look into the files whose name says that they define the constant; True when one does."""
        if self.is_defined(path):
            return True
        parts = path.split("::")
        for upto in range(len(parts), 0, -1):
            stem = "/".join(_underscored(part) for part in parts[:upto])
            if (stem, importer) in self._searched:
                continue
            self._searched.add((stem, importer))
            found = solver.files.find(importer, stem, "ruby")
            if found.path is not None:
                self._read(found.path, solver)
        return self.is_defined(path)

    def want(self, word: str) -> None:
        """Let the next search look for a constant of that name."""
        if (word, "") not in self._searched:
            self._searched.add((word, ""))
            self._wanted[word] = None

    def search(self, solver: Solver) -> None:
        """Look into the files that seem to define one of the constants wanted since the last search."""
        words, self._wanted = list(self._wanted), {}
        lines = solver.files.lines(words, "ruby") if words else []
        for word in words:
            stem, defines = f"{_underscored(word)}.rb", definition_of(word)
            paths = {path for path, text in lines if word in text and defines.search(text)}
            ordered = sorted(paths, key=lambda path: (path.rsplit("/", 1)[-1] != stem, path))
            for path in ordered[:_MOST_CANDIDATES]:
                self._read(path, solver)

    def _read(self, path: str, solver: Solver) -> None:
        module = solver.files.module(path)
        if module is not None:
            self.take_in(module)

    def required(self, file: ModuleFile, solver: Solver) -> frozenset[str]:
        """The files of the repository that `file` requires, and those that these require."""
        if file.path not in self._required:
            found: dict[str, None] = {file.path: None}
            todo = [file]
            while todo:
                one = todo.pop()
                for taken in one.source.imports:
                    path = solver.files.find(one.path, taken.module, "ruby").path
                    if path is not None and path not in found:
                        found[path] = None
                        module = solver.files.module(path)
                        if module is not None:
                            self.take_in(module)
                            todo.append(module)
            self._required[file.path] = frozenset(found)
        return self._required[file.path]


def definition_of(word: str) -> re.Pattern[str]:
    """Matches lines that may define the constant: a class, a module, an assignment to one or several."""
    return re.compile(
        rf"\b(?:class|module)\s+(?:[\w:]*::)?{word}\b|\b{word}\s*(?:,[^=]*)?(?:\|\||&&)?=(?![=~>])"
    )


def _has_members(cls: ir.Scope) -> bool:
    if cls.mixins or cls.bases:
        return True
    companions = any(child.node is None and child.kind == "class" for child in cls.children)
    return companions or any(not name[:1].isupper() for name in cls.versions)


def _underscored(name: str) -> str:
    """`HTTPClient` is in `http_client.rb`."""
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
    return re.sub(r"([a-z\d])([A-Z])", r"\1_\2", name).lower()
