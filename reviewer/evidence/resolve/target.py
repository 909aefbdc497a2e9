"""A definition whose uses are looked for, and under which names other files can reach it."""

from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.syntax.parsed import WHOLE_EXPORT, Definition
from reviewer.evidence.syntax.source_file import SourceFile


@dataclass(frozen=True)
class Target:
    """One definition; `gone` when the change takes it away, so that each use left is a broken one."""

    definition: Definition
    path: str
    family: str
    package: str
    """The Go package clause; empty in other languages."""
    exported_as: frozenset[str]
    """Names by which an import can take it."""
    gone: bool = False
    alone: bool = True
    """False when its file defines the same name more than once, so that a use may mean another one."""

    def __hash__(self) -> int:
        """Cheap, as targets are keys all over: those of one file that share a name share it."""
        return hash((self.path, self.definition.start, self.gone))

    @property
    def name(self) -> str:
        """The bare name."""
        return self.definition.name

    @cached_property
    def folder(self) -> str:
        """Where its file lies."""
        return dirname(self.path)

    @cached_property
    def module_words(self) -> frozenset[str]:
        """Words of which an import that names the target's file, or its Go package, ends with one."""
        stem = self.path.rsplit("/", 1)[-1].split(".")[0]
        folder = self.folder.rsplit("/", 1)[-1]
        if self.family == "go":
            return frozenset({folder, self.package} - {""})
        return frozenset({folder if stem in ("index", "__init__") else stem} - {""})

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of which each file that uses it contains at least one."""
        unnamed = frozenset({"default", WHOLE_EXPORT})
        names = {self.name} | (self.exported_as - unnamed if self.definition.owner is None else set())
        if self.exported_as & unnamed and self.family == "ecmascript":
            stem = self.path.rsplit("/", 1)[-1].split(".")[0]
            names.add(dirname(self.path).rsplit("/", 1)[-1] if stem == "index" else stem)
        return frozenset(names - {""})


def target_of(file: SourceFile, definition: Definition, *, gone: bool) -> Target:
    """The target for `definition` of `file`: the file at the head, or at the merge base when it is gone."""
    known = (*file.definitions, *file.fields)
    same = [found for found in known if found.qualified_name == definition.qualified_name]
    return Target(
        definition=definition,
        path=file.path,
        family=file.grammar.family,
        package=file.package,
        exported_as=_exported_as(file, definition),
        gone=gone,
        alone=len(same) <= 1,
    )


def _exported_as(file: SourceFile, definition: Definition) -> frozenset[str]:
    if definition.kind is SymbolKind.EXPORT:
        return frozenset({definition.name})
    if file.grammar.exports is None:
        return frozenset({definition.name}) if definition.owner is None else frozenset()
    names = {export.name for export in file.exports if export.local == definition.name}
    if definition.owner is None:
        return frozenset(names)
    whole = {export.local for export in file.exports if export.name in (WHOLE_EXPORT, "default")}
    # `module.exports = app` makes each `app.use = …` a member of what others import.
    return frozenset({definition.name}) if definition.owner in whole else frozenset()
