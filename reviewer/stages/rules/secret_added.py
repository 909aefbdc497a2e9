"""An added line holds a credential.

The finding never quotes the line: what a finding holds is stored, shown and sent. It names the unit and the
line number, and whoever may read the code can look there.
"""

from reviewer.domain.change import ChangeUnit
from reviewer.domain.finding import ChangedPathSubject, Confidence, Finding, Severity
from reviewer.screening.secrets import find_secrets
from reviewer.stages.rules.added_text import by_kind, hits_in_added, places, unsearched
from reviewer.stages.rules.rule import Facts, Outcome, Rule


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a kind of credential and unit. Silence proves nothing: only issuers' own shapes are known."""
    findings: list[Finding] = []
    for unit in facts.snapshot.units:
        kinds = by_kind(hits_in_added(unit, find_secrets))
        findings += [_finding(rule, unit, kind, lines) for kind, lines in kinds.items()]
    return Outcome(tuple(findings), unsearched(facts.snapshot))


def _finding(rule: Rule, unit: ChangeUnit, kind: str, lines: list[int]) -> Finding:
    article = "An" if kind[0] in "AEIO" else "A"
    return Finding(
        source=rule.source,
        title=f"{article} {kind} is added",
        explanation=(
            f"What stands at {places(lines)} of the file has the shape of {article.lower()} {kind}. Once pushed it"
            " counts as leaked, even if a later commit removes it: revoke it where it was issued, then read it from"
            " the environment or a secret store. It is not quoted here on purpose."
        ),
        severity=Severity.CRITICAL,
        confidence=Confidence.HIGH,
        subject=ChangedPathSubject(path=unit.path, unit=unit.id),
        units=(unit.id,),
    )


RULE = Rule(name="secret-added", version="2", check=check)
