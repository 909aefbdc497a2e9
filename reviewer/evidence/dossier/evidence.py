"""The evidence of a change as plain text within a budget of tokens. No prose is in it."""

from collections.abc import Iterator

from reviewer.domain.evidence import Certainty, SymbolTrace, Use
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.dossier.literals import literal_parts
from reviewer.evidence.dossier.parts import Part, counted, fitted, quoted
from reviewer.evidence.dossier.reached import reached

USES_SHOWN = {Certainty.RESOLVED: 12, Certainty.BY_TYPE: 6, Certainty.BY_NAME: 4, Certainty.BY_TEXT: 2}
"""Uses of one symbol quoted, by how sure they are; the rest is counted and can be asked for by tool."""
CUTS_KEPT = 20
"""Statements of what was not looked at that are kept longest; more of them would leave no room for what was found."""


def evidence_text(evidence: EvidenceSet, *, max_tokens: int) -> str:
    """Definitions that the change touches, who uses and enters them, what they run, changed literals, and all cuts.

    Screened for models. What does not fit is the least sure and the farthest, and the last line counts it.
    """
    return fitted(_parts(evidence), max_tokens=max_tokens)


def _parts(evidence: EvidenceSet) -> Iterator[Part]:
    yield Part("", (f"{len(evidence.traces)} changed definitions",))
    for trace in evidence.traces:
        yield Part("definitions", ("", *_definition(trace)))
        yield from _uses(trace)
    for file in evidence.files:
        if file.partial:
            yield Part("problems of files", (f"partly understood: {file.path}: {file.partial}",), distance=-1)
    yield from reached(evidence.reach)
    yield from literal_parts(evidence.literals)
    cuts = [f"left out: {cut}" for cut in dict.fromkeys(_cuts(evidence))]
    yield from counted("statements of what was not looked at", cuts, first=CUTS_KEPT)


def _definition(trace: SymbolTrace) -> Iterator[str]:
    symbol = trace.symbol
    yield f"{symbol.kind} {symbol.qualified_name} ({symbol.language}): {trace.change}, in {', '.join(trace.units)}"
    if trace.before:
        yield f"  before {quoted(trace.before.definition)}"
    if trace.after:
        yield f"  after  {quoted(trace.after.definition)}"
    for certainty, limit in USES_SHOWN.items():
        number = sum(use.certainty is certainty for use in trace.uses)
        if number > limit:
            yield f"  {number} uses {certainty.replace('_', ' ')}, of which {limit} are quoted: ask find_callers"


def _uses(trace: SymbolTrace) -> Iterator[Part]:
    for certainty, limit in USES_SHOWN.items():
        uses = [use for use in trace.uses if use.certainty is certainty]
        yield from (Part("uses", (f"  used   {_use(use)}",), certainty, 1) for use in uses[:limit])


def _use(use: Use) -> str:
    inside = f" in {use.inside}" if use.inside else ""
    return f"{quoted(use.quote)}{inside} [{use.certainty}]"


def _cuts(evidence: EvidenceSet) -> Iterator[str]:
    yield from evidence.cuts
    if evidence.reach:
        yield from evidence.reach.cuts
    if evidence.literals:
        yield from evidence.literals.cuts
        for trace in evidence.literals.traces:
            if trace.cut:
                yield f"readers of {trace.name}: {trace.cut}"
