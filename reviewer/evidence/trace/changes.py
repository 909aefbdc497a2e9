"""Finds the definitions that a change touches, before and after it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import dirname

from reviewer.domain.change import FileChange
from reviewer.domain.evidence import SymbolChange, SymbolKind
from reviewer.evidence.syntax.parsed import WHOLE_EXPORT, Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.syntax.tagged_file import TaggedFile
from reviewer.evidence.trace.passed_on import passed_on, still_offers

ParsedFile = SourceFile | TaggedFile


@dataclass(frozen=True)
class Place:
    """A definition and the parsed file it stands in."""

    file: ParsedFile
    definition: Definition


@dataclass(frozen=True)
class Touched:
    """One definition that the change touches."""

    change: SymbolChange
    before: Place | None
    after: Place | None
    units: tuple[str, ...]
    one_of_many: bool = False
    """The file defines the name more than once, so that its parameters cannot be told."""

    @property
    def place(self) -> Place:
        """Where it is after the change, or was before it."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a touched definition exists before or after the change")
        return found


@dataclass(frozen=True)
class _UnitLines:
    """The changed lines of one unit, sorted."""

    id: str
    deleted: Sequence[int]
    added: Sequence[int]


def touched_in(change: FileChange, before: ParsedFile | None, after: ParsedFile | None) -> list[Touched]:
    """Definitions of one file that the change adds, removes, or has lines in."""
    was, now = _by_name(before), _by_name(after)
    deleted, added = set(change.deleted_at), set(change.added_at)
    hit = _innermost(before, deleted) | _innermost(after, added)
    unit_lines = list(_unit_lines(change))
    found = []
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name, []), now.get(name, [])
        kind = _kind_of_change(old, new, hit)
        if kind is None:
            continue
        places = (
            Place(before, old[0]) if before and old else None,
            Place(after, new[0]) if after and new else None,
        )
        units = _units(unit_lines, old, new)
        found.append(Touched(kind, *places, units, one_of_many=max(len(old), len(new)) > 1))
    return [
        *found,
        *_fields_gone(change, before, after),
        *_passed_on_no_more(change, before, after),
        *_narrowed(change, before, after),
        *_moved_away(change, before),
    ]


def _passed_on_no_more(
    change: FileChange, before: ParsedFile | None, after: ParsedFile | None
) -> Iterator[Touched]:
    """Names that a module took from another one and offered, and offers no more."""
    if not isinstance(before, SourceFile) or not isinstance(after, SourceFile):
        return
    if change.path_at_base != change.path or before.partial or after.partial:
        return
    defined = {one.name for one in before.definitions}
    unit_lines = list(_unit_lines(change))
    for name in passed_on(before):
        if name.name not in defined and not still_offers(after, name.name):
            defined.add(name.name)
            units = _units(unit_lines, [name], [])
            yield Touched(SymbolChange.REMOVED, Place(before, name), None, units)


def _narrowed(change: FileChange, before: ParsedFile | None, after: ParsedFile | None) -> Iterator[Touched]:
    """Definitions that stay and that fewer places may name."""
    if not isinstance(before, SourceFile) or not isinstance(after, SourceFile):
        return
    if change.path_at_base != change.path or before.partial or after.partial:
        return
    unit_lines = list(_unit_lines(change))
    for old, new in _that_stay(before, after):
        units = _units(unit_lines, [old], [new])
        if old.owner is None and before.grammar.exports is not None:
            if _is_exported_no_more(old.name, before, after):
                yield Touched(SymbolChange.NARROWED, Place(before, old), None, units)
        elif new.access.is_narrower_than(old.access):
            yield Touched(SymbolChange.NARROWED, Place(before, old), Place(after, new), units)


def _that_stay(before: SourceFile, after: SourceFile) -> Iterator[tuple[Definition, Definition]]:
    """Definitions and fields that each side has once."""
    was = _by_name_of([*before.definitions, *before.fields])
    now = _by_name_of([*after.definitions, *after.fields])
    for name, old in was.items():
        new = now.get(name, [])
        if len(old) == len(new) == 1:
            yield old[0], new[0]


def _is_exported_no_more(name: str, before: SourceFile, after: SourceFile) -> bool:
    """True when each name under which others could take it is offered no more."""
    offered = [export.name for export in before.exports if export.local == name and export.module is None]
    return bool(offered) and not any(still_offers(after, one) or one == WHOLE_EXPORT for one in offered)


def _moved_away(change: FileChange, before: ParsedFile | None) -> Iterator[Touched]:
    """Definitions of a module that has another path now, where imports name paths: the old path has none of them."""
    if not isinstance(before, SourceFile) or change.path_at_base == change.path:
        return
    if before.grammar.family in ("python", "ecmascript"):
        units = tuple(unit.id for unit in change.units)
        for definition in before.definitions:
            if definition.owner is None and definition.exported:
                yield Touched(SymbolChange.REMOVED, Place(before, definition), None, units)


def _fields_gone(
    change: FileChange, before: ParsedFile | None, after: ParsedFile | None
) -> Iterator[Touched]:
    """Fields, enum constants and signatures that a type loses while it stays."""
    if not isinstance(before, SourceFile) or not isinstance(after, SourceFile):
        return
    defined = {one.qualified_name for one in (*before.definitions, *after.definitions, *after.fields)}
    unit_lines = list(_unit_lines(change))
    for field in before.fields:
        if field.qualified_name not in defined:
            defined.add(field.qualified_name)
            units = _units(unit_lines, [field], [])
            yield Touched(SymbolChange.REMOVED, Place(before, field), None, units)


def without_members_of_whole_classes(touched: Iterable[Touched]) -> Iterator[Touched]:
    """Leave out members of a class that is added or removed as a whole: they are reached through it."""
    listed = list(touched)
    whole = {
        (item.change, item.place.file.path, item.place.definition.qualified_name)
        for item in listed
        if item.change in (SymbolChange.ADDED, SymbolChange.REMOVED)
    }
    for item in listed:
        owner = item.place.definition.owner
        if owner is None or (item.change, item.place.file.path, owner) not in whole:
            yield item


def with_moves_in_packages(touched: Iterable[Touched]) -> list[Touched]:
    """Join what one file of a Go package loses and another gains: to Go that is no removal at all."""
    listed = list(touched)
    added = {_package_key(item): item for item in listed if item.change is SymbolChange.ADDED}
    joined: list[Touched] = []
    gone: set[int] = set()
    for item in listed:
        other = added.get(_package_key(item)) if item.change is SymbolChange.REMOVED else None
        if other is None or item.place.file.grammar.family != "go" or not item.before or not other.after:
            continue
        gone |= {id(item), id(other)}
        differs = _differs(item.before.definition, other.after.definition)
        kind = SymbolChange.SIGNATURE if differs else SymbolChange.BODY
        units = tuple(dict.fromkeys([*item.units, *other.units]))
        joined.append(replace(other, change=kind, before=item.before, units=units))
    return [item for item in listed if id(item) not in gone] + joined


def _package_key(item: Touched) -> tuple[str, str, str]:
    file = item.place.file
    package = file.package if isinstance(file, SourceFile) else ""
    return dirname(file.path), package, item.place.definition.qualified_name


def _by_name(file: ParsedFile | None) -> dict[str, list[Definition]]:
    return _by_name_of(file.definitions if file else ())


def _by_name_of(definitions: Iterable[Definition]) -> dict[str, list[Definition]]:
    found: dict[str, list[Definition]] = defaultdict(list)
    for definition in definitions:
        found[definition.qualified_name].append(definition)
    return found


def _kind_of_change(old: list[Definition], new: list[Definition], hit: set[str]) -> SymbolChange | None:
    if not new:
        return SymbolChange.REMOVED
    if not old:
        return SymbolChange.ADDED
    if len(old) == len(new) == 1 and _differs(old[0], new[0]):
        return SymbolChange.SIGNATURE
    name = new[0].qualified_name
    if name not in hit:
        return None
    if len(old) != len(new) or any(_differs(*pair) for pair in zip(old, new, strict=True)):
        return SymbolChange.SIGNATURE
    return SymbolChange.BODY


def _differs(old: Definition, new: Definition) -> bool:
    """True when calls may have to look different: by the parameters, or by the text where these cannot be told."""
    if old.parameters and new.parameters:
        return old.parameters != new.parameters
    callable_kinds = (SymbolKind.FUNCTION, SymbolKind.METHOD)
    if (old.by_name and new.by_name) or (old.kind in callable_kinds and new.kind in callable_kinds):
        return old.signature != new.signature
    return old.parameters != new.parameters


def _innermost(file: ParsedFile | None, lines: set[int]) -> set[str]:
    """Names of the definitions that the lines belong to; a method's lines do not touch its class."""
    if file is None or not lines:
        return set()
    owner_of: dict[int, str] = {}
    for definition in file.definitions:  # outer ones come first, so that inner ones overwrite them
        span = range(definition.first_line, definition.last_line + 1)
        if len(span) > len(lines):
            owner_of.update({line: definition.qualified_name for line in lines if line in span})
        else:
            owner_of.update({line: definition.qualified_name for line in span if line in lines})
    return set(owner_of.values())


def _units(units: list[_UnitLines], old: list[Definition], new: list[Definition]) -> tuple[str, ...]:
    """Hunks with a deleted line in the old definition or an added one in the new; else every unit of the file."""
    found = [unit.id for unit in units if _hits(unit.deleted, old) or _hits(unit.added, new)]
    return tuple(found or [unit.id for unit in units])


def _hits(lines: Sequence[int], definitions: list[Definition]) -> bool:
    """True when a definition holds one of the sorted lines; asked for each definition, so not all lines are read."""
    for item in definitions:
        at = bisect_left(lines, item.first_line)
        if at < len(lines) and lines[at] <= item.last_line:
            return True
    return False


def _unit_lines(change: FileChange) -> Iterator[_UnitLines]:
    return (_UnitLines(unit.id, unit.deleted_at, unit.added_at) for unit in change.units)
