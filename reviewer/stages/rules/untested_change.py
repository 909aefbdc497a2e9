"""A function does something else since the change, and no test leads to it.

What it sees: functions and methods that existed before, with callers that are all known, in the languages whose names
are followed. What it cannot see is on its page; it ships in shadow.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain.change import Side
from reviewer.domain.coverage import RuleFlag
from reviewer.domain.entry_point import EntrySort
from reviewer.domain.evidence import Analysis, Certainty, Symbol, SymbolChange, SymbolKind, SymbolTrace
from reviewer.domain.finding import CodeSubject, Confidence, Finding, Severity
from reviewer.domain.reach import Reach, ReachNode
from reviewer.evidence.literals.roles import is_foreign, is_test
from reviewer.evidence.syntax.languages import language_of
from reviewer.evidence.trace.reach import may_hide_callers
from reviewer.evidence.workspace import Workspace
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject
from reviewer.stages.rules.same_code import is_same_code

_SHOWN = 5
_SURE = (Certainty.RESOLVED, Certainty.BY_TYPE)
_MOST_HITS = 5_000
"""Lines with one of the names that are looked at for a mention in a test."""


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a file. Silent where any test changes, and where a test may lead to the function unseen."""
    if any(is_test(file.path) for file in facts.snapshot.files):
        return Outcome((), None)
    traces = [trace for trace in facts.evidence.traces if _is_subject(trace, facts)]
    if not traces:
        return Outcome((), None)
    reach = facts.evidence.reach
    if reach is None:
        return Outcome((), "who runs the changed functions was not followed")
    graph = _Callers(reach, facts.workspace)
    candidates = [trace for trace in traces if graph.is_without_test(trace.symbol)]
    named = _named_in_tests({name for one in candidates for name in graph.names(one.symbol)}, facts)
    if named is None:
        return Outcome(
            (), "the changed functions have names of too many lines to tell whether tests have them"
        )
    left = [trace for trace in candidates if not named & graph.names(trace.symbol)]
    hidden = [trace for trace in left if trace.cut or graph.cuts]
    by_file: dict[str, list[SymbolTrace]] = defaultdict(list)
    for trace in left:
        if trace not in hidden:
            by_file[trace.symbol.definition.path].append(trace)
    findings = tuple(_finding(rule, found) for found in by_file.values())
    return Outcome(findings, _why_hidden(hidden, graph.cuts))


def _is_subject(trace: SymbolTrace, facts: Facts) -> bool:
    """True for a function whose code differs, of a language that has tests here, and that no report saw run."""
    before, after = trace.before, trace.after
    if before is None or after is None or trace.change not in (SymbolChange.BODY, SymbolChange.SIGNATURE):
        return False
    if after.kind not in (SymbolKind.FUNCTION, SymbolKind.METHOD) or after.name.startswith("__"):
        return False
    path = after.definition.path
    whole = {
        file.path for file in facts.evidence.files if file.analysis is Analysis.SYNTAX and not file.partial
    }
    if path not in whole or is_foreign(path) or not _has_tests(after.language, facts):
        return False
    was, now = _lines(before, Side.BASE, facts), _lines(after, Side.HEAD, facts)
    return not (
        _is_decorated(after, facts) or is_same_code(was, now, after.language) or _has_run(after, facts)
    )


def _lines(symbol: Symbol, side: Side, facts: Facts) -> Sequence[str]:
    lines = facts.workspace.lines(symbol.definition.path, side)
    return lines[symbol.definition.first_line - 1 : symbol.last_line]


def _is_decorated(symbol: Symbol, facts: Facts) -> bool:
    """A decorator or annotation may register it with something that runs it."""
    first = symbol.definition.first_line
    around = facts.workspace.lines(symbol.definition.path, Side.HEAD)[max(0, first - 2) : first]
    return any(line.lstrip().startswith("@") for line in around)


def _has_tests(language: str, facts: Facts) -> bool:
    return any(
        is_test(path) and (known := language_of(path)) is not None and known == language
        for path in facts.workspace.entries(Side.HEAD)
    )


def _has_run(symbol: Symbol, facts: Facts) -> bool:
    """True when a report of tests saw one of its added lines run."""
    covered = facts.evidence.line_coverage
    inside = range(symbol.definition.first_line, symbol.last_line + 1)
    return any(
        line in inside and line not in file.uncovered
        for file in (covered.files if covered else ())
        if file.path == symbol.definition.path
        for line in file.executable
    )


@dataclass(frozen=True)
class _Callers:
    """Who leads to a definition, by the graph of the change."""

    reach: Reach
    workspace: Workspace

    @cached_property
    def cuts(self) -> tuple[str, ...]:
        """Limits behind which a caller may be."""
        return tuple(cut for cut in self.reach.cuts if may_hide_callers(cut))

    @cached_property
    def _nodes(self) -> dict[str, ReachNode]:
        return {node.id: node for node in self.reach.nodes}

    def is_without_test(self, symbol: Symbol) -> bool:
        """True when it has callers, all of them are sure, and none is a test or entered from outside.

        What a framework runs, or the import of a file, tests may reach in ways that no call shows.
        """
        start = _id(symbol)
        if start not in self._nodes:
            return False
        steps = self.reach.steps_from([start], up=True)
        above = [self._nodes[step.edge.caller] for step in steps]
        if not steps or any(step.edge.certainty not in _SURE for step in steps):
            return False
        return not any(self._may_be_tested(node) for node in (self._nodes[start], *above))

    def names(self, symbol: Symbol) -> frozenset[str]:
        """Words by which a test would name the function, one that leads to it, or their classes."""
        steps = self.reach.steps_from([_id(symbol)], up=True)
        nodes = [symbol.qualified_name, *(self._nodes[step.edge.caller].name for step in steps)]
        return frozenset(part for name in nodes for part in name.split(".") if part)

    def _may_be_tested(self, node: ReachNode) -> bool:
        is_entered = node.entry is not None and node.entry.sort is not EntrySort.EXPORT
        if is_entered or not node.name or is_test(node.path):
            return True
        lines = self.workspace.lines(node.path, Side.HEAD)
        return node.line > len(lines) or not _runs_when_called(lines[node.line - 1])


def _runs_when_called(line: str) -> bool:
    """False for a constant or the body of a class, which run when the file is imported, and where it is not plain."""
    if any(mark in line for mark in ("def ", "func ", "function", "=>")):
        return True
    head, bracket, _ = line.partition("(")
    return bool(bracket) and "=" not in head and "@" not in head and "class " not in head


def _id(symbol: Symbol) -> str:
    return f"{symbol.definition.path}:{symbol.qualified_name}"


def _named_in_tests(names: Iterable[str], facts: Facts) -> frozenset[str] | None:
    """The names that a test file has as a word; None when too many lines have one to tell."""
    wanted = sorted(names)
    if not wanted:
        return frozenset()
    found = facts.workspace.search_some(wanted, Side.HEAD, limit=_MOST_HITS)
    if not found.complete:
        return None
    texts = [hit.text for hit in found.hits if is_test(hit.path)]
    return frozenset(name for name in wanted if any(name in text for text in texts))


def _why_hidden(hidden: Sequence[SymbolTrace], cuts: Sequence[str]) -> str | None:
    if not hidden:
        return None
    reasons = [*(trace.cut for trace in hidden if trace.cut), *cuts]
    return f"whether a test leads to {_listed(hidden)} is not known: {reasons[0]}"


def _listed(traces: Sequence[SymbolTrace]) -> str:
    names = [trace.symbol.qualified_name for trace in traces]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def _finding(rule: Rule, traces: Sequence[SymbolTrace]) -> Finding:
    return Finding(
        source=rule.source,
        title=f"No test leads to {_listed(traces)}",
        explanation=(
            f"The change alters what {_listed(traces)} {'does' if len(traces) == 1 else 'do'}. No test runs"
            f" {'it' if len(traces) == 1 else 'them'} as far as calls are followed, none names"
            f" {'it' if len(traces) == 1 else 'them'} or who calls {'it' if len(traces) == 1 else 'them'}, and the"
            " change touches no test."
        ),
        severity=Severity.LOW,
        confidence=Confidence.MEDIUM,
        subject=code_subject(traces[0].symbol.definition),
        evidence=tuple(_others(traces)),
        units=tuple(dict.fromkeys(unit for trace in traces for unit in trace.units)),
    )


def _others(traces: Sequence[SymbolTrace]) -> Iterator[CodeSubject]:
    """The other functions, and one caller of the first."""
    yield from (code_subject(trace.symbol.definition) for trace in traces[1:_SHOWN])
    yield from (code_subject(use.quote) for use in traces[0].uses[:1])


RULE = Rule("untested-change", "1", check, ships=RuleFlag.SHADOW)
