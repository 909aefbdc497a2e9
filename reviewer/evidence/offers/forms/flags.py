"""Feature flags: the file that lists them, and the code that asks for one by name."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_LIST = re.compile(
    r"(?:^|[/_.-])(?:feature[_-]?)?(?:flags?|features?|toggles?|experiments?)(?:[/_.-]|$)", re.IGNORECASE
)
_GROUP = re.compile(r"^(?:feature[_-]?)?(?:flags|features|toggles|experiments|flagValues)$", re.IGNORECASE)
_NAME = r"(?P<name>[A-Za-z][A-Za-z\d]*(?:[_.-][A-Za-z\d]+)+|[a-z]+(?:[A-Z][a-z\d]+)+)"
"""At least two words."""
_ASKED = re.compile(
    rf"[\w?!\])](?:\(\s*(?:[\w.]+,\s*)?|\[\s*)(?:[\"']{_NAME}[\"']|:{_NAME.replace('<name>', '<symbol>')})\s*[,)\]]"
)


def mentions(source: Source) -> Iterator[Mention]:
    """Flags of two words or more; any call or subscript with the name asks for it."""
    if source.kind is FileKind.DATA:
        if _LIST.search(source.path):
            yield from (Mention(Role.OFFERS, name, at) for name, at in _listed(source))
        return
    if source.kind is FileKind.PROGRAM:
        for match in source.find(_ASKED):
            yield Mention(Role.READS, match["name"] or match["symbol"], match.start() + 1)


def occurs_otherwise(source: Source, offer: Mention, _: Mention) -> bool:
    """True where a program lists the name itself, or a file of data has it as a key or value."""
    if source.kind is FileKind.DATA:
        return not _LIST.search(source.path)
    name = re.escape(offer.name)
    listed = re.compile(
        rf"[\"']{name}[\"']\s*(?::|=>)|(?<![\w.:]){name}\s*[:=](?!=)|(?:add|register|define"
        rf"|create)\w*\(\s*[\"':]{name}\b"
    )
    return next(source.find(listed), None) is not None


def _listed(source: Source) -> Iterator[tuple[str, int]]:
    names: set[str] = set()
    for path, at in source.keys:
        parts = path.split(".")
        if _GROUP.match(parts[0]):
            parts = parts[1:]
        if parts and parts[0] not in names:
            names.add(parts[0])
            yield parts[0], at
