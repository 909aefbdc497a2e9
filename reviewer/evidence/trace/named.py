"""Finds the definitions of a name: one search for the word, then the files that have it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.change import Side
from reviewer.evidence.syntax.languages import grammar_of, tags_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.trace.changes import ParsedFile, Place
from reviewer.evidence.workspace import SearchHit, Workspace

DEFINITION_FILES = 200
_SEARCH_LINES = 20_000
_LOOKS_DEFINED = re.compile(
    r"\b(?:def|class|func|fun|fn|function|interface|struct|trait|enum|module|type|const|public|static|void)\b"
)
_SEPARATORS = re.compile(r"::|#")


@dataclass(frozen=True)
class Named:
    """Definitions of a name, and the lines that have its last word."""

    places: tuple[Place, ...]
    """Ordered by path, then by place."""
    hits: tuple[SearchHit, ...]
    files: int
    """Files that have the word and can be parsed."""
    complete: bool
    """False when not all of them were looked at."""


def definitions_named(
    workspace: Workspace, name: str, file: Callable[[str], ParsedFile | None], *, prefix: str = ""
) -> Named:
    """Definitions at the head called `name` or `Owner.name`, below `prefix`. `file` parses a path.

    Files with a line that looks like a definition come first, so that a limit cuts the least likely ones.
    """
    word = plain_name(name).rsplit(".", 1)[-1]
    result = workspace.search_some([word], Side.HEAD, limit=_SEARCH_LINES, prefix=prefix)
    likely: dict[str, bool] = {}
    for hit in result.hits:
        if grammar_of(hit.path) or tags_of(hit.path):
            likely[hit.path] = likely.get(hit.path, False) or bool(_LOOKS_DEFINED.search(hit.text))
    paths = sorted(likely, key=lambda path: (not likely[path], path))
    places = []
    for path in sorted(paths[:DEFINITION_FILES]):
        parsed = file(path)
        for definition in parsed.definitions if parsed else ():
            if parsed and is_called(definition, name):
                places.append(Place(parsed, definition))
    complete = result.complete and len(paths) <= DEFINITION_FILES
    return Named(tuple(places), result.hits, len(paths), complete=complete)


def is_called(definition: Definition, name: str) -> bool:
    """By its bare or its qualified name, whose outer namespaces and classes may be left out."""
    asked, own = plain_name(name), plain_name(definition.qualified_name)
    return asked in (definition.name, own) or own.endswith(f".{asked}")


def plain_name(name: str) -> str:
    """`A::B#c` as `A.B.c`."""
    return _SEPARATORS.sub(".", name)
