"""Answers by name alone, for families whose uses are not followed through scopes and imports here."""

from reviewer.domain.evidence import Certainty
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile

_LOCAL = ("function", "block")


class NameResolver:
    """See `Resolver`. Nothing is ever resolved; a name that a parameter or local variable binds is no use."""

    def names(self, file: SourceFile, target: Target) -> frozenset[str]:  # noqa: ARG002 - aliases are not followed
        """The name alone."""
        return frozenset({target.name})

    def certainty(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """See `Resolver`."""
        if occurrence.name != target.name or occurrence.literal_receiver:
            return None
        if occurrence.role in (Role.BINDING, Role.DEFINITION):
            return None
        if occurrence.role is Role.READ and occurrence.call is None:
            binding = file.binding(occurrence)
            if binding is not None and binding.scopes[0].kind in _LOCAL:
                return None
        return Certainty.BY_NAME

    def can_reach(self, file: SourceFile, target: Target) -> bool:  # noqa: ARG002 - any file may
        """See `Resolver`."""
        return True
