"""Which class a Java name means: imports, the package, the library."""

from __future__ import annotations

import re
from posixpath import dirname, join
from typing import TYPE_CHECKING

from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.lower.java.library import kind_of
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.values import Outside, Value
from reviewer.evidence.syntax.grammars.java import JAVA

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver

_PACKAGE = re.compile(rb"^\s*package\s+([\w.]+)\s*;", re.MULTILINE)
_FAMILY = "java"


class Packages:
    """Looks classes up by name."""

    def __init__(self) -> None:
        self._packages: dict[str, str] = {}

    def package(self, file: ModuleFile) -> str:
        """The package that the file declares; empty for the one without a name."""
        if file.path not in self._packages:
            found = _PACKAGE.search(file.source.source)
            self._packages[file.path] = found.group(1).decode("ascii", "replace") if found else ""
        return self._packages[file.path]

    def full(self, file: ModuleFile, name: str, solver: Solver) -> list[Node | Value]:
        """The class of a full name, `a.b.Outer.Inner`; something outside where the repository has none."""
        return self._ours(file, name, solver) or [Outside(name)]

    def loaded(self, file: ModuleFile, name: str, solver: Solver) -> list[Node | Value]:
        """The class of a full name that stands in a string; those of the file's own package may stand in any file."""
        package, _, plain = name.rpartition(".")
        if package != self.package(file):
            return self.full(file, name, solver)
        return self._in_file(file.path, plain, solver) or self.bare(file, plain, solver)

    def bare(self, file: ModuleFile, name: str, solver: Solver) -> list[Node | Value]:
        """What a plain name means that the file neither defines nor imports by name."""
        package = self.package(file)
        found = (
            self._ours(file, f"{package}.{name}" if package else name, solver)
            or self._in_file(join(dirname(file.path), f"{name}.java"), name, solver)
            or self._starred(file, name, solver)
        )
        if found:
            return found
        if name in JAVA.builtins:
            return [Outside(f"java.lang.{name}")]
        return self._beside(file, name, solver) or self._guessed(file, name)

    def _ours(self, file: ModuleFile, name: str, solver: Solver) -> list[Node | Value]:
        parts = name.split(".")
        for end in range(len(parts), 0, -1):
            found = solver.files.find(file.path, ".".join(parts[:end]), _FAMILY)
            if found.path is not None:
                return self._inner(
                    self._in_file(found.path, parts[end - 1], solver), parts[end:], file, solver
                )
            if end > 1 and not parts[end - 2][:1].isupper():
                break
        return []

    def _in_file(self, path: str, name: str, solver: Solver) -> list[Node | Value]:
        module = solver.files.module(path)
        if module is None:
            return []
        solver.activate(module.scope)
        return [solver.variable(module.scope, name, None)] if name in module.scope.versions else []

    def _inner(
        self, found: list[Node | Value], rest: list[str], file: ModuleFile, solver: Solver
    ) -> list[Node | Value]:
        for name in rest:
            inner = Node()
            for one in found:
                if isinstance(one, Node):
                    solver.members.read(one, name, inner, file.scope, 0)
            found = [inner]
        return found

    def _starred(self, file: ModuleFile, name: str, solver: Solver) -> list[Node | Value]:
        for star in file.stars:
            found = self._ours(file, f"{star}.{name}", solver)
            if found:
                return found
        return []

    def _beside(self, file: ModuleFile, name: str, solver: Solver) -> list[Node | Value]:
        """A class that stands in a file of another name of the same package."""
        for path in solver.files.in_folder(dirname(file.path), _FAMILY):
            module = solver.files.module(path) if path != file.path else None
            if module is not None and name in module.scope.lowered().versions:
                return self._in_file(path, name, solver)
        return []

    def _guessed(self, file: ModuleFile, name: str) -> list[Node | Value]:
        """A class outside: of the one package that is imported as a whole, else known by its name alone."""
        if not name[:1].isupper():
            return []
        stars = [star for star in file.stars if not star.rsplit(".", 1)[-1][:1].isupper()]
        if kind_of(name) is not None:
            stars = [star for star in stars if star == "java.util"] or stars
        return [Outside(f"{stars[0]}.{name}" if len(stars) == 1 else name)]
