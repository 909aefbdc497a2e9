"""Collects the demands that changed types make and that classes at the head do not meet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.domain.change import FileChange, LineKind, Side
from reviewer.domain.evidence import Certainty, DemandKind, UnmetDemand, Use
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.demands.demanding import Demanding, Pair, demand_quote
from reviewer.evidence.trace.demands.go import unmet_in_go
from reviewer.evidence.trace.demands.implementers import Implementer, implementers, lacks
from reviewer.evidence.trace.demands.members import Demand, demands
from reviewer.evidence.trace.demands.properties import unmet_properties
from reviewer.evidence.trace.demands.results.unmet import changed_results, unmet_results
from reviewer.evidence.trace.uses import UseFinder
from reviewer.evidence.workspace import Workspace

_MAX_TYPES = 20
"""Types with new demands that are looked at in one change."""
_MAX_FUNCTIONS = 20
"""Functions whose result has another shape that are looked at in one change."""
_MAX_LEVELS = 3
"""Interfaces and abstract classes between a type and the class that lacks its member."""


@dataclass
class FoundDemands:
    """What is not met."""

    unmet: list[UnmetDemand] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    """What was left out and why, a sentence each."""


def find_unmet(pairs: Iterable[Pair], code: Codebase, finder: UseFinder) -> FoundDemands:
    """Demands of changed types which code at the head does not meet; ordered by type, then by place."""
    result = FoundDemands()
    listed = list(pairs)
    found = [one for pair in listed for one in _demanding(pair)]
    for one in found[:_MAX_TYPES]:
        uses = _uses(one.file, one.definition, finder, result)
        result.unmet.extend(_lacking(one, uses, code, finder, result))
        result.unmet.extend(unmet_properties(one, uses, code, finder))
        result.unmet.extend(unmet_in_go(one, uses, code, finder))
    if len(found) > _MAX_TYPES:
        first = found[_MAX_TYPES].definition.qualified_name
        left = len(found) - _MAX_TYPES
        result.cuts.append(
            f"{left} types that demand more were not looked at, first {first}: limit {_MAX_TYPES}"
        )
    _find_results(listed, code, finder, result)
    return result


def _find_results(pairs: Iterable[Pair], code: Codebase, finder: UseFinder, result: FoundDemands) -> None:
    changed = list(changed_results(pairs))
    for one in changed[:_MAX_FUNCTIONS]:
        uses = _uses(one.file, one.definition, finder, result)
        result.unmet.extend(unmet_results(one, uses, code, finder))
    if len(changed) > _MAX_FUNCTIONS:
        first = changed[_MAX_FUNCTIONS].definition.qualified_name
        left = len(changed) - _MAX_FUNCTIONS
        result.cuts.append(
            f"{left} functions with another result were not looked at, first {first}: limit {_MAX_FUNCTIONS}"
        )


def _demanding(pair: Pair) -> Iterator[Demanding]:
    if pair.before.partial or pair.after.partial:
        return
    for now in pair.after.definitions:
        was = pair.before.definition(now.qualified_name)
        if was is None or _text(pair.before, was) == _text(pair.after, now):
            continue
        known = demands(pair.before, was)
        added = tuple(demand for key, demand in demands(pair.after, now).items() if key not in known)
        if added:
            yield Demanding(pair.after, now, added, _units(pair.change, added))


def _text(file: SourceFile, definition: Definition) -> bytes:
    return file.source[definition.start : definition.end]


def _units(change: FileChange, added: Iterable[Demand]) -> tuple[str, ...]:
    """The hunks that add one of the members; every unit of the file when none does."""
    lines = {line for demand in added for line in range(demand.first_line, demand.last_line + 1)}
    found = [
        unit.id
        for unit in change.units
        for line in (unit.hunk.lines if unit.hunk else ())
        if line.kind is LineKind.ADDED and line.new_line in lines
    ]
    return tuple(dict.fromkeys(found)) or tuple(unit.id for unit in change.units)


def _uses(
    file: SourceFile, definition: Definition, finder: UseFinder, result: FoundDemands
) -> list[tuple[Target, Use]]:
    """The certain uses of the type at the head."""
    target = target_of(file, definition, gone=False)
    found = finder.find([target], mentions_of=frozenset({target}))[target]
    result.cuts.extend(f"uses of {definition.qualified_name}: {cut}" for cut in found.hiding)
    return [(target, use) for use in found.uses if use.certainty is Certainty.RESOLVED]


def _lacking(
    one: Demanding, uses: list[tuple[Target, Use]], code: Codebase, finder: UseFinder, result: FoundDemands
) -> Iterator[UnmetDemand]:
    """Classes that say they are of the type, or of one below it, and lack a member."""
    todo = [(found, 1) for found in _implementers(uses, code, finder)]
    seen: set[tuple[str, int]] = set()
    while todo:
        implementer, level = todo.pop(0)
        place = (implementer.file.path, implementer.node.start_byte)
        if place in seen:
            continue
        seen.add(place)
        below = _below(implementer, code, finder, result) if level < _MAX_LEVELS else []
        todo.extend((found, level + 1) for found in below)
        if below:
            continue
        if not implementer.passes_on:
            missing = [demand for demand in one.new if lacks(implementer, demand.key, finder.meanings)]
            if missing:
                yield _unmet(one, missing[0], implementer, code.workspace)


def _below(
    implementer: Implementer, code: Codebase, finder: UseFinder, result: FoundDemands
) -> list[Implementer]:
    """Classes below one that leaves members to them, which in Python every class may."""
    leaves = implementer.passes_on or implementer.file.grammar.family == "python"
    if not leaves or implementer.definition is None:
        return []
    return _implementers(_uses(implementer.file, implementer.definition, finder, result), code, finder)


def _implementers(uses: list[tuple[Target, Use]], code: Codebase, finder: UseFinder) -> list[Implementer]:
    lines: dict[str, set[int]] = {}
    for _, use in uses:
        lines.setdefault(use.quote.path, set()).add(use.quote.first_line)
    found: list[Implementer] = []
    for path, listed in sorted(lines.items()):
        file = code.file(path)
        if file is not None:
            names = finder.names(file, uses[0][0])
            found.extend(implementers(file, names, listed))
    return found


def _unmet(one: Demanding, demand: Demand, implementer: Implementer, workspace: Workspace) -> UnmetDemand:
    file = implementer.file
    node = implementer.node
    named = node.child_by_field_name("name")
    line = (named or node).start_point.row + 1
    body = node.child_by_field_name("body")
    last = body.start_point.row + 1 if body is not None and implementer.definition is not None else line
    if body is not None and file.grammar.family == "python":
        last = line
    return UnmetDemand(
        kind=DemandKind.MEMBER,
        by=one.definition.qualified_name,
        wanted=demand.key[0],
        who=implementer.name,
        place=workspace.quote(file.path, Side.HEAD, line, max(line, last)),
        because=(demand_quote(one, demand, workspace),),
        units=one.units,
    )
