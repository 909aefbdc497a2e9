"""Alembic: migrations that cannot be taken back, or fail on a table with rows."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.risky_migration.django_operations import arguments_of
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.literals.roles import is_foreign, is_test

_PATH = re.compile(r"(?:^|/)versions/\w+\.py$")
_REVISION = re.compile(r"^down_revision\b", re.MULTILINE)
_CREATED = re.compile(r"\bop\.create_table\(\s*[\"'](\w+)[\"']")


def is_alembic_migration(path: str) -> bool:
    """True for a path as Alembic names its migrations; what is in the file says more."""
    return _PATH.search(path) is not None and not is_test(path) and not is_foreign(path)


def find(file: TouchedFile) -> Iterator[Spot]:
    """An empty `downgrade` below an `upgrade` that does something, and columns that no row has a value for."""
    if _REVISION.search(file.text) is None:
        return
    functions = {text_of(field(node, "name")): node for node in file.nodes("function_definition")}
    upgrade, downgrade = functions.get("upgrade"), functions.get("downgrade")
    if upgrade and downgrade and _is_empty(downgrade) and not _is_empty(upgrade):
        first, _ = lines_of(downgrade)
        yield Spot("alembic-no-way-back", first, first, ())
    created = set(_CREATED.findall(file.text))
    for call in file.nodes("call"):
        if text_of(field(call, "function")) == "op.add_column":
            yield from _added(call, created)


def _is_empty(function: Node) -> bool:
    statements = [one for one in field(function, "body").named_children if one.type != "comment"]
    return all(one.type == "pass_statement" or _is_text(one) for one in statements)


def _is_text(statement: Node) -> bool:
    return statement.type == "expression_statement" and [one.type for one in statement.named_children] == [
        "string"
    ]


def _added(call: Node, created: set[str]) -> Iterator[Spot]:
    values, _ = arguments_of(field(call, "arguments"))
    column = values[1] if len(values) == 2 and values[1].type == "call" else None
    table = text_of(values[0]).strip("\"'") if values else ""
    if column is None or table in created or values[0].type != "string":
        return
    parts, options = arguments_of(field(column, "arguments"))
    required = "nullable" in options and text_of(options["nullable"]) == "False"
    if required and "server_default" not in options and parts and parts[0].type == "string":
        first, last = lines_of(call)
        yield Spot("alembic-required-without-default", first, last, (table, text_of(parts[0]).strip("\"'")))
