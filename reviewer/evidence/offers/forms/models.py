"""Columns that models of Rails, SQLAlchemy and JPA name."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_RUBY_CLASS = re.compile(r"^\s*class (?P<name>[A-Z]\w*) < \w*(?:Record|Base|::Base)\b", re.MULTILINE)
_RUBY_TABLE = re.compile(r"^\s*self\.table_name = [\"':](?P<name>\w+)", re.MULTILINE)
_RUBY_ASKED = re.compile(
    r"(?<![\w.])(?:(?P<model>[A-Z]\w*)\.)?(?P<verb>where|order|pluck|find_by!?|group|sum|minimum|maximum"
    r"|average|validates|update_all|exists\?"
    r"|reorder|rewhere|find_or_create_by!?)[ (](?P<rest>[^\n{]*)(?P<brace>\{?)"
)
_RUBY_COLUMN = re.compile(r"(?<![\w:]):(?P<symbol>[a-z_]\w*)|(?<![\w:])(?P<key>[a-z_]\w*):(?!:)")
_RUBY_ALIAS = re.compile(r"\balias_attribute[ (]:(?P<name>\w+)")
_PYTHON_TABLE = re.compile(
    r"^[ ]+__tablename__\s*=\s*[\"'](?P<table>\w+)[\"'](?P<body>(?:\n(?:[ ]+[^\n]*|[ ]*))*)", re.MULTILINE
)
_PYTHON_COLUMN = re.compile(
    r"^[ ]+(?P<attribute>\w+)(?:\s*:\s*[^=\n]+)?\s*=\s*(?:\w+\.)?(?:Column"
    r"|mapped_column)\(\s*(?:[\"'](?P<name>\w+)[\"'])?",
    re.MULTILINE,
)
_JAVA_TABLE = re.compile(r"@Table\(\s*(?:name\s*=\s*)?\"(?P<table>\w+)\"")
_JAVA_COLUMN = re.compile(r"@(?:Join)?Column\((?:[^()]*?\bname\s*=\s*)?\"(?P<name>\w+)\"")
_OPTIONS = frozenset(
    {"presence", "uniqueness", "length", "if", "unless", "on", "numericality", "format", "inclusion"}
)


def model_columns(source: Source) -> Iterator[Mention]:
    """Columns as a model names them, each with its table."""
    if source.extension == "rb" and not source.is_schema:
        yield from _ruby(source)
    elif source.extension == "py" and "__tablename__" in source.text:
        for table in source.find(_PYTHON_TABLE):
            for match in _PYTHON_COLUMN.finditer(table["body"]):
                at = table.start("body") + match.start("attribute")
                yield Mention(
                    Role.READS, match["name"] or match["attribute"], at, frozenset({table["table"]})
                )
    elif source.extension in ("java", "kt") and (mapped := _JAVA_TABLE.search(source.text)):
        for match in source.find(_JAVA_COLUMN):
            yield Mention(Role.READS, match["name"], match.start("name"), frozenset({mapped["table"]}))


def _ruby(source: Source) -> Iterator[Mention]:
    own = _RUBY_CLASS.search(source.text)
    named = _RUBY_TABLE.search(source.text)
    own_tables = frozenset({named["name"]}) if named else _tables_of(own["name"]) if own else frozenset()
    for match in source.find(_RUBY_ALIAS):
        yield Mention(Role.OFFERS, match["name"], match.start(), own_tables)
    for match in source.find(_RUBY_ASKED):
        tables = _tables_of(match["model"]) if match["model"] else own_tables
        if not tables or match["brace"]:
            continue
        for column in _RUBY_COLUMN.finditer(match["rest"]):
            name = column["symbol"] or column["key"]
            if name not in _OPTIONS:
                yield Mention(Role.READS, name, match.start(), tables)


def _tables_of(model: str) -> frozenset[str]:
    """Names that the table of a class may have by the rules of English plurals."""
    snake = re.sub(r"(?<=[a-z\d])(?=[A-Z])", "_", model).lower()
    return frozenset({f"{snake}s", f"{snake}es", f"{snake.removesuffix('y')}ies"})
