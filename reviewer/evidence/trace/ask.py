"""Answers a question for a trace: the graph around a symbol of one commit, or around a change."""

from dataclasses import dataclass

from reviewer.domain.change import Side, Snapshot
from reviewer.domain.evidence import Analysis, CodeQuote, SymbolChange, SymbolTrace
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.history import LineHistory
from reviewer.domain.reach import Reach
from reviewer.domain.trace_report import TouchedPlace, TraceReport, TraceRoot
from reviewer.errors import UsageError
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.syntax.languages import grammar_of, tags_of
from reviewer.evidence.syntax.tagged_file import TaggedFile
from reviewer.evidence.trace.by_name import with_named
from reviewer.evidence.trace.changes import ParsedFile, Place
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.named import DEFINITION_FILES, Named, definitions_named
from reviewer.evidence.trace.reach import ReachLimits, reach
from reviewer.evidence.trace.tagged_code import TaggedCode
from reviewer.evidence.trace.tagged_uses import TaggedTarget, tagged_uses
from reviewer.evidence.trace.uses import FoundUses, UseFinder
from reviewer.evidence.workspace import Workspace

MAX_ROOTS = 40
MAX_LINES = 100
_LONGEST_LINE = 1_000


@dataclass(frozen=True)
class Symbol:
    """A symbol as it was asked for."""

    name: str
    path: str
    """Where it has to be defined; empty for anywhere."""


def trace_symbol(asked: str, workspace: Workspace, *, repository: str, limits: ReachLimits) -> TraceReport:
    """The graph around every definition of `asked`: `name`, `Class.method` or `path:name`.

    A name that no parsed file defines is answered with the lines that have it, when other files do; else it is a
    `UsageError`.
    """
    symbol = _symbol(asked, workspace)
    code, tagged = Codebase(workspace, Side.HEAD), TaggedCode(workspace, Side.HEAD)

    def parsed(path: str) -> ParsedFile | None:
        return tagged.file(path) if tags_of(path) else code.file(path)

    named = definitions_named(workspace, symbol.name, parsed, prefix=symbol.path)
    lines = () if named.places else _lines(named)
    if not named.places and not lines:
        raise _unknown(symbol, named, workspace)
    places = named.places[:MAX_ROOTS]
    return TraceReport(
        asked=asked,
        repository=repository,
        revisions=workspace.revisions,
        roots=tuple(_root(place, workspace) for place in places),
        definitions=(),
        reach=_around(places, code, tagged, limits),
        lines=lines,
        units=(),
        history=None,
        literals=None,
        cuts=tuple(_cuts(named, lines)),
    )


def trace_range(
    asked: str, snapshot: Snapshot, workspace: Workspace, evidence: EvidenceSet, history: LineHistory
) -> TraceReport:
    """What was collected about a change, as the answer of a trace."""
    around = evidence.reach or Reach(nodes=(), edges=(), cuts=("what the change reaches was not followed",))
    tagged = {file.path for file in evidence.files if file.analysis is Analysis.TAGS}
    named = {
        target: FoundUses(list(trace.uses), [trace.cut] if trace.cut else [])
        for trace in evidence.traces
        if trace.symbol.definition.path in tagged and (target := _tagged_target(trace, workspace))
    }
    code = TaggedCode(workspace, Side.HEAD)
    return TraceReport(
        asked=asked,
        repository=snapshot.repository,
        revisions=snapshot.revisions,
        roots=tuple(_changed_root(trace, tagged) for trace in evidence.traces),
        definitions=evidence.traces,
        reach=with_named(around, code, named),
        lines=(),
        units=tuple(TouchedPlace(unit=unit.id, place=unit.summary) for unit in snapshot.units),
        history=history,
        literals=evidence.literals,
        cuts=tuple(dict.fromkeys([*snapshot.completeness.problems, *evidence.cuts, *_words_only(evidence)])),
    )


def _symbol(asked: str, workspace: Workspace) -> Symbol:
    path, colon, name = asked.rpartition(":")
    is_path = bool(colon) and not path.endswith(":")
    symbol = Symbol(name if is_path else asked, path if is_path else "")
    if not symbol.name.strip(".:#") or symbol.name.split() != [symbol.name] or not asked.isprintable():
        raise UsageError(
            f"{asked[:200]!r}: not a symbol", advice="Give a name, Class.method, or path/to/file:name."
        )
    if symbol.path and symbol.path not in workspace.entries(Side.HEAD):
        raise UsageError(
            f"{asked[:200]}: there is no file {symbol.path[:200]} at {workspace.commit(Side.HEAD)[:12]}",
            advice="Give the path as the repository has it, or another --rev.",
        )
    return symbol


def _around(places: tuple[Place, ...], code: Codebase, tagged: TaggedCode, limits: ReachLimits) -> Reach:
    full: dict[Target, None] = {}
    named: dict[TaggedTarget, None] = {}
    for place in places:
        if isinstance(place.file, TaggedFile):
            named[TaggedTarget.of(place.file, place.definition, gone=False)] = None
        else:
            full[target_of(place.file, place.definition, gone=False)] = None
    finder = UseFinder(code, before=code, limits=Limits())
    found = reach(code, finder, list(full), limits=limits)
    return with_named(
        found, tagged, tagged_uses(tagged, list(named), mentions_of=frozenset(), limits=Limits())
    )


def _root(place: Place, workspace: Workspace) -> TraceRoot:
    file, definition = place.file, place.definition
    return TraceRoot(
        name=definition.qualified_name,
        kind=definition.kind,
        language=file.grammar.language,
        analysis=Analysis.TAGS if isinstance(file, TaggedFile) else Analysis.SYNTAX,
        definition=workspace.quote(file.path, Side.HEAD, definition.first_line, definition.signature_end),
    )


def _changed_root(trace: SymbolTrace, tagged: set[str]) -> TraceRoot:
    symbol = trace.symbol
    return TraceRoot(
        name=symbol.qualified_name,
        kind=symbol.kind,
        language=symbol.language,
        analysis=Analysis.TAGS if symbol.definition.path in tagged else Analysis.SYNTAX,
        definition=symbol.definition,
    )


def _tagged_target(trace: SymbolTrace, workspace: Workspace) -> TaggedTarget | None:
    symbol = trace.symbol
    quote = symbol.definition
    file = TaggedCode(workspace, quote.side).file(quote.path)
    for definition in file.definitions if file else ():
        if file and definition.qualified_name == symbol.qualified_name:
            return TaggedTarget.of(file, definition, gone=trace.change is SymbolChange.REMOVED)
    return None


def _lines(named: Named) -> tuple[CodeQuote, ...]:
    """Lines of files that have the word, those that cannot be parsed first; none when all files can be."""
    unparsed = [hit for hit in named.hits if not (grammar_of(hit.path) or tags_of(hit.path))]
    if not unparsed:
        return ()
    other = [hit for hit in named.hits if hit not in unparsed] if len(unparsed) < MAX_LINES else []
    return tuple(
        CodeQuote(
            path=hit.path,
            side=Side.HEAD,
            commit=hit.commit,
            first_line=hit.line,
            last_line=hit.line,
            text=hit.text,
        )
        for hit in [*unparsed, *other][:MAX_LINES]
        if len(hit.text) < _LONGEST_LINE
    )


def _unknown(symbol: Symbol, named: Named, workspace: Workspace) -> UsageError:
    where = symbol.path or "the repository"
    partly = "" if named.complete else f"; only {DEFINITION_FILES} of {named.files} files were looked at"
    return UsageError(
        f"{symbol.name[:200]}: nothing is called that in {where[:200]} at {workspace.commit(Side.HEAD)[:12]};"
        f" {len(named.hits)} lines in {named.files} files that can be parsed have the word{partly}",
        advice="Check the spelling and capitals, leave out the class, or give path/to/file:name or another --rev.",
    )


def _cuts(named: Named, lines: tuple[CodeQuote, ...]) -> list[str]:
    cuts = []
    if not named.complete:
        cuts.append(
            f"definitions were looked for in {min(named.files, DEFINITION_FILES)} of at least {named.files} files"
            f" that have the word: limit {DEFINITION_FILES}"
        )
    if len(named.places) > MAX_ROOTS:
        cuts.append(
            f"{len(named.places) - MAX_ROOTS} of {len(named.places)} definitions of the name were not followed:"
            f" limit {MAX_ROOTS}; give Class.method or path:name"
        )
    if lines and len(lines) < len(named.hits):
        cuts.append(
            f"{len(named.hits) - len(lines)} of {len(named.hits)} lines with the word are not listed:"
            f" limit {MAX_LINES}, {_LONGEST_LINE} bytes a line"
        )
    return cuts


def _words_only(evidence: EvidenceSet) -> list[str]:
    paths = [file.path for file in evidence.files if file.analysis is Analysis.WORDS]
    return [f"{len(paths)} changed files are known as words only, first {paths[0]}"] if paths else []
