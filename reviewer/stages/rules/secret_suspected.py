"""An added line gives a random value to a name that says secret, or a URL a password.

The finding never quotes the line, for the same reason as that of `secret-added`.
"""

from reviewer.domain.change import ChangeUnit, LineKind, Snapshot
from reviewer.domain.coverage import RuleFlag
from reviewer.domain.finding import ChangedPathSubject, Confidence, Finding, Severity
from reviewer.evidence.literals.roles import is_foreign, is_in_another_language, is_test, tells_the_past
from reviewer.screening.secrets import find_secrets
from reviewer.screening.suspected import find_suspects
from reviewer.stages.rules.added_text import by_kind, hits_in_added, places, unsearched
from reviewer.stages.rules.rule import Facts, Outcome, Rule

_SHOWN = ("docs/", "doc/", "examples/", "example/", "samples/", "guides/", ".github/")
_ENDS = (
    *("lock", ".lockb", ".sum", ".snap", ".ipynb", ".svg", ".map"),
    *(".env.test", ".env.ci", ".env.sample", ".env.example"),
)
"""How files of hashes, of pictures and of values for tests end."""


def check(rule: Rule, facts: Facts) -> Outcome:
    """One finding a kind and unit. A value that the change also deletes has moved, and is no news."""
    gone = _deleted(facts.snapshot)
    findings: list[Finding] = []
    for unit in facts.snapshot.units:
        if _is_exempt(unit.path):
            continue
        known = {line for _, line, _ in hits_in_added(unit, find_secrets)}
        hits = [
            hit for hit in hits_in_added(unit, find_suspects) if hit[1] not in known and hit[2] not in gone
        ]
        findings += [_finding(rule, unit, kind, lines) for kind, lines in by_kind(iter(hits)).items()]
    return Outcome(tuple(findings), unsearched(facts.snapshot))


def _is_exempt(path: str) -> bool:
    """True where values are examples, hashes or words: tests, workflows, documents, lock files, others' files."""
    return (
        is_test(path)
        or is_foreign(path)
        or is_in_another_language(path)
        or tells_the_past(path)
        or any(f"/{folder}" in f"/{path}" for folder in _SHOWN)
        or path.lower().endswith(_ENDS)
    )


def _deleted(snapshot: Snapshot) -> frozenset[str]:
    """The likely credentials on lines that the change deletes."""
    gone: set[str] = set()
    for unit in snapshot.units:
        lines = [
            line.text for line in (unit.hunk.lines if unit.hunk else ()) if line.kind is LineKind.DELETED
        ]
        text = "\n".join(lines)
        gone.update(text[hit.start : hit.end] for hit in find_suspects(text))
    return frozenset(gone)


def _finding(rule: Rule, unit: ChangeUnit, kind: str, lines: list[int]) -> Finding:
    return Finding(
        source=rule.source,
        title=f"A {kind} is added",
        explanation=(
            f"What stands at {places(lines)} of the file looks like a credential: a {kind}. If it is one, it counts"
            " as leaked once pushed: revoke it, then read it from the environment or a secret store. It is not quoted"
            " here on purpose."
        ),
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
        subject=ChangedPathSubject(path=unit.path, unit=unit.id),
        units=(unit.id,),
    )


RULE = Rule(name="secret-suspected", version="1", check=check, ships=RuleFlag.SHADOW)
