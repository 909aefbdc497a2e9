"""Go's packages: which declarations of which files a name means, found without following values."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from posixpath import dirname

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.go.base import OWN_PACKAGE
from reviewer.evidence.flow.lower.go.declarations import METHODS
from reviewer.evidence.flow.modules import Files, ModuleFile
from reviewer.evidence.syntax.grammars.go import DOT_IMPORT, default_package_name
from reviewer.evidence.syntax.parsed import Import

_LONGEST_CHAIN = 20
"""Aliases and types defined by one another that are followed."""


@dataclass(eq=False)
class Package:
    """The files of a folder that share a package clause.

    Build constraints are not looked at: a name may mean several declarations.
    """

    key: str
    """What stands for it as a module: the folder, with the package's name where that is not what importers get."""
    name: str
    files: list[ModuleFile] = field(default_factory=list)
    functions: dict[str, list[ir.Scope]] = field(default_factory=dict)
    types: dict[str, list[ir.Scope]] = field(default_factory=dict)
    methods: dict[str, dict[str, list[ir.Scope]]] = field(default_factory=dict)
    """By type, then by name."""
    variables: dict[str, list[ir.SetMember]] = field(default_factory=dict)
    """What a variable, constant or alias is set to where it is declared."""

    def declares(self, name: str) -> bool:
        """True when some file declares `name`."""
        return name in self.functions or name in self.types or name in self.variables


class Packages:
    """The packages of one analysis, read when they are asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._folders: dict[str, dict[str, Package]] = {}
        self._main: dict[str, str] = {}
        self._imports: dict[ModuleFile, dict[str, Import | None]] = {}
        self._found: dict[str, str | None] = {}
        """Folders of import paths; which file imports makes no difference in Go."""
        self.loaded: list[Package] = []
        """Every package that was read, in that order."""

    def of(self, file: ModuleFile) -> Package | None:
        """The package that `file` belongs to."""
        return self._folder(dirname(file.path)).get(file.source.package)

    def at(self, folder: str) -> Package | None:
        """The package that importers of `folder` get."""
        found = self._folder(folder)
        return found.get(self._main[folder])

    def by_key(self, key: str) -> Package | None:
        """The package that stands under `key`."""
        folder, _, name = key.partition("!")
        return self._folder(folder).get(name) if name else self.at(folder)

    def imported(self, file: ModuleFile, module: str) -> Package | None:
        """The package of the repository that `module` names in `file`; None for one outside."""
        if module == OWN_PACKAGE:
            return self.of(file)
        if module not in self._found:
            self._found[module] = self._files.find(file.path, module, "go").path
        folder = self._found[module]
        return self.at(folder) if folder is not None else None

    def dotted(self, file: ModuleFile) -> list[Package]:
        """Packages whose names `file` takes as its own."""
        taken = [found.module for found in file.source.imports if found.name == DOT_IMPORT]
        return [package for module in taken if (package := self.imported(file, module)) is not None]

    def import_of(self, file: ModuleFile, name: str) -> Import | None:
        """The import that `name` stands for in `file`."""
        known = self._imports.setdefault(file, {})
        if name not in known:
            imports = file.source.imports
            # Only where no import is plainly called so are the packages asked for the names they give themselves.
            plain = (one for one in imports if one.name != DOT_IMPORT and one.local == name)
            sure = (one for one in imports if self._is_called(file, one, name))
            known[name] = next(plain, None) or next(sure, None) or self._guessed(file, name)
        return known[name]

    def _guessed(self, file: ModuleFile, name: str) -> Import | None:
        """The one import from outside whose path has `name` in it, for a name that this package does not declare.

        A package may be called unlike the last part of its path, and its own files are not here.
        """
        own = self.of(file)
        if own is not None and own.declares(name):
            return None
        fits = [
            one
            for one in file.source.imports
            if one.start == one.local_start
            and name in re.split(r"\W+", one.module)
            and self.imported(file, one.module) is None
        ]
        return fits[0] if len(fits) == 1 else None

    def _is_called(self, file: ModuleFile, found: Import, name: str) -> bool:
        if found.name == DOT_IMPORT or found.local is None:
            return False
        if found.start != found.local_start or found.local != default_package_name(found.module):
            return found.local == name
        package = self.imported(file, found.module)
        return (package.name if package is not None else found.local) == name

    def class_of(self, expr: ir.Expr | None, depth: int = 0) -> ir.Scope | str | None:
        """The type that `expr` names: a class of the repository, or the name of one outside; None for neither."""
        if depth > _LONGEST_CHAIN:
            return None
        match expr:
            case ir.Closure(scope=scope):
                return scope if scope.kind == "class" else None
            case ir.Read(scope=scope, name=name):
                return self._read(scope, name, depth)
            case ir.Member(obj=ir.Read(name=alias), name=name, scope=scope):
                found = self.import_of(scope.file, alias)
                if found is None:
                    return None
                package = self.imported(scope.file, found.module)
                return f"{found.module}.{name}" if package is None else self._named(package, name, depth)
            case _:
                return None

    def _read(self, scope: ir.Scope | None, name: str, depth: int) -> ir.Scope | str | None:
        here = scope
        while here is not None and here.kind != "module":
            if name in here.versions and here.kind != "class":
                return self._local(here, name, depth)
            here = here.parent
        if here is None:
            return None
        own = self.of(here.file)
        for package in [*([own] if own is not None else []), *self.dotted(here.file)]:
            found = self._named(package, name, depth)
            if found is not None:
                return found
        return None

    def _local(self, scope: ir.Scope, name: str, depth: int) -> ir.Scope | str | None:
        for effect in scope.function.effects:
            if isinstance(effect, ir.Assign) and effect.scope is scope and effect.name == name:
                return self.class_of(effect.value, depth + 1)
        return None

    def _named(self, package: Package, name: str, depth: int) -> ir.Scope | str | None:
        if name in package.types:
            return package.types[name][0]
        for effect in package.variables.get(name, ()):
            found = self.class_of(effect.value, depth + 1)
            if found is not None:
                return found
        return None

    def _folder(self, folder: str) -> dict[str, Package]:
        if folder not in self._folders:
            read = [self._files.module(path) for path in self._files.in_folder(folder, "go")]
            files = [file for file in read if file is not None]
            names = Counter(file.source.package for file in files)
            plain = [name for name in names if not name.endswith("_test")] or list(names) or [""]
            main = max(plain, key=lambda name: (names[name], name != "main", name))
            self._main[folder] = main
            packages = {name: Package(folder if name == main else f"{folder}!{name}", name) for name in names}
            self._folders[folder] = packages
            for file in files:
                _take_in(packages[file.source.package], file)
            self.loaded.extend(packages.values())
        return self._folders[folder]


def _take_in(package: Package, file: ModuleFile) -> None:
    package.files.append(file)
    module = file.scope.lowered()
    for scope in module.children:
        if METHODS in scope.traits:
            methods = package.methods.setdefault(scope.name, {})
            for method in scope.children:
                methods.setdefault(method.name, []).append(method)
        elif scope.kind == "class":
            package.types.setdefault(scope.name, []).append(scope)
        elif not scope.name.startswith("<") and scope.name not in ("init", "_"):
            package.functions.setdefault(scope.name, []).append(scope)
    for effect in module.effects:
        if isinstance(effect, ir.SetMember) and isinstance(effect.obj, ir.Imported):
            package.variables.setdefault(effect.name, []).append(effect)
