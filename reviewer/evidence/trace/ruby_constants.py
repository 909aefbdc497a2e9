"""Tells uses of a Ruby class that got another name, by its full name: what it was called is defined nowhere."""

import re
from collections.abc import Iterable

from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.flow.languages.ruby_builtins import CLASSES, LIBRARY_CLASSES
from reviewer.evidence.flow.languages.ruby_constants import definition_of
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Definition, Occurrence
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.candidates import Candidates

_MAKES = re.compile(r"\b(?:const_set|const_missing|deprecate\w*)\b|\bautoload\b[^,]*,")
"""Calls that may define a constant of which only the name is written; an autoload by the path of its file."""
_BEFORE = re.compile(rb"(?P<asked>defined\?\s*\(?\s*)?(?P<path>(?:::)?(?:[A-Z]\w*::)*)$")
_FAR_BACK = 300
_OPENED = (SymbolKind.CLASS, SymbolKind.TYPE, SymbolKind.INTERFACE)


def lost_constants(
    targets: Iterable[Target], found: Candidates, *, before: Codebase, after: Codebase
) -> frozenset[Target]:
    """Classes and modules that have another name now, and whose old name nothing at the head defines or may define.

    One that goes without another in its place may have changed a class of a library, which is still there.
    """
    gone = [one for one in targets if one.gone and one.family == "ruby" and one.definition.kind in _OPENED]
    return frozenset(
        target
        for target in gone
        if target.alone
        and target.name not in found.left_out
        and not _is_defined(target.name, found)
        and _has_another_name(target, before, after)
    )


def _is_defined(name: str, found: Candidates) -> bool:
    defines = definition_of(name)
    return any(
        defines.search(line.text) or _MAKES.search(line.text)
        for file in found.files.values()
        if file.family == "ruby"
        for line in file.lines
        if name in line.words
    )


def _has_another_name(target: Target, before: Codebase, after: Codebase) -> bool:
    """True when its file opens a class or module in the same one that it did not open before."""
    old, new = before.file(target.path), after.file(target.path)
    if old is None or new is None:
        return False
    known = {one.qualified_name for one in old.definitions}
    return any(
        one.kind in _OPENED and one.owner == target.definition.owner and one.qualified_name not in known
        for one in new.definitions
    )


def names_constant(file: SourceFile, occurrence: Occurrence, target: Target) -> bool:
    """True when the constant at `occurrence` has the full name of the target: as written or with modules around it.

    Not where its absence is asked for or expected, nor where a class of Ruby may be meant.
    """
    start = occurrence.start
    written = _BEFORE.search(file.source, max(0, start - _FAR_BACK), start)
    if written is None or written["asked"] or occurrence.guarded:
        return False
    path = written["path"].decode()
    if not path and target.name in CLASSES | LIBRARY_CLASSES:
        return False
    name = f"{path}{target.name}"
    wanted = _full(target.definition.qualified_name)
    if name.startswith("::"):
        return name[2:] == wanted
    around = (_full(one.qualified_name) for one in file.definitions if _is_around(one, start))
    return wanted in {name, *(f"{outer}::{name}" for outer in around)}


def _is_around(one: Definition, start: int) -> bool:
    return one.kind in _OPENED and one.start <= start < one.end


def _full(name: str) -> str:
    return name.replace(".", "::")
