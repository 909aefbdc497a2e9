"""Members of classes and objects: whose member is `x.name`, as far as the source tells."""

from reviewer.domain.evidence import Certainty
from reviewer.evidence.resolve.imports import ImportChains
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Definition, Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile

_INSTANCE = ("self", "cls", "this")


def member_certainty(
    file: SourceFile, occurrence: Occurrence, target: Target, chains: ImportChains
) -> Certainty | None:
    """How certain `occurrence`, a member access, means the target, a member of some owner."""
    owner = target.definition.owner
    if owner is None or occurrence.literal_receiver:
        return None
    if occurrence.receiver in _INSTANCE:
        return _own_member(file, occurrence, target)
    if occurrence.receiver is None or occurrence.receiver == "super()":
        return Certainty.BY_NAME
    if occurrence.receiver == owner and _means_owner(file, occurrence, target):
        return _of_owner(file, target)
    if chains.lies_outside(file, occurrence) or _is_module(file, occurrence):
        return None
    return Certainty.BY_NAME


def _own_member(file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
    """`self.name` within a class: of this class, of a base, or of nobody we know."""
    around = _class_around(file, occurrence)
    if around is None:
        return Certainty.BY_NAME
    if file.path == target.path and around.qualified_name == target.definition.owner:
        return _of_owner(file, target)
    if file.definition(f"{around.qualified_name}.{target.name}") is not None:
        return None
    return Certainty.BY_NAME if around.open else None


def _of_owner(file: SourceFile, target: Target) -> Certainty:
    """A member that exists is found at its owner; one that is gone is missing only where nothing else provides it."""
    if not target.gone:
        return Certainty.RESOLVED
    owner = file.definition(target.definition.owner or "") if file.path == target.path else None
    if owner is None or owner.open or file.definition(target.definition.qualified_name):
        return Certainty.BY_NAME
    assigned = any(
        found.written or (found.role in (Role.BINDING, Role.DEFINITION) and _within(found, owner))
        for found in file.occurrences(target.name)
    )
    return Certainty.BY_NAME if assigned else Certainty.RESOLVED


def _means_owner(file: SourceFile, occurrence: Occurrence, target: Target) -> bool:
    """`Owner.name`, where `Owner` is the class or object itself and not something of the same name."""
    owner = (target.definition.owner or "").split(".")[0]
    binding = file.binding(occurrence, owner)
    if binding is None or binding.role is Role.IMPORT:
        return False
    return file.path == target.path and binding.scopes[0].kind == "file"


def _is_module(file: SourceFile, occurrence: Occurrence) -> bool:
    """True for a receiver that an import binds to a module as a whole: a module has no methods."""
    binding = file.binding(occurrence, (occurrence.receiver or "").split(".")[0])
    taken = file.import_at(binding) if binding else None
    return taken is not None and taken.name is None


def _class_around(file: SourceFile, occurrence: Occurrence) -> Definition | None:
    around = file.inside(occurrence.start)
    while around is not None and around.kind.value not in ("class", "interface"):
        around = file.definition(around.owner) if around.owner else None
    return around


def _within(found: Occurrence, owner: Definition) -> bool:
    return owner.start <= found.start < owner.end
