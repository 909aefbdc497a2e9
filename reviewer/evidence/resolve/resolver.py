"""Tells whether an identifier means a target, and how certain that is: Python, JavaScript, TypeScript."""

from typing import Protocol

from reviewer.domain.evidence import Certainty
from reviewer.evidence.resolve.imports import ImportChains
from reviewer.evidence.resolve.members import member_certainty
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import WHOLE_EXPORT, Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile


class Resolver(Protocol):
    """The rules of names of one family of languages."""

    def names(self, file: SourceFile, target: Target) -> frozenset[str]:
        """What the target may be called in `file`: its name and the aliases the file gives it."""

    def certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """How certain `occurrence` is a use of the target; None when it is none.

        What of the file was not understood is left out of account: nothing may be resolved in a file that is
        `partial`.
        """

    def can_reach(self, file: SourceFile, target: Target) -> bool:
        """True when the file is where code can name the target: by an import, or since it lies right there."""


class ModuleResolver:
    """Languages where every file is a module, and a bare name is bound in its own file or imported by name."""

    def __init__(self, chains: ImportChains) -> None:
        self._chains = chains

    def names(self, file: SourceFile, target: Target) -> frozenset[str]:
        """The name, and what imports of it are called here."""
        offered = target.exported_as | {target.name}
        aliases = {
            taken.local
            for taken in file.imports
            if taken.local and taken.local != target.name and _may_take(taken.name, offered)
        }
        return frozenset({target.name}) | aliases

    def certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """See `Resolver`; a name that is being bound is no use."""
        found = self._certainty(file, occurrence, target)
        if found is not Certainty.RESOLVED:
            return found
        guarded = target.gone and occurrence.guarded
        return Certainty.BY_NAME if guarded or not target.alone else found

    def can_reach(self, file: SourceFile, target: Target) -> bool:
        """See `Resolver`."""
        return file.path == target.path or any(
            self._chains.leads_to(file, taken, target) for taken in file.imports
        )

    def _certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        if occurrence.role is Role.IMPORT:
            return self._imported(file, occurrence, target)
        if occurrence.role is Role.READ and target.definition.owner is None:
            return self._read(file, occurrence, target)
        if occurrence.role is not Role.MEMBER or occurrence.name != target.name:
            return None
        if target.exported_as and (found := self._module_member(file, occurrence, target)):
            return found
        return member_certainty(file, occurrence, target, self._chains)

    def _imported(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        taken = file.import_at(occurrence)
        if taken is None or taken.name is None or target.definition.owner is not None:
            return None
        if taken.start != occurrence.start:
            return None
        return self._chains.reach(file.path, taken.module, taken.name, target)

    def _read(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        binding = file.binding(occurrence)
        if binding is None:
            return self._unbound(file, occurrence, target)
        if binding.role is Role.IMPORT:
            taken = file.import_at(binding)
            if taken is None:
                return None
            return self._chains.reach(file.path, taken.module, taken.name or WHOLE_EXPORT, target)
        own = file.path == target.path and occurrence.name == target.name
        if own and not target.gone and binding.scopes[0].kind == "file":
            return Certainty.RESOLVED
        return None

    def _unbound(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """Nothing in the file binds the name: a star import may, or it is the name of what is gone."""
        if occurrence.name != target.name or occurrence.name in file.grammar.builtins:
            return None
        stars = [taken.module for taken in file.imports if taken.name == "*"]
        if file.path == target.path and target.gone:
            script = file.grammar.exports is not None and not file.imports and not file.exports
            return Certainty.BY_NAME if stars or script else Certainty.RESOLVED
        for module in stars:
            found = self._chains.reach(file.path, module, target.name, target)
            if found is not None:
                return found if len(stars) == 1 else Certainty.BY_NAME
        return None

    def _module_member(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        if occurrence.receiver in ("exports", "module.exports"):
            own = file.path == target.path and not occurrence.written and not target.gone
            return Certainty.RESOLVED if own and file.grammar.family == "ecmascript" else None
        for module in self._chains.module_of(file, occurrence) or ():
            found = self._chains.reach(file.path, module, occurrence.name, target)
            if found is not None:
                return found
        return None


def _may_take(name: str | None, offered: frozenset[str]) -> bool:
    if name is None:
        return WHOLE_EXPORT in offered
    return name in offered or (name == "default" and WHOLE_EXPORT in offered)
