"""Widths of database columns, and which of several statements about one column holds last."""

import re
from collections.abc import Iterator
from fractions import Fraction

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.quantity import Amount
from reviewer.evidence.literals.words import subject_of
from reviewer.evidence.workspace import SearchHit

WIDTH = "column width"
"""The name of a bound that a column's type gives."""
_SQL = re.compile(
    r"[\"`\[]?\b(?P<name>\w+)[\"`\]]?\s+(?:(?:SET\s+DATA\s+)?TYPE\s+)?"
    r"(?:N?VARCHAR2?|N?CHAR|CHARACTER(?:\s+VARYING)?)\s*\(\s*(?P<width>\d+)",
    re.IGNORECASE,
)
_SCHEMA = re.compile(r"\b\w+\.string\s*\(?\s*[:\"'](?P<name>\w+)[\"']?.*?\blimit:\s*(?P<width>\d+)")
_ALCHEMY = re.compile(
    r"\b(?P<name>\w+)\b[^=\n]*=\s*(?:\w+\.)?(?:mapped_c|C)olumn\(.*?\bString\((?P<width>\d+)\)"
)
_TABLE = re.compile(
    r"\b(?:TABLE(?:\s+IF\s+(?:NOT\s+)?EXISTS)?|create_table|__tablename__\s*=)\s*\(?\s*[\"'`:\[]?(?:\w+\.)?(\w+)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\.sql$|(?:^|/)(?:migrations?|migrate|schema\.rb$)", re.IGNORECASE)


def columns(line: str) -> Iterator[CodeBound]:
    """The width that a line gives a column, in SQL, in a Rails schema or in SQLAlchemy."""
    for pattern in (_SQL, _SCHEMA, _ALCHEMY):
        for match in pattern.finditer(line):
            amount = Amount(frozenset({Fraction(match["width"])}), Dimension.LENGTH, True, match["width"])
            subject = subject_of(match["name"])
            yield CodeBound(
                BoundKind.MAX, 0, None, amount, "", Dimension.LENGTH, subject, WIDTH, match.start("width")
            )


def defines_columns(path: str) -> bool:
    """True for SQL, migrations and schemas: together they tell what a column is like."""
    return _PLACE.search(path) is not None


def table_on(line: str) -> str:
    """The table that a line creates or alters; empty for none."""
    match = _TABLE.search(line)
    return match.group(1) if match else ""


def is_last(place: tuple[str, int], column: str, lines: list[SearchHit]) -> bool:
    """True when no later statement says anything about the column's type. Migrations are ordered by their names."""
    says = re.compile(
        rf"[\"'`:\[]?\b{re.escape(column)}\b[\"'`\]]?\s*,?\s+:?(?:(?:SET\s+DATA\s+)?TYPE\s+)?[A-Za-z]",
        re.IGNORECASE,
    )
    later = [hit for hit in lines if defines_columns(hit.path) and says.search(hit.text)]
    return all(_order(hit.path, hit.line) <= _order(*place) for hit in later)


def _order(path: str, line: int) -> tuple[list[tuple[int, str]], int]:
    parts = re.split(r"(\d+)", path)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts], line
