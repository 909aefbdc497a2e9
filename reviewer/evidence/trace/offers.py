"""Tells whether an import passes a name on to other projects: a re-export of an entry file, a package's `__all__`."""

import re
from posixpath import basename

from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.declared.lookup import Declarations
from reviewer.evidence.trace.entry_labels import made
from reviewer.evidence.trace.entry_rules.python import ALL


def offered(declarations: Declarations, file: SourceFile, name: str) -> EntryPoint | None:
    """The export that an import of `name` makes; None where it is for the file's own use."""
    if basename(file.path) == "__init__.py":
        found = re.search(ALL.replace("NAME", re.escape(name)), "\n".join(file.lines))
        return _listed(file, found, name) if found else None
    passed_on = any(one.local is None and one.name == name for one in file.imports)
    entry = declarations.of_file(file.path) if passed_on else None
    return entry if entry is not None and entry.sort is EntrySort.EXPORT else None


def _listed(file: SourceFile, found: re.Match[str], name: str) -> EntryPoint | None:
    line = found.string.count("\n", 0, found.end()) + 1
    groups = {"name": name}
    return made(EntrySort.EXPORT, "{name} of {path}", file.path, file.lines, line=line, groups=groups)
