"""The table of entry points: by what a framework or a runner recognises the code it calls, per language."""

from posixpath import basename

from reviewer.evidence.syntax.languages import language_of
from reviewer.evidence.trace.entry_rules import ecmascript, go, java, python, ruby
from reviewer.evidence.trace.entry_rules.row import DefinitionRule, UseRule

DEFINITIONS: dict[str, tuple[DefinitionRule, ...]] = {
    "python": python.DEFINITIONS,
    "javascript": ecmascript.DEFINITIONS,
    "typescript": ecmascript.DEFINITIONS,
    "tsx": ecmascript.DEFINITIONS,
    "go": go.DEFINITIONS,
    "java": java.DEFINITIONS,
    "ruby": ruby.DEFINITIONS,
}
"""By the name of the language."""

USES: dict[str, tuple[UseRule, ...]] = {
    "python": python.USES,
    "javascript": ecmascript.USES,
    "typescript": ecmascript.USES,
    "tsx": ecmascript.USES,
    "go": go.USES,
    "ruby": ruby.USES,
}
"""By the name of the language; in Java no function is handed over by name."""


def rules_language(path: str) -> str:
    """The language whose rules count for `path`; rake files are Ruby whatever they are called. Empty when unknown."""
    if path.endswith(".rake") or basename(path) == "Rakefile":
        return "ruby"
    return language_of(path) or ""
