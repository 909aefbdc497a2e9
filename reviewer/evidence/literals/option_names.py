"""The options and environment variables that a constant is the default of."""

import re

from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.roles import FileKind, counts
from reviewer.evidence.literals.words import parts_of

_OPTION = re.compile(
    r"[\"'`](?P<name>-{0,2}[a-z][a-z\d]*(?:[-_][a-z\d]+)*|[A-Z][A-Z\d]*(?:_[A-Z\d]+)+)[\"'`]"
)
_DECLARES = re.compile(
    r"add_argument|\boption\b|\bOption\b|\.option\(|\bVarP?\(|[Ff]lags?\b|getenv|environ|\benv\b|ENV\b|\b\w+VarP?\(",
    re.ASCII,
)
_MAX_USES = 20
_ABOVE = 3
"""Lines of a call above the one with the default."""


def options_of(doc: Document, line: int, name: str, library: Library) -> frozenset[str]:
    """As a manual writes them: `--timeout`, `QUEUE_TIMEOUT`. Empty where no such use is seen."""
    if name.lower() in ("default", "default_value", "defaultvalue"):
        return _declared(doc, line)
    if doc.kind is not FileKind.PROGRAM or "default" not in parts_of(name):
        return frozenset()
    found: set[str] = set()
    last = re.split(r"[.:]+", name)[-1]
    for hit in library.search([last], whole_words=True).get(last, [])[:_MAX_USES]:
        if counts(hit.path) and _OPTION.search(hit.text) and _DECLARES.search(hit.text):
            found |= _names(hit.text)
    return frozenset(found)


def _declared(doc: Document, line: int) -> frozenset[str]:
    for at in range(line, max(0, line - _ABOVE - 1), -1):
        text = doc.lines[at - 1]
        if _DECLARES.search(text) and (names := _names(text)):
            return names
    return frozenset()


def _names(text: str) -> frozenset[str]:
    names = (match["name"] for match in _OPTION.finditer(text))
    return frozenset(name if name.startswith("-") or name.isupper() else f"--{name}" for name in names)
