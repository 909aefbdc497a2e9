"""A definition is removed or renamed, and code at the head still uses it.

What it sees: uses that scopes, imports, values or declared types lead to the definition, in six languages; fields,
enum constants and annotation elements where their type is written beside them or told by a value; names that a
Python or JavaScript module passes on; Python and JavaScript modules under a new path.

What it cannot see, and leaves alone: uses known by name only, in Java and Ruby most calls on what a parameter
holds; members of classes with bases outside of the repository; fields of TypeScript and Python that a value of
unknown origin holds; imports of whole Java packages; a module that is imported for its effects alone; whatever a
framework looks up by a string. It is unable where a limit or a syntax error may hide a use that it would have seen.
"""

from posixpath import dirname

from reviewer.domain.evidence import Analysis, Certainty, SymbolChange, SymbolTrace, Use
from reviewer.domain.finding import Confidence, Finding, Severity
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject, unseen

_USES_QUOTED = 10
_LOOKED_AT = (".py", ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
"""Files whose definitions count as gone from a path that the file leaves."""


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a definition. Only uses that the language's own rules lead to it count; the rest is silence."""
    removed = [trace for trace in facts.evidence.traces if trace.change is SymbolChange.REMOVED]
    findings = []
    for trace in removed:
        uses = [use for use in trace.uses if use.certainty is Certainty.RESOLVED]
        if uses:
            findings.append(_finding(rule, trace, uses, _new_names(trace, facts)))
    reasons = [reason for reason in (unseen(facts, [SymbolChange.REMOVED]), _moved(facts)) if reason]
    return Outcome(tuple(findings), "; ".join(reasons) or None)


def _moved(facts: Facts) -> str | None:
    """A module under a new path loses its importers, which are not looked for in every language."""
    parsed = {file.path for file in facts.evidence.files if file.analysis is Analysis.SYNTAX}
    for file in facts.snapshot.files:
        if file.old_path and file.path in parsed and _is_importable_elsewhere(file.old_path, file.path):
            return f"{file.old_path} became {file.path}: who imports the old path is not looked for"
    return None


def _is_importable_elsewhere(old: str, new: str) -> bool:
    """False where importers were looked for, where the folder stayed (Go), and for tests, which nobody imports."""
    if old.endswith(_LOOKED_AT):
        return False
    if old.endswith(".go"):
        return dirname(old) != dirname(new) and not old.endswith("_test.go")
    name = old.rsplit("/", 1)[-1]
    return not (name.startswith("test_") or ".test." in name or ".spec." in name)


def _finding(rule: Rule, trace: SymbolTrace, uses: list[Use], new_names: list[str]) -> Finding:
    symbol = trace.symbol
    renamed = f" It may have become {' or '.join(new_names)}." if new_names else ""
    files = len({use.quote.path for use in uses})
    return Finding(
        source=rule.source,
        title=f"{symbol.qualified_name} is gone but still used",
        explanation=(
            f"The change takes away the {symbol.kind} {symbol.qualified_name} from {symbol.definition.path}."
            f" At the head it is still used in {len(uses)} {'place' if len(uses) == 1 else 'places'}"
            f" of {files} {'file' if files == 1 else 'files'}, and nothing else defines it there.{renamed}"
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


def _new_names(trace: SymbolTrace, facts: Facts) -> list[str]:
    """Definitions of the same kind that the same hunks add: candidates for a rename."""
    return sorted(
        other.symbol.qualified_name
        for other in facts.evidence.traces
        if other.change is SymbolChange.ADDED
        and other.symbol.kind is trace.symbol.kind
        and other.symbol.definition.path == trace.symbol.definition.path
        and set(other.units) & set(trace.units)
    )


RULE = Rule(name="symbol-removed", version="2", check=check)
