"""Python definitions by their dotted path: what modules define, and the files and strings that name it."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.mention import ANY_NAME, Mention, Role
from reviewer.evidence.offers.source import Source

_DEFINED = re.compile(
    r"^(?:(?:async[ ]+)?def|class)[ ]+(?P<name>\w+)|^(?P<given>[A-Za-z_]\w*)\s*(?::[^=\n]+)?=(?!=)",
    re.MULTILINE,
)
_IMPORTED = re.compile(r"^[ \t]*(?:from[ ]+[\w.]+[ ]+)?import[ ]+(?P<names>\([^)]*\)|[^\n(]+)", re.MULTILINE)
_OPEN = re.compile(r"\bimport[ ]+\*|^def __getattr__\b|\bglobals\(\)", re.MULTILINE)
_PATH = r"(?P<name>[a-z_]\w*(?:\.\w+)+:\w+|[a-z_]\w*(?:\.\w+){2,})"
_IN_DATA = re.compile(rf"(?<![\w./:@-]){_PATH}(?![\w./:(@-])")
_IN_CODE = re.compile(rf"(?P<q>[\"']){_PATH}(?P=q)")
_MADE_HERE = frozenset({"definition"})
_ROOTS = frozenset({"src", "lib", "python", "backend"})


def mentions(source: Source) -> Iterator[Mention]:
    """Definitions at the top of a module, and whole strings of at least three parts.

    A module that makes names as it runs offers any.
    """
    if source.extension == "py":
        yield from _defined(source)
    if source.kind is FileKind.DOCUMENT or source.kind is FileKind.MARKUP:
        return
    pattern = _IN_DATA if source.kind is FileKind.DATA else _IN_CODE
    for match in source.find(pattern):
        name = match["name"].replace(":", ".")
        ends = name.split(".")
        others = {".".join(ends[:2] and ends[1:])} if ends[0] in _ROOTS else set()
        yield Mention(Role.READS, name, match.start("name"), _MADE_HERE, frozenset(others))


def last_part(name: str) -> str:
    """The name of the definition."""
    return name.rsplit(".", 1)[-1]


def _defined(source: Source) -> Iterator[Mention]:
    if _OPEN.search(source.text):
        yield Mention(Role.OFFERS, ANY_NAME, 0)
    parts = source.path.removesuffix(".py").removesuffix("/__init__").split("/")
    while parts[0] in _ROOTS and len(parts) > 1:
        parts = parts[1:]
    for name, at, scopes in _names(source):
        path = [*parts, name]
        ends = frozenset(".".join(path[first:]) for first in range(1, len(path) - 1))
        yield Mention(Role.OFFERS, ".".join(path), at, scopes, ends)


def _names(source: Source) -> Iterator[tuple[str, int, frozenset[str]]]:
    """A name that is only imported can be meant, but is not lost: it is looked up where it is made."""
    for match in source.find(_DEFINED):
        yield match["name"] or match["given"], match.start(), _MADE_HERE
    for match in source.find(_IMPORTED):
        for part in match["names"].strip("()").split(","):
            words = part.split()
            if words:
                yield words[-1], match.start(), frozenset()
