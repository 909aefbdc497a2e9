"""Finds callers that take a result which the change gives in another shape."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reviewer.domain.change import FileChange, LineKind, Side
from reviewer.domain.evidence import DemandKind, UnmetDemand, Use
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.demands.demanding import Pair
from reviewer.evidence.trace.demands.results.absence import gives_promise, may_be_absent, takes_it_as_there
from reviewer.evidence.trace.demands.results.functions import function_of, is_async, parts_given, within
from reviewer.evidence.trace.demands.results.options import gives_any, renamed_options
from reviewer.evidence.trace.demands.results.places import (
    awaited,
    calls_on,
    needs_value,
    outer,
    reads_of,
    takes_one_in_go,
    variable_of,
)
from reviewer.evidence.trace.uses import UseFinder

_Difference = tuple[str, Callable[[Node, str], bool]]
_NUMBERS = {0: "no value", 1: "1 value"}


@dataclass(frozen=True)
class ChangedShape:
    """A function whose result or object of options has another shape since the change."""

    file: SourceFile
    definition: Definition
    given: str
    """What it gives or takes now, as people read it."""
    kind: DemandKind
    breaks: Callable[[Node, str], bool]
    """Whether what is done with a call cannot go on; asked with the call and the caller's family."""
    units: tuple[str, ...]


def changed_results(pairs: Iterable[Pair]) -> Iterator[ChangedShape]:
    """Functions that became asynchronous, give another number of values, or may give none; ordered by place."""
    for pair in pairs:
        if pair.before.partial or pair.after.partial or pair.change.path_at_base != pair.change.path:
            continue
        for now in pair.after.definitions:
            was = pair.before.definition(now.qualified_name)
            old = function_of(pair.before, was) if was else None
            new = function_of(pair.after, now)
            if old is None or new is None:
                continue
            units = _units(pair.change, now)
            if told := _difference(pair, old, new):
                given, breaks = told
                yield ChangedShape(pair.after, now, given, DemandKind.RESULT, breaks, units)
            if told := _options(pair, old, new):
                given, breaks = told
                yield ChangedShape(pair.after, now, given, DemandKind.OPTION, breaks, units)


def unmet_results(
    one: ChangedShape, uses: Iterable[tuple[Target, Use]], code: Codebase, finder: UseFinder
) -> Iterator[UnmetDemand]:
    """Callers that the result no longer fits, among certain uses of the function."""
    definition, workspace = one.definition, code.workspace
    quote = workspace.quote(one.file.path, Side.HEAD, definition.first_line, definition.signature_end)
    for target, use in uses:
        file = code.file(use.quote.path)
        if file is None or file.partial:
            continue
        for call in calls_on(file, finder.names(file, target), use.quote.first_line):
            if one.breaks(call, file.grammar.family):
                yield UnmetDemand(
                    kind=one.kind,
                    by=definition.qualified_name,
                    wanted=one.given,
                    who=use.inside or use.quote.path,
                    place=use.quote,
                    because=(quote,),
                    units=one.units,
                )


def _difference(pair: Pair, old: Node, new: Node) -> _Difference | None:
    family = pair.after.grammar.family
    if family in ("python", "ecmascript") and is_async(new) and not is_async(old):
        if any(node.type == "yield" for node in (*within(old), *within(new))):
            return None
        return f"a {'coroutine' if family == 'python' else 'promise'} that has to be awaited", _is_not_awaited
    if is_async(new) != is_async(old):
        return None
    return _absence(pair, old, new) or _other_number(pair, old, new)


def _options(pair: Pair, old: Node, new: Node) -> _Difference | None:
    found = renamed_options(old, new) if pair.after.grammar.family == "ecmascript" else None
    if found is None:
        return None
    at, gone, instead = found
    return ", ".join(sorted(instead)), lambda call, _: gives_any(call, at, gone)


def _absence(pair: Pair, old: Node, new: Node) -> _Difference | None:
    waits = gives_promise(new)
    if may_be_absent(pair.before, old) is not False or not may_be_absent(pair.after, new):
        return None
    if pair.after.grammar.family == "java":
        return "an Optional", takes_it_as_there

    def breaks(call: Node, family: str) -> bool:
        return (awaited(call) != call) == waits and takes_it_as_there(call, family)

    return ("null or undefined too", breaks) if gives_promise(old) == waits else None


def _other_number(pair: Pair, old: Node, new: Node) -> _Difference | None:
    in_go = pair.after.grammar.family == "go"
    was, now = parts_given(pair.before, old), parts_given(pair.after, new)
    if was is None or now is None or was == now or (not in_go and min(was, now) < 2):
        return None

    def breaks(call: Node, _: str) -> bool:
        return _taken(call) == was or (in_go and was == 1 and takes_one_in_go(call))

    return f"{_NUMBERS.get(now) or f'{now} values'} and not {was}", breaks


def _is_not_awaited(call: Node, family: str) -> bool:
    """True where the call itself must be a value, or the variable that gets it and is never awaited or passed on."""
    if needs_value(call, family):
        return True
    variable = variable_of(call)
    reads = reads_of(*variable) if variable else None
    return bool(reads) and all(needs_value(read, family) for read in reads or ())


def _taken(call: Node) -> int | None:
    """How many names the values of the call get; None where something else is done with them."""
    whole = outer(awaited(call))
    parent = whole.parent
    if parent is not None and parent.type == "expression_list" and parent.named_child_count == 1:
        parent = parent.parent  # Go
    if parent is None or parent.type not in ("assignment", "short_var_declaration", "assignment_statement"):
        return None
    left = parent.child_by_field_name("left")
    if left is None or left.type not in ("pattern_list", "tuple_pattern", "expression_list"):
        return None
    names = [child for child in left.named_children if child.type != "comment"]
    return None if any(child.type == "list_splat_pattern" for child in names) else len(names)


def _units(change: FileChange, definition: Definition) -> tuple[str, ...]:
    """The hunks that write in the function; every unit of the file when none does."""
    span = range(definition.first_line, definition.last_line + 1)
    found = [
        unit.id
        for unit in change.units
        for line in (unit.hunk.lines if unit.hunk else ())
        if line.kind is LineKind.ADDED and line.new_line in span
    ]
    return tuple(dict.fromkeys(found)) or tuple(unit.id for unit in change.units)
