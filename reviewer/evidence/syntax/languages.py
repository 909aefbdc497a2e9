"""The grammar tables: which language a path is written in. A language is a row, a query file and fixtures."""

from functools import lru_cache

from reviewer.evidence.syntax.grammars.ecmascript import JAVASCRIPT, TSX, TYPESCRIPT
from reviewer.evidence.syntax.grammars.go import GO
from reviewer.evidence.syntax.grammars.java import JAVA
from reviewer.evidence.syntax.grammars.python import PYTHON
from reviewer.evidence.syntax.grammars.row import Grammar
from reviewer.evidence.syntax.grammars.ruby import RUBY
from reviewer.evidence.syntax.grammars.tagged import TaggedGrammar, tagged_grammar

GRAMMARS = (PYTHON, JAVASCRIPT, TYPESCRIPT, TSX, GO, JAVA, RUBY)

_NAMES = {
    ".sh": "shell", ".bash": "shell", ".sql": "sql", ".vue": "vue", ".svelte": "svelte", ".html": "html",
    ".css": "css", ".scss": "scss", ".md": "markdown", ".rst": "restructuredtext", ".txt": "text",
    ".json": "json", ".yml": "yaml", ".yaml": "yaml", ".toml": "toml", ".ini": "ini", ".cfg": "ini",
    ".xml": "xml", ".proto": "protobuf", ".tf": "terraform", ".lua": "lua", ".ex": "elixir", ".dart": "dart",
}  # fmt: skip
"""Languages without a grammar: their files are searched as words."""


@lru_cache(maxsize=1)
def _by_extension() -> dict[str, Grammar]:
    return {extension: grammar for grammar in GRAMMARS for extension in grammar.extensions}


def grammar_of(path: str) -> Grammar | None:
    """The full grammar for `path`, by its extension; None when it is known by name only, or as words."""
    return _by_extension().get(_extension(path))


def tags_of(path: str, source: bytes = b"") -> TaggedGrammar | None:
    """The grammar with a tag query for `path`; None when its language has none, or has a full grammar.

    By its extension; what is in a header tells C from C++.
    """
    return None if grammar_of(path) else tagged_grammar(_extension(path), source)


def language_of(path: str) -> str | None:
    """The language's name; None when the extension says nothing."""
    grammar = grammar_of(path) or tags_of(path)
    return grammar.language if grammar else _NAMES.get(_extension(path))


def _extension(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return f".{name.rsplit('.', 1)[1].lower()}" if "." in name else ""
