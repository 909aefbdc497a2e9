"""Sensitive paths: who may do what, secrets, money, and what builds and runs the software."""

from reviewer.domain.triage import RiskFactor, RiskTier
from reviewer.policy import Policy, matches
from reviewer.stages.triage.subject import Subject, argues, first_and_more, quiet
from reviewer.stages.triage.words import words_of


def sensitive_paths(subject: Subject) -> RiskFactor:
    """Argue for `high` where a path is protected, or sensitive by a glob or a word, before or after the change.

    Documents and tests are not sensitive; what is protected always is.
    """
    policy = subject.policy
    touched = [(path, kind) for file, kind in subject.kinds for path in {file.path, file.path_at_base}]
    found = sorted(
        path
        for path, kind in touched
        if policy.is_protected(path) or (not kind.runs_nowhere and _is_sensitive(path, policy))
    )
    if found:
        return argues("sensitive_paths", RiskTier.HIGH, f"{first_and_more(found)}: a sensitive path, limit 0")
    return quiet("sensitive_paths", "no sensitive path is touched")


def _is_sensitive(path: str, policy: Policy) -> bool:
    named = not set(policy.triage.sensitive_names).isdisjoint(words_of(path))
    return named or matches(path, policy.triage.sensitive, any_case=True)
