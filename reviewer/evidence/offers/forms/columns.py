"""Columns and tables: migrations that take them away, schemas that define them, and what still names them."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.forms.migrations import column_changes, table_changes
from reviewer.evidence.offers.forms.models import model_columns
from reviewer.evidence.offers.forms.sql import Statement, statements
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_QUALIFIED = re.compile(
    r"(?<![\w.])[\"`\[]?(?P<table>[A-Za-z_]\w*)[\"`\]]?\.[\"`\[]?(?P<name>[a-z_]\w*)\b(?![\w(.])"
)
_WORD = re.compile(r"(?<![\w.'%:$@])[a-z_]\w*\b(?!\s*\(|\.)")
_LITERAL = re.compile(r"'[^']*'")


def mentions(source: Source) -> Iterator[Mention]:
    """A column belongs to its table; in a statement over one table every plain word may be one of its columns."""
    yield from column_changes(source)
    yield from model_columns(source)
    for statement in statements(source):
        yield from _columns(statement)


def tables(source: Source) -> Iterator[Mention]:
    """Tables by name, where a statement reads or writes one."""
    yield from table_changes(source)
    for statement in statements(source):
        for name, at in statement.named_tables:
            yield Mention(Role.READS, name, statement.at + at)


def _columns(statement: Statement) -> Iterator[Mention]:
    shown = _LITERAL.sub(lambda match: " " * len(match.group()), statement.text)
    for match in _QUALIFIED.finditer(shown):
        table = statement.aliases.get(match["table"], match["table"])
        yield Mention(Role.READS, match["name"], statement.at + match.start("name"), frozenset({table}))
    if len(statement.tables) == 1:
        for match in _WORD.finditer(shown):
            yield Mention(Role.READS, match.group(), statement.at + match.start(), statement.tables)
