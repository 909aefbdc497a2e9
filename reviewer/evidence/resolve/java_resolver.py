"""Tells whether a Java identifier means a target where imports and packages alone say so."""

from posixpath import dirname

from reviewer.domain.evidence import Certainty
from reviewer.evidence.resolve.by_name import NameResolver
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.modules import Modules
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Import, Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile


class JavaResolver(NameResolver):
    """Types at the top of their file, and what a static import takes; everything else is known by name.

    `before` are the files of the merge base, for what is gone. Imports of whole packages are not followed.
    """

    def __init__(self, code: Codebase, *, before: Modules) -> None:
        self._code = code
        self._before = before

    def certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """See `Resolver`."""
        found = super().certainty(file, occurrence, target)
        if found is not Certainty.BY_NAME or not target.alone:
            return found
        if occurrence.role is Role.IMPORT:
            return self._imported(file, occurrence, target)
        is_type = target.definition.owner is None and occurrence.role is Role.READ and occurrence.call is None
        return self._named_type(file, occurrence, target) if is_type else found

    def _imported(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        taken = file.import_at(occurrence)
        if taken is None or taken.name == "*":
            return Certainty.BY_NAME
        owner = target.definition.owner
        fits = taken.name == target.name if owner is not None else taken.name is None
        if not fits or not self._names(file, taken, target):
            return None
        if target.gone and owner is not None and self._may_be_inherited(owner, target):
            return Certainty.BY_NAME
        return Certainty.RESOLVED

    def _named_type(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        binding = file.binding(occurrence)
        taken = file.import_at(binding) if binding is not None and binding.role is Role.IMPORT else None
        if taken is not None:
            return Certainty.RESOLVED if self._names(file, taken, target) else None
        same_package = dirname(file.path) == target.folder and target.path.endswith(f"/{target.name}.java")
        return (
            Certainty.RESOLVED if same_package and binding is None and not target.gone else Certainty.BY_NAME
        )

    def _names(self, file: SourceFile, taken: Import, target: Target) -> bool:
        """True when the class of the import is the target's file."""
        found = self._code.modules.find(file.path, taken.module, "java")
        if found.path is None and target.gone:
            found = self._before.find(file.path, taken.module, "java")
        return found.path == target.path and found.certain

    def _may_be_inherited(self, owner: str, target: Target) -> bool:
        home = self._code.file(target.path)
        cls = home.definition(owner) if home is not None else None
        if home is not None and home.definition(target.definition.qualified_name) is not None:
            return True
        return cls is not None and cls.open
