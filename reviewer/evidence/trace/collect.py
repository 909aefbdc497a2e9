"""Collects the evidence for a change: what it touches, and who uses that across the repository."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.change import FileChange, FileStatus, Side, Snapshot
from reviewer.domain.evidence import Analysis, FileAnalysis, Symbol, SymbolChange, SymbolTrace, UnmetDemand
from reviewer.domain.reach import Reach
from reviewer.evidence.collector import resting_collector
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.syntax.bounded import HARMLESS_BYTES
from reviewer.evidence.syntax.languages import language_of, tags_of
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.syntax.tagged_file import TaggedFile
from reviewer.evidence.trace.brought import probe_brought
from reviewer.evidence.trace.changes import (
    ParsedFile,
    Place,
    Touched,
    touched_in,
    with_moves_in_packages,
    without_members_of_whole_classes,
)
from reviewer.evidence.trace.demands.demanding import Pair
from reviewer.evidence.trace.demands.unmet import find_unmet
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.reach import ReachLimits, reach
from reviewer.evidence.trace.tagged_code import TaggedCode
from reviewer.evidence.trace.tagged_uses import TaggedTarget, tagged_uses
from reviewer.evidence.trace.uses import FoundUses, UseFinder
from reviewer.evidence.workspace import Workspace

_STALE = (SymbolChange.REMOVED, SymbolChange.SIGNATURE, SymbolChange.NARROWED)
"""Changes after which documents and configuration that name the symbol may be wrong."""


@dataclass(frozen=True)
class TracedChange:
    """The definitions that a change touches, and what was left out."""

    traces: tuple[SymbolTrace, ...]
    files: tuple[FileAnalysis, ...]
    cuts: tuple[str, ...]
    """Every limit that left something out, a sentence each; empty means nothing was left out."""
    reach: Reach
    unmet: tuple[UnmetDemand, ...]
    """What the change demands of other code which does not meet it."""
    files_parsed: int
    bytes_parsed: int


@resting_collector()
def trace_change(
    snapshot: Snapshot,
    workspace: Workspace,
    *,
    limits: Limits | None = None,
    reach_limits: ReachLimits | None = None,
) -> TracedChange:
    """Definitions that the change touches and their uses at the head, each with a quote.

    0. Have what the change brings parsed by a process with limits, so that nothing of it can end this one.
    1. Parse the changed files on both sides and compare their definitions.
    2. Search the head once for all names, and parse the files that have them.
    3. Keep what is a use by the language's rules; name every limit that ended a search.
    4. Do the same, by name only, for the languages that have a tag query.
    5. Look for code that does not meet what changed types demand of it.
    6. Follow the uses up to entry points, and the definitions down to what they run.

    A definition inside a function is not traced, nor are members of a class that is added or removed as a whole.
    """
    limits = limits or Limits()
    before, after = Codebase(workspace, Side.BASE), Codebase(workspace, Side.HEAD)
    tagged = TaggedCode(workspace, Side.BASE), TaggedCode(workspace, Side.HEAD)
    files: list[FileAnalysis] = []
    touched: list[Touched] = []
    unparsed: list[str] = []
    pairs: list[Pair] = []
    unbounded = probe_brought(workspace)  # 0.
    for change in snapshot.files:  # 1.
        old, new = _sides(change, (before, after), tagged)
        files.append(_analysis(change, old, new, unbounded=unbounded))
        if new is None or new.unparsed is None:  # else everything would look removed
            touched.extend(touched_in(change, old, new))
        if new is not None and new.unparsed is not None:
            unparsed.append(f"{change.path}: {new.unparsed}, so nothing in it was traced")
        if isinstance(old, SourceFile) and isinstance(new, SourceFile) and not (old.unparsed or new.unparsed):
            pairs.append(Pair(change, old, new))
    touched = with_moves_in_packages(without_members_of_whole_classes(touched))
    touched.sort(key=lambda item: (item.place.file.path, item.place.definition.start))
    quotable: list[Touched] = []
    left_out: list[Touched] = []
    for item in touched:
        (quotable if _is_quotable(item, limits) else left_out).append(item)
    left_out += quotable[limits.max_symbols :]
    touched = quotable[: limits.max_symbols]
    targets = [_target(item) for item in touched]
    stale = frozenset(target for item, target in zip(touched, targets, strict=True) if item.change in _STALE)
    finder = UseFinder(after, before=before, limits=limits)  # 2. and 3.
    full = dict.fromkeys(target for target in targets if isinstance(target, Target))
    named = dict.fromkeys(target for target in targets if isinstance(target, TaggedTarget))
    found: dict[Target | TaggedTarget, FoundUses] = {}
    found.update(finder.find(list(full), mentions_of=frozenset(full) & stale).items())
    named_stale = frozenset(named) & stale
    found.update(tagged_uses(tagged[1], list(named), mentions_of=named_stale, limits=limits).items())  # 4.
    traces = tuple(
        _trace(item, found[target], workspace) for item, target in zip(touched, targets, strict=True)
    )
    demanded = find_unmet(pairs, after, finder)  # 5.
    asked = list(full)[: limits.max_reaching]
    return TracedChange(
        traces=traces,
        files=tuple(files),
        cuts=(*_cuts(traces, left_out, limits), *unparsed, *demanded.cuts),
        unmet=tuple(demanded.unmet),
        reach=reach(  # 6.
            after, finder, asked, known=found, limits=reach_limits or _reach_limits(after, limits)
        ),
        files_parsed=sum(code.files_parsed for code in (before, after, *tagged)),
        bytes_parsed=sum(code.bytes_parsed for code in (before, after, *tagged)),
    )


def _reach_limits(code: Codebase, limits: Limits) -> ReachLimits:
    """Each further hop up searches the whole repository once more: a large one has time for that by an index only."""
    is_small = len(code.paths) <= limits.max_paths_of_small_repository
    far = is_small or code.workspace.is_indexed(code.side)
    search = Limits(max_files=60, max_far_files=10, max_bytes=1_500_000, max_uses=100)
    return ReachLimits(callers=2 if far else 1, callees=1, followed=20, search=search)


def _is_quotable(item: Touched, limits: Limits) -> bool:
    """False for definitions on lines too long for anybody to read, as in minified code."""
    places = [place for place in (item.before, item.after) if place]
    return all(
        len(line) <= limits.max_line
        for place in places
        for line in place.file.lines[place.definition.first_line - 1 : place.definition.signature_end]
    )


def _sides(
    change: FileChange, full: tuple[Codebase, Codebase], tagged: tuple[TaggedCode, TaggedCode]
) -> tuple[ParsedFile | None, ParsedFile | None]:
    """The file before and after, each read by what its own path says."""
    before = (tagged if tags_of(change.path_at_base) else full)[0]
    after = (tagged if tags_of(change.path) else full)[1]
    old = None if change.status is FileStatus.ADDED else before.file(change.path_at_base)
    new = None if change.status is FileStatus.DELETED else after.file(change.path)
    return old, new


def _analysis(
    change: FileChange, old: ParsedFile | None, new: ParsedFile | None, *, unbounded: str | None
) -> FileAnalysis:
    language = language_of(change.path)
    parsed = new or old
    if parsed is None:
        return FileAnalysis(
            path=change.path, language=language, analysis=Analysis.WORDS, partial=None, may_hide_changes=False
        )
    sides = ((Side.BASE, old), (Side.HEAD, new))
    problems = [f"{side}: {file.partial}" for side, file in sides if file and file.partial]
    said = [unbounded] if unbounded and new and len(new.source) > HARMLESS_BYTES else []
    return FileAnalysis(
        path=change.path,
        language=parsed.grammar.language,
        analysis=Analysis.TAGS if isinstance(parsed, TaggedFile) else Analysis.SYNTAX,
        partial="; ".join([*problems, *said]) or None,
        may_hide_changes=bool(problems) and not _is_the_same_problem(old, new),
    )


def _is_the_same_problem(old: ParsedFile | None, new: ParsedFile | None) -> bool:
    """True when all that was not understood are the same statements on both sides."""
    if old is None or new is None or old.limits_reached or new.limits_reached:
        return False
    before, after = old.syntax_problem, new.syntax_problem
    if before is None or after is None or before.hopeless or after.hopeless:
        return False
    return before.garbled == after.garbled


def _target(item: Touched) -> Target | TaggedTarget:
    file, definition = item.place.file, item.place.definition
    gone = item.after is None
    if isinstance(file, TaggedFile):
        return TaggedTarget.of(file, definition, gone=gone)
    return target_of(file, definition, gone=gone)


def _trace(item: Touched, found: FoundUses, workspace: Workspace) -> SymbolTrace:
    return SymbolTrace(
        change=item.change,
        before=_symbol(item.before, Side.BASE, item, workspace),
        after=_symbol(item.after, Side.HEAD, item, workspace),
        units=item.units,
        uses=tuple(found.uses),
        cut="; ".join(dict.fromkeys(found.cuts)) or None,
        may_hide="; ".join(dict.fromkeys(found.hiding)) or None,
    )


def _symbol(place: Place | None, side: Side, item: Touched, workspace: Workspace) -> Symbol | None:
    if place is None:
        return None
    definition = place.definition
    quote = workspace.quote(place.file.path, side, definition.first_line, definition.signature_end)
    return Symbol(
        name=definition.name,
        qualified_name=definition.qualified_name,
        kind=definition.kind,
        language=place.file.grammar.language,
        definition=quote,
        last_line=definition.last_line,
        exported=definition.exported,
        parameters=None if item.one_of_many else definition.parameters,
        access=definition.access,
    )


def _cuts(traces: Iterable[SymbolTrace], left_out: list[Touched], limits: Limits) -> Iterable[str]:
    for trace in traces:
        if trace.cut:
            yield f"uses of {trace.symbol.qualified_name} in {trace.symbol.definition.path}: {trace.cut}"
    if left_out:
        first = left_out[0].place
        yield (
            f"{len(left_out)} changed definitions were not traced, first {first.definition.qualified_name} in"
            f" {first.file.path}: limit {limits.max_symbols} a change, {limits.max_line} characters a line"
        )
