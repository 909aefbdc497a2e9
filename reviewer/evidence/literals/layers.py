"""How far inside a product a limit is checked: what passes an outer one can be refused by an inner one."""

import re
from enum import IntEnum

from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.columns import WIDTH, defines_columns
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.roles import FileKind, counts, is_foreign, is_test
from reviewer.evidence.literals.words import parts_of
from reviewer.evidence.syntax.grammars.row import named


class Layer(IntEnum):
    """From the outside in."""

    PAGE = 0
    """An attribute of an input."""
    SCHEMA = 1
    """An entry of a described interface: OpenAPI, JSON Schema."""
    CLIENT = 2
    SERVER = 3
    COLUMN = 4


_SCRIPTS = frozenset(["js", "jsx", "mjs", "ts", "tsx", "vue", "svelte"])
_SERVER = frozenset(["server", "backend", "api", "routes", "controllers", "models", "services", "db"])
_ATTRIBUTE = frozenset(["minlength", "maxlength", "min", "max"])
_JSX = re.compile(r"\b(?:min|max)(?:Length|length)?=(?:\{|[\"']\d)")
_SCHEMA = named(
    """
    maxlength minlength maximum minimum maxitems minitems exclusivemaximum exclusiveminimum
    """
)


def layer_of(doc: Document, line: int, bound: CodeBound) -> Layer | None:  # noqa: PLR0911 - a list of cases, one return each
    """None for tests, what others wrote, and entries that are no part of a schema."""
    if bound.name == WIDTH:
        return None if is_test(doc.path) or is_foreign(doc.path) else Layer.COLUMN
    if not counts(doc.path) or defines_columns(doc.path):
        return None
    name = re.sub(r"\W|_", "", bound.name.rsplit(".", 1)[-1]).lower()
    extension = doc.path.rsplit(".", 1)[-1].lower()
    if doc.kind is FileKind.DATA:
        return Layer.SCHEMA if name in _SCHEMA else None
    if doc.kind is FileKind.MARKUP and extension not in _SCRIPTS:
        return Layer.PAGE if name in _ATTRIBUTE else None
    if extension in _SCRIPTS:
        if _JSX.search(doc.lines[line - 1]) and bound.name.lower() in _ATTRIBUTE:
            return Layer.PAGE
        return Layer.SERVER if _SERVER & set(parts_of(doc.path)) else Layer.CLIENT
    return Layer.SERVER if doc.kind is FileKind.PROGRAM else None
