"""Measures the functions of a small source."""

from reviewer.domain.complexity import FunctionMeasure
from reviewer.evidence.complexity.rows import row_of
from reviewer.evidence.complexity.score import measure
from reviewer.evidence.complexity.units import read_units
from reviewer.evidence.syntax.bounded import parse
from reviewer.evidence.syntax.languages import grammar_of, tags_of


def measured(path: str, text: str) -> dict[str, FunctionMeasure]:
    """The measure of each function by its qualified name; of several with one name the last."""
    source = text.encode()
    grammar = grammar_of(path) or tags_of(path, source)
    assert grammar is not None
    row = row_of(grammar.language)
    assert row is not None
    tree, limit = parse(source, grammar.tree_sitter)
    assert limit is None
    assert not tree.root_node.has_error, f"the sample is not {grammar.language}: {text}"
    return {unit.qualified_name: measure(unit, row) for unit in read_units(tree.root_node, source, row).units}


def one(path: str, text: str) -> FunctionMeasure:
    """The measure of the only function."""
    found = measured(path, text)
    assert len(found) == 1, found
    return next(iter(found.values()))
