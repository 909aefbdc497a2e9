"""Lowers Ruby."""

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ruby import calls, control, definitions, literals, patterns, variables
from reviewer.evidence.flow.lower.ruby.lowering import Handler, Lowering

HANDLERS: dict[str, Handler] = {
    **variables.HANDLERS,
    **calls.HANDLERS,
    **control.HANDLERS,
    **definitions.HANDLERS,
    **literals.HANDLERS,
    **patterns.HANDLERS,
}


def lower_module(scope: ir.Scope) -> None:
    """Fill in the file's own statements and the bodies of its classes; methods wait until they are asked for."""
    lowering = Lowering(scope, HANDLERS, owner=scope)
    with lowering.body.block():
        lowering.body.bind("self", ir.Imported(0, "", "<main>", scope.file), scope=lowering.body.scope)
        if scope.node is not None:
            lowering.body.evaluate(lowering.statements(scope.node))
