"""The dossier: a change and its evidence as plain text, for readers that see no diff tool. No prose is in it."""

from collections.abc import Iterator

from reviewer.domain.change import DiffLine, FileChange, Hunk, LineKind, Side, Snapshot
from reviewer.domain.evidence import Certainty, CodeQuote, SymbolTrace, Use
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.tools.view import FileView
from reviewer.evidence.workspace import Workspace
from reviewer.screening.outgoing import screened

MARKS = {LineKind.CONTEXT: " ", LineKind.ADDED: "+", LineKind.DELETED: "-"}
USES_SHOWN = {Certainty.RESOLVED: 12, Certainty.BY_TYPE: 6, Certainty.BY_NAME: 4, Certainty.BY_TEXT: 2}
"""Uses of one symbol quoted, by how sure they are; the rest is counted and can be asked for by tool."""


def change_text(snapshot: Snapshot, workspace: Workspace) -> str:
    """Every change unit with its id; lines carry base and head numbers. Screened for models, by whole files."""
    view = FileView(workspace)
    lines = [f"{len(snapshot.files)} files, {len(snapshot.units)} change units"]
    for file in snapshot.files:
        lines += ["", *_file(file, view)]
    return "\n".join(lines)


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


def _file(file: FileChange, view: FileView) -> Iterator[str]:
    moved = f" (was {file.old_path})" if file.old_path else ""
    modes = "" if file.old_mode == file.new_mode else f", mode {file.old_mode} to {file.new_mode}"
    name = screened(f"{file.path}{moved}")
    yield f"FILE {name}: {file.status}, +{file.added_lines} -{file.deleted_lines} lines{modes}"
    for unit in file.units:
        yield screened(f"UNIT {unit.id} {unit.kind}: {unit.summary}")
        if unit.hunk:
            yield from _hunk(unit.hunk, file, view)


def _hunk(hunk: Hunk, file: FileChange, view: FileView) -> Iterator[str]:
    yield "  base  head"
    endings = {line.text.endswith("\r") for line in hunk.lines}
    for line in hunk.lines:
        old = "" if line.old_line is None else str(line.old_line)
        new = "" if line.new_line is None else str(line.new_line)
        text = _shown(line, file, view).removesuffix("\r")
        # A change of line endings alone would look like no change at all.
        carriage = "␍" if len(endings) > 1 and line.text.endswith("\r") else ""
        tail = "  (no line feed at the end of the file)" if line.ends_file_without_newline else ""
        yield f"{old:>6}{new:>6} {MARKS[line.kind]}{text}{carriage}{tail}"


def _shown(line: DiffLine, file: FileChange, view: FileView) -> str:
    """The line as a model may see it: taken from its whole file, since half a key does not look like one."""
    if line.new_line is not None:
        return view.lines(file.path, Side.HEAD)[line.new_line - 1]
    if line.old_line is None:
        raise ValueError(f"{file.path}: a line of a hunk that is at neither side")
    return view.lines(file.path_at_base, Side.BASE)[line.old_line - 1]


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
