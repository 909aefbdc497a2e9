"""Reads the functions of one changed file before and after, as far as they differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.complexity import FunctionMeasure
from reviewer.domain.text import source_text
from reviewer.evidence.complexity.pairs import paired
from reviewer.evidence.complexity.row import Row
from reviewer.evidence.complexity.score import measure
from reviewer.evidence.complexity.units import Unit, Units, read_units
from reviewer.evidence.syntax.bounded import parse
from reviewer.evidence.syntax.grammars.row import Grammar
from reviewer.evidence.syntax.grammars.tagged import TaggedGrammar
from reviewer.evidence.syntax.syntax_errors import syntax_problem


@dataclass(frozen=True, eq=False)
class Function:
    """A function on one side of the change, measured; the tree it was read from is gone."""

    path: str
    """At the head."""
    name: str
    """Without the types around; empty for a block, see `Unit`."""
    qualified_name: str
    line: int
    signature: bytes
    content: bytes
    garbled: tuple[bytes, ...]
    """A digest of each text in it that was not understood."""
    measure: FunctionMeasure


@dataclass(frozen=True)
class FileFunctions:
    """The functions of one file that are not the same on both sides, and its blocks."""

    before: tuple[Function, ...] = ()
    after: tuple[Function, ...] = ()
    garbled: tuple[tuple[int, int], ...] = ()
    """Lines of the head, first and last, that were not understood and stand in no function with a name."""
    problem: str | None = None
    """Why nothing can be told of the file."""


def read_functions(
    path: str, before: bytes | None, after: bytes | None, grammar: Grammar | TaggedGrammar, row: Row
) -> FileFunctions:
    """What differs between the two contents of a file; None where the file does not exist."""
    old, problem_before = _units(before, grammar, row)
    new, problem_after = _units(after, grammar, row)
    if problem_after or problem_before:
        return FileFunctions(problem=problem_after or f"at the merge base: {problem_before}")
    same = paired(_named(new), _named(old), [lambda unit: (unit.qualified_name, unit.content)])
    known = {*same, *same.values()}
    return FileFunctions(
        before=tuple(_function(path, unit, row) for unit in old.units if unit not in known),
        after=tuple(_function(path, unit, row) for unit in new.units if unit not in known),
        garbled=new.garbled,
    )


def _units(source: bytes | None, grammar: Grammar | TaggedGrammar, row: Row) -> tuple[Units, str | None]:
    if source is None:
        return Units((), ()), None
    scan = grammar.scanned if isinstance(grammar, Grammar) else True
    source = source_text(source).encode()
    tree, limit = parse(source, grammar.tree_sitter, scan=scan)
    problem = syntax_problem(tree.root_node)
    if limit is not None:
        return Units((), ()), f"{limit}: not parsed"
    if problem is not None and problem.hopeless:
        return Units((), ()), problem.text
    return read_units(tree.root_node, source, row), None


def _named(units: Units) -> Iterable[Unit]:
    return (unit for unit in units.units if unit.name)


def _function(path: str, unit: Unit, row: Row) -> Function:
    return Function(
        path=path,
        name=unit.name,
        qualified_name=unit.qualified_name,
        line=unit.first_line,
        signature=unit.signature,
        content=unit.content,
        garbled=unit.garbled,
        measure=measure(unit, row),
    )
