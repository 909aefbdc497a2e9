"""What migrations and schemas say of tables and columns: SQL, Rails, Alembic, Knex and Sequelize."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_Q = r"[\"'`:\[]?"
_ALTER = re.compile(
    rf"\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?:{_Q}\w+{_Q}\.)?{_Q}(?P<table>\w+){_Q}(?P<rest>[^;]*)",
    re.IGNORECASE,
)
_ACTION = re.compile(
    rf"\b(?:RENAME\s+(?:COLUMN\s+)?{_Q}(?!TO\b)(?P<old>\w+){_Q}\s+TO\s+{_Q}(?P<new>\w+)"
    rf"|CHANGE\s+(?:COLUMN\s+)?{_Q}(?P<was>\w+){_Q}\s+{_Q}(?P<now>\w+)"
    rf"|DROP\s+COLUMN\s+(?:IF\s+EXISTS\s+)?{_Q}(?P<gone>\w+)"
    rf"|ADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?{_Q}(?!CONSTRAINT|INDEX)(?P<added>\w+))",
    re.IGNORECASE,
)
_CREATE = re.compile(
    rf"\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:{_Q}\w+{_Q}\.)?{_Q}(?P<table>\w+){_Q}\s*\((?P<body>[^;]*)",
    re.IGNORECASE,
)
_SQL_COLUMN = re.compile(r"(?:^|[,(])\s*[\"`]?(?P<name>[a-z_]\w*)[\"`]?\s+[A-Za-z]", re.MULTILINE)
_CALL = re.compile(
    r"\b(?P<verb>rename_column|remove_columns?|add_column|renameColumn|removeColumn|addColumn|op\.drop_column"
    r"|op\.alter_column|op\.add_column)"
    r"[ (]\s*[\"':](?P<table>\w+)[\"']?\s*,\s*(?:sa\.Column\(\s*)?[\"':](?P<name>\w+)[\"']?"
    r"(?:\s*,[^\n]*?(?:new_column_name\s*=\s*)?[\"':](?P<new>\w+))?"
)
_RAILS_TABLE = re.compile(
    r"\bcreate_table[ (]\s*[\"':](?P<table>\w+)[^\n]*\n(?P<body>[\s\S]*?)^\s*end\b", re.MULTILINE
)
_RAILS_COLUMN = re.compile(r"^\s*\w+\.(?!index\b)\w+[ (]+[\"':](?P<name>\w+)", re.MULTILINE)
_TABLE_GONE = re.compile(
    rf"\b(?:(?:drop_table|rename_table|dropTable\w*|renameTable|op\.drop_table"
    rf"|op\.rename_table)[ (]\s*[\"':](?P<call>\w+)"
    rf"|DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?{_Q}(?P<dropped>\w+)"
    rf"|ALTER\s+TABLE\s+{_Q}(?P<renamed>\w+){_Q}\s+RENAME\s+TO\b)",
    re.IGNORECASE,
)
_TABLE_MADE = re.compile(
    rf"\b(?:(?:create_table|createTable|op\.create_table)[ (]\s*[\"':](?P<call>\w+)"
    rf"|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW"
    rf"|MATERIALIZED\s+VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?{_Q}(?P<made>\w+)|\bRENAME\s+TO\s+{_Q}(?P<to>\w+)"
    r"|rename_table[ (]\s*[\"':]\w+[\"']?\s*,\s*[\"':](?P<second>\w+))",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\bdef (?:self\.)?down\b|\bdef downgrade\b|exports\.down\b|\bfunction down\b|\bdown\s*[:(]"
    r"|--\s*\+goose Down|--\s*migrate:down|--\s*!Downs",
    re.IGNORECASE,
)


def column_changes(source: Source) -> Iterator[Mention]:
    """Columns that are made or taken away, in the direction in which migrations are normally run."""
    if not source.is_schema:
        return
    end = _end_of_up(source)
    for match in _ALTER.finditer(source.text, 0, end):
        yield from _altered(match)
    for match in _CALL.finditer(source.text, 0, end):
        yield from _called(match)
    for pattern, column in ((_CREATE, _SQL_COLUMN), (_RAILS_TABLE, _RAILS_COLUMN)):
        for table in pattern.finditer(source.text, 0, end):
            for match in column.finditer(table["body"]):
                at = table.start("body") + match.start("name")
                yield Mention(Role.OFFERS, match["name"], at, frozenset({table["table"]}))


def table_changes(source: Source) -> Iterator[Mention]:
    """Tables that are made or taken away."""
    if not source.is_schema:
        return
    end = _end_of_up(source)
    for pattern, role in ((_TABLE_GONE, Role.WITHDRAWS), (_TABLE_MADE, Role.OFFERS)):
        for match in pattern.finditer(source.text, 0, end):
            name = next(group for group in match.groups() if group)
            yield Mention(role, name, match.start())


def _altered(match: re.Match[str]) -> Iterator[Mention]:
    table = frozenset({match["table"]})
    for action in _ACTION.finditer(match["rest"]):
        at = match.start("rest") + action.start()
        gone, made = (
            action["old"] or action["was"] or action["gone"],
            action["new"] or action["now"] or action["added"],
        )
        if gone and gone != made:
            yield Mention(Role.WITHDRAWS, gone, at, table)
        if made:
            yield Mention(Role.OFFERS, made, at, table)


def _called(match: re.Match[str]) -> Iterator[Mention]:
    table, verb = frozenset({match["table"]}), match["verb"]
    renames = "rename" in verb or ("alter" in verb and "new_column_name" in match.group())
    if "add" in verb:
        yield Mention(Role.OFFERS, match["name"], match.start(), table)
    elif renames or "alter" not in verb:
        yield Mention(Role.WITHDRAWS, match["name"], match.start(), table)
    if renames and match["new"]:
        yield Mention(Role.OFFERS, match["new"], match.start(), table)


def _end_of_up(source: Source) -> int:
    if re.search(r"[._-]down\.\w+$", source.name):
        return 0
    down = _DOWN.search(source.text)
    return down.start() if down else len(source.text)
