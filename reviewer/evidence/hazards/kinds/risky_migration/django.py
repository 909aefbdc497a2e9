"""Django: operations that fail on a table with rows, stop it, or cannot be taken back."""

import re
from collections.abc import Iterator
from functools import cached_property

from tree_sitter import Node

from reviewer.domain.change import Side
from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.risky_migration.django_operations import (
    Operation,
    arguments_of,
    created_with,
    operations,
)
from reviewer.evidence.hazards.touched_file import TouchedFile, field, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_CONCURRENT = ("AddIndexConcurrently", "RemoveIndexConcurrently")
_NEED_A_VALUE = named(
    """
    BigIntegerField BooleanField DateField DateTimeField DecimalField DurationField FloatField ForeignKey
    GenericIPAddressField IntegerField OneToOneField PositiveBigIntegerField PositiveIntegerField
    PositiveSmallIntegerField SmallIntegerField TimeField UUIDField
    """
)
"""Fields that an existing row cannot have without a value, an empty text not being one."""
_DEFAULTS = ("default", "db_default", "auto_now", "auto_now_add", "primary_key", "auto_created")
_ATOMIC_OFF = re.compile(r"^[ \t]+atomic[ \t]*=[ \t]*False", re.MULTILINE)


def find(file: TouchedFile) -> Iterator[Spot]:
    """Operations on touched lines. Those on a model that the change itself creates are silence."""
    if "migrations" in file.text:
        yield from _Look(file).spots()


class _Look:
    """A look at one file, which asks at most once for what stands in others."""

    def __init__(self, file: TouchedFile) -> None:
        self._file = file

    def spots(self) -> Iterator[Spot]:
        for operation in operations(self._file):
            spot = None if operation.split == "state_operations" else self._spot(operation)
            if spot is not None:
                yield spot

    def _spot(self, operation: Operation) -> Spot | None:
        first, _ = lines_of(operation.node)
        if operation.name in ("RunPython", "RunSQL"):
            return _without_reverse(operation, first)
        if operation.name in _CONCURRENT and _ATOMIC_OFF.search(self._file.text) is None:
            return Spot("concurrent-in-transaction", first, first, (operation.name,))
        if operation.name not in ("AddIndex", "AddField") or operation.model in self._created:
            return None
        if operation.name == "AddField":
            return _added_field(operation, first)
        stops = Spot("index-stops-writes", first, first, (operation.model,))
        return stops if self._house_adds_concurrently else None

    @cached_property
    def _created(self) -> frozenset[str]:
        return created_with(self._file) if self._file.side is Side.HEAD else frozenset()

    @cached_property
    def _house_adds_concurrently(self) -> bool:
        """True when a file of the base adds its index without stopping writes: then the house needs it so."""
        found = self._file.workspace.search_some(["AddIndexConcurrently"], Side.BASE, limit=1)
        return bool(found.hits)


def _without_reverse(operation: Operation, line: int) -> Spot | None:
    reverse = "reverse_code" if operation.name == "RunPython" else "reverse_sql"
    if len(operation.values) > 1 or reverse in operation.named or not (operation.values or operation.named):
        return None
    if any(value.type.endswith("splat") for value in operation.values):
        return None
    does = operation.values[0] if operation.values else next(iter(operation.named.values()))
    return Spot(f"{operation.name}-without-reverse".lower(), line, line, (text_of(does),))


def _added_field(operation: Operation, line: int) -> Spot | None:
    node = operation.named.get("field") or (operation.values[2] if len(operation.values) > 2 else None)
    if node is None or node.type != "call":
        return None
    kind = text_of(field(node, "function")).rsplit(".", 1)[-1]
    values, options = arguments_of(field(node, "arguments"))
    if any(value.type.endswith("splat") for value in values):
        return None
    name = (operation.model, operation.text("name", 1))
    if _is_true(options.get("unique")) and _is_default(options.get("default")):
        return Spot("unique-default", line, line, (*name, text_of(options["default"])))
    filled = any(option in options for option in _DEFAULTS) or _is_true(options.get("null"))
    if kind in _NEED_A_VALUE and not filled:
        return Spot("required-without-default", line, line, (*name, kind))
    return None


def _is_true(node: Node | None) -> bool:
    return node is not None and node.type == "true"


def _is_default(node: Node | None) -> bool:
    return node is not None and node.type != "none"
