"""Rails: migrations that stop a table, lose data, or cannot be taken back."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from reviewer.domain.change import Side
from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, field, lines_of, text_of
from reviewer.evidence.literals.roles import is_foreign, is_test

_PATH = re.compile(r"(?:^|/)db/(?:[\w-]+/)?(?:post_)?migrate/\d{8,}_\w+\.rb$")
_CREATED = re.compile(r"\bcreate_table[ \t(]+:?[\"']?(\w+)")
_NO_TRANSACTION = re.compile(r"^[ \t]*disable_ddl_transaction!", re.MULTILINE)


def is_rails_migration(path: str) -> bool:
    """True for a path as Rails names its migrations; those of tests and of others are none."""
    return _PATH.search(path) is not None and not is_test(path) and not is_foreign(path)


def find(file: TouchedFile) -> Iterator[Spot]:
    """Calls on touched lines. Those on a table that the migration itself creates are silence."""
    if "ActiveRecord::Migration" not in file.text:
        return
    careful = "add_index" in file.text and _house_adds_concurrently(file)
    created = {name.lower() for name in _CREATED.findall(file.text)}
    for call in file.nodes("call"):
        arguments = call.child_by_field_name("arguments")
        values = list(arguments.named_children) if arguments is not None else []
        if call.child_by_field_name("receiver") is not None or not values:
            continue
        table = _plain(values[0])
        if table.lower() not in created:
            yield from _spots(file, call, values, table, careful=careful)


def _spots(file: TouchedFile, call: Node, values: list[Node], table: str, *, careful: bool) -> Iterator[Spot]:
    first, last = lines_of(call)
    options = _options(values)
    match text_of(field(call, "method")):
        case "execute" if _is_in_change(call):
            yield Spot("rails-execute-in-change", first, last, ())
        case "remove_column" if _is_in_change(call) and len(values) < 3:
            yield Spot(
                "rails-column-without-type", first, last, (table, _plain(values[1]) if values[1:] else "")
            )
        case "add_index" if "algorithm" not in options and careful:
            yield Spot("rails-index-stops-writes", first, last, (table,))
        case "add_index" if "concurrently" in options.get("algorithm", "") and not _NO_TRANSACTION.search(
            file.text
        ):
            yield Spot("rails-concurrent-in-transaction", first, last, (table,))
        case "add_column" if options.get("null") == "false" and "default" not in options:
            yield Spot("rails-required-without-default", first, last, (table, _plain(values[1])))
        case "rename_column" | "rename_table" if len(values) > 1:
            yield Spot("rails-renamed", first, last, (table, _plain(values[1])))
        case _:
            return


def _options(values: list[Node]) -> dict[str, str]:
    return {
        text_of(field(value, "key")).rstrip(":").lstrip(":"): text_of(field(value, "value"))
        for value in values
        if value.type == "pair"
    }


def _plain(node: Node) -> str:
    return text_of(node).strip(":\"'") if node.type in ("simple_symbol", "string") else ""


def _is_in_change(call: Node) -> bool:
    """True inside `def change`, unless a `reversible` block or `up_only` says what the way back is."""
    for above in ancestors(call):
        if above.type == "call" and text_of(field(above, "method")) in (
            "reversible",
            "up_only",
            "up",
            "down",
        ):
            return False
        if above.type == "method":
            return text_of(field(above, "name")) == "change"
    return False


def _house_adds_concurrently(file: TouchedFile) -> bool:
    """True when a migration of the base leaves the transaction, as an index needs that is built beside writes."""
    return bool(file.workspace.search_some(["disable_ddl_transaction"], Side.BASE, limit=1, prefix="db").hits)
