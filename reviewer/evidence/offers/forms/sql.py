"""Statements of SQL in a file: whole files of SQL, and strings of programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.source import Source

_QUERY = re.compile(
    r"\b(?:SELECT\b[\s\S]*\bFROM|INSERT\s+INTO|UPDATE\s+[\w\"`.]+\s+SET|DELETE\s+FROM)\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"\b[a-z_]\w*\.[a-z_]\w*\s*(?:[<>=!]+|IS\b|IN\b|LIKE\b|BETWEEN\b|ASC\b|DESC\b)", re.IGNORECASE
)
_TABLE = re.compile(
    r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?[\"`]?(?:\w+[\"`]?\.[\"`]?)?(?P<table>[A-Za-z_]\w*)[\"`]?"
    r"(?:\s+(?:AS\s+)?(?P<alias>(?!(?:WHERE|SET|ON|USING|LEFT|RIGHT|INNER|OUTER|CROSS|FULL|JOIN|GROUP|ORDER"
    r"|LIMIT|VALUES|SELECT|HAVING"
    r"|UNION|RETURNING|NATURAL|OFFSET|DEFAULT|FOR|WITH)\b)[A-Za-z_]\w*))?",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"^\s*(?:--[^\n]*\n\s*)*(?:CREATE\s+(?:TABLE|TYPE|INDEX|UNIQUE)|ALTER|DROP|COMMENT)\b", re.IGNORECASE
)
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True)
class Statement:
    """A statement, or a part of one, that reads or writes columns."""

    text: str
    at: int
    """Character of the file that it begins at."""
    named_tables: tuple[tuple[str, int], ...]
    """Tables with their place in the text."""
    aliases: dict[str, str]
    """Second names of the tables; a table's own name is not among them."""

    @property
    def tables(self) -> frozenset[str]:
        """The distinct tables."""
        return frozenset(name for name, _ in self.named_tables)


def statements(source: Source) -> Iterator[Statement]:
    """What reads or writes columns; definitions of tables are none."""
    if source.extension == "sql":
        at = 0
        for text in source.text.split(";"):
            shown = _COMMENT.sub(lambda match: " " * len(match.group()), text)
            if _QUERY.search(shown) and not _DEFINES.match(shown):
                yield _statement(shown, at)
            at += len(text) + 1
    elif source.kind is FileKind.PROGRAM:
        for at, text in source.strings:
            if (_QUERY.search(text) or _CONDITION.search(text)) and not _DEFINES.match(
                text.lstrip("rRfFbB\"'`")
            ):
                yield _statement(text, at)


def _statement(text: str, at: int) -> Statement:
    found = list(_TABLE.finditer(text))
    return Statement(
        text,
        at,
        tuple((match["table"], match.start("table")) for match in found),
        {match["alias"]: match["table"] for match in found if match["alias"]},
    )
