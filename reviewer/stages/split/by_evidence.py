"""Ties by the evidence: uses that were followed to a changed definition, in lines that the change adds."""

from collections.abc import Iterator

from reviewer.domain.change import Side
from reviewer.domain.evidence import Certainty, Parameters, SymbolChange, SymbolTrace
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.split_plan import SplitReason
from reviewer.stages.split.reading import ChangedCode
from reviewer.stages.split.tie import Tie

_SURE = (Certainty.RESOLVED, Certainty.BY_TYPE)


def ties(evidence: EvidenceSet, code: ChangedCode) -> Iterator[Tie]:
    """New definitions before their uses; a changed signature with changed calls, unless old ones fit."""
    for trace in evidence.traces:
        if trace.change not in (SymbolChange.ADDED, SymbolChange.SIGNATURE) or not trace.units:
            continue
        together = trace.change is SymbolChange.SIGNATURE and not _takes_old_calls(trace)
        for use in trace.uses:
            file = code.by_path.get(use.quote.path)
            if use.certainty not in _SURE or file is None or use.quote.side is not Side.HEAD:
                continue
            user = file.unit_at.get((Side.HEAD, use.quote.first_line))
            if user is None or user in trace.units:
                continue
            what = "whose signature changes" if trace.change is SymbolChange.SIGNATURE else "new"
            symbol = trace.symbol
            text = f"{use.quote.path} uses {symbol.qualified_name}, {what} in {symbol.definition.path}"
            reason = SplitReason(text=text, quotes=(use.quote, trace.symbol.definition))
            for unit in trace.units if together else _defining(trace, code):
                yield Tie(unit, user, reason, together=together)


def _defining(trace: SymbolTrace, code: ChangedCode) -> tuple[str, ...]:
    """The unit that has the signature, else all that touch the definition."""
    definition = trace.symbol.definition
    file = code.by_path.get(definition.path)
    lines = range(definition.first_line, definition.last_line + 1)
    found = (file.unit_at.get((Side.HEAD, line)) for line in lines) if file else iter(())
    unit = next((one for one in found if one is not None), None)
    return trace.units if unit is None else (unit,)


def _takes_old_calls(trace: SymbolTrace) -> bool:
    """True when every call that fits the old parameters fits the new ones, as far as both are known."""
    before = trace.before.parameters if trace.before else None
    after = trace.after.parameters if trace.after else None
    if before is None or after is None:
        return False
    return _accepts(after, before)


def _accepts(after: Parameters, before: Parameters) -> bool:
    named = {*before.required, *before.optional} <= {*after.required, *after.optional}
    wide = after.positional_limit is None or (
        before.positional_limit is not None and after.positional_limit >= before.positional_limit
    )
    fits = len(after.required) <= len(before.required) and wide
    return fits and (not before.names_count or ({*after.required} <= {*before.required} and named))
