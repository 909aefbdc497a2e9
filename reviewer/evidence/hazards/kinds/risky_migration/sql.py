"""SQL files that are run as migrations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname

from reviewer.domain.change import Side
from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.literals.roles import is_foreign, is_test

_PATH = re.compile(
    r"(?:^|/)(?:migrations?|migrate)/(?:[\w.-]+/)?[\w.-]+\.sql$|(?:^|/)V\d[\w.]*__\w+\.sql$|\.up\.sql$",
    re.IGNORECASE,
)
_NAME = r"(?:IF (?:NOT )?EXISTS )?(?:ONLY )?(?P<table>[\w.\"`]{1,130})"
_CREATED = re.compile(rf"CREATE (?:UNLOGGED )?TABLE {_NAME}", re.IGNORECASE)
_INDEX = re.compile(
    r"CREATE (?:UNIQUE )?INDEX (?P<how>CONCURRENTLY )?[^;(]{0,200}?\bON (?:ONLY )?(?P<table>[\w.\"`]{1,130})",
    re.IGNORECASE,
)
_DROPPED = re.compile(rf"DROP TABLE {_NAME}", re.IGNORECASE)
_ALTERED = re.compile(rf"ALTER TABLE {_NAME} (?P<what>.*)", re.IGNORECASE | re.DOTALL)
_REQUIRED = re.compile(
    r"ADD (?:COLUMN )?(?:IF NOT EXISTS )?(?P<column>[\w\"`]{1,130}) [^,]{0,300}?\bNOT NULL\b(?P<rest>[^,]{0,300})",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"ADD CONSTRAINT \S{1,130} FOREIGN KEY\b", re.IGNORECASE)
_POSTGRES = re.compile(
    r"\b(?:CONCURRENTLY|JSONB|TIMESTAMPTZ|BIGSERIAL|SERIAL|plpgsql|NOT VALID|USING gin)\b|::\w", re.IGNORECASE
)
_MAX_STATEMENT = 20_000


@dataclass(frozen=True)
class Statement:
    """One statement, its layout and comments taken out."""

    text: str
    first_line: int
    last_line: int


def is_sql_migration(path: str) -> bool:
    """True for SQL in a folder of migrations, and for the names that Flyway and golang-migrate use."""
    goes_up = not path.endswith(".down.sql") and not path.rsplit("/", 1)[-1].startswith("U")
    return _PATH.search(path) is not None and goes_up and not is_test(path) and not is_foreign(path)


def find(file: TouchedFile) -> Iterator[Spot]:
    """Statements on touched lines. Those on a table that the file creates are silence."""
    statements = list(_statements(file.text))
    created = {_bare(match["table"]) for one in statements if (match := _CREATED.match(one.text))}
    postgres = _POSTGRES.search(file.text) is not None
    for one in statements:
        if file.touches(one.first_line, one.last_line) and len(one.text) <= _MAX_STATEMENT:
            for form, table, more in _looks(one.text, postgres=postgres):
                if _bare(table) not in created:
                    yield Spot(form, one.first_line, one.last_line, (_bare(table), more))
    if file.side is Side.HEAD and _lacks_way_back(file):
        yield Spot("sql-no-way-back", 1, 1, (file.path.rsplit("/", 1)[-1],))


def _looks(text: str, *, postgres: bool) -> Iterator[tuple[str, str, str]]:
    """Form, table and what else is named."""
    index = _INDEX.match(text)
    if index and not index["how"] and postgres:
        yield "sql-index-stops-writes", index["table"], ""
    dropped = _DROPPED.match(text)
    if dropped:
        yield "sql-table-dropped", dropped["table"], ""
    altered = _ALTERED.match(text)
    if altered is None:
        return
    required = _REQUIRED.search(altered["what"])
    filled = ("DEFAULT", "GENERATED", "AUTO_INCREMENT", "SERIAL", "IDENTITY")
    if required and not any(word in required[0].upper() for word in filled):
        yield "sql-required-without-default", altered["table"], required["column"]
    if postgres and _FOREIGN.search(altered["what"]) and "NOT VALID" not in text.upper():
        yield "sql-foreign-key-locks", altered["table"], ""


def _bare(table: str) -> str:
    return table.replace('"', "").replace("`", "").rsplit(".", 1)[-1].lower()


def _lacks_way_back(file: TouchedFile) -> bool:
    """A new `x.up.sql` without its `x.down.sql`, in a folder where the others have theirs."""
    if not file.path.endswith(".up.sql") or file.workspace.exists(file.path, Side.BASE):
        return False
    folder = dirname(file.path)
    others = [path for path in file.workspace.paths(Side.BASE, prefix=folder) if path.endswith(".up.sql")]
    paired = [
        path
        for path in others
        if file.workspace.exists(path.removesuffix(".up.sql") + ".down.sql", Side.BASE)
    ]
    mine = file.path.removesuffix(".up.sql") + ".down.sql"
    return len(others) > 1 and len(paired) == len(others) and not file.workspace.exists(mine, Side.HEAD)


def _statements(text: str) -> Iterator[Statement]:
    """Statements end at a semicolon at the end of a line; a body between `$$` is one with what is around it."""
    parts: list[str] = []
    first, quoted = 0, False
    for at, line in enumerate(text.split("\n"), start=1):
        code = line.split("--", 1)[0].strip()
        if not code:
            continue
        first = first or at
        parts.append(code)
        quoted ^= code.count("$$") % 2 == 1
        if code.endswith(";") and not quoted:
            yield Statement(" ".join(" ".join(parts).split()), first, at)
            parts, first = [], 0
    if parts:
        yield Statement(" ".join(" ".join(parts).split()), first, first)
