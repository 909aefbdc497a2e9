"""A type or function demands more since the change, and code that says it fits does not give it.

What it sees: Java, TypeScript and Python classes that name an interface or abstract class above them and lack a
member it leaves to be written; Go values of a struct that a variable or result of an interface type gets by name;
TypeScript literals with a declared type, and TSX elements, without a required property; callers in Python, JavaScript
and TypeScript that need the value of a function which is asynchronous now; callers in Python and Go that take as
many values as there were before; callers in TypeScript and Java that take a value which may be absent now; callers in
JavaScript and TypeScript that give an object with a key which was renamed.

What it cannot see: functions that are handed over to something which calls them otherwise now; whether types of
parameters fit; classes with bases that the repository does not have; members that a tool or decorator writes; Go
values that reach an interface through calls; Python protocols, Ruby modules, and plain JavaScript, which demand
nothing that is written down.
"""

from reviewer.domain.evidence import DemandKind, UnmetDemand
from reviewer.domain.finding import Confidence, Finding, Severity
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject, unseen

_SAYS = {
    DemandKind.MEMBER: "{by} demands {wanted} since the change, and {who} has none.",
    DemandKind.PROPERTY: "{by} requires the property {wanted} since the change, and {who} does not get it here.",
    DemandKind.RESULT: "{by} gives {wanted} since the change, and {who} takes its result as it was before.",
    DemandKind.OPTION: "{by} takes {wanted} since the change, and {who} gives a key that it takes no more.",
}
_TITLES = {
    DemandKind.MEMBER: "{who} lacks {wanted}, which {by} demands",
    DemandKind.PROPERTY: "{who} is not given {wanted}, which {by} requires",
    DemandKind.RESULT: "{who} takes the result of {by} as it was before",
    DemandKind.OPTION: "{who} gives {by} a key that it takes no more",
}

_FAILS = "It fails when it is compiled or run."
_THEN = {
    DemandKind.RESULT: "It fails when it is compiled or run, or goes on with a wrong value.",
    DemandKind.OPTION: "What is given under that key is ignored.",
}


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a class, literal, element or call."""
    findings = tuple(_finding(rule, unmet) for unmet in facts.evidence.unmet)
    return Outcome(findings, unseen(facts, []))


def _finding(rule: Rule, unmet: UnmetDemand) -> Finding:
    words = {"by": unmet.by, "wanted": unmet.wanted, "who": unmet.who}
    return Finding(
        source=rule.source,
        title=_TITLES[unmet.kind].format(**words),
        explanation=f"{_SAYS[unmet.kind].format(**words)} {_THEN.get(unmet.kind, _FAILS)}",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        subject=code_subject(unmet.place),
        evidence=tuple(code_subject(quote) for quote in unmet.because),
        units=unmet.units,
    )


RULE = Rule(name="demand-unmet", version="2", check=check)
