"""Lowers Python."""

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python import (
    calls,
    containers,
    control,
    definitions,
    expressions,
    imports,
    patterns,
    statements,
)
from reviewer.evidence.flow.lower.python.lowering import EXPRESSIONS, STATEMENTS, Lowering

for _topic in (statements, control, patterns, imports, definitions):
    STATEMENTS.update(_topic.STATEMENTS)
for _topic in (expressions, calls, containers, definitions):
    EXPRESSIONS.update(_topic.EXPRESSIONS)


def lower_module(scope: ir.Scope) -> None:
    """Fill in the module's own statements; functions in it wait until they are asked for."""
    Lowering(scope).statements(scope.node)
