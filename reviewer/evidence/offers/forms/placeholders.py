"""Placeholders of messages, and the values that code fills in by name."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.forms.locale_files import message_entries
from reviewer.evidence.offers.forms.messages import asked_in
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_PLACEHOLDER = re.compile(
    r"%\{(?P<ruby>\w+)\}|%\((?P<python>\w+)\)|\{\{?\s*(?P<braces>[A-Za-z_]\w*)\s*(?:,[^{}]*)?\}?\}"
)
_FILLED = re.compile(r"(?<![\w.])(?P<name>[A-Za-z_]\w*)\s*(?:[:=](?![:=])|(?=[,}]))")


def mentions(source: Source) -> Iterator[Mention]:
    """A placeholder belongs to the key of its message."""
    entries = list(message_entries(source))
    for entry, following in zip_longest(entries, entries[1:]):
        end = source.text.find("\n", entry.at)
        end = min(end if end >= 0 else len(source.text), following.at if following else len(source.text))
        for match in _PLACEHOLDER.finditer(source.text, entry.at, end):
            name = match["ruby"] or match["python"] or match["braces"]
            yield Mention(Role.OFFERS, name, entry.at, scopes=frozenset({entry.name}))
    if source.kind in (FileKind.DATA, FileKind.DOCUMENT):
        return
    for asked in asked_in(source):
        for match in _FILLED.finditer(_arguments(source.text, asked.end)):
            yield Mention(Role.READS, match["name"], asked.at, scopes=frozenset(asked.names))


def _arguments(text: str, at: int) -> str:
    """What stands behind the key within the call, up to 300 characters; empty where no argument follows."""
    rest = text[at : at + 300]
    depth = 0
    for index, character in enumerate(rest):
        depth += (character in "([{") - (character in ")]}")
        if depth < 0 or (character == "\n" and depth == 0 and not rest[:index].rstrip().endswith(",")):
            return rest[:index]
    return ""
