"""The whole call graph of a set of files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.calls import CallEdge
from reviewer.evidence.flow.program import Program
from reviewer.evidence.flow.solver import Solver


@dataclass(frozen=True)
class CallGraph:
    """Every call that was understood in some files."""

    edges: tuple[CallEdge, ...]
    """By caller's path, place and callee, in that order."""
    complete: bool
    """False when the budget of steps ended first."""
    partial: tuple[str, ...]
    """Code that could not be lowered, so that calls in it are missing: a sentence a file and reason."""
    crowded: int = 0
    """Places at which so many objects arrived that some were left out."""


def call_graph(program: Program, paths: Iterable[str], *, max_steps: int = 2_000_000) -> CallGraph:
    """The calls made by the code of `paths`, each with what it may run.

    Files of languages that are not followed add nothing; ask `Program.module` which these are.
    """
    wanted = sorted(paths)
    solver = Solver(program, program.languages, whole=True, max_steps=max_steps, within=frozenset(wanted))
    for path in wanted:
        module = program.module(path)
        if module is not None:
            solver.activate(module.scope)
    solver.settle()
    edges = sorted(_without_declarations(solver.calls.edges), key=_order)
    return CallGraph(
        tuple(edges),
        complete=not solver.exhausted,
        crowded=len(solver.graph.crowded),
        partial=program.partial,
    )


def _without_declarations(edges: Iterable[CallEdge]) -> list[CallEdge]:
    """Leave out members without a body where the call is known to reach one that has a body."""
    found = list(edges)
    reached = {(edge.caller, edge.start) for edge in found if not _is_abstract(edge)}
    return [edge for edge in found if not _is_abstract(edge) or (edge.caller, edge.start) not in reached]


def _is_abstract(edge: CallEdge) -> bool:
    return isinstance(edge.callee, ir.Scope) and "abstract" in edge.callee.traits


def label(callee: ir.Scope | str) -> str:
    """`package.module.Class.method`: the path without its ending and the qualified name, with dots between.

    The module of a package is called like its folder. Something outside is called as it is written.
    """
    if isinstance(callee, str):
        return callee
    path = callee.file.path
    stem = path[: -len(extension)] if (extension := _extension(path)) else path
    parts = [*stem.split("/")]
    if len(parts) > 1 and parts[-1] == "__init__":
        parts.pop()
    return ".".join([*parts, callee.qualified_name] if callee.qualified_name else parts)


def _extension(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return f".{name.rsplit('.', 1)[1]}" if "." in name else ""


def _order(edge: CallEdge) -> tuple[str, int, str, str]:
    callee = (
        edge.callee
        if isinstance(edge.callee, str)
        else f"{edge.callee.file.path}:{edge.callee.qualified_name}"
    )
    return edge.caller.file.path, edge.start, callee, edge.how
