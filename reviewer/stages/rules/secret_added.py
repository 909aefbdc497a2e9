"""An added line holds a credential.

The finding never quotes the line: what a finding holds is stored, shown and sent. It names the unit and the
line number, and whoever may read the code can look there.
"""

from collections.abc import Iterator

from reviewer.domain.change import ChangeUnit, LineKind, UnitKind
from reviewer.domain.finding import ChangedPathSubject, Confidence, Finding, Severity
from reviewer.screening.secrets import find_secrets
from reviewer.stages.rules.rule import Facts, Outcome, Rule


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a kind of credential and unit. Silence proves nothing: only issuers' own shapes are known."""
    findings: list[Finding] = []
    for unit in facts.snapshot.units:
        kinds: dict[str, list[int]] = {}
        for run in _added_runs(unit):
            for kind, line in _hits(run):
                kinds.setdefault(kind, []).append(line)
        findings += [_finding(rule, unit, kind, lines) for kind, lines in kinds.items()]
    unread = [unit.path for unit in facts.snapshot.units if unit.kind is UnitKind.OVERSIZED]
    reason = f"too large to search for secrets: {', '.join(unread)}" if unread else None
    return Outcome(tuple(findings), reason)


def _added_runs(unit: ChangeUnit) -> Iterator[list[tuple[int, str]]]:
    """Added lines that follow each other at the head, with their numbers: a key block spans many."""
    run: list[tuple[int, str]] = []
    for line in unit.hunk.lines if unit.hunk else ():
        if line.kind is LineKind.ADDED and line.new_line is not None:
            run.append((line.new_line, line.text))
        elif line.kind is LineKind.CONTEXT and run:
            yield run
            run = []
    if run:
        yield run


def _hits(run: list[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    text = "\n".join(line for _, line in run)
    for hit in find_secrets(text):
        yield hit.kind, run[text.count("\n", 0, hit.start)][0]


def _finding(rule: Rule, unit: ChangeUnit, kind: str, lines: list[int]) -> Finding:
    where = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines))}"
    article = "An" if kind[0] in "AEIO" else "A"
    return Finding(
        source=rule.source,
        title=f"{article} {kind} is added",
        explanation=(
            f"What stands at {where} of the file has the shape of {article.lower()} {kind}. Once pushed it counts as"
            " leaked, even if a later commit removes it: revoke it where it was issued, then read it from the"
            " environment or a secret store. It is not quoted here on purpose."
        ),
        severity=Severity.CRITICAL,
        confidence=Confidence.HIGH,
        subject=ChangedPathSubject(path=unit.path, unit=unit.id),
        units=(unit.id,),
    )


RULE = Rule(name="secret-added", version="1", check=check)
