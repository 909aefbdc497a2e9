"""Sensitive words: code that decides who may do what stands in many files whose names do not tell."""

from collections.abc import Iterator

from reviewer.domain.change import FileChange, LineKind
from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.stages.triage.subject import Subject, argues, quiet
from reviewer.stages.triage.words import words_of

WORDS = frozenset({
    "trusted", "untrusted",
    "permission", "permissions", "permitted", "privilege", "privileges", "superuser", "sudo", "setuid",
    "authorize", "authorized", "authorise", "authorised", "authorization", "authorisation", "unauthorized",
    "authenticate", "authenticated", "authentication", "forbidden", "password", "passwords", "passwd",
    "credential", "credentials", "secret", "secrets", "csrf", "cors", "jwt", "oauth", "saml", "rbac", "acl",
    "encrypt", "encrypted", "decrypt", "decrypted", "cipher", "hmac", "sanitize", "sanitise", "sanitized",
})  # fmt: skip


def sensitive_words(subject: Subject) -> RiskFactor:
    """Argue for `medium` where added or deleted lines of code have a word of who may do what, or of secrets.

    Comments and strings count: whether a line is code is not asked.
    """
    for file in subject.of(KindOfChange.CODE, KindOfChange.MIGRATION):
        for text in _changed(file):
            found = next((word for word in words_of(text) if word in WORDS), None)
            if found:
                said = f"{file.path}: a changed line has the word {found}, limit 0 such lines"
                return argues("sensitive_words", RiskTier.MEDIUM, said)
    return quiet("sensitive_words", "no changed line of code has a sensitive word")


def _changed(file: FileChange) -> Iterator[str]:
    for unit in file.units:
        for line in unit.hunk.lines if unit.hunk else ():
            if line.kind is not LineKind.CONTEXT:
                yield line.text
