"""The dossier: a change and its evidence as plain text, for readers that see no diff tool. No prose is in it."""

from collections.abc import Iterator

from reviewer.domain.change import ChangeUnit, DiffLine, FileChange, LineKind, Snapshot
from reviewer.domain.evidence import Certainty, CodeQuote, EvidenceSet, SymbolTrace, Use
from reviewer.screening.outgoing import screened

MARKS = {LineKind.CONTEXT: " ", LineKind.ADDED: "+", LineKind.DELETED: "-"}
USES_SHOWN = {Certainty.RESOLVED: 12, Certainty.BY_NAME: 4, Certainty.BY_TEXT: 2}
"""Uses of one symbol quoted, by how sure they are; the rest is counted and can be asked for by tool."""


def change_text(snapshot: Snapshot) -> str:
    """Every change unit with its id; lines carry base and head numbers. Screened for models: see `screened`."""
    lines = [f"{len(snapshot.files)} files, {len(snapshot.units)} change units"]
    for file in snapshot.files:
        lines += ["", *_file(file)]
    return screened("\n".join(lines))


def evidence_text(evidence: EvidenceSet) -> str:
    """Definitions that the change touches, before and after, with who uses them, and what was left out."""
    lines = [f"{len(evidence.traces)} changed definitions"]
    for trace in evidence.traces:
        lines += ["", *_trace(trace)]
    for file in evidence.files:
        if file.partial:
            lines.append(f"partly understood: {file.path}: {file.partial}")
    lines += [f"left out: {cut}" for cut in evidence.cuts]
    return screened("\n".join(lines))


def _file(file: FileChange) -> Iterator[str]:
    moved = f" (was {file.old_path})" if file.old_path else ""
    modes = "" if file.old_mode == file.new_mode else f", mode {file.old_mode} to {file.new_mode}"
    yield f"FILE {file.path}{moved}: {file.status}, +{file.added_lines} -{file.deleted_lines} lines{modes}"
    for unit in file.units:
        yield from _unit(unit)


def _unit(unit: ChangeUnit) -> Iterator[str]:
    yield f"UNIT {unit.id} {unit.kind}: {unit.summary}"
    if unit.hunk:
        yield "  base  head"
        for line in unit.hunk.lines:
            yield _line(line)


def _line(line: DiffLine) -> str:
    old = "" if line.old_line is None else str(line.old_line)
    new = "" if line.new_line is None else str(line.new_line)
    tail = "  (no line feed at the end of the file)" if line.ends_file_without_newline else ""
    return f"{old:>6}{new:>6} {MARKS[line.kind]}{line.text.removesuffix(chr(13))}{tail}"


def _trace(trace: SymbolTrace) -> Iterator[str]:
    symbol = trace.symbol
    yield f"{symbol.kind} {symbol.qualified_name} ({symbol.language}): {trace.change}, in {', '.join(trace.units)}"
    if trace.before:
        yield f"  before {_quote(trace.before.definition)}"
    if trace.after:
        yield f"  after  {_quote(trace.after.definition)}"
    for certainty, limit in USES_SHOWN.items():
        uses = [use for use in trace.uses if use.certainty is certainty]
        for use in uses[:limit]:
            yield f"  used   {_use(use)}"
        if len(uses) > limit:
            yield f"  and {len(uses) - limit} more uses {certainty.replace('_', ' ')}: ask find_callers"
    if trace.cut:
        yield f"  left out: {trace.cut}"


def _use(use: Use) -> str:
    inside = f" in {use.inside}" if use.inside else ""
    return f"{_quote(use.quote)}{inside} [{use.certainty}]"


def _quote(quote: CodeQuote) -> str:
    return f"{quote.place} ({quote.side}): " + " ⏎ ".join(line.strip() for line in quote.text.split("\n"))
