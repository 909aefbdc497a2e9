"""A trace for people: what was asked for, how it is entered, who calls it, what it calls, and what was left out."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from reviewer.domain.entry_point import EntrySort
from reviewer.domain.evidence import Analysis, CodeQuote, SymbolTrace
from reviewer.domain.literals import LiteralEvidence
from reviewer.domain.reach import Reach, ReachEdge, ReachNode, Way
from reviewer.domain.trace_report import TraceReport
from reviewer.evidence.trace.distances import distances

Line = tuple[str, str]
"""A rich style and a text. The text may hold anything that was traced: it is shown by `formats.one_line`."""

ROOTS_SHOWN = 20
WAYS_SHOWN = 10
EDGES_SHOWN = 20
"""Of one distance."""
ITEMS_SHOWN = 20
READERS_SHOWN = 5
_ANALYSES = {
    Analysis.SYNTAX: "syntax: followed by the rules of the language",
    Analysis.TAGS: "tags: uses are known by name only",
    Analysis.WORDS: "words: searched as text only",
}


def trace_report(found: TraceReport) -> Iterator[Line]:
    """The report, line by line."""
    revisions = found.revisions
    same = revisions.merge_base == revisions.head
    commits = revisions.head[:12] if same else f"{revisions.merge_base[:12]}..{revisions.head[:12]}"
    yield "bold", f"{found.asked} in {found.repository} {commits}"
    yield from _roots(found)
    yield from _changed(found.definitions)
    yield from _lines(found.lines)
    if found.reach.nodes:
        yield from _ways(found.reach)
        yield from _tests(found.reach)
        yield from _hops(found.reach, up=True)
        yield from _hops(found.reach, up=False)
    if found.literals is not None:
        yield from _literals(found.literals)
    yield from _history(found)
    yield from _cuts(found)


def _roots(found: TraceReport) -> Iterator[Line]:
    if found.definitions:
        return
    for root in found.roots[:ROOTS_SHOWN]:
        yield "", f"  {root.kind} {root.name} [{_ANALYSES[root.analysis]}]"
        yield "dim", f"    {_quote(root.definition)}"
    yield from _more(len(found.roots) - ROOTS_SHOWN, 2)


def _changed(definitions: Sequence[SymbolTrace]) -> Iterator[Line]:
    if definitions:
        yield "", ""
        yield "bold", "changed definitions"
    for trace in definitions[:ROOTS_SHOWN]:
        symbol = trace.symbol
        yield "", f"  {symbol.kind} {symbol.qualified_name} ({trace.change})"
        for side, one in (("before", trace.before), ("after", trace.after)):
            if one is not None:
                yield "dim", f"    {side}: {_quote(one.definition)}"
    yield from _more(len(definitions) - ROOTS_SHOWN, 2)


def _lines(lines: Sequence[CodeQuote]) -> Iterator[Line]:
    if lines:
        yield "", f"  no definition was found [{_ANALYSES[Analysis.WORDS]}]; lines that have the word:"
        yield from (("dim", f"    {_quote(line)}") for line in lines[:ITEMS_SHOWN])
        yield from _more(len(lines) - ITEMS_SHOWN, 4)


def _ways(reach: Reach) -> Iterator[Line]:
    """Requests, commands and jobs, the shortest first; tests only where there is no other way: they have a list."""
    found = reach.ways_in()
    outside = [way for way in found if not _is_test(way.entry)]
    yield "", ""
    if not found:
        yield "bold", "no way in from outside was found"
    elif not outside:
        yield "bold", f"entered by tests alone: {len(found)}"
    else:
        yield "bold", f"entered from outside: {len(outside)} {'way' if len(outside) == 1 else 'ways'}"
    ways = outside or found
    for way in ways[:WAYS_SHOWN]:
        yield from _way(way)
    yield from _more(len(ways) - WAYS_SHOWN, 2)


def _way(way: Way) -> Iterator[Line]:
    entry = way.entry
    if entry.entry is not None:
        yield "", f"  {entry.entry.sort} {entry.entry.label}, runs {_place(entry)}"
        yield "dim", f"    said by {entry.entry.place}: {entry.entry.quote.strip()[:100]}"
    for edge in way.edges:
        yield "dim", f"    {_known(edge)}: {_quote(edge.quote)}"


def _test(node: ReachNode) -> str:
    """A test by its own name, which a block in a file has only as an entry."""
    return _place(node) if node.entry is None else f"{node.entry.label} ({node.entry.place})"


def _tests(reach: Reach) -> Iterator[Line]:
    tests = [way.entry for way in reach.ways_in() if _is_test(way.entry)]
    if tests:
        yield "", ""
        yield "bold", f"tests that reach it: {len(tests)}"
        yield from (("", f"  {_test(node)}") for node in tests[:ITEMS_SHOWN])
        yield from _more(len(tests) - ITEMS_SHOWN, 2)


def _is_test(node: ReachNode) -> bool:
    return node.entry is not None and node.entry.sort is EntrySort.TEST


def _hops(reach: Reach, *, up: bool) -> Iterator[Line]:
    """Edges that lead one hop further away, by the distance of their far end."""
    away = distances(reach, up=up)
    nodes = {node.id: node for node in reach.nodes}

    def hop(edge: ReachEdge) -> int:
        far, near = (edge.caller, edge.callee) if up else (edge.callee, edge.caller)
        return away[far] if far in away and near in away and away[far] == away[near] + 1 else 0

    yield "", ""
    edges = sorted((edge for edge in reach.edges if hop(edge)), key=hop)
    yield (
        "bold",
        ("callers" if up else "callees") if edges else f"no {'caller' if up else 'callee'} was found",
    )
    for distance, group in groupby(edges, key=hop):
        here = list(group)
        yield "", f"  {distance} {'hop' if distance == 1 else 'hops'} {'up' if up else 'down'}: {len(here)}"
        for edge in here[:EDGES_SHOWN]:
            caller, callee = nodes[edge.caller], nodes[edge.callee]
            yield "", f"    {_name(caller)} -> {_name(callee)}, {_known(edge)}"
            yield "dim", f"      {_quote(edge.quote)}"
        yield from _more(len(here) - EDGES_SHOWN, 4)


def _literals(literals: LiteralEvidence) -> Iterator[Line]:
    if literals.contradictions:
        yield "", ""
        yield "bold", "copy and code that give different numbers"
    for one in literals.contradictions[:ITEMS_SHOWN]:
        yield "yellow", f"  {one.explanation}"
        yield "dim", f"    {_quote(one.copy_quote)}"
        yield "dim", f"    {_quote(one.code_quote)}"
    yield from _more(len(literals.contradictions) - ITEMS_SHOWN, 2)
    if literals.traces:
        yield "", ""
        yield "bold", "changed strings and constants"
    for trace in literals.traces[:ITEMS_SHOWN]:
        was, now = trace.before or "(not there)", trace.after or "(not there)"
        yield "", f"  {trace.kind} {trace.name}: {was} -> {now}"
        yield "dim", f"    {_quote(trace.place)}"
        for hop in trace.readers[:READERS_SHOWN]:
            yield "dim", f"    read by {hop.kind}, {hop.certainty.replace('_', ' ')}: {_quote(hop.quote)}"
        yield from _more(len(trace.readers) - READERS_SHOWN, 4)
    yield from _more(len(literals.traces) - ITEMS_SHOWN, 2)


def _history(found: TraceReport) -> Iterator[Line]:
    if found.history is None or not found.history.units:
        return
    places = {unit.unit: unit.place for unit in found.units}
    yield "", ""
    yield "bold", "history of the touched lines"
    for unit in found.history.units[:ITEMS_SHOWN]:
        yield "", f"  {places.get(unit.unit, unit.unit)}"
        for past in unit.commits[:READERS_SHOWN]:
            lines = f"{past.lines} lines, {past.deleted_lines} of them deleted"
            yield "dim", f"    {past.commit[:12]}, {past.age_days} days before: {lines}"
        yield from _more(len(unit.commits) - READERS_SHOWN, 4)
    yield from _more(len(found.history.units) - ITEMS_SHOWN, 2)
    for path in found.history.churn[:ITEMS_SHOWN]:
        yield "dim", f"  {path.path}: changed in {path.changes} of the last {path.of_commits} commits"
    yield from _more(len(found.history.churn) - ITEMS_SHOWN, 2)


def _cuts(found: TraceReport) -> Iterator[Line]:
    cuts = [*found.cuts, *found.reach.cuts]
    cuts += found.history.cuts if found.history else ()
    cuts += found.literals.cuts if found.literals else ()
    yield "", ""
    yield "bold", "left out" if cuts else "nothing was left out"
    yield from (("", f"  {cut}") for cut in dict.fromkeys(cuts))


def _known(edge: ReachEdge) -> str:
    return f"{edge.kind} {edge.certainty.replace('_', ' ')}"


def _name(node: ReachNode) -> str:
    return node.name or node.path


def _place(node: ReachNode) -> str:
    return f"{_name(node)} ({node.path}:{node.line})"


def _quote(quote: CodeQuote) -> str:
    return f"{quote.place}: {quote.text.split(chr(10))[0].strip()[:100]}"


def _more(left: int, indent: int) -> Iterator[Line]:
    if left > 0:
        yield "dim", f"{' ' * indent}and {left} more, all in the JSON"
