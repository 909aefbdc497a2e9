"""A definition stays and fewer places may name it, and code at the head that may not still does.

Only what the language's own rules lead to the definition counts, and only where it is sure that the use is shut out:
another file for what is private in Java or TypeScript, another package for what is the package's, a receiver other
than self for what is private in Ruby, any other file for what a JavaScript or TypeScript module exports no more.
"""

import re
from collections.abc import Iterator
from posixpath import dirname

from reviewer.domain.evidence import Access, Certainty, SymbolChange, SymbolTrace, Use
from reviewer.domain.finding import Confidence, Finding, Severity
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject, unseen

_USES_QUOTED = 10
_OWN_RECEIVER = re.compile(r"(?<![\w@$])(?:self|super)\s*&?\.\s*$")


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a definition."""
    narrowed = [trace for trace in facts.evidence.traces if trace.change is SymbolChange.NARROWED]
    found = [(trace, list(_shut_out(trace))) for trace in narrowed]
    return Outcome(
        tuple(_finding(rule, trace, uses) for trace, uses in found if uses),
        unseen(facts, [SymbolChange.NARROWED]),
    )


def _shut_out(trace: SymbolTrace) -> Iterator[Use]:
    for use in trace.uses:
        if use.certainty is Certainty.RESOLVED and _is_shut_out(use, trace):
            yield use


def _is_shut_out(use: Use, trace: SymbolTrace) -> bool:
    symbol, home = trace.symbol, trace.symbol.definition.path
    if trace.after is None:
        return use.quote.path != home
    if symbol.language == "ruby":
        return symbol.access is Access.PRIVATE and _has_another_receiver(use.quote.text, symbol.name)
    if symbol.access is Access.PRIVATE:
        return use.quote.path != home
    return symbol.access is Access.PACKAGE and not _may_share_a_package(use.quote.path, home)


def _has_another_receiver(line: str, name: str) -> bool:
    """True when each time that `line` has the name, it is asked of something else than self."""
    found = list(re.finditer(rf"(?<![\w@$]){re.escape(name)}(?![\w])", line))
    return bool(found) and all(
        line[: match.start()].rstrip().endswith(".") and not _OWN_RECEIVER.search(line[: match.start()])
        for match in found
    )


def _may_share_a_package(one: str, other: str) -> bool:
    """Java: folders of the same last name may be one package, of code and of its tests."""
    return dirname(one).rsplit("/", 1)[-1] == dirname(other).rsplit("/", 1)[-1]


def _finding(rule: Rule, trace: SymbolTrace, uses: list[Use]) -> Finding:
    symbol = trace.symbol
    now = symbol.access if trace.after else None
    files = len({use.quote.path for use in uses})
    return Finding(
        source=rule.source,
        title=_TITLES[now].format(symbol.qualified_name),
        explanation=(
            f"{_SAYS[now].format(symbol.kind, symbol.qualified_name)} At the head it is still used in"
            f" {len(uses)} {'place' if len(uses) == 1 else 'places'} of {files}"
            f" {'file' if files == 1 else 'files'} that may not name it any more: they fail when they are compiled,"
            " imported or run."
        ),
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        subject=code_subject(uses[0].quote),
        evidence=(
            code_subject(symbol.definition),
            *(code_subject(use.quote) for use in uses[1:_USES_QUOTED]),
        ),
        units=trace.units,
    )


_TITLES = {
    None: "The export of {} is gone but still used",
    Access.PACKAGE: "{} is for its package alone but still used elsewhere",
    Access.PRIVATE: "{} is private but still used",
}
"""By the access since the change; None where it is an export that is gone."""
_SAYS = {
    None: "The {} {} loses every export by which other files could take it.",
    Access.PACKAGE: "The {} {} can be named in its own package alone since the change.",
    Access.PRIVATE: "The {} {} is private since the change.",
}

RULE = Rule(name="access-narrowed", version="1", check=check)
