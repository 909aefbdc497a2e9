"""Tells whether a Go identifier means a target: packages are folders, methods hang on receivers.

Not followed: dot imports of the repository's own packages.
"""

import re
from posixpath import dirname

from reviewer.domain.evidence import Certainty
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile


class GoResolver:
    """The rules of Go: a bare name belongs to the file's package, `p.Name` to the package imported as p."""

    def __init__(self, code: Codebase) -> None:
        self._code = code

    def names(self, file: SourceFile, target: Target) -> frozenset[str]:  # noqa: ARG002 - Go renames packages, not names
        """The name alone."""
        return frozenset({target.name})

    def certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """See `Resolver`."""
        found = self._certainty(file, occurrence, target)
        if found is not Certainty.RESOLVED:
            return found
        return found if target.alone else Certainty.BY_NAME

    def can_reach(self, file: SourceFile, target: Target) -> bool:
        """See `Resolver`."""
        if dirname(file.path) == target.folder:
            return True
        found = (self._code.modules.find(file.path, taken.module, "go") for taken in file.imports)
        return any(named.path == target.folder for named in found)

    def _certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        if target.definition.owner is not None:
            return self._method(file, occurrence, target) if occurrence.role is Role.MEMBER else None
        if occurrence.role is Role.READ:
            return self._bare(file, occurrence, target)
        return self._qualified(file, occurrence, target) if occurrence.role is Role.MEMBER else None

    def _bare(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        if not _same_package(file, target):
            return None
        binding = file.binding(occurrence)
        if binding is not None and binding.scopes[0].kind != "file":
            return None
        if binding is not None and file.path != target.path:
            return Certainty.BY_NAME
        if target.gone and (binding is not None or occurrence.name in file.grammar.builtins):
            return None
        return Certainty.RESOLVED

    def _qualified(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        receiver = occurrence.receiver
        if receiver is None or target.package.endswith("_test") or not target.definition.exported:
            return None
        imported = self._imported_as(file, receiver, target)
        # Asked last: it takes a look at every place that has the receiver's name.
        return None if imported is None or file.binding(occurrence, receiver) is not None else imported

    def _imported_as(self, file: SourceFile, name: str, target: Target) -> Certainty | None:
        """How surely the file calls the target's package `name`; None when it does not."""
        for taken in file.imports:
            called = (taken.local, target.package) if taken.start == taken.local_start else (taken.local,)
            found = self._code.modules.find(file.path, taken.module, "go") if name in called else None
            if found is not None and found.path == target.folder:
                return Certainty.RESOLVED if found.certain else Certainty.BY_NAME
        return None

    def _method(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        receiver = occurrence.receiver
        if occurrence.literal_receiver:
            return None
        imported = receiver is not None and any(taken.local == receiver for taken in file.imports)
        if receiver is not None and imported and file.binding(occurrence, receiver.split(".")[0]) is None:
            return None
        owner = _receiver_type(file, occurrence) if _same_package(file, target) else None
        if owner is None:
            return Certainty.BY_NAME
        if owner != target.definition.owner:
            return Certainty.BY_NAME if self._embeds(owner, target) else None
        return Certainty.BY_NAME if target.gone and self._embeds(owner, target) else Certainty.RESOLVED

    def _embeds(self, owner: str, target: Target) -> bool:
        """True when the type of that name may have methods, or fields of that name, from elsewhere."""
        for file in self._code.package_files(target.folder, owner):
            found = file.definition(owner)
            if found:
                body = file.source[found.start : found.end]
                return found.open or re.search(rb"\b" + target.name.encode() + rb"\b", body) is not None
        return True


def _receiver_type(file: SourceFile, occurrence: Occurrence) -> str | None:
    """The type whose method this is, when the member is one of the method's own receiver."""
    around = file.inside(occurrence.start)
    binding = file.binding(occurrence, occurrence.receiver) if occurrence.receiver else None
    if around is None or around.owner is None or binding is None:
        return None
    head = re.match(rb"func\s*\(\s*\w+", file.source[around.start : around.end])
    return around.owner if head and binding.start < around.start + head.end() else None


def _same_package(file: SourceFile, target: Target) -> bool:
    return dirname(file.path) == target.folder and file.package == target.package


def package_provides(code: Codebase, target: Target) -> bool:
    """True when another file of the package defines what is gone from this one."""
    return any(
        file.package == target.package and file.definition(target.definition.qualified_name) is not None
        for file in code.package_files(target.folder, target.name)
    )
