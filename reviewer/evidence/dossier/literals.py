"""Changed strings and constants, who reads them, and where copy and code disagree, as lines with quotes."""

from collections.abc import Iterator

from reviewer.domain.literals import Contradiction, Hop, LiteralEvidence, LiteralTrace
from reviewer.evidence.dossier.parts import Part, flat, quoted

_VALUE = 200
"""Characters of a literal that are shown; the whole is in the change."""


def literal_parts(literals: LiteralEvidence | None) -> Iterator[Part]:
    """Contradictions first, then each literal with its readers."""
    if literals is None:
        yield Part("", ("", "strings and constants of the change were not looked at"))
        return
    found = literals.contradictions
    yield Part("", ("", f"{len(found)} contradictions of copy and code, {literals.agreements} agreements"))
    yield from (Part("contradictions", tuple(_contradiction(one)), distance=-1) for one in found)
    yield Part("", ("", f"{len(literals.traces)} changed strings and constants"))
    for trace in literals.traces:
        yield Part("literals", tuple(_literal(trace)))
        for hop in trace.readers:
            yield Part("readers of literals", (f"  {_hop(hop)}",), hop.certainty, max(1, hop.depth))
    for file in literals.files:
        if file.problem:
            yield Part("problems of files", (f"strings and constants of {file.path}: {file.problem}",))


def _contradiction(one: Contradiction) -> Iterator[str]:
    since = "parted by this change" if one.agreed_before else "not parted by this change"
    yield f"{one.explanation} ({since}, {one.confidence} confidence)"
    yield f"  copy {quoted(one.copy_quote)}"
    yield f"  code {quoted(one.code_quote)}"


def _literal(trace: LiteralTrace) -> Iterator[str]:
    units = f", in {', '.join(trace.units)}" if trace.units else ""
    yield f"{trace.kind} {_value(trace.name)}: {_value(trace.before)} to {_value(trace.after)}{units}"
    yield f"  at     {quoted(trace.place)}; {len(trace.readers)} places read it"


def _hop(hop: Hop) -> str:
    return f"{'  ' * hop.depth}{hop.kind} {quoted(hop.quote)} [{hop.certainty}]"


def _value(text: str | None) -> str:
    if text is None:
        return "nothing"
    shown = flat(text)
    return (
        repr(shown)
        if len(shown) <= _VALUE
        else f"{shown[:_VALUE]!r}… and {len(shown) - _VALUE} more characters"
    )
