"""Lowers JavaScript and TypeScript, with JSX."""

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import (
    classes,
    expressions,
    functions,
    hoisting,
    interfaces,
    objects,
    statements,
)
from reviewer.evidence.flow.lower.ecmascript.lowering import EXPRESSIONS, HOISTED, NAMED, STATEMENTS, Lowering

STATEMENTS.update(statements.STATEMENTS)
EXPRESSIONS.update(
    {**expressions.EXPRESSIONS, **objects.EXPRESSIONS, **functions.EXPRESSIONS, **classes.EXPRESSIONS}
)
NAMED.update({**expressions.NAMED, **objects.NAMED, **functions.NAMED, **classes.NAMED})
HOISTED.update({**functions.HOISTED, **classes.HOISTED, **interfaces.HOISTED})


def lower_module(scope: ir.Scope) -> None:
    """Fill in the file's own statements; functions in it wait until they are asked for."""
    if scope.node is None:
        return
    low = Lowering(scope)
    scope.partial = scope.file.source.partial
    hoisting.hoist_variables(low, scope.node)
    hoisting.hoist_block(low, scope.node.named_children)
    low.statements(scope.node.named_children)
