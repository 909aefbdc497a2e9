"""Django: the operations of a migration, as they are written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname

from tree_sitter import Node

from reviewer.domain.change import Side
from reviewer.errors import RepositoryError
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, field, text_of
from reviewer.evidence.literals.roles import is_foreign, is_test

_PATH = re.compile(r"(?:^|/)migrations/[\w-]+\.py$")
_CREATED = re.compile(r"CreateModel\(\s*(?:name\s*=\s*)?[\"'](\w+)[\"']")
_MAX_SIBLINGS = 400


def is_django_migration(path: str) -> bool:
    """True for a path as Django names its migrations; those of tests and of others are none."""
    return (
        _PATH.search(path) is not None
        and not path.endswith("__init__.py")
        and not is_test(path)
        and not is_foreign(path)
    )


@dataclass(frozen=True)
class Operation:
    """One operation; `CreateModel(name="Order", …)`."""

    name: str
    node: Node
    values: tuple[Node, ...]
    """Arguments without a name."""
    named: Mapping[str, Node]
    split: str
    """`state_operations` or `database_operations` of an operation that stands in one of them; else empty."""

    def text(self, name: str, position: int) -> str:
        """A string argument by its name or its position; empty where there is none, or something else."""
        node = self.named.get(name) or (self.values[position] if position < len(self.values) else None)
        return text_of(node).strip("\"'") if node is not None and node.type == "string" else ""

    @property
    def model(self) -> str:
        """What it is about, in lower case."""
        return (self.text("model_name", 0) or self.text("name", 0) or self.text("old_name", 0)).lower()


def operations(file: TouchedFile) -> Iterator[Operation]:
    """Calls on touched lines whose name is that of an operation: `migrations.AddField(…)`, or imported."""
    for node in file.nodes("call"):
        called, arguments = field(node, "function"), field(node, "arguments")
        name = text_of(called).rsplit(".", 1)[-1]
        if name[:1].isupper() and arguments.type == "argument_list":
            yield Operation(name, node, *arguments_of(arguments), _split(node))


def arguments_of(arguments: Node) -> tuple[tuple[Node, ...], dict[str, Node]]:
    """The arguments without and with a name."""
    values, named = [], {}
    for child in arguments.named_children:
        if child.type == "keyword_argument":
            named[text_of(field(child, "name"))] = field(child, "value")
        elif child.type != "comment":
            values.append(child)
    return tuple(values), named


def _split(node: Node) -> str:
    for above in ancestors(node):
        if above.type == "keyword_argument":
            name = text_of(field(above, "name"))
            if name in ("state_operations", "database_operations"):
                return name
    return ""


def created_with(file: TouchedFile) -> frozenset[str]:
    """Models, in lower case, that migrations of the same app create which are new with this change."""
    new = [path for path in siblings(file, Side.HEAD) if not file.workspace.exists(path, Side.BASE)]
    texts = [sibling_text(file, path, Side.HEAD) for path in {*new, file.path}]
    return frozenset(name.lower() for text in texts for name in _CREATED.findall(text))


def siblings(file: TouchedFile, side: Side) -> list[str]:
    """Migrations in the same folder, the file itself among them."""
    folder = dirname(file.path)
    paths = [path for path in file.workspace.paths(side, prefix=folder) if dirname(path) == folder]
    return [path for path in paths if is_django_migration(path)][-_MAX_SIBLINGS:]


def sibling_text(file: TouchedFile, path: str, side: Side) -> str:
    """What a migration holds; empty where it cannot be read."""
    try:
        return file.workspace.read(path, side).decode("utf-8", "replace")
    except RepositoryError:
        return ""
