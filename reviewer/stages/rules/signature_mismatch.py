"""A call, also one outside the diff, no longer fits the function it calls."""

from reviewer.domain.change import Side
from reviewer.domain.evidence import CallShape, Certainty, Parameters, SymbolChange, SymbolTrace, Use
from reviewer.domain.finding import Confidence, Finding, Severity
from reviewer.domain.text import source_lines
from reviewer.stages.rules.arguments import misfit
from reviewer.stages.rules.expected_failure import expects_failure
from reviewer.stages.rules.order import call_lines, follows, swapped
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject, unseen

_UNCHECKED = frozenset({"javascript"})
"""Languages that run a call with arguments missing: a misfit is suspicious there, not an error."""

_MOVED = "changed places"


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a call. It must have fitted before, or be new: a call that never fitted is not understood here."""
    findings: dict[tuple[str, int], Finding] = {}
    for trace in facts.evidence.traces:
        for use in trace.uses:
            problem = _problem(use, trace, facts)
            if problem:
                found = _finding(rule, trace, use, problem)
                # Two such calls on one line are one thing to mend.
                findings.setdefault((found.id, use.quote.first_line), found)
    return Outcome(tuple(findings.values()), unseen(facts, [SymbolChange.SIGNATURE]))


def _problem(use: Use, trace: SymbolTrace, facts: Facts) -> str | None:
    after = trace.after.parameters if trace.after else None
    before = trace.before.parameters if trace.before else None
    if use.certainty is not Certainty.RESOLVED or use.call is None or after is None:
        return None
    changed = trace.change is SymbolChange.SIGNATURE and before is not None
    fitted = changed and before is not None and misfit(_as_taken(use.call, before, trace), before) is None
    is_new = (use.quote.path, use.quote.first_line) in facts.added_lines and not _is_meant_to_fail(use, facts)
    checked = trace.symbol.language not in _UNCHECKED
    problem = misfit(_as_taken(use.call, after, trace), after) if fitted or (is_new and checked) else None
    if problem is None and fitted and before is not None:
        return _out_of_order(use, (before, after), trace.symbol.name, facts)
    return problem


def _is_meant_to_fail(use: Use, facts: Facts) -> bool:
    lines = source_lines(facts.workspace.read(use.quote.path, Side.HEAD))
    return expects_failure(lines, use.quote.first_line)


def _as_taken(call: CallShape, parameters: Parameters, trace: SymbolTrace) -> CallShape:
    """The call as the function sees it: Ruby makes named arguments one map where no parameter has a name."""
    if trace.symbol.language != "ruby" or not call.keywords:
        return call
    if parameters.positional_limit is None:
        return CallShape(positional=call.positional, keywords=(), unpacks=True)
    names = (*parameters.required, *parameters.optional)
    if parameters.positional_limit != len(names) or parameters.takes_any_keyword:
        return call
    return CallShape(positional=call.positional + 1, keywords=(), unpacks=call.unpacks)


def _out_of_order(use: Use, sides: tuple[Parameters, Parameters], name: str, facts: Facts) -> str | None:
    """Why a call that fits by number, and that the change leaves alone, passes the wrong things."""
    names = swapped(use.call, *sides) if use.call else None
    if names is None:
        return None
    path, first = use.quote.path, use.quote.first_line
    call = call_lines(source_lines(facts.workspace.read(path, Side.HEAD)), first, name)
    if call is None or follows(call[0], *sides):
        return None
    if any((path, line) in facts.added_lines for line in range(first, call[1] + 1)):
        return None
    listed = ", ".join(f"`{name}`" for name in names)
    return f"its parameters {_MOVED}, and by position it fills {listed} with what was meant for others"


def _finding(rule: Rule, trace: SymbolTrace, use: Use, problem: str) -> Finding:
    symbol = trace.symbol
    unchecked = symbol.language in _UNCHECKED
    then = "; what is missing is undefined there" if unchecked else "; it fails when it is compiled or run"
    then = "" if _MOVED in problem else then
    evidence = [side.definition for side in (trace.before, trace.after) if side]
    return Finding(
        source=rule.source,
        title=f"Call of {symbol.qualified_name} does not fit its parameters",
        explanation=(
            f"The call in {use.inside or 'the file'} does not fit {symbol.qualified_name} as the change leaves it:"
            f" {problem}{then}."
        ),
        severity=Severity.MEDIUM if unchecked else Severity.HIGH,
        confidence=Confidence.MEDIUM if unchecked else Confidence.HIGH,
        subject=code_subject(use.quote),
        evidence=tuple(code_subject(quote) for quote in evidence),
        units=trace.units,
    )


RULE = Rule(name="signature-mismatch", version="2", check=check)
